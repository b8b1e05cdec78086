"""Who goes next: hints in 64 sorted sets, put by whoever commits work, taken by workers.

An entry is a hint, never the truth (law 1). It may be missing, early or double: PostgreSQL
decides again at the claim, and the sweep finds what no hint tells of.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Coroutine, Iterable, Sequence
from typing import Any, Final

import msgspec

from hudhud.errors import QueueUnavailableError
from hudhud.events import emit
from hudhud.queue import script
from hudhud.queue.client import HINT_S, Valkey
from hudhud.queue.link import CALL_S, Word
from hudhud.queue.shards import SHARDS, Kind, due_key, keys_of, member, shard, tag_of_shard
from hudhud.queue.taker import Taker

# So that no script holds the one thread of Valkey for longer than about a millisecond.
ENTRIES_PER_SCRIPT_MAX: Final = 256

Hint = tuple[int, int, float]
Member = tuple[int, int]

_HINT: Final = script.named("hint")
_DEPTH: Final = script.named("depth")


class Depth(msgspec.Struct, frozen=True, kw_only=True):
    """How much one schedule holds: all hints, those due, and how late the oldest is."""

    hints: int
    due: int
    late_ms: int


class Schedule:
    """One schedule: `reply` (batches that become due) or `send` (something is in the outbox)."""

    def __init__(self, valkey: Valkey, kind: Kind) -> None:
        """Use open connections; `take` opens others, because it blocks.

        Args:
            valkey: shared with every other schedule and signal of the process.
            kind: `reply` or `send`; they share nothing but the code.
        """
        self._valkey = valkey
        self._kind: Kind = kind
        self._taker: Taker | None = None
        self._alone = asyncio.Lock()
        self._going: set[asyncio.Task[None]] = set()

    @property
    def healthy(self) -> bool:
        """Whether all hints reach Valkey; when not, workers ask PostgreSQL (direct mode, Q8).

        While a part of a cluster is away the others still take hints, so that little is missing
        when it is back; the work of all is found in PostgreSQL meanwhile.
        """
        return self._valkey.healthy

    async def hint(self, entries: Sequence[Hint], *, deadline_s: float = HINT_S) -> None:
        """Say when conversations become due; an entry only ever moves sooner.

        Args:
            entries: (merchant_id, conversation_id, due_in_ms), the milliseconds as PostgreSQL
                counted them; Valkey adds its own time, so no two clocks are compared (trap 18).
            deadline_s: seconds; the entries of one call travel together.

        Raises:
            QueueUnavailableError: some or all entries were not taken; the sweep will find them.
        """
        by_tag: dict[str, list[Hint]] = defaultdict(list)
        for entry in entries:
            by_tag[tag_of_shard(shard(entry[1]))].append(entry)
        calls = [
            self._put(hints[start : start + ENTRIES_PER_SCRIPT_MAX], deadline_s)
            for hints in by_tag.values()
            for start in range(0, len(hints), ENTRIES_PER_SCRIPT_MAX)
        ]
        await asyncio.gather(*calls)

    def hint_soon(self, entries: Sequence[Hint]) -> None:
        """The same for the way of an acknowledgement: never waits, never raises (trap 5).

        A failure leaves Valkey distrusted and the entries to the sweep.
        """
        if not entries or not self._valkey.reachable:
            return
        task = asyncio.get_running_loop().create_task(self._hint_quietly(entries))
        # The loop itself holds tasks only weakly.
        self._going.add(task)
        task.add_done_callback(self._going.discard)

    async def restore(self, entries: Sequence[Hint]) -> None:
        """Put back entries whose claim PostgreSQL refused: leased, or not due for so many ms.

        They were removed when taken, so this sets exactly that time — unless a sooner hint
        came meanwhile (a fifth message), which must win.

        Raises:
            QueueUnavailableError: as `hint`.
        """
        await self.hint(entries, deadline_s=CALL_S)

    async def take(
        self, limit: int, *, wait_s: float, without: Collection[int] = (), lead_s: float = 0.0
    ) -> list[Member]:
        """Wait until something is due, remove it, and return it.

        Merchants take turns, and shards too. What is taken and then lost with its worker is
        put back by the sweep. One `take` at a time on one Schedule; any number of Schedules.

        Args:
            limit: most entries to take, at least 1.
            wait_s: seconds to wait when nothing is due; then the list is empty.
            without: merchants whose entries stay for whoever has room for them.
            lead_s: so many seconds before its time an entry is of use already: whoever takes it has
                it decided elsewhere whether it is due.

        Returns:
            (merchant_id, conversation_id) of each, never sooner than `lead_s` before its time.

        Raises:
            QueueUnavailableError: Valkey is away; ask PostgreSQL instead.
        """
        async with self._alone:
            if self._taker is None:
                self._taker = Taker(self._valkey, self._kind, self.hint_soon)
            return await self._taker.take(limit, wait_s=wait_s, without=without, lead_s=lead_s)

    def hurry(self) -> None:
        """End the take that waits, now; what it took by then it returns."""
        if self._taker is not None:
            self._taker.hurry()

    async def forget(self, entries: Iterable[Member]) -> None:
        """Remove hints that have become pointless.

        Raises:
            QueueUnavailableError: they stay; a claim will find nothing and close silently.
        """
        by_shard: dict[int, list[str]] = defaultdict(list)
        for merchant_id, conversation_id in entries:
            by_shard[shard(conversation_id)].append(member(merchant_id, conversation_id))
        calls = [
            self._valkey.send("ZREM", due_key(self._kind, number), *members)
            for number, members in by_shard.items()
        ]
        await asyncio.gather(*calls)

    async def depth(self) -> Depth:
        """Count all shards, in one round trip.

        Raises:
            QueueUnavailableError: Valkey is away.
        """
        keys = [due_key(self._kind, number) for number in range(SHARDS)]
        counts = await asyncio.gather(*(self._valkey.run(_DEPTH, (key,), ()) for key in keys))
        hints, due, late_ms = zip(*counts, strict=True)
        return Depth(hints=sum(hints), due=sum(due), late_ms=max(late_ms))

    async def close(self) -> None:
        """Let hints under way arrive, put popped wake tokens back, close what `take` opened."""
        if self._taker is not None:
            self._taker.hurry()
            async with self._alone:
                await self._taker.close()
        if self._going:
            await asyncio.wait(self._going, timeout=HINT_S)

    def _put(self, hints: Sequence[Hint], deadline_s: float) -> Coroutine[Any, Any, Any]:
        """Hints of one tag, in one script."""
        by_shard: dict[int, list[Word]] = defaultdict(list)
        for merchant_id, conversation_id, due_in_ms in hints:
            by_shard[shard(conversation_id)] += (member(merchant_id, conversation_id), due_in_ms)
        words = [word for number, put in by_shard.items() for word in (number, len(put) // 2, *put)]
        keys = keys_of(self._kind, tuple(by_shard))
        return self._valkey.run(_HINT, keys, words, deadline_s=deadline_s)

    async def _hint_quietly(self, entries: Sequence[Hint]) -> None:
        try:
            await self.hint(entries)
        except QueueUnavailableError as error:
            emit("queue.hint_failed", level="debug", entries=len(entries), reason=error.detail)
