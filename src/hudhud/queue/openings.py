"""Openings of breakers, told from process to process; and the permits to probe (R1).

One hash holds every service that is open, or was closed lately; its size is the number of services
that failed within a week. Each service has a sorted set of its probers, which ends with them.
All keys carry one hash tag, so that a script touches one shard of a cluster.
"""

from __future__ import annotations

import secrets
from typing import Final

import msgspec

from hudhud.queue import script
from hudhud.queue.client import Valkey
from hudhud.queue.shards import spread_key

PROBE_GRACE_S: Final = 1.0
KEPT_S: Final = 7 * 24 * 3600.0
CALL_S: Final = 0.25
_KEY: Final = spread_key("breakers")

_OPEN: Final = script.named("breaker_open")
_CLOSE: Final = script.named("breaker_close")
_PROBE: Final = script.named("breaker_probe")
_READ: Final = script.named("breaker_read")


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One opening of one service: its name, the how manieth in a row, why, how long it lasts."""

    name: str
    count: int
    why: str
    left_s: float
    closed: bool = False


class Openings:
    """What all processes know of the services outside; times are Valkey's own (trap 18)."""

    def __init__(self, valkey: Valkey) -> None:
        """Use the process's connection."""
        self._valkey = valkey
        # Numbers of permits are each process's own.
        self._process = secrets.token_hex(4)

    @property
    def healthy(self) -> bool:
        """Whether the part of Valkey that holds them answers."""
        return self._valkey.part(_KEY).healthy

    async def read(self) -> dict[str, Record]:
        """Every service that opened within a week, by name.

        Raises:
            QueueUnavailableError: Valkey is away.
        """
        told = await self._valkey.run(_READ, (_KEY,), ())
        return {bytes(row[0]).decode(): _read(row[1:]) for row in told}

    async def opened(self, service: str, record: Record) -> Record:
        """Tell of an opening; returns the one that stands, which is another that lasts longer.

        Raises:
            QueueUnavailableError: Valkey is away.
        """
        left_ms, kept_ms = int(record.left_s * 1000), int(KEPT_S * 1000)
        words = (service, record.name, record.count, record.why, left_ms, kept_ms)
        return _read(await self._valkey.run(_OPEN, (_KEY,), words))

    async def closed(self, service: str, name: str) -> None:
        """Close an opening by its name; another one that stands meanwhile stays.

        Raises:
            QueueUnavailableError: Valkey is away.
        """
        await self._valkey.run(_CLOSE, (_KEY,), (service, name))

    async def probe(
        self, service: str, name: str, *, permit: int, permits: int, deadline_s: float
    ) -> float | None:
        """Ask for one of the permits of an opening; a permit frees itself soon after its deadline.

        Args:
            service: which.
            name: of the opening.
            permit: the caller's own number for it.
            permits: how many there are.
            deadline_s: seconds that the probe may take.

        Returns:
            None when it is granted, else seconds after which asking again makes sense.

        Raises:
            QueueUnavailableError: Valkey is away.
        """
        lease_ms = int((deadline_s + PROBE_GRACE_S) * 1000)
        wait_ms = await self._valkey.run(
            _PROBE,
            (_KEY, _probers(service)),
            (service, name, self._prober(permit), permits, lease_ms),
            deadline_s=CALL_S,
        )
        return None if wait_ms < 0 else wait_ms / 1000

    async def freed(self, service: str, permit: int) -> None:
        """Give a permit back: its probe ended.

        Raises:
            QueueUnavailableError: Valkey is away; the permit frees itself.
        """
        await self._valkey.send("ZREM", _probers(service), self._prober(permit))

    def _prober(self, permit: int) -> str:
        return f"{self._process}:{permit}"


def _probers(service: str) -> str:
    return f"{_KEY}:probes:{service}"


def _read(words: list[bytes]) -> Record:
    name, count, why, left_ms, closed = words
    return Record(
        name=bytes(name).decode(),
        count=int(count),
        why=bytes(why).decode(),
        left_s=int(left_ms) / 1000,
        closed=bool(int(closed)),
    )
