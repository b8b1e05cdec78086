"""Valkey as the rest of Hudhud sees it: one server, a cluster, or whatever sentinels watch."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any, Final

from hudhud.queue import address as addresses
from hudhud.queue.address import Address, ClusterAddress, SentinelAddress
from hudhud.queue.connection import Connection, Find
from hudhud.queue.link import CALL_S, Push, Word
from hudhud.queue.script import Script
from hudhud.queue.sentinels import Sentinels
from hudhud.queue.shards import TAGS, tag_of
from hudhud.queue.slots import Slots, slot

# For what travels beside an acknowledgement or an answer: its loss costs nothing (trap 5).
HINT_S: Final = 0.05
ALL: Final = "all"


async def connect(url: str) -> Valkey:
    """Connect, or begin to try: a Valkey that is away does not keep a process from starting (Q8).

    Args:
        url: as `address.read` takes it.

    Raises:
        BadInputError: the URL is none of these.
    """
    valkey = Valkey(_parts(addresses.read(url)))
    await valkey.start()
    return valkey


class Valkey:
    """All of it: one part on a server of its own; in a cluster one part for each hash tag.

    A part is a connection that finds the server of its tag by itself. When a server of a cluster
    dies, its parts are distrusted, and the others serve on.
    """

    def __init__(self, parts: Sequence[Connection]) -> None:
        """Take one connection for everything, or one for each of TAGS in their order."""
        self.parts = tuple(parts)

    @property
    def healthy(self) -> bool:
        """Whether every part is: open, answering, writable."""
        return all(part.healthy for part in self.parts)

    @property
    def reachable(self) -> bool:
        """Whether some part is."""
        return any(part.healthy for part in self.parts)

    def part(self, key: str) -> Connection:
        """The part that serves a key; the first healthy one when the key carries none of TAGS."""
        if len(self.parts) == 1:
            return self.parts[0]
        tag = tag_of(key)
        if tag in TAGS:
            return self.parts[TAGS.index(tag)]
        return next((part for part in self.parts if part.healthy), self.parts[0])

    def run(
        self,
        script: Script,
        keys: Sequence[str],
        arguments: Sequence[Word],
        *,
        deadline_s: float = CALL_S,
    ) -> Coroutine[Any, Any, Any]:
        """Run a script where its keys are; see `Connection.run`."""
        return self.part(keys[0]).run(script, keys, arguments, deadline_s=deadline_s)

    def begin(
        self, script: Script, keys: Sequence[str], arguments: Sequence[Word]
    ) -> asyncio.Future[Any]:
        """Ask for a script where its keys are, by its hash alone; see `Connection.begin`."""
        return self.part(keys[0]).begin(script, keys, arguments)

    def send(self, *words: Word, deadline_s: float = CALL_S) -> asyncio.Future[Any]:
        """Send one command to where its key is, the second word; see `Connection.send`."""
        key = words[1] if len(words) > 1 else ""
        return self.part(key if isinstance(key, str) else "").send(*words, deadline_s=deadline_s)

    def sibling(self, *, on_push: Push, on_open: Callable[[], None]) -> Connection:
        """Make a connection for a subscription; any server of a cluster hears what all publish."""
        return self.parts[0].sibling(on_push=on_push, on_open=on_open)

    async def start(self) -> None:
        """Begin to keep all connections; returns once each was tried."""
        await asyncio.gather(*(part.start() for part in self.parts))

    async def close(self) -> None:
        """Close all connections; whatever waits fails now."""
        await asyncio.gather(*(part.close() for part in self.parts))


def _parts(at: Address | ClusterAddress | SentinelAddress) -> list[Connection]:
    match at:
        case ClusterAddress():
            slots = Slots(at.seeds)
            return [Connection(partial(slots.owner, slot(tag)), tag=tag, part=tag) for tag in TAGS]
        case SentinelAddress():
            return [Connection(Sentinels(at).primary, part=ALL)]
        case Address():
            return [Connection(_always(at), part=ALL)]


def _always(at: Address) -> Find:
    async def find(_refusal: str) -> Address:
        return at

    return find
