"""One connection to PostgreSQL: it owes the pool no cleaning, and it doubts a doubtful commit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import asyncpg
import msgspec

from hudhud.errors import NotReplicatedError
from hudhud.events import emit

WARNING = "01000"
# Types below are PostgreSQL's own: the same in every database of a server, and after every start.
FIRST_OWN_TYPE = 16_384


class Wire(asyncpg.Connection):
    """A connection whose every answer is certain, or raises.

    A wait for a synchronous standby that somebody cancels ends as a success, with a warning: the
    commit is here and perhaps nowhere else, and a failover would lose it (trap 13). Every answer
    is looked at, because any statement may be its own transaction, and `commit` is one of them.

    Raises:
        NotReplicatedError: from any statement during which the server warned. Which warning it
            was is written in the server's language; no statement of ours warns of anything else.
        asyncpg.ReadOnlySQLTransactionError: the server was demoted. The connection is cut, so
            that the pool's next one looks for the primary.
    """

    _warned = False
    _types: ClassVar[dict[frozenset[int], Any]] = {}

    def get_reset_query(self) -> str:
        """Nothing: only transaction-local settings are ever made (trap 12)."""
        # asyncpg's own reset query would cost a round trip at every release.
        return ""

    def _process_log_message(self, fields: dict[str, str], last_query: str) -> None:
        # Not a listener: it would be taken off at each release, and it would hear of the warning
        # one turn of the loop later than we need it.
        if fields.get("C") == WARNING and fields.get("V") == "WARNING":
            self._warned = True
        super()._process_log_message(fields, last_query)  # type: ignore[misc]  # not in the stubs

    async def _introspect_types(self, typeoids: Iterable[int], *args: Any) -> Any:
        """What these types are made of, asked once by a process.

        asyncpg asks on each connection anew, three statements for each new array that is sent; a
        pool that grows under load would ask just then.
        """
        asked = frozenset(typeoids)
        told = self._types.get(asked)
        if told is None:
            ask = super()._introspect_types  # type: ignore[misc]  # the same
            told = await ask(typeoids, *args)
            if max(asked) < FIRST_OWN_TYPE:
                self._types[asked] = told
        return told

    @contextmanager
    def _certain(self) -> Iterator[None]:
        self._warned = False
        try:
            yield
        except asyncpg.ReadOnlySQLTransactionError:
            self.terminate()
            raise
        if self._warned:
            emit("store.not_replicated", "error")
            raise NotReplicatedError

    async def _execute(self, *args: Any, **options: Any) -> Any:
        with self._certain():
            return await super()._execute(*args, **options)  # type: ignore[misc]  # the same

    async def _executemany(self, *args: Any, **options: Any) -> Any:
        with self._certain():
            return await super()._executemany(*args, **options)  # type: ignore[misc]  # the same

    async def execute(self, query: str, *args: Any, timeout: float | None = None) -> str:  # noqa: ASYNC109 - asyncpg's own parameter
        """Run a statement; errors as the class says."""
        with self._certain():
            status: str = await super().execute(query, *args, timeout=timeout)
            return status


async def prepare(wire: asyncpg.Connection[Any]) -> None:
    """Teach one connection our types: jsonb is Python objects in and out."""
    await wire.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=lambda value: msgspec.json.encode(value).decode(),
        decoder=msgspec.json.decode,
    )
