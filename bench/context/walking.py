"""One batch after another from claim to outbox, as a worker takes it, but for the model."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import hudhud.responders
from bench.context.trips import one_after_another, spans
from bench.ground import Ground
from hudhud.channels import whatsapp
from hudhud.core.answering import answer
from hudhud.core.breaker import Policy
from hudhud.core.context import Looking
from hudhud.core.outside.breakers import Breakers
from hudhud.core.switches import Switches
from hudhud.model import Alias, InboundMessage, Inbox
from hudhud.settings import Settings
from hudhud.store import conversations, intake
from hudhud.store.intake import Webhook
from hudhud.store.pool import Database

POSITIONS = ("one_after_another", "merged", "side_by_side")
WORDS = ("السلام عليكم", "بكم القميص الأزرق؟", "وهل يوجد منه قياس وسط؟")
FIRST_CUSTOMER = 965_000_000_000
LEASE_S = 60.0
TIMEOUT_S = 60.0

hudhud.responders.__path__.append(str(Path(__file__).parents[1] / "responders"))


@dataclass(frozen=True, slots=True)
class Walked:
    """What one batch took, in ms: its look-ups, and everything from claim to outbox.

    `trips` are the statements that waited for each other.
    """

    looked_ms: float
    path_ms: float
    trips: int


def switches_of(position: str) -> str:
    """The switch that belongs to a position."""
    return "parallel_context=off" if position == "one_after_another" else ""


class Walker:
    """A worker's way, walked alone and with a clock in hand."""

    def __init__(self, on: Ground, database: Database, inbox: Inbox, position: str) -> None:
        """Look up in this position."""
        self.inbox = inbox
        self.database = database
        self.breakers = Breakers(Policy())
        self.settings = Settings(
            data_dir=on.folder, context=position, switches=switches_of(position)
        )
        self.looking = Looking(database, Switches(database, self.settings), self.settings)

    async def walk(self, place: tuple[int, int]) -> Walked:
        """Claim what is due in one conversation, look up, answer, write.

        Raises:
            RuntimeError: it was not due, or its answer was not written.
        """
        with spans() as made:
            looked_ms, path_ms = await self._walked(place)
        return Walked(looked_ms, path_ms, one_after_another(made))

    async def _walked(self, place: tuple[int, int]) -> tuple[float, float]:
        began = time.perf_counter()
        claims = await conversations.claim(
            self.database,
            [place],
            holder="bench",
            lease_s=LEASE_S,
            names=self.looking.with_claim,
        )
        claimed = time.perf_counter()
        group = self.looking.begin(claims, claim_s=claimed - began)
        claim = await self.looking.complete(claims[0], group)
        looked = time.perf_counter()
        ending = await answer(
            *(self.database, self.settings, claim, whatsapp.parts),
            checked=whatsapp.checked,
            breakers=self.breakers,
            ai_on=True,
        )
        if not await conversations.finish(self.database, [ending]) or ending.outcome != "answered":
            raise RuntimeError(f"{claim.verdict}, {ending.outcome}: {ending.reason}")
        ended = time.perf_counter()
        took_ms = claim.setting.took_ms if claim.setting else {}
        looked_ms = sum(took_ms.values()) if group is None else (looked - claimed) * 1000
        return looked_ms, (ended - began) * 1000


async def write(on: Ground, inbox: Inbox, customers: Sequence[int]) -> list[tuple[int, int]]:
    """These customers write one message each, due at once; returns their conversations."""
    messages = [
        InboundMessage(
            external_id=f"wamid.context.{time.perf_counter_ns()}.{customer}",
            account=inbox.account,
            aliases=(Alias("phone", str(FIRST_CUSTOMER + customer)),),
            kind="text",
            text=WORDS[customer % len(WORDS)],
            provider_at=datetime.now(UTC),
        )
        for customer in customers
    ]
    webhook = Webhook(
        merchant_id=inbox.merchant_id,
        inbox_id=inbox.id,
        body=b"{}",
        messages=tuple((inbox.id, message) for message in messages),
    )
    async with on.database.pool.acquire() as connection:
        accepted = await intake.accept(connection, [webhook], timeout_s=TIMEOUT_S)
    return list(accepted.touched)
