"""What a merchant spent, and its ceiling: one report for command line, console and API."""

from __future__ import annotations

import msgspec

from hudhud.core.spending.purse import ceiling_of, is_over
from hudhud.errors import BadInputError
from hudhud.events import emit
from hudhud.settings import Settings
from hudhud.store.pool import Database
from hudhud.store.spending import spend
from hudhud.store.spending.spend import Spent

DAYS_MAX = 366
LIMIT_MINOR_MAX = 10**12


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Today's spend and its ceiling, and the days before, newest first.

    `today_micro` is in millionths of the smallest unit of `currency`, `limit_minor` in that unit;
    None where nothing limits it. `own_limit`: the merchant's own, not the installation's.
    """

    currency: str
    today_micro: int
    limit_minor: int | None
    own_limit: bool
    over: bool
    days: tuple[Spent, ...]


async def report(database: Database, settings: Settings, merchant_id: int, *, days: int) -> Report:
    """What a merchant spent on models in the last days, today among them.

    Raises:
        NotFoundError: no such merchant.
        BadInputError: more days than are looked at together.
        StoreUnavailableError: PostgreSQL is away.
    """
    if not 1 <= days <= DAYS_MAX:
        raise BadInputError(f"Days must be from 1 to {DAYS_MAX}.")
    async with database.reading(merchant_id) as connection:
        today = await spend.today(connection, merchant_id)
        rows = await spend.by_day(connection, merchant_id, days=days)
    limit = ceiling_of(settings, today)
    return Report(
        currency=settings.spend_currency,
        today_micro=today.micro,
        limit_minor=limit,
        own_limit=today.day_max_minor is not None,
        over=is_over(settings, today),
        days=tuple(rows),
    )


async def set_limit(
    database: Database, merchant_id: int, limit_minor: int | None, *, actor: str
) -> None:
    """Set what a merchant may spend a day, in the smallest unit; the next call goes by it.

    0 lets no model that costs be asked; None leaves it to the installation.

    Raises:
        BadInputError: below zero, or beyond any price.
        NotFoundError: no such merchant.
        StoreUnavailableError: PostgreSQL is away.
    """
    if limit_minor is not None and not 0 <= limit_minor <= LIMIT_MINOR_MAX:
        raise BadInputError(f"The limit must be from 0 to {LIMIT_MINOR_MAX}.")
    async with database.deed(merchant_id) as connection:
        await spend.set_day_max(connection, merchant_id, limit_minor, actor=actor)
    emit("spend.limited", merchant=merchant_id, limit_minor=limit_minor)
