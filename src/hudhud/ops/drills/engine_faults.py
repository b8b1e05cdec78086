"""The engines die, forget, refuse, stand still, or were told the wrong time."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from urllib.parse import unquote

import asyncpg

from hudhud.ops.drills.field import Field
from hudhud.ops.drills.full_disk import full
from hudhud.ops.drills.plan import Strike
from hudhud.ops.engines.postgresql import RUNTIME
from hudhud.ops.engines.valkey import MEMORY_MAX

ASK_TIMEOUT_S = 5.0
DEAD_LOOK_S = 0.02
BACK_S_MAX = 10.0
BACK_LOOK_S = 0.2
# Below what the server itself needs: from this moment it refuses every write.
MEMORY_FULL = "1mb"
SKEWED_MAX = 20
AHEAD_S = 3600


async def kill_valkey(field: Field, strike: Strike) -> str:
    """SIGKILL, away for a while, then empty."""
    field.ground.valkey.kill()
    await asyncio.sleep(strike.for_s)
    await asyncio.to_thread(field.ground.valkey.restart)
    return "valkey"


async def flush_valkey(field: Field, _strike: Strike) -> str:
    """FLUSHALL."""
    await _tell_valkey(field, "FLUSHALL")
    return "valkey"


async def fill_valkey(field: Field, strike: Strike) -> str:
    """`maxmemory` is reached; the policy is noeviction, so it refuses."""
    await _tell_valkey(field, f"CONFIG SET maxmemory {MEMORY_FULL}")
    try:
        await asyncio.sleep(strike.for_s)
    finally:
        await _tell_valkey(field, f"CONFIG SET maxmemory {MEMORY_MAX}")
    return "valkey"


async def pause_valkey(field: Field, strike: Strike) -> str:
    """It answers nobody for so long."""
    await _tell_valkey(field, f"CLIENT PAUSE {strike.for_s * 1000:.0f} ALL")
    await asyncio.sleep(strike.for_s)
    return "valkey"


async def kill_postgresql(field: Field, strike: Strike) -> str:
    """SIGKILL of the postmaster, away for a while, then crash recovery."""
    field.ground.postgresql.kill()
    await asyncio.sleep(strike.for_s)
    await asyncio.to_thread(field.ground.postgresql.restart)
    return "postgresql"


async def restart_postgresql(field: Field, _strike: Strike) -> str:
    """An immediate shutdown (SIGQUIT), and at once a new start."""
    engine = field.ground.postgresql
    os.kill(engine.pid, signal.SIGQUIT)
    async with asyncio.timeout(ASK_TIMEOUT_S):
        while engine.alive:  # noqa: ASYNC110 - another process ends
            await asyncio.sleep(DEAD_LOOK_S)
    await asyncio.to_thread(engine.restart)
    return "postgresql"


async def cut_postgresql(field: Field, _strike: Strike) -> str:
    """Every connection of the runtime role is terminated."""
    connection = await asyncpg.connect(field.ground.postgresql.admin_url, timeout=ASK_TIMEOUT_S)
    try:
        cut = await connection.fetchval(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = $1",
            RUNTIME,
        )
    finally:
        await connection.close()
    return f"{cut} connections"


async def fill_spool(field: Field, strike: Strike) -> str:
    """PostgreSQL is dead and the spool's disk is full: only 503 is honest now."""
    engine = field.ground.postgresql
    with full(field.ground.folder / "spool", field.spool_on):
        engine.kill()
        await asyncio.sleep(strike.for_s)
    await asyncio.to_thread(engine.restart)
    return f"spool on {field.spool_on}"


async def skew_clock(field: Field, _strike: Strike) -> str:
    """Due times and leases as a clock that ran an hour ahead would have written them (trap 18)."""
    connection = await _when_it_is_back(field)
    try:
        skewed = await connection.fetchval(
            """with chosen as (
                   select id from conversation
                   where (due_at is not null and attempts = 0) or lease_until is not null
                   order by inbox_id, contact_id limit $1 for no key update skip locked),
               skewed as (
                   update conversation k set due_at = k.due_at + make_interval(secs => $2),
                       lease_until = k.lease_until + make_interval(secs => $2)
                   from chosen c where k.id = c.id returning 1)
               select count(*) from skewed""",
            SKEWED_MAX,
            AHEAD_S,
        )
    finally:
        await connection.close()
    return f"{skewed} conversations"


async def _when_it_is_back(field: Field) -> asyncpg.Connection[asyncpg.Record]:
    deadline = time.monotonic() + BACK_S_MAX
    while True:
        try:
            return await field.ground.as_owner()
        except (OSError, asyncpg.PostgresError):
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(BACK_LOOK_S)


async def _tell_valkey(field: Field, command: str) -> None:
    path = unquote(field.ground.valkey.url.removeprefix("unix://"))
    async with asyncio.timeout(ASK_TIMEOUT_S):
        reader, writer = await asyncio.open_unix_connection(path)
        try:
            writer.write(f"{command}\r\n".encode())
            answer = await reader.readline()
        finally:
            writer.close()
    if not answer.startswith(b"+OK"):
        raise OSError(f"Valkey said {answer.decode(errors='replace').strip()}")
