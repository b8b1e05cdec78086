"""The one report of what waits (Q7): the console, `hudhud queue`, the API and the metrics show it.

States are counted by inbox; everything coarser (by state, by channel, by merchant) is added up
here, so that no two places can count differently.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec

from hudhud.core.intake import spool
from hudhud.store import report as store
from hudhud.store.pool import Database
from hudhud.store.report import Counts, Depth

# In the order of a message's life. `expired` (a lease ran out) and `orphan` (nothing points to
# it) mend themselves; they are shown because a person may ask why something took so long.
STATES = (
    "collecting", "due", "answering", "expired", "orphan", "retrying", "person",
    "to_send", "sending", "unknown", "dead_letter", "set_aside", "unlinked",
)  # fmt: skip
NEED_PERSON = frozenset({"person", "unknown", "dead_letter", "set_aside", "unlinked"})
SPOOL = "spool"


class Total(msgspec.Struct, frozen=True, kw_only=True):
    """Depths added up: how many, and the age of the oldest in seconds."""

    count: int = 0
    oldest_s: float = 0.0


class Spooled(msgspec.Struct, frozen=True, kw_only=True):
    """What this host's spool holds (law 2); `damaged` files of it were set aside for a person.

    `room_bytes` are free on its disk.
    """

    records: int
    bytes: int
    oldest_s: float
    damaged: int = 0
    room_bytes: int = 0


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that waits, and the counters of every inbox, at one moment."""

    waiting: tuple[Depth, ...]
    inboxes: tuple[Counts, ...]
    spool: Spooled


def totals(depths: Iterable[Depth], key: Callable[[Depth], Any]) -> dict[Any, Total]:
    """Add depths up by a key, in the order in which the keys come."""
    found: dict[Any, Total] = {}
    for depth in depths:
        before = found.get(key(depth), Total())
        found[key(depth)] = Total(
            count=before.count + depth.count, oldest_s=max(before.oldest_s, depth.oldest_s)
        )
    return found


async def report(database: Database, data_dir: Path, *, merchant_id: int | None = None) -> Report:
    """Read the report.

    Args:
        database: any pool as the runtime role.
        data_dir: HUDHUD_DATA_DIR, in which this host's spool lies.
        merchant_id: of one merchant only; the whole installation without it.

    Raises:
        StoreUnavailableError: PostgreSQL does not answer.
    """
    if merchant_id is None:
        waiting = await store.depths_everywhere(database)
        inboxes = await store.counts_everywhere(database)
    else:
        async with database.reading(merchant_id) as connection:
            waiting = await store.depths(connection, merchant_id)
            inboxes = await store.counts(connection, merchant_id)
    return Report(waiting=tuple(waiting), inboxes=tuple(inboxes), spool=await spooled(data_dir))


async def spooled(data_dir: Path) -> Spooled:
    """What this host's spool holds; it needs no PostgreSQL."""
    found = await asyncio.to_thread(spool.report, data_dir / SPOOL, time.time())
    return msgspec.convert(found, Spooled)


def told(found: Report) -> dict[str, Any]:
    """A report as JSON shows it, the totals beside the rows that they come from."""
    return {
        "states": _totals("state", found),
        "channels": _totals("channel", found),
        "merchants": _totals("merchant_id", found),
        "waiting": [_rounded(depth) for depth in found.waiting],
        "inboxes": [msgspec.structs.asdict(counts) for counts in found.inboxes],
        "spool": _rounded(found.spool),
    }


def _totals(name: str, found: Report) -> list[dict[str, Any]]:
    by = totals(found.waiting, lambda depth: getattr(depth, name))
    return [{name: key, **_rounded(total)} for key, total in by.items()]


def _rounded(row: Depth | Total | Spooled) -> dict[str, Any]:
    return {**msgspec.structs.asdict(row), "oldest_s": round(row.oldest_s, 1)}
