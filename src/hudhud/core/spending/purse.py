"""What a merchant may still spend on models today: asked before, paid after each call.

Calls that are under way when the ceiling is reached end, and are paid: a day may end above it by
what its slots were asking at that moment, never by more.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from prometheus_client import Counter

from hudhud.errors import SpendExceededError, StoreUnavailableError
from hudhud.events import emit
from hudhud.model import Usage
from hudhud.settings import Settings
from hudhud.store.pool import Database
from hudhud.store.spending import spend

MICRO = 1_000_000
TOKENS = Counter(
    "hudhud_model_tokens_total", "Tokens of models by direction.", ["model", "direction"]
)


class Price(NamedTuple):
    """What a million tokens read and written cost, in the currency's smallest unit."""

    read: float
    written: float

    def micro(self, usage: Usage) -> int:
        """What one call cost, in millionths of the smallest unit, rounded up."""
        return math.ceil(usage.tokens_in * self.read + usage.tokens_out * self.written)


class Purse:
    """Pays for calls that one conversation needs."""

    def __init__(
        self, database: Database, settings: Settings, merchant_id: int, conversation_id: int
    ) -> None:
        """Pay for this merchant and conversation."""
        self._database = database
        self._settings = settings
        self._merchant_id = merchant_id
        self._conversation_id = conversation_id

    async def open(self, price: Price) -> None:
        """Let a call be made; one that costs nothing may always be.

        Raises:
            SpendExceededError: the merchant's day is spent.
            StoreUnavailableError: PostgreSQL is away.
        """
        if not any(price):
            return
        async with self._database.reading(self._merchant_id) as connection:
            today = await spend.today(connection, self._merchant_id)
        if is_over(self._settings, today):
            emit("spend.over", "warning", merchant=self._merchant_id, micro=today.micro)
            raise SpendExceededError

    async def pay(self, model: str, usage: Usage, price: Price) -> float:
        """Write down what a call cost, also when nothing came of it; the smallest unit.

        An answer is worth more than its receipt: when PostgreSQL cannot take it, the log has it.
        """
        micro = price.micro(usage)
        TOKENS.labels(model, "read").inc(usage.tokens_in)
        TOKENS.labels(model, "written").inc(usage.tokens_out)
        try:
            async with self._database.deed(self._merchant_id) as connection:
                await spend.add(
                    connection,
                    self._merchant_id,
                    self._conversation_id,
                    model=model,
                    usage=usage,
                    micro=micro,
                )
        except StoreUnavailableError:
            emit("spend.not_written", "error", merchant=self._merchant_id, micro=micro)
        return micro / MICRO


def ceiling_of(settings: Settings, today: spend.Today) -> int | None:
    """What a merchant may spend on this day, in the smallest unit; None: there is no ceiling."""
    if today.day_max_minor is not None:
        return today.day_max_minor
    return settings.spend_day_max_minor or None


def is_over(settings: Settings, today: spend.Today) -> bool:
    """Whether nothing that costs may be asked for this merchant today."""
    ceiling = ceiling_of(settings, today)
    return ceiling is not None and today.micro >= ceiling * MICRO


def price_of(options: Any) -> Price:
    """The price that stands in a responder's options; a responder without one costs nothing."""
    return Price(getattr(options, "price_in", 0.0), getattr(options, "price_out", 0.0))
