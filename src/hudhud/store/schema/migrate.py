"""Brings the schema to this release: numbered files, each once, in order; then the functions."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Literal, TypeAlias

import asyncpg
import msgspec

from hudhud import __version__
from hudhud.errors import MigrationError, MigrationFailedError
from hudhud.events import emit
from hudhud.store.pool import CONNECT_TIMEOUT_S
from hudhud.store.schema.function_files import FunctionFile, changed, packaged_functions
from hudhud.store.schema.migration_files import Applied, MigrationFile, packaged, plan
from hudhud.store.server.away import AWAY, unavailable
from hudhud.store.server.fitness import SUPPORTED_FROM
from hudhud.store.server.hosts import Hosts

# One number for all of Hudhud's migrators in one database: two at once take turns.
TURN = 0x48554448
TURN_TIMEOUT_S = 60
# A lock that is not had at once makes everyone behind it wait: better to fail and come again.
LOCK_TIMEOUT_S = 5
STATEMENT_TIMEOUT_S = 600

Wire: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

BOOKKEEPING = """
create table if not exists public.schema_migrations (
    number integer primary key,
    name text not null,
    sha256 text not null,
    applied_at timestamptz not null default now(),
    duration_ms integer not null,
    version text not null
);
create table if not exists public.schema_functions (
    name text primary key,
    sha256 text not null,
    applied_at timestamptz not null default now(),
    version text not null
)"""

# The runtime role reads and writes rows and owns nothing (S1); what nobody named may do nothing.
# Functions are those of this owner: an extension's are open to all, and harmless.
GRANTS = """
do $$
declare
    app text := current_setting('hudhud.runtime_role');
    door regprocedure;
begin
    revoke create on schema public from public;
    execute format('grant usage on schema public to %I', app);
    execute format(
        'grant select, insert, update, delete on all tables in schema public to %I', app);
    execute format('revoke insert, update, delete on public.schema_migrations, '
        'public.schema_functions from %I', app);
    execute format('grant usage, select on all sequences in schema public to %I', app);
    for door in select oid from pg_proc
        where pronamespace = 'public'::regnamespace and proowner = current_user::regrole
    loop
        execute format('revoke execute on function %s from public', door);
        execute format('grant execute on function %s to %I', door, app);
    end loop;
