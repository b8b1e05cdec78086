"""What a dead worker held is free at once: its supervisor saw it die, and nobody else can know."""

from __future__ import annotations

import asyncio
import time

from hudhud.errors import StoreUnavailableError
from hudhud.events import emit
from hudhud.store import conversations, media
from hudhud.store.pool import Database

AWAY_PAUSE_S = 0.5


def free_leases(database_url: str, holder: str, *, within_s: float) -> None:
    """End the leases of a dead holder, on files too; the sweep tells of them within a second.

    Blocks, and never raises: call it in a thread. PostgreSQL may have died in the same moment, so
    it is tried again for as long as it is worth it.

    Args:
        database_url: PostgreSQL as the runtime role.
        holder: the name that no other start of a process has.
        within_s: seconds of a lease; after them there is nothing left to free.
    """
    try:
        freed = asyncio.run(_freed(database_url, holder, time.monotonic() + within_s))
    except Exception as error:  # noqa: BLE001 - the leases expire by themselves
        emit("lease.not_released", "warning", holder=holder, error=type(error).__name__)
        return
    if freed:
        emit("lease.released", "warning", holder=holder, count=freed)


async def _freed(database_url: str, holder: str, until: float) -> int:
    while True:
        try:
            database = await Database.open(database_url, size=1, name="hudhud-burial")
            try:
                files = await media.release(database, holder, crashed=True)
                return files + len(await conversations.release(database, holder, crashed=True))
            finally:
                await database.close()
        except StoreUnavailableError:
            if time.monotonic() > until:
                raise
            await asyncio.sleep(AWAY_PAUSE_S)
