"""Look-ups on connections of their own, each name a lane.

Whatever is asked of a lane while it waits for a connection goes together in one statement: a
slow PostgreSQL makes groups larger, and not more statements. Nobody who holds a connection waits
for another one, so all slots may look up at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from hudhud.errors import StoreUnavailableError
from hudhud.events import LOOK_UPS
from hudhud.model import Claimed
from hudhud.store.lookups import Setting, look_up
from hudhud.store.pool import Database, Refused

# All look-ups of one group at once, and the first of the next one. The worker's pool has them
# beside its other connections (worker/run.py); it opens none before it is needed.
LOOK_UPS_AT_ONCE_MAX = 16
# Of a smaller pool, what is left to claims, endings and leases.
OTHERS_MIN = 3
# A look-up that takes longer has failed: an optional one must not make an answer late.
LOOK_UP_TIMEOUT_S = 2.0
# SQLSTATE class 08: PostgreSQL was not reached, so asking again at once helps nobody.
AWAY = "08"


@dataclass(frozen=True, slots=True)
class _Asking:
    claimed: Sequence[Claimed]
    answered: asyncio.Future[dict[int, Setting]]


class Lanes:
    """The look-ups of one worker that are under way, and those that wait."""

    def __init__(self, database: Database) -> None:
        """Use a part of a pool's connections."""
        room = min(LOOK_UPS_AT_ONCE_MAX, database.pool.get_max_size() - OTHERS_MIN)
        self._database = database
        self._room = asyncio.Semaphore(max(1, room))
        self._waiting: dict[str, list[_Asking]] = {}
        self._going: set[asyncio.Task[None]] = set()

    async def look_up(self, name: str, claimed: Sequence[Claimed]) -> dict[int, Setting]:
        """One look-up for these, and for whoever else asks meanwhile. A failure is an answer."""
        asking = _Asking(claimed, asyncio.get_running_loop().create_future())
        queue = self._waiting.setdefault(name, [])
        queue.append(asking)
        if len(queue) == 1:
            going = asyncio.create_task(self._drive(name))
            self._going.add(going)
            going.add_done_callback(self._going.discard)
        return await asking.answered

    async def alone(self, name: str, claimed: Claimed) -> Setting:
        """One look-up for one conversation: what failed for its group may be another's fault."""
        async with self._room:
            return (await self._look_up(name, [claimed]))[claimed.conversation_id]

    async def close(self) -> None:
        """Give up what is under way."""
        for task in self._going:
            task.cancel()
        await asyncio.gather(*self._going, return_exceptions=True)

    async def _drive(self, name: str) -> None:
        async with self._room:
            group = self._waiting.pop(name)
            looked = await self._look_up(name, [one for asking in group for one in asking.claimed])
        for asking in group:
            if not asking.answered.done():  # whoever asked was cancelled
                asking.answered.set_result(looked)

    async def _look_up(self, name: str, claimed: Sequence[Claimed]) -> dict[int, Setting]:
        try:
            looked = await look_up(self._database, claimed, [name], timeout_s=LOOK_UP_TIMEOUT_S)
        except StoreUnavailableError as error:
            return _failed(name, claimed, f"{AWAY}000: {error.detail}")
        except Refused as error:
            return _failed(name, claimed, f"{error.sqlstate}: {error}")
        for took_ms in looked[claimed[0].conversation_id].took_ms.values():
            LOOK_UPS.labels(name).observe(took_ms / 1000)
        return looked


def _failed(name: str, claimed: Sequence[Claimed], why: str) -> dict[int, Setting]:
    setting = Setting(failed={name: why})
    return {one.conversation_id: setting for one in claimed}
