"""Wake tokens: which shards have a sooner head, told to one waiting taker each."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from hudhud.errors import QueueUnavailableError
from hudhud.queue.client import Valkey
from hudhud.queue.pop import CLOSE_S, POP_S, Pop
from hudhud.queue.shards import TAGS, Kind, tag_of_shard, woken_key


class Wakes:
    """Tells which shards have a sooner head. A token is held only while a take can use it."""

    def __init__(self, valkey: Valkey, kind: Kind) -> None:
        """Pop where the tokens are: by one connection, or in a cluster by one for each part.

        Args:
            valkey: also puts tokens back.
            kind: the schedule's.
        """
        self._valkey = valkey
        self._kind: Kind = kind
        alone = len(valkey.parts) == 1
        self._pops = [
            Pop(part, kind, TAGS if alone else (part.tag,), self._popped) for part in valkey.parts
        ]
        self._woken = asyncio.Event()
        self._shards: set[int] = set()
        self._unsure: set[int] = set()
        self._kept_at: dict[int, float] = {}
        self._open = False
        self._closed = False
        self._wanted = False
        self._going: set[asyncio.Task[None]] = set()

    @contextlib.contextmanager
    def wanted(self) -> Iterator[None]:
        """While inside, tokens are kept; what nobody asked for then is put back for others."""
        self._wanted = True
        try:
            yield
        finally:
            self._wanted = False
            self._put_back(self._drain())

    def give(self, shards: Iterable[int]) -> None:
        """Tell another taker of these shards: what is due there is not for us to take now."""
        if not self._closed:
            self._put_back(set(shards))

    async def wait(self, timeout_s: float) -> set[int]:
        """Wait for tokens.

        Args:
            timeout_s: seconds at most.

        Returns:
            The shards whose head became sooner, or of which nobody could know; empty after
            `timeout_s` or an interruption.
        """
        if not self._open:
            await asyncio.gather(*(pop.open() for pop in self._pops))
            self._open = True
        for pop in self._pops:
            pop.begin()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await self._woken.wait()
        unsure, self._unsure = self._unsure, set()
        return self._drain() | unsure

    def look(self, limit: int) -> list[asyncio.Future[Any]]:
        """Ask for the oldest tokens: who always finds something due never waits for them.

        Asked before this returns, in one write with whatever else is asked in this tick.

        Args:
            limit: how many shards the caller has room for.
        """
        return [told for pop in self._pops for told in pop.look(limit)]

    async def seen(self, asked: Sequence[asyncio.Future[Any]]) -> set[int]:
        """The shards whose tokens came. A lost one costs a second: all heads are read then."""
        if asked:
            await asyncio.wait(asked)
        shards = {number for told in asked for number in _shards_of(told)}
        self._keep(shards)
        return shards

    def leave(self, asked: Iterable[asyncio.Future[Any]]) -> None:
        """Nobody waits for these any more: what they bring is put back."""
        for told in asked:
            told.add_done_callback(lambda told: self._put_back(_shards_of(told)))

    def interrupt(self) -> None:
        """End the wait now."""
        self._woken.set()

    async def close(self) -> None:
        """End the pops so that no token dies with them; put back what others may not know."""
        self._wanted = False
        self._closed = True
        await asyncio.gather(*(pop.close() for pop in self._pops))
        now = asyncio.get_running_loop().time()
        # Older ones are known to every taker by now: each reads all heads once a second.
        self._put_back({shard for shard, at in self._kept_at.items() if now - at < POP_S})
        if self._going:
            await asyncio.wait(self._going, timeout=CLOSE_S)

    def _popped(self, pop: Pop) -> None:
        if pop.failed:
            # Anything may have happened meanwhile; and asking tells at once if Valkey is gone.
            self._unsure |= pop.shards
            self._woken.set()
        elif not self._wanted:
            self._put_back(pop.tokens)
        elif pop.tokens:
            self._keep(pop.tokens)
            self._shards |= pop.tokens
            self._woken.set()
        else:
            pop.begin()  # nothing came in its second, and the wait goes on

    def _keep(self, tokens: set[int]) -> None:
        now = asyncio.get_running_loop().time()
        self._kept_at.update(dict.fromkeys(tokens, now))

    def _drain(self) -> set[int]:
        shards, self._shards = self._shards, set()
        self._woken.clear()
        return shards

    def _put_back(self, shards: set[int]) -> None:
        by_key: dict[str, list[int]] = {}
        for shard in shards:
            by_key.setdefault(woken_key(self._kind, tag_of_shard(shard)), []).append(shard)
        for woken, tokens in by_key.items():
            task = asyncio.get_running_loop().create_task(self._return_tokens(woken, tokens))
            self._going.add(task)
            task.add_done_callback(self._going.discard)

    async def _return_tokens(self, woken: str, shards: list[int]) -> None:
        # Not given back is a second's delay at most, for the others read all heads.
        with contextlib.suppress(QueueUnavailableError):
            scored = (word for shard in shards for word in (0, shard))
            await self._valkey.send("ZADD", woken, "NX", *scored)


def _shards_of(told: asyncio.Future[Any]) -> set[int]:
    if told.cancelled() or told.exception() is not None:
        return set()
    return {int(number) for number, _ in told.result()}
