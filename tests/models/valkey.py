"""What the schedule needs of Valkey, in memory and in virtual time: sorted sets, lists, one pop.

The scripts' own text runs against a real server in `tests/queue`; this stands in for them only so
that takers, wake tokens and deaths can meet in thousands of orders (trap 15).
"""

from __future__ import annotations

import asyncio
import math
import random
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from hudhud.errors import QueueUnavailableError
from hudhud.queue import script
from hudhud.queue.script import Script

HINT, TAKE = script.named("hint"), script.named("take")


class Server:
    """One server, shared by all of its clients."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.due: dict[str, dict[bytes, float]] = defaultdict(dict)
        self.woken: dict[str, list[bytes]] = defaultdict(list)
        self.asleep: list[tuple[Client, tuple[str, ...], asyncio.Future[Any]]] = []

    @property
    def now_ms(self) -> float:
        return asyncio.get_running_loop().time() * 1000

    def run(self, which: Script, keys: Sequence[str], words: Sequence[Any]) -> Any:
        wake, *shards = keys
        if which == HINT:
            for key in shards:
                number, many, *words = words
                self.hint(self.due[key], wake, number, words[: 2 * many])
                words = words[2 * many :]
            return 0
        without = {str(merchant).encode() for merchant in words[4 : 4 + words[3]]}
        asked = words[4 + len(without) :]
        pairs = zip(asked[::2], asked[1::2], strict=False)  # and then who had their share
        told = [
            self.take(self.due[key], wake, number, int(room), without, self.now_ms + words[2])
            for key, (number, room) in zip(shards, pairs, strict=False)
        ]
        return [int(self.now_ms * 1000), *told]

    def hint(self, due: dict[bytes, float], wake: str, number: Any, words: Sequence[Any]) -> None:
        before = min(due.values(), default=None)
        for member, in_ms in zip(words[::2], words[1::2], strict=True):
            at = self.now_ms + float(in_ms)
            name = str(member).encode()
            due[name] = min(due.get(name, at), at)
        if before is None or min(due.values()) < before:
            self.push(wake, number)

    def take(
        self,
        due: dict[bytes, float],
        wake: str,
        number: Any,
        room: int,
        without: set[bytes],
        until_ms: float,
    ) -> list[Any]:
        ready = sorted((at, member) for member, at in due.items() if at <= until_ms)
        wanted = [member for _, member in ready if member.partition(b":")[0] not in without]
        pairs = [(member, self.in_us(due.pop(member))) for member in wanted[:room]]
        head = min(due.values(), default=None)
        left_us = -1 if head is None else self.in_us(head)
        if room and left_us == 0:
            self.push(wake, number)
        return [left_us, *(word for pair in pairs for word in pair)]

    def in_us(self, at: float) -> int:
        return max(0, math.ceil((at - self.now_ms) * 1000))

    def push(self, key: str, number: Any) -> None:
        if (token := str(number).encode()) not in self.woken[key]:
            self.woken[key].append(token)
            self.serve()

    def serve(self) -> None:
        """Hand tokens to whoever sleeps; to one who died as well, if nobody noticed yet."""
        for entry in list(self.asleep):
            client, keys, pop = entry
            key = next((key for key in keys if self.woken[key]), None)
            if key is not None and not pop.done():
                self.asleep.remove(entry)
                tokens = self.woken.pop(key)
                if not client.dead:
                    pop.set_result([key.encode(), [[token, 0.0] for token in tokens]])


class Client:
    """One connection, as `hudhud.queue.connection.Connection` is seen by the schedule."""

    tag = ""
    client_id = 0

    def __init__(self, server: Server) -> None:
        self.server = server
        self.dead = False
        self.siblings: list[Client] = []

    @property
    def healthy(self) -> bool:
        return not self.dead

    def sibling(self, *, heartbeat_s: float | None = None) -> Client:
        assert heartbeat_s is None
        self.siblings.append(Client(self.server))
        return self.siblings[-1]

    async def start(self) -> None:
        return

    async def close(self) -> None:
        self.server.asleep = [entry for entry in self.server.asleep if entry[0] is not self]

    def die(self) -> None:
        """As SIGKILL: a token that is on its way to it is gone."""
        for client in (self, *self.siblings):
            client.dead = True

    async def run(
        self, which: Script, keys: Sequence[str], words: Sequence[Any], *, deadline_s: float = 1.0
    ) -> Any:
        assert deadline_s
        await asyncio.sleep(self.server.chance.uniform(0.0001, 0.01))
        if self.dead:
            raise QueueUnavailableError
        return self.server.run(which, keys, words)

    def begin(
        self, which: Script, keys: Sequence[str], words: Sequence[Any], *, deadline_s: float = 1.0
    ) -> asyncio.Future[Any]:
        return asyncio.ensure_future(self.run(which, keys, words, deadline_s=deadline_s))

    def send(self, *words: Any, deadline_s: float = 1.0) -> asyncio.Future[Any]:
        assert deadline_s
        loop = asyncio.get_running_loop()
        ending: asyncio.Future[Any] = loop.create_future()
        if words[0] == "BZMPOP":
            self.server.asleep.append((self, words[3 : 3 + words[2]], ending))
            loop.call_later(words[1], self._nothing, ending)
            loop.call_soon(self.server.serve)
        elif words[0] == "ZADD":
            for token in words[4::2]:
                self.server.push(words[1], token)
            ending.set_result(1)
        elif words[0] == "ZPOPMIN":
            lie = self.server.woken[words[1]]
            popped, lie[:] = lie[: words[2]], lie[words[2] :]
            ending.set_result([[token, 0.0] for token in popped])
        elif words[:2] == ("CLIENT", "UNBLOCK"):
            for client, _, pop in list(self.server.asleep):
                if client in self.siblings and not pop.done():
                    pop.set_result(None)
            ending.set_result(1)
        else:
            raise AssertionError(words)
        return ending

    def _nothing(self, ending: asyncio.Future[Any]) -> None:
        self.server.asleep = [entry for entry in self.server.asleep if entry[2] is not ending]
        if not ending.done() and not self.dead:
            ending.set_result(None)
