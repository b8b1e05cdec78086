"""What models cost, as rows; an amount is in millionths of the smallest unit of the currency."""

from __future__ import annotations

from datetime import date

import msgspec

from hudhud.errors import NotFoundError
from hudhud.model import Usage
from hudhud.store.pool import Connection

_TODAY = """
select m.spend_day_max_minor as day_max_minor,
    coalesce((select sum(s.micro) from spend s where s.merchant_id = m.id
        and s.day = (now() at time zone m.timezone)::date), 0)::bigint as micro
from merchant m where m.id = $1"""


class Today(msgspec.Struct, frozen=True, kw_only=True):
    """What a merchant spent on its own day, and its ceiling; None: as the installation's."""

    micro: int
    day_max_minor: int | None


class Spent(msgspec.Struct, frozen=True, kw_only=True):
    """What one model cost a merchant on one day."""

    day: date
    model: str
    calls: int
    tokens_in: int
    tokens_out: int
    micro: int


async def today(connection: Connection, merchant_id: int) -> Today:
    """What was spent since midnight in the merchant's own zone.

    Raises:
        NotFoundError: this transaction sees no such merchant.
    """
    row = await connection.fetchrow(_TODAY, merchant_id)
    if row is None:
        raise NotFoundError(f"Merchant {merchant_id}.")
    return Today(micro=row["micro"], day_max_minor=row["day_max_minor"])


async def add(
    connection: Connection,
    merchant_id: int,
    conversation_id: int,
    *,
    model: str,
    usage: Usage,
    micro: int,
) -> None:
    """Add one call to its day, its model and its conversation; many at once add up."""
    await connection.execute(
        """with paid as (
               insert into spend (merchant_id, day, model, calls, tokens_in, tokens_out, micro)
               select m.id, (now() at time zone m.timezone)::date, $3, 1, $4, $5, $6
               from merchant m where m.id = $1
               on conflict (merchant_id, day, model) do update set calls = spend.calls + 1,
                   tokens_in = spend.tokens_in + excluded.tokens_in,
                   tokens_out = spend.tokens_out + excluded.tokens_out,
                   micro = spend.micro + excluded.micro)
           insert into conversation_spend (merchant_id, conversation_id, calls, tokens_in,
               tokens_out, micro)
           values ($1, $2, 1, $4, $5, $6)
           on conflict (conversation_id) do update set calls = conversation_spend.calls + 1,
               tokens_in = conversation_spend.tokens_in + excluded.tokens_in,
               tokens_out = conversation_spend.tokens_out + excluded.tokens_out,
               micro = conversation_spend.micro + excluded.micro""",
        *(merchant_id, conversation_id, model, usage.tokens_in, usage.tokens_out, micro),
    )


async def by_day(connection: Connection, merchant_id: int, *, days: int) -> list[Spent]:
    """The last days, newest first, each model of a day; days without any are not there."""
    rows = await connection.fetch(
        """select s.day, s.model, s.calls, s.tokens_in, s.tokens_out, s.micro
           from spend s join merchant m on m.id = s.merchant_id
           where s.merchant_id = $1 and s.day > (now() at time zone m.timezone)::date - $2::integer
           order by s.day desc, s.micro desc, s.model""",
        *(merchant_id, days),
    )
    return [Spent(**row) for row in rows]


async def of_conversation(connection: Connection, conversation_id: int) -> int | None:
    """What the answers of one conversation cost so far; None: no model was asked in it."""
    micro: int | None = await connection.fetchval(
        "select micro from conversation_spend where conversation_id = $1", conversation_id
    )
    return micro


async def set_day_max(
    connection: Connection, merchant_id: int, day_max_minor: int | None, *, actor: str
) -> None:
    """Write a merchant's ceiling of a day, and who set it; None: as the installation's.

    Raises:
        NotFoundError: this transaction sees no such merchant.
    """
    changed = await connection.fetchval(
        """with changed as (
               update merchant set spend_day_max_minor = $2 where id = $1 returning id),
           noted as (
               insert into audit (merchant_id, actor, action, detail)
               select id, $3, 'spend.limit', $4 from changed)
           select id from changed""",
        *(merchant_id, day_max_minor, actor, {"day_max_minor": day_max_minor}),
    )
    if changed is None:
        raise NotFoundError(f"Merchant {merchant_id}.")
