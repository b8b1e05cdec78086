"""One blocking pop, on a connection of its own, of the wake tokens that one part keeps."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from typing import Any, Final

from hudhud.queue.connection import Connection
from hudhud.queue.shards import SHARDS, Kind, shards_of, woken_key

POP_S: Final = 1
POP_DEADLINE_S: Final = 2.0
CLOSE_S: Final = 0.1


class Pop:
    """Pops all tokens of a tag at a time, of the first tag that has any; `look` asks every tag.

    Where something is always due and never waited for, only looking keeps the later tags served.
    """

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
        self._going: asyncio.Future[Any] | None = None
        self._rests_until = 0.0

    async def open(self) -> None:
        """Begin to keep the connection; returns once it was tried."""
        await self._blocking.start()

    def begin(self) -> None:
        """Pop, unless a pop is under way, or cannot be sent: the heads are read every second."""
        rests = asyncio.get_running_loop().time() < self._rests_until
        if self._going is None and self._blocking.healthy and not rests:
            self._going = self._blocking.send(
                "BZMPOP",
                POP_S,
                len(self._keys),
                *self._keys,
                "MIN",
                "COUNT",
                SHARDS,
                deadline_s=POP_DEADLINE_S,
            )
            self._going.add_done_callback(self._ended)

    def look(self, limit: int) -> list[asyncio.Future[Any]]:
        """Ask for the oldest that are there now; for nothing while a pop waits for them anyway.

        Sent before this returns, so that it leaves in one write with whatever is asked beside it.

        Args:
            limit: how many can be used, about: so many in all are asked for, of each tag its share.
        """
        if self._going is not None:
            return []
        share = -(-limit // len(self._keys))
        return [self._part.send("ZPOPMIN", key, share) for key in self._keys]

    async def close(self) -> None:
        """End the pop so that no token dies with it; what it brings is still told."""
        if self._going is not None:
            unblock = self._part.send("CLIENT", "UNBLOCK", self._blocking.client_id)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(CLOSE_S):
                    await asyncio.gather(unblock, self._going, return_exceptions=True)
        await self._blocking.close()

    def _ended(self, pop: asyncio.Future[Any]) -> None:
        self._going = None
        if pop.cancelled():
            return
        self.failed = pop.exception() is not None
        self.tokens = set()
        if self.failed:
            # One that is always refused (an ACL without BZMPOP) must not become a busy loop.
            self._rests_until = asyncio.get_running_loop().time() + POP_S
        elif pop.result() is not None:
            _, entries = pop.result()
            self.tokens = {int(number) for number, _ in entries}
        self._popped(self)
