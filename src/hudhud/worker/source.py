"""Where the next work comes from: hints in Valkey, or PostgreSQL itself (direct mode, Q8)."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Collection

from hudhud.core.switches import Switches
from hudhud.errors import QueueUnavailableError
from hudhud.queue.schedule import Schedule
from hudhud.store.intake import Due

TAKE_WAIT_S = 1.0
DIRECT_POLL_S = 0.1

Entries = list[tuple[int, int]]  # (merchant id, conversation id)


class Hinted:
    """What a schedule says is due, while Valkey can be trusted and is switched on."""

    def __init__(self, schedule: Schedule, switches: Switches) -> None:
        """Take from `schedule`, as long as the switch `queue` is on."""
        self._schedule = schedule
        self._switches = switches
        self._leaves_out = False

    @property
    def trusted(self) -> bool:
        """Whether hints count; when not, ask PostgreSQL."""
        return self._schedule.healthy and self._switches.on("queue")

    async def take(
        self, limit: int, *, without: Collection[int] = (), lead_s: float = 0.0
    ) -> Entries:
        """Wait for something that is due, at most about a second; nothing when Valkey goes away.

        Args:
            limit: most entries.
            without: merchants whose entries are left to others.
            lead_s: seconds before its time in which an entry may be had already.
        """
        self._leaves_out = bool(without)
        try:
            return await self._schedule.take(
                limit, wait_s=TAKE_WAIT_S, without=without, lead_s=lead_s
            )
        except QueueUnavailableError:
            return []
        finally:
            self._leaves_out = False

    def room_came(self) -> None:
        """A slot came free: it may be what a merchant waits for whom the take leaves out."""
        if self._leaves_out:
            self.hurry()

    def hurry(self) -> None:
        """End the take that waits, now; what it took by then it returns."""
        self._schedule.hurry()


class Source:
    """One schedule, and the question that PostgreSQL answers in its stead."""

    def __init__(
        self, schedule: Schedule, switches: Switches, ask: Callable[[int], Awaitable[list[Due]]]
    ) -> None:
        """Take from `schedule`; while it is away, or switched off, `ask` for so many."""
        self._hinted = Hinted(schedule, switches)
        self._ask = ask

    async def take(self, limit: int, *, without: Collection[int] = ()) -> Entries:
        """Wait for something that is due, at most about a second.

        Args:
            limit: most entries.
            without: merchants whose hints are left to others; PostgreSQL names them all the same.

        Raises:
            StoreUnavailableError: in direct mode, when PostgreSQL is away.
        """
        if self._hinted.trusted:
            return await self._hinted.take(limit, without=without)
        due = [entry for entry in await self._ask(limit) if entry.due_ms <= 0]
        if not due:
            await asyncio.sleep(DIRECT_POLL_S)
        return [(entry.merchant_id, entry.conversation_id) for entry in due]

    def room_came(self) -> None:
        """As `Hinted.room_came`."""
        self._hinted.room_came()

    def hurry(self) -> None:
        """End the take that waits, now; in direct mode it waits no longer than a poll."""
        self._hinted.hurry()


async def happened(event: asyncio.Event, within_s: float) -> bool:
    """Wait for an event, at most so many seconds; whether it came."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(within_s):
            await event.wait()
    return event.is_set()
