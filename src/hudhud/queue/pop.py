"""One blocking pop, on a connection of its own, of the wake tokens that one part keeps."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from typing import Final

from hudhud.errors import QueueUnavailableError
from hudhud.queue.connection import Connection
from hudhud.queue.shards import SHARDS, Kind, shards_of, woken_key

POP_S: Final = 1
POP_DEADLINE_S: Final = 2.0
CLOSE_S: Final = 0.1


class Pop:
    """Pops all tokens there are, of all its tags: the first one would starve the others."""

    def __init__(
        self, part: Connection, kind: Kind, tags: Sequence[str], popped: Callable[[Pop], None]
    ) -> None:
        """Name the keys; `open` opens the connection.

        Args:
            part: where they are.
            kind: the schedule's.
            tags: whose tokens.
            popped: called when a pop ends; `tokens` and `failed` say how.
        """
        self.shards = frozenset(number for tag in tags for number in shards_of(tag))
        self.tokens: set[int] = set()
        self.failed = False
        self._part = part
        self._blocking = part.sibling(heartbeat_s=None)
        self._keys = [woken_key(kind, tag) for tag in tags]
        self._popped = popped
        self._going: asyncio.Task[set[int]] | None = None
        self._rests_until = 0.0

    async def open(self) -> None:
        """Begin to keep the connection; returns once it was tried."""
        await self._blocking.start()

    def begin(self) -> None:
        """Pop, unless a pop is under way, or cannot be sent: the heads are read every second."""
        rests = asyncio.get_running_loop().time() < self._rests_until
        if self._going is None and self._blocking.healthy and not rests:
            self._going = asyncio.get_running_loop().create_task(self._pop())
            self._going.add_done_callback(self._ended)

    async def look(self) -> set[int]:
        """Pop what is there now, without waiting; nothing while a pop waits for it anyway."""
        if self._going is None:
            # A token that is lost with the connection costs a second: all heads are read then.
            with contextlib.suppress(QueueUnavailableError):
                return await self._rest(self._part, self._keys)
        return set()

    async def close(self) -> None:
        """End the pop so that no token dies with it; what it brings is still told."""
        if self._going is not None:
            unblock = self._part.send("CLIENT", "UNBLOCK", self._blocking.client_id)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(CLOSE_S):
                    await asyncio.gather(unblock, self._going, return_exceptions=True)
        await self._blocking.close()

    async def _pop(self) -> set[int]:
        first = await self._blocking.send(
            "BZMPOP",
            POP_S,
            len(self._keys),
            *self._keys,
            "MIN",
            "COUNT",
            SHARDS,
            deadline_s=POP_DEADLINE_S,
        )
        if first is None:
            return set()
        key, tokens = first
        others = [k for k in self._keys if k.encode() != key]
        return {int(number) for number, _ in tokens} | await self._rest(self._blocking, others)

    async def _rest(self, connection: Connection, keys: Sequence[str]) -> set[int]:
        told = await asyncio.gather(*(connection.send("ZPOPMIN", key, SHARDS) for key in keys))
        return {int(number) for tokens in told for number, _ in tokens}

    def _ended(self, pop: asyncio.Task[set[int]]) -> None:
        self._going = None
        if pop.cancelled():
            return
        self.failed = pop.exception() is not None
        self.tokens = set() if self.failed else pop.result()
        if self.failed:
            # One that is always refused (an ACL without BZMPOP) must not become a busy loop.
            self._rests_until = asyncio.get_running_loop().time() + POP_S
        self._popped(self)
