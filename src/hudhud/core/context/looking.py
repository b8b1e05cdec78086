"""How what answers need is looked up: with the claim, side by side, one after another (P1, P5).

All three ask the same SQL for the same names, so all three find the same.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import cast

import msgspec

from hudhud.core.context.choosing import Position, Seen, choose
from hudhud.core.context.lanes import AWAY, Lanes
from hudhud.core.context.searching import warm
from hudhud.core.switches import Switches
from hudhud.events import CONTEXTS, LOOK_UPS, emit
from hudhud.settings import Settings
from hudhud.store.conversations import Claim
from hudhud.store.lookups import NAMES, Setting
from hudhud.store.pool import Database

Looked = asyncio.Task[dict[int, Setting]]


class Looking:
    """What one worker looks up for its batches."""

    def __init__(self, database: Database, switches: Switches, settings: Settings) -> None:
        """Look up in `database`, as switch, setting and what was measured say."""
        self._database = database
        self._switches = switches
        self._pinned = settings.context
        self._lanes = Lanes(database)
        self._seen = Seen()
        self._chosen: Position = "merged"
        self._going: set[Looked] = set()

    @property
    def position(self) -> Position:
        """Where the next group is looked up; an operator's switch is stronger than a setting."""
        if not self._switches.on("parallel_context"):
            return "one_after_another"
        return self._chosen if self._pinned == "auto" else cast("Position", self._pinned)

    @property
    def with_claim(self) -> tuple[str, ...]:
        """The names that the next claim brings with it."""
        return NAMES if self.position == "merged" else ()

    def begin(self, claims: Sequence[Claim], *, claim_s: float) -> Looked | None:
        """Look up for what was just claimed together, unless the claim has brought it.

        Args:
            claims: as one call returned them.
            claim_s: seconds that this call took.

        Returns: what `complete` waits for.
        """
        ours = [claim for claim in claims if claim.verdict == "claimed" and claim.messages]
        if not ours:
            return None
        brought = ours[0].setting or Setting()
        self._saw(brought.took_ms, trip_ms=max(0.0, claim_s * 1000 - ours[0].worked_ms))
        missing = [name for name in NAMES if name not in brought.took_ms]
        if not missing:
            CONTEXTS.labels("merged").inc()
            return None
        apart = self.position == "one_after_another"
        CONTEXTS.labels("one_after_another" if apart else "side_by_side").inc()
        looked = asyncio.create_task(self._look_up(ours, missing, apart=apart))
        self._going.add(looked)
        looked.add_done_callback(self._going.discard)
        return looked

    async def complete(self, claim: Claim, looked: Looked | None) -> Claim:
        """The claim with all that was looked up for it.

        What failed for its group is asked once more for this one alone, because one row that
        cannot be read must not spoil its neighbours' answers (trap 8).
        """
        setting = claim.setting or Setting()
        if looked is not None:
            # Shielded: who is cancelled here is one of many that wait for it.
            group = await asyncio.shield(looked)
            setting = setting.beside(group.get(claim.claimed.conversation_id, Setting()))
        for name, why in setting.failed.items():
            if not why.startswith(AWAY):
                setting = setting.beside(await self._lanes.alone(name, claim.claimed))
        return msgspec.structs.replace(claim, setting=setting)

    async def close(self) -> None:
        """Give up what is under way."""
        for task in self._going:
            task.cancel()
        await asyncio.gather(*self._going, return_exceptions=True)
        await self._lanes.close()

    async def _look_up(
        self, claims: Sequence[Claim], names: Sequence[str], *, apart: bool
    ) -> dict[int, Setting]:
        claimed = [claim.claimed for claim in claims]
        if apart:
            found = [await self._lanes.look_up(name, claimed) for name in names]
        else:
            # What the batches themselves name needs no look-up: it is searched for meanwhile.
            warming = asyncio.create_task(warm(self._database, claims))
            found = await asyncio.gather(*(self._lanes.look_up(name, claimed) for name in names))
            await warming
        settings: dict[int, Setting] = {}
        for part in found:
            for conversation_id, setting in part.items():
                before = settings.get(conversation_id)
                settings[conversation_id] = before.beside(setting) if before else setting
        self._choose(self._seen.and_then(settings[claimed[0].conversation_id].took_ms))
        return settings

    def _saw(self, took_ms: Mapping[str, float], *, trip_ms: float) -> None:
        for name, ms in took_ms.items():
            LOOK_UPS.labels(name).observe(ms / 1000)
        self._choose(self._seen.and_then(took_ms, trip_ms))

    def _choose(self, seen: Seen) -> None:
        self._seen = seen
        before, self._chosen = self._chosen, choose(seen, self._chosen)
        if self._chosen != before and self._pinned == "auto":
            figures = {
                name: round(value, 1) for name, value in msgspec.structs.asdict(seen).items()
            }
            emit("context.position_chosen", position=self._chosen, **figures)
