"""Fills a database of its own with years of conversations, to measure what they cost."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import TypeAlias

import asyncpg

from hudhud.errors import HudhudError
from hudhud.ops.engines import start_postgresql
from hudhud.ops.engines.postgresql import RUNTIME
from hudhud.ops.growth.shape import Chunk, Shape
from hudhud.store.schema.migrate import migrate

# A log that is not cut every gigabyte holds half as many images of whole pages.
SETTINGS = {"max_wal_size": "4GB", "shared_buffers": "512MB", "maintenance_work_mem": "256MB"}
TELL_S = 10.0
SPARE_BYTES = 6 * 1024**3

Tell: TypeAlias = Callable[[str], None]
Wire: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


def fill_folder(folder: Path, shape: Shape, tell: Tell, *, waiting: int = 0) -> None:
    """Fill the packaged PostgreSQL of a data directory, made when it is not there.

    Args:
        folder: a data directory that holds nothing, or a filling that was stopped.
        shape: how much.
        tell: takes one line of progress at a time, the needed room first.
        waiting: conversations that also have an unanswered message, due now.

    Raises:
        HudhudError: there is no room, or the database holds other data.
        EngineError: the engine of that folder runs already, or cannot.
    """
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(there).free
    tell(f"{shape.messages} messages take about {_gb(shape.bytes)}; {_gb(free)} are free.")
    if not (folder / "postgresql").exists() and free < shape.bytes + SPARE_BYTES:
        raise HudhudError(f"{_gb(shape.bytes + SPARE_BYTES)} should be free, the log included.")
    engine = start_postgresql(folder, settings=SETTINGS)
    try:
        asyncio.run(migrate(engine.owner_url, runtime_role=RUNTIME))
        asyncio.run(fill(engine.owner_url, shape, tell, waiting=waiting))
    finally:
        engine.stop()


async def fill(owner_url: str, shape: Shape, tell: Tell, *, waiting: int = 0) -> None:
    """Fill a migrated database; one that was stopped goes on with its next chunk.

    Args:
        owner_url: PostgreSQL as the owner of the tables.
        shape: how much.
        tell: takes one line of progress at a time.
        waiting: conversations that also have an unanswered message, due now.

    Raises:
        HudhudError: it holds data that no filling of this shape put there.
    """
    connection: Wire = await asyncpg.connect(owner_url, command_timeout=None)
    try:
        # What a crash of the engine takes is a chunk with its mark: the next start writes it again.
        await connection.execute("set synchronous_commit = off; set work_mem = '64MB'")
        await connection.execute(_sql())
        done = await _begin(connection, shape)
        await _chunks(connection, shape, done, tell)
        if not await connection.fetchval("select exists (select from message_count)"):
            async with connection.transaction():
                await connection.execute("select pg_temp.fill_counters()")
                await connection.execute("select pg_temp.fill_waiting($1)", waiting)
        tell("Vacuuming and counting for the planner…")
        await connection.execute("vacuum (analyze)")
        tell(f"Done: {_gb(await connection.fetchval(SIZE))} on the disk.")
    finally:
        await connection.close()


SIZE = "select pg_database_size(current_database())"


async def _begin(connection: Wire, shape: Shape) -> int:
    """How many chunks are there already."""
    asked = (shape.messages, shape.conversations)
    async with connection.transaction():
        row = await connection.fetchrow("select * from filling.progress")
        if row is not None:
            if (row["messages"], row["conversations"]) != asked:
                raise HudhudError(
                    f"A filling of {row['messages']} messages in {row['conversations']} "
                    "conversations is there; go on with those figures, or take another folder."
                )
            return int(row["chunks"])
        if await connection.fetchval(
            "select exists (select from merchant) or exists (select from message)"
        ):
            raise HudhudError("This database is in use; only an empty one is filled.")
        await connection.execute(
            "insert into filling.progress (messages, conversations) values ($1, $2)", *asked
        )
        await connection.execute("select pg_temp.fill_nouns()")
        return 0


async def _chunks(connection: Wire, shape: Shape, done: int, tell: Tell) -> None:
    bursts = shape.bursts
    began_at = await connection.fetchval("select began_at from filling.progress")
    started = told = time.monotonic()
    first = None
    for place, chunk in enumerate(shape.chunks()):
        if place < done:
            continue
        first = chunk.before if first is None else first
        await _write(connection, shape, chunk, bursts, began_at)
        now, written = time.monotonic(), chunk.before + chunk.last - chunk.first
        if now - told >= TELL_S or written == bursts:
            told = now
            left_s = (now - started) / (written - first) * (bursts - written)
            tell(f"{100 * written / bursts:.1f} %, about {left_s / 60:.0f} minutes left")


async def _write(
    connection: Wire, shape: Shape, chunk: Chunk, bursts: int, began_at: object
) -> None:
    await connection.execute(
        "select pg_temp.fill_bursts($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        *(chunk.round, chunk.first, chunk.last, chunk.before),
        *(bursts, shape.conversations, shape.stride, shape.speakers(chunk.round + 1), began_at),
    )


def _sql() -> str:
    return (resources.files(__package__) / "fill.sql").read_text(encoding="utf-8")


def _gb(size_bytes: float) -> str:
    return f"{size_bytes / 1e9:.1f} GB"
