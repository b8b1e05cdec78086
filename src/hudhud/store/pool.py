"""The one door to PostgreSQL: a bounded pool, and transactions that name their merchants."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

import asyncpg

from hudhud.errors import RuntimeRoleError, StoreUnavailableError
from hudhud.store.server.away import AWAY, unavailable
from hudhud.store.server.hosts import Hosts
from hudhud.store.server.wire import Wire, prepare

__all__ = ["AWAY", "LOCKED", "MERGED", "Connection", "Database", "Deadlock", "Pool", "Refused"]

if TYPE_CHECKING:
    Connection: TypeAlias = asyncpg.pool.PoolConnectionProxy[asyncpg.Record]
    Pool: TypeAlias = asyncpg.Pool[asyncpg.Record]
else:
    Connection = Pool = Any

CONNECT_TIMEOUT_S = 5.0
COMMAND_TIMEOUT_S = 10.0
ACQUIRE_TIMEOUT_S = 5.0
# A transaction, and whose rows it sees: two statements in one round trip.
BEGIN = "begin{mode}; select set_config('hudhud.merchants', '{merchants}', true)"
# It writes to the log of the server and nowhere else, and commits as any writing transaction does.
PROBE = """
select case when current_setting('transaction_read_only') = 'off'
    then pg_logical_emit_message(true, 'hudhud', 'probe') end is not null"""

# What PostgreSQL says no to; above this file nobody knows the library's own names.
Refused = asyncpg.PostgresError
Deadlock = asyncpg.DeadlockDetectedError
# Somebody else holds the row: a smaller group has a better chance (traps 2 and 3).
LOCKED = (
    asyncpg.DeadlockDetectedError,
    asyncpg.LockNotAvailableError,
    asyncpg.SerializationError,
)
# Who was looked up has become one with somebody else meanwhile: the same again finds them.
MERGED = (asyncpg.SerializationError, asyncpg.ForeignKeyViolationError)


class Database:
    """A pool of connections as the runtime role."""

    def __init__(self, pool: Pool, url: str) -> None:
        """Wrap an open pool; use `Database.open`."""
        self.pool = pool
        self.url = url

    @classmethod
    async def open(
        cls, url: str, *, size: int = 10, name: str = "hudhud", lock_timeout_ms: int = 0
    ) -> Database:
        """Open the pool, and refuse a role that could read past row-level security.

        Args:
            url: PostgreSQL as the runtime role; of several servers the one that writes is used.
            size: most connections.
            name: how these connections appear in `pg_stat_activity`.
            lock_timeout_ms: longest wait for a row lock; 0 waits as long as the command may.

        Raises:
            StoreUnavailableError: PostgreSQL does not answer.
            RuntimeRoleError: the role is a superuser, bypasses row security or owns the tables.
        """
        connect: Any = Hosts(url).connect  # the stubs name every option of asyncpg.connect
        try:
            pool: Pool = await asyncpg.create_pool(
                url,
                min_size=1,
                max_size=size,
                init=prepare,
                timeout=CONNECT_TIMEOUT_S,
                command_timeout=COMMAND_TIMEOUT_S,
                connect=connect,
                connection_class=Wire,
                server_settings={
                    "application_name": name,
                    "lock_timeout": str(lock_timeout_ms),
                },
            )
        except AWAY as error:
            raise unavailable(error) from error
        try:
            await refuse_privileged_role(pool)
        except BaseException:
            pool.terminate()
            raise
        return cls(pool, url)

    async def close(self) -> None:
        """Give every connection back, or cut it after a while: a drain must end."""
        try:
            await asyncio.wait_for(self.pool.close(), CONNECT_TIMEOUT_S)
        except TimeoutError:
            self.pool.terminate()

    def abort(self) -> None:
        """Cut every connection now: whoever leaves must not wait for a server that hangs."""
        self.pool.terminate()

    @asynccontextmanager
    async def reading(self, *merchant_ids: int) -> AsyncIterator[Connection]:
        """A read-only transaction that sees these merchants' rows; none named, only the doors.

        Raises:
            StoreUnavailableError: PostgreSQL does not answer, or no connection came free in time.
        """
        async with self._transaction(merchant_ids, readonly=True) as connection:
            yield connection

    @asynccontextmanager
    async def deed(self, *merchant_ids: int) -> AsyncIterator[Connection]:
        """A transaction that sees and writes these merchants' rows: one deed, all or nothing.

        Raises:
            StoreUnavailableError: PostgreSQL does not answer, or no connection came free in time.
        """
        async with self._transaction(merchant_ids, readonly=False) as connection:
            yield connection

    @asynccontextmanager
    async def _transaction(
        self, merchant_ids: Iterable[int], *, readonly: bool
    ) -> AsyncIterator[Connection]:
        begin = BEGIN.format(
            # Not "read write": a server that was demoted must say so (trap 13).
            mode=" read only" if readonly else "",
            merchants=",".join(str(int(merchant_id)) for merchant_id in merchant_ids),
        )
        try:
            async with self.pool.acquire(timeout=ACQUIRE_TIMEOUT_S) as connection:
                await connection.execute(begin)
                try:
                    yield connection
                except BaseException:
                    await connection.execute("rollback")
                    raise
                await connection.execute("commit")
        except AWAY as error:
            raise unavailable(error) from error

    async def call(self, sql: str, *values: object, timeout_s: float | None = None) -> list[Any]:
        """One statement that is its own transaction (a function that names its merchants itself).

        Raises:
            StoreUnavailableError: PostgreSQL does not answer in time.
        """
        try:
            async with self.pool.acquire(timeout=ACQUIRE_TIMEOUT_S) as connection:
                return await connection.fetch(sql, *values, timeout=timeout_s)
        except AWAY as error:
            raise unavailable(error) from error

    async def takes_writes(self, *, timeout_s: float) -> bool:
        """Whether a transaction that writes commits in time, on the standbys that it waits for."""
        try:
            (row,) = await self.call(PROBE, timeout_s=timeout_s)
        except StoreUnavailableError:
            return False
        return bool(row[0])


async def refuse_privileged_role(pool: Pool) -> None:
    """Stop at start-up when row-level security would not bind this role (S1)."""
    row = await pool.fetchrow(
        """select current_user as role, r.rolsuper, r.rolbypassrls,
               exists (select 1 from pg_class c where c.relname = 'message'
                       and pg_has_role(current_user, c.relowner, 'usage')) as owner
           from pg_roles r where r.rolname = current_user"""
    )
    if row is None or row["rolsuper"] or row["rolbypassrls"] or row["owner"]:
        role = row["role"] if row else "?"
        raise RuntimeRoleError(
            f"Role {role!r} is superuser, bypasses row security or owns the tables; "
            "give HUDHUD_DATABASE_URL a role that does none of these."
        )
