"""A turn that is being answered: held while a call of it writes, and what its calls have done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from hudhud.model import Cart, Claimed
from hudhud.store.pool import Connection


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A turn whose conversation is locked in this transaction, which sees this contact alone.

    `turn_no` stays the same for all attempts at one answer; `fence` tells them apart. `cart` is as
    this attempt finds it, `quoted` only when the contact was shown that; `done` is what the turn's
    calls have come to, by key.
    """

    merchant_id: int
    conversation_id: int
    contact_id: int
    turn_no: int
    fence: int
    cart: Cart = Cart()
    done: Mapping[str, Any] = {}


async def hold(connection: Connection, claimed: Claimed) -> Held | None:
    """Lock the conversation, first thing; None: its lease is not ours any more (law 3)."""
    row = await connection.fetchrow(
        "select * from hold_turn($1, $2)", claimed.conversation_id, claimed.fence
    )
    if row is None:
        return None
    return Held(
        merchant_id=claimed.merchant_id,
        conversation_id=claimed.conversation_id,
        contact_id=row["contact"],
        turn_no=row["turn"],
        fence=claimed.fence,
        cart=msgspec.convert(row["cart"] or {}, Cart),
        done=row["done"] or {},
    )


async def done(connection: Connection, held: Held, key: str) -> Any:
    """What the call of this key came to in an earlier attempt at this turn; None: not done yet."""
    return await connection.fetchval(
        "select result from tool_call where conversation_id = $1 and turn_no = $2 and key = $3",
        *(held.conversation_id, held.turn_no, key),
    )


async def note(connection: Connection, held: Held, key: str, result: Any) -> None:
    """Keep what a call came to, in the transaction that did it."""
    await connection.execute(
        "insert into tool_call (merchant_id, contact_id, conversation_id, turn_no, key, result)"
        " values ($1, $2, $3, $4, $5, $6)",
        *(held.merchant_id, held.contact_id, held.conversation_id, held.turn_no, key, result),
    )
