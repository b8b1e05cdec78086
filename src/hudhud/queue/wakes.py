"""Wake tokens: one blocking pop, on a connection of its own, over the wake lists of all shards.

A cluster needs one such pop for each node; that is the only part which a cluster changes here.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from typing import Any, Final

from hudhud.errors import QueueUnavailableError
from hudhud.queue import script
from hudhud.queue.client import Valkey
from hudhud.queue.shards import SHARDS, Kind, wake_key

POP_S: Final = 1
POP_DEADLINE_S: Final = 2.0
CLOSE_S: Final = 0.1

_WAKE: Final = script.named("wake")


class Wakes:
    """Tells which shards have a sooner head. A token is held only while a take can use it."""

    def __init__(self, valkey: Valkey, kind: Kind) -> None:
        """Name the lists; the blocking connection opens at the first wait.

        Args:
            valkey: the shared connection, by which tokens are put back.
            kind: the schedule's.
        """
        self._valkey = valkey
        self._blocking = valkey.sibling(heartbeat_s=None)
        self._kind: Kind = kind
        self._keys = [wake_key(kind, number) for number in range(SHARDS)]
        self._pop: asyncio.Future[Any] | None = None
        self._woken = asyncio.Event()
        self._shards: set[int] = set()
        self._kept_at: dict[int, float] = {}
        self._wanted = False
        self._failed = False
        self._going: set[asyncio.Task[None]] = set()

    @contextlib.contextmanager
    def wanted(self) -> Iterator[None]:
        """While inside, tokens are kept; outside, one that arrives is put back for others."""
        self._wanted = True
        try:
            yield
        finally:
            self._wanted = False
            self._put_back(self._drain())

    async def wait(self, timeout_s: float) -> set[int]:
        """Wait for tokens.

        Args:
            timeout_s: seconds at most.

        Returns:
            The shards whose head became sooner, all of them when the pop failed; empty after
            `timeout_s` or an interruption.
        """
        await self._blocking.start()
        # A pop that cannot be sent is not tried in a loop: the heads are read every second.
        if self._pop is None and self._blocking.healthy:
            self._pop = self._blocking.send("BLPOP", *self._keys, POP_S, deadline_s=POP_DEADLINE_S)
            self._pop.add_done_callback(self._popped)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await self._woken.wait()
        shards = self._drain()
        failed, self._failed = self._failed, False
        return set(range(SHARDS)) if failed else shards

    def interrupt(self) -> None:
        """End the wait now."""
        self._woken.set()

    async def close(self) -> None:
        """End the pop so that no token dies with it, and put back what others may not know."""
        self._wanted = False
        if self._pop is not None:
            unblock = self._valkey.send("CLIENT", "UNBLOCK", self._blocking.client_id)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(CLOSE_S):
                    await asyncio.gather(unblock, self._pop, return_exceptions=True)
        now = asyncio.get_running_loop().time()
        # Older ones are known to every taker by now: each reads all heads once a second.
        self._put_back({shard for shard, at in self._kept_at.items() if now - at < POP_S})
        if self._going:
            await asyncio.wait(self._going, timeout=CLOSE_S)
        await self._blocking.close()

    def _popped(self, pop: asyncio.Future[Any]) -> None:
        self._pop = None
        if pop.cancelled():
            return
        if pop.exception() is not None:
            # Anything may have happened meanwhile; and asking tells at once if Valkey is gone.
            self._failed = True
            self._woken.set()
            return
        token = pop.result()
        if token is None:
            return
        shard = int(token[1])
        if self._wanted:
            self._kept_at[shard] = asyncio.get_running_loop().time()
            self._shards.add(shard)
            self._woken.set()
        else:
            self._put_back({shard})

    def _drain(self) -> set[int]:
        shards, self._shards = self._shards, set()
        self._woken.clear()
        return shards

    def _put_back(self, shards: set[int]) -> None:
        for shard in shards:
            task = asyncio.get_running_loop().create_task(self._return_token(shard))
            self._going.add(task)
            task.add_done_callback(self._going.discard)

    async def _return_token(self, shard: int) -> None:
        # Not given back is a second's delay at most, for the others read all heads.
        with contextlib.suppress(QueueUnavailableError):
            await self._valkey.run(_WAKE, (wake_key(self._kind, shard),), (shard,))
