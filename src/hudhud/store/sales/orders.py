"""Orders as rows: placed with a number, brought from state to state, read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from hudhud.model import Order, OrderState
from hudhud.store.conversation_lists import FOLDED
from hudhud.store.pool import Connection
from hudhud.text import fold, latin_digits, typed_phone

# The digits that a phone number has however it is written: at home with 0, abroad with a country.
PHONE_DIGITS: Final = 9
NUMBER_DIGITS_MAX: Final = 18

_LISTED = f"""
select order_told(o) as told, o.contact_id, c.name, o.conversation_id
from sales_order o join contact c on c.id = o.contact_id
where o.merchant_id = $1 and ($2::text is null or o.state = $2)
  and ($3::bigint is null or o.number < $3) and ($5::bigint is null or o.number = $5)
  and ($6::text is null or {FOLDED.format("o.name")} like $6 or {FOLDED.format("c.name")} like $6
       or o.phone like $7 or exists (select from contact_alias a
           where a.contact_id = o.contact_id and a.value like $7))
order by o.number desc limit $4"""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """An order came into a state: when, by whom, and why where somebody said so.

    `name` is the operator's where it was one. `told`: whether its contact was told (`said`), or not
    because the reply window was `closed`; `sent` is how that message stands.
    """

    state: OrderState
    at: datetime
    actor: str
    reason: str
    name: str = ""
    told: str | None = None
    sent: str | None = None


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """An order as a list shows it, with whose it is."""

    order: Order
    contact_id: int
    contact_name: str
    conversation_id: int


async def place(
    connection: Connection,
    conversation_id: int,
    bill: dict[str, Any],
    variant_ids: Sequence[int],
    *,
    actor: str,
) -> Order:
    """Reserve the stock and write the order; see SQL `place_order`.

    Args:
        connection: the deed's transaction; it holds the conversation and these variants.
        conversation_id: where it is placed; the contact is its contact.
        bill: lines, currency, total_minor, delivery_minor, name, phone, address, note.
        variant_ids: of each line, the row whose stock it takes.
        actor: who placed it, for its history.
    """
    told = await connection.fetchval(
        "select place_order($1, $2, $3, $4)", conversation_id, bill, variant_ids, actor
    )
    return _order(told)


async def move(
    connection: Connection, order_id: int, state: OrderState, *, actor: str, reason: str
) -> Order:
    """Bring a locked order into a state that may follow, and its stock with it."""
    told = await connection.fetchval(
        "select move_order($1, $2, $3, $4)", order_id, state, actor, reason
    )
    return _order(told)


async def lock(
    connection: Connection,
    merchant_id: int,
    number: int | None,
    *,
    contact_id: int | None = None,
    to_cancel: bool = False,
) -> Order | None:
    """Lock an order as `numbered` finds it; None: there is none that this transaction may see."""
    found = await numbered(
        connection, merchant_id, number, contact_id=contact_id, to_cancel=to_cancel
    )
    if found is None:
        return None
    await connection.execute("select 1 from sales_order where id = $1 for no key update", found.id)
    # A statement of its own: its snapshot is younger than the lock.
    return await numbered(connection, merchant_id, found.number, contact_id=contact_id)


async def numbered(
    connection: Connection,
    merchant_id: int,
    number: int | None,
    *,
    contact_id: int | None = None,
    to_cancel: bool = False,
) -> Order | None:
    """An order by its number; without one, the newest.

    Args:
        connection: a transaction that sees this merchant; of one that is a contact's turn, row
            security shows that contact's orders alone.
        merchant_id: whose.
        number: the merchant's own count.
        contact_id: only this contact's.
        to_cancel: the newest of those that can still be cancelled, where there are any.
    """
    told = await connection.fetchval(
        """select order_told(o) from sales_order o where o.merchant_id = $1
             and ($2::bigint is null or o.number = $2) and ($3::bigint is null or o.contact_id = $3)
           order by ($4 and o.state in ('placed', 'confirmed')) desc, o.id desc limit 1""",
        *(merchant_id, number, contact_id, to_cancel),
    )
    return None if told is None else _order(told)


async def listed(
    connection: Connection,
    merchant_id: int,
    *,
    state: OrderState | None = None,
    words: str = "",
    before: int | None = None,
    limit: int,
) -> list[Listed]:
    """A merchant's orders, newest first.

    Args:
        connection: a transaction that sees this merchant.
        merchant_id: whose.
        state: only those in this state.
        words: a number of an order, or a part of a name or a phone number, in any digits.
        before: only those with a smaller number: the next page.
        limit: most rows.
    """
    number = await _number_said(connection, merchant_id, words)
    pattern = phone = None
    if words and number is None:
        pattern = "%" + "%".join(fold(words).split()) + "%"
        digits = typed_phone(words).lstrip("+0")[-PHONE_DIGITS:]
        phone = f"%{digits}%" if digits else None
    rows = await connection.fetch(
        _LISTED, *(merchant_id, state, before, limit, number, pattern, phone)
    )
    return [
        Listed(
            order=_order(row["told"]),
            contact_id=row["contact_id"],
            contact_name=row["name"],
            conversation_id=row["conversation_id"],
        )
        for row in rows
    ]


async def one(connection: Connection, merchant_id: int, number: int) -> Listed | None:
    """An order by its number, with whose it is; None: this merchant has no such."""
    found = await listed(connection, merchant_id, before=number + 1, limit=1)
    return next((row for row in found if row.order.number == number), None)


async def of_contact(connection: Connection, contact_id: int, *, limit: int) -> list[Order]:
    """A contact's orders, newest first, wherever they were placed."""
    rows = await connection.fetch(
        """select order_told(o) as told from sales_order o
           where o.contact_id = $1 order by o.id desc limit $2""",
        *(contact_id, limit),
    )
    return [_order(row["told"]) for row in rows]


async def counts(connection: Connection, merchant_id: int) -> dict[str, int]:
    """How many orders of a merchant are in each state; a state without any is not named."""
    rows = await connection.fetch(
        "select state, count(*) as n from sales_order where merchant_id = $1 group by state",
        merchant_id,
    )
    return {row["state"]: row["n"] for row in rows}


async def history(connection: Connection, order_id: int) -> list[Step]:
    """How an order came to its state, the first step first."""
    rows = await connection.fetch(
        """select s.state, s.at, s.actor, s.reason, coalesce(p.name, '') as name, s.told,
               (select o.state from outbox o where o.message_id = s.message_id
                order by o.id desc limit 1) as sent
           from order_step s left join operator p on s.actor = 'operator:' || p.id
           where s.order_id = $1 order by s.id""",
        order_id,
    )
    return [Step(**row) for row in rows]


async def _number_said(connection: Connection, merchant_id: int, words: str) -> int | None:
    """The order of which the number was said; a number that none has may be a phone's end."""
    said = latin_digits(words).strip().removeprefix("#")
    if not (said.isascii() and said.isdigit()) or len(said) > NUMBER_DIGITS_MAX:
        return None
    found: int | None = await connection.fetchval(
        "select number from sales_order where merchant_id = $1 and number = $2",
        *(merchant_id, int(said)),
    )
    return found


def _order(told: Any) -> Order:
    return msgspec.convert(told, Order)
