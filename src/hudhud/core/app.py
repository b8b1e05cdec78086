"""What every process of Hudhud holds: settings, pool, queue, hints, inboxes, switches, breakers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from hudhud.core.breaker import policy_of
from hudhud.core.hints import ValkeyHints
from hudhud.core.inboxes import Inboxes
from hudhud.core.media.storage import Storage, opened_storage
from hudhud.core.outside.breakers import Breakers
from hudhud.core.secrets import Vault, check_key, vault_of
from hudhud.core.switches import Switches
from hudhud.events import emit
from hudhud.queue import fitness
from hudhud.queue.client import Valkey, connect
from hudhud.queue.openings import Openings
from hudhud.queue.schedule import Schedule
from hudhud.queue.signals import Signals
from hudhud.settings import Settings
from hudhud.store.pool import Database
from hudhud.store.server.fitness import refuse_unfit


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """The open parts of one process; closed in the opposite order of opening."""

    settings: Settings
    database: Database
    valkey: Valkey
    replies: Schedule
    sends: Schedule
    signals: Signals
    hints: ValkeyHints
    vault: Vault
    inboxes: Inboxes
    switches: Switches
    breakers: Breakers
    storage: Storage


@asynccontextmanager
async def opened(settings: Settings, *, name: str, pool_size: int) -> AsyncIterator[App]:
    """Open the parts of a process, and close them whatever happens.

    Args:
        settings: with real URLs of both engines.
        name: of the process, as PostgreSQL shows it.
        pool_size: most connections of the general pool.

    Raises:
        StoreUnavailableError: PostgreSQL does not answer at the start.
        RuntimeRoleError: the role could read past row-level security.
        StoreUnfitError: the server's settings would lose messages, or it is too old.
        SecretUnreadableError: ENCRYPTION_KEY_HEX is not the key of this installation.
    """
    database = await Database.open(settings.database_url, size=pool_size, name=name)
    vault = vault_of(settings)
    try:
        await refuse_unfit(database)
        async with database.deed() as connection:
            await check_key(connection, vault)
    except BaseException:
        await database.close()
        raise
    valkey = await connect(settings.queue_url)
    for flaw in await fitness.flaws(valkey):
        emit("queue.unfit", level="warning", flaw=flaw.name, why=flaw.sentence)
    replies, sends = Schedule(valkey, "reply"), Schedule(valkey, "send")
    signals = Signals(valkey)
    switches = Switches(database, settings)
    breakers = Breakers(policy_of(settings.breaker), openings=Openings(valkey), database=database)
    refreshing = [asyncio.create_task(part.run()) for part in (switches, breakers)]
    try:
        async with opened_storage(settings, breakers) as storage:
            yield App(
                settings=settings,
                database=database,
                valkey=valkey,
                replies=replies,
                sends=sends,
                signals=signals,
                hints=ValkeyHints(replies, sends, signals),
                vault=vault,
                inboxes=Inboxes(database, vault),
                switches=switches,
                breakers=breakers,
                storage=storage,
            )
    finally:
        for task in refreshing:
            task.cancel()
        await asyncio.gather(*refreshing, return_exceptions=True)
        await breakers.close()
        for schedule in (replies, sends):
            await schedule.close()
        await signals.close()
        await valkey.close()
        await database.close()
