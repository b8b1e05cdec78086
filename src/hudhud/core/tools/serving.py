"""For whom a call is carried out, and how a call that writes comes by its transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

import msgspec

from hudhud.core.tools.memory import Memory
from hudhud.errors import LeaseLostError
from hudhud.model import Claimed, Tool, Turn
from hudhud.store.pool import Connection, Database
from hudhud.store.sales import turns
from hudhud.store.sales.turns import Held


class Serving(msgspec.Struct, frozen=True, kw_only=True):
    """One call of one turn: its lease, or the memory of a rehearsal, which writes nothing.

    `nth` says how many of the same call this answer has made before.
    """

    database: Database
    turn: Turn
    nth: int
    claimed: Claimed | None = None
    memory: Memory | None = None

    @property
    def merchant_id(self) -> int:
        """Whose rows it sees."""
        return self.turn.merchant_id

    @asynccontextmanager
    async def holding(self) -> AsyncIterator[tuple[Connection, Held]]:
        """A transaction under the lease: the conversation is locked, first thing (trap 2).

        Raises:
            LeaseLostError: the turn is not ours any more; nothing is written (law 3).
            StoreUnavailableError: PostgreSQL stayed away.
        """
        if self.claimed is None:
            raise LeaseLostError("a rehearsal has none")
        async with self.database.deed(self.merchant_id) as connection:
            held = await turns.hold(connection, self.claimed)
            if held is None:
                raise LeaseLostError
            yield connection, held


# A file of this package declares the calls that it carries out as `CALLS`; see toolbox.py.
Handler: TypeAlias = Callable[[Serving, Any], Awaitable[Any]]
Calls: TypeAlias = Mapping[type[Tool[Any]], Handler]