end $$"""


class Status(msgspec.Struct, frozen=True):
    """How far a database is: `applied` in order, and the names still `pending`."""

    applied: tuple[Applied, ...]
    pending: tuple[str, ...]


async def migrate(
    url: str,
    *,
    runtime_role: str,
    files: Sequence[MigrationFile] | None = None,
    functions: Sequence[FunctionFile] | None = None,
    phase: Literal["all", "before"] = "all",
) -> list[str]:
    """Apply what is pending, and grant the runtime role what it needs.

    Args:
        url: PostgreSQL 15 or newer as the owner of the tables; no superuser is needed.
        runtime_role: the role that Hudhud serves as.
        files: those of this release by default.
        functions: the same; none by default when `files` are given.
        phase: `before` leaves out what the still running old release could not bear.

    Returns:
        Names of the files applied now, in order: the numbered ones, then the functions.

    Raises:
        MigrationError: files and database do not agree; nothing was changed.
        MigrationFailedError: one file failed; it left nothing behind, those before it stay.
        StoreUnavailableError: PostgreSQL does not answer.
    """
    async with _connected(url) as connection:
        await _refuse_unfit(connection, runtime_role)
        await _take_turn(connection)
        await connection.execute(BOOKKEEPING)
        pending = plan(packaged() if files is None else files, await _applied(connection))
        chosen = [file for file in pending if phase in ("all", file.phase)]
        for file in chosen:
            await _apply(connection, file)
        stale = changed(_newest(files, functions), await _functions(connection))
        if stale:
            await _replace(connection, stale)
        await _grant(connection, runtime_role)
    return [file.name for file in chosen] + [function.name for function in stale]


async def status(
    url: str,
    *,
    files: Sequence[MigrationFile] | None = None,
    functions: Sequence[FunctionFile] | None = None,
) -> Status:
    """What is applied and what is pending; changes nothing, and the runtime role may ask.

    Raises:
        MigrationError: files and database do not agree.
        StoreUnavailableError: PostgreSQL does not answer.
    """
    async with _connected(url) as connection:
        there = await connection.fetchval("select to_regclass('public.schema_migrations')")
        applied = await _applied(connection) if there else ()
        there = await connection.fetchval("select to_regclass('public.schema_functions')")
        known = await _functions(connection) if there else {}
    pending = plan(packaged() if files is None else files, applied)
    stale = changed(_newest(files, functions), known)
    names = [file.name for file in pending] + [function.name for function in stale]
    return Status(applied, tuple(names))


def _newest(
    files: Sequence[MigrationFile] | None, functions: Sequence[FunctionFile] | None
) -> Sequence[FunctionFile]:
    if functions is not None:
        return functions
    return packaged_functions() if files is None else ()


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[Wire]:
    try:
        connection = await Hosts(url).connect(
            timeout=CONNECT_TIMEOUT_S,
            server_settings={"application_name": "hudhud migrate", "search_path": "public"},
        )
    except AWAY as error:
        raise unavailable(error) from error
    try:
        yield connection
    except AWAY as error:
        raise unavailable(error) from error
    finally:
        await connection.close(timeout=CONNECT_TIMEOUT_S)


async def _refuse_unfit(connection: Wire, runtime_role: str) -> None:
    major = connection.get_server_version().major
    if major < SUPPORTED_FROM:
        raise MigrationError(f"PostgreSQL is {major}; Hudhud needs {SUPPORTED_FROM} or newer.")
    known = "select 1 from pg_roles where rolname = $1 and rolname <> current_user"
    if await connection.fetchval(known, runtime_role) is None:
        raise MigrationError(
            f"The runtime role {runtime_role!r} is not there or is the owner itself; make it with "
            f'`create role "{runtime_role}" login password …` and name it in HUDHUD_DATABASE_URL.'
        )


async def _take_turn(connection: Wire) -> None:
    await connection.execute(f"set lock_timeout = '{TURN_TIMEOUT_S}s'")
    try:
        # Held until the connection closes: a migrator that dies gives its turn back.
        await connection.execute("select pg_advisory_lock($1)", TURN)
    except asyncpg.LockNotAvailableError:
        raise MigrationError("Another migration is running; wait for it and come again.") from None
    await connection.execute(f"set lock_timeout = '{LOCK_TIMEOUT_S}s'")


async def _applied(connection: Wire) -> tuple[Applied, ...]:
    rows = await connection.fetch(
        "select number, name, sha256 from public.schema_migrations order by number"
    )
    return tuple(Applied(**row) for row in rows)


async def _functions(connection: Wire) -> dict[str, str]:
    rows = await connection.fetch("select name, sha256 from public.schema_functions")
    return {row["name"]: row["sha256"] for row in rows}


async def _replace(connection: Wire, stale: Sequence[FunctionFile]) -> None:
    """Replace these functions in one transaction: nobody ever calls an old one from a new one."""
    async with connection.transaction():
        # They call each other; whoever comes first in the alphabet would find nobody.
        await connection.execute("set local check_function_bodies = off")
        for file in stale:
            try:
                await connection.execute(file.sql)
            except asyncpg.PostgresError as error:
                if isinstance(error, AWAY):
                    raise
                raise MigrationFailedError(f"functions/{file.name}: {error}") from error
            await connection.execute(
                "insert into public.schema_functions (name, sha256, version) values ($1, $2, $3)"
                " on conflict (name) do update set sha256 = excluded.sha256,"
                " version = excluded.version, applied_at = now()",
                *(file.name, file.sha256, __version__),
            )
    emit("migration.functions", files=[file.name for file in stale])


async def _apply(connection: Wire, file: MigrationFile) -> None:
    started = time.monotonic()
    try:
        async with connection.transaction():
            await connection.execute(f"set local statement_timeout = '{STATEMENT_TIMEOUT_S}s'")
            # asyncpg cannot execute a script without any statement; a file may be all comment.
            await connection.execute(f"{file.sql}\n;select")
            await connection.execute(
                "insert into public.schema_migrations (number, name, sha256, duration_ms, version)"
                " values ($1, $2, $3, $4, $5)",
                *(file.number, file.name, file.sha256),
                round((time.monotonic() - started) * 1000),
                __version__,
            )
    except asyncpg.PostgresError as error:
        if isinstance(error, AWAY):
            raise
        raise MigrationFailedError(f"{file.name}{_line(file, error)}: {error}") from error
    emit("migration.applied", file=file.name, took_ms=round((time.monotonic() - started) * 1000))


async def _grant(connection: Wire, runtime_role: str) -> None:
    async with connection.transaction():
        await connection.execute("select set_config('hudhud.runtime_role', $1, true)", runtime_role)
        await connection.execute(GRANTS)


def _line(file: MigrationFile, error: asyncpg.PostgresError) -> str:
    position = getattr(error, "position", None)
    found = re.fullmatch(r"[0-9]+", position or "")
    return f", line {file.sql.count(chr(10), 0, int(found[0])) + 1}" if found else ""
