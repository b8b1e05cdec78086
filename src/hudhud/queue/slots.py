"""Which server of a cluster holds which slot, asked when a connection needs to know.

Whoever opens a connection asks here, so a cluster that is well is never asked; while one is not,
all connections of the process share one reading of the map every MAP_S seconds.
"""

from __future__ import annotations

import asyncio
from binascii import crc_hqx
from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from math import inf
from typing import Any, Final

from hudhud.errors import QueueUnavailableError
from hudhud.queue.address import Address
from hudhud.queue.dial import ask

SLOTS: Final = 16_384
MAP_S: Final = 0.2
MOVED: Final = "MOVED"
NOBODY: Final = "no server holds slot"

Held = tuple[range, tuple[Address, ...]]  # slots, and who has them: the primary first


def slot(tag: str) -> int:
    """The slot of every key with this hash tag."""
    return crc_hqx(tag.encode(), 0) % SLOTS


class Slots:
    """The map of one cluster."""

    def __init__(self, seeds: Iterable[Address]) -> None:
        """Know some servers; the others are told by them, with the same login."""
        self._seeds = tuple(seeds)
        self._known = deque(self._seeds)
        self._held: list[Held] = []
        self._refusal = ""
        self._read_at = -inf
        self._reading = asyncio.Lock()

    async def owner(self, number: int, refusal: str) -> Address:
        """The primary of a slot.

        Args:
            number: the slot.
            refusal: the last answer of the server that was asked; `MOVED` names the next one.

        Raises:
            QueueUnavailableError: no server holds the slot, or none answers.
        """
        moved = _moved(refusal, number, self._seeds[0])
        if moved is not None:
            return moved
        async with self._reading:
            if asyncio.get_running_loop().time() >= self._read_at + MAP_S:
                await self._read()
                # From its end: who waited for a slow reading takes it, or a hundred connections
                # would read one after another, each for as long, in the worst of times.
                self._read_at = asyncio.get_running_loop().time()
        for slots, (primary, *_) in self._held:
            if number in slots:
                return primary
        raise QueueUnavailableError(self._refusal or f"{NOBODY} {number}")

    async def _read(self) -> None:
        for _ in range(len(self._known)):
            # Another one each time: a server that was cut off tells what was true before.
            self._known.rotate(-1)
            at = self._known[-1]
            try:
                self._held = read_map(await ask(at, "CLUSTER", "SLOTS"), at)
            except QueueUnavailableError as error:
                self._refusal = error.detail
            else:
                self._refusal = ""
                told = chain.from_iterable(servers for _, servers in self._held)
                # In the order of asking, and without those that left the cluster.
                here = dict.fromkeys((*self._seeds, *told))
                stay = [server for server in self._known if server in here]
                self._known = deque(dict.fromkeys((*stay, *here)))
                return


def read_map(answer: Iterable[Any], asked: Address) -> list[Held]:
    """Read the answer to `CLUSTER SLOTS`.

    Args:
        answer: rows of first slot, last slot, primary, replicas…; a server is [host, port, …].
        asked: the server that answered; it need not know its own name, and its login is theirs.
    """
    held = []
    for first, last, *servers in answer:
        named = (((host or b"").decode() or asked.host, port) for host, port, *_ in servers)
        held.append(
            (
                range(first, last + 1),
                tuple(replace(asked, host=host, port=port) for host, port in named),
            )
        )
    return held


def _moved(refusal: str, number: int, login: Address) -> Address | None:
    word, _, rest = refusal.partition(" ")
    slot_text, _, place = rest.partition(" ")
    host, _, port = place.rpartition(":")
    if word != MOVED or slot_text != str(number) or not host or not port.isdecimal():
        return None
    return replace(login, host=host, port=int(port))
