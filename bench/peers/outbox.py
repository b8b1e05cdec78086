"""A peer's outbox: a list in Valkey, a table in PostgreSQL, or a file beside Restate."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

import asyncpg
import msgspec

from bench.peers.catalogue import HERE
from bench.peers.judging import Answer
from hudhud.queue.client import Valkey, connect

KEY = "outbox"
READ_S_MAX = 10.0
ROWS = "select conversation, messages, at from outbox order by seq"


class Outbox(Protocol):
    """Where a peer's answers are found."""

    async def read(self) -> Sequence[Answer]:
        """Every answer until now, the oldest first."""

    async def memory_bytes(self) -> int | None:
        """What the engine before it holds in memory; None when that says nothing."""


class List:
    """A list in Valkey; what was read once is not read again."""

    def __init__(self, valkey: Valkey) -> None:
        """Read over this connection."""
        self._valkey = valkey
        self._read: list[Answer] = []

    async def read(self) -> Sequence[Answer]:
        """Every answer until now."""
        found = await self._valkey.send(
            "LRANGE", KEY, str(len(self._read)), "-1", deadline_s=READ_S_MAX
        )
        self._read += [msgspec.json.decode(one, type=Answer) for one in found]
        return self._read

    async def memory_bytes(self) -> int | None:
        """Valkey's own figure."""
        info = (await self._valkey.send("INFO", "memory", deadline_s=READ_S_MAX)).decode()
        lines = dict(line.split(":", 1) for line in info.splitlines() if ":" in line)
        return int(lines["used_memory"])


class Table:
    """A table in PostgreSQL."""

    def __init__(self, connection: asyncpg.Connection[asyncpg.Record]) -> None:
        """Read over this connection."""
        self._connection = connection

    async def read(self) -> Sequence[Answer]:
        """Every answer until now."""
        rows = await self._connection.fetch(ROWS)
        return [Answer(row["conversation"], row["messages"], row["at"]) for row in rows]

    async def memory_bytes(self) -> int | None:
        """Not said of PostgreSQL: what waits there is on the disk."""
        return None


class File:
    """A file with one answer a line."""

    def __init__(self, path: Path) -> None:
        """Read this file; it may be missing yet."""
        self._path = path

    async def read(self) -> Sequence[Answer]:
        """Every answer until now."""
        if not await asyncio.to_thread(self._path.exists):
            return []
        written = await asyncio.to_thread(self._path.read_bytes)
        whole = written[: written.rfind(b"\n") + 1].splitlines()
        return [msgspec.json.decode(line, type=Answer) for line in whole]

    async def memory_bytes(self) -> int | None:
        """Not known here: it is the server's."""
        return None


@asynccontextmanager
async def table(database_url: str) -> AsyncIterator[Outbox]:
    """The outbox in an empty database, its tables made first."""
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(await asyncio.to_thread((HERE / "schema.sql").read_text))
        yield Table(connection)
    finally:
        await connection.close()


@asynccontextmanager
async def kept_list(valkey_url: str) -> AsyncIterator[Outbox]:
    """The outbox in an empty Valkey."""
    valkey = await connect(valkey_url)
    try:
        yield List(valkey)
    finally:
        await valkey.close()
