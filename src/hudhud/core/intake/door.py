"""The door: a group of webhooks goes into PostgreSQL in one commit, or the guilty one is found.

Webhooks from the network, from the spool and from the journal all come through here.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from functools import partial
from typing import Literal, Protocol

from msgspec.structs import replace

from hudhud.events import emit
from hudhud.store import intake as store
from hudhud.store.intake import Accepted, Webhook
from hudhud.store.pool import AWAY, LOCKED, MERGED, Connection, Database, Refused

COMMIT_TIMEOUT_S = 5.0
# So often a group that met a merge of contacts is tried again at once; each time needs another one.
MERGES_MAX = 3

# `set_aside`: PostgreSQL refuses what it says; its raw body is kept for a person, durably.
# `locked`: somebody holds its conversation. `away`: PostgreSQL does not answer.
Fate = Literal["taken", "set_aside", "locked", "away"]
DURABLE = frozenset({"taken", "set_aside"})
Notice = Callable[[Accepted], None]
Commit = Callable[[Sequence[Webhook]], Awaitable[list[Fate]]]
Sender = tuple[int, str, str]  # inbox, kind and value of an alias


class Accepting(Protocol):
    """`store.intake.accept`, or `rehearse`, which takes everything back."""

    def __call__(
        self, connection: Connection, group: Sequence[Webhook], *, timeout_s: float
    ) -> Awaitable[Accepted]:
        """Store a group of webhooks in one transaction."""


class Door:
    """Commits groups; what cannot go in is found by halving, so that its neighbours go in."""

    def __init__(
        self, database: Database, notice: Notice, *, accepting: Accepting = store.accept
    ) -> None:
        """Use a pool; `notice` hears of each commit and must not block or raise."""
        self.database = database
        self.notice = notice
        self._accept = accepting

    @asynccontextmanager
    async def held(self) -> AsyncIterator[Commit]:
        """`commit` over one connection for group after group, until one of them is away.

        To give a connection back costs two turns of the loop, and PostgreSQL waits for them.

        Raises:
            Exception: whatever a pool raises that has no connection to give.
        """
        async with self.database.pool.acquire(timeout=COMMIT_TIMEOUT_S) as connection:
            yield partial(self.commit, on=connection)

    async def commit(self, group: Sequence[Webhook], *, on: Connection | None = None) -> list[Fate]:
        """Commit a group (traps 2, 3, 8).

        Args:
            group: webhooks, capped by the caller in count and bytes.
            on: a connection that the caller holds; one of the pool without.

        Returns: what became of each webhook; only `taken` and `set_aside` are durable.
        """
        started = time.monotonic()
        try:
            accepted = await self._accepted(group, on)
        except AWAY as error:
            emit("intake.away", "warning", error=type(error).__name__)
            return ["away"] * len(group)
        except Refused as error:
            return await self._halve(group, error, on)
        self.notice(accepted)
        emit(
            "webhook.committed",
            "debug",
            group=len(group),
            inserted=accepted.inserted,
            duplicates=accepted.duplicates,
            ms=round((time.monotonic() - started) * 1000, 1),
        )
        fates: list[Fate] = ["taken"] * len(group)
        for place in accepted.unaccounted:
            # Trap 4: a message that is neither inserted nor known is never acknowledged as taken.
            fates[place] = await self._set_aside(
                group[place], "a message of it could not be accounted for", on
            )
        return fates

    async def _accepted(self, group: Sequence[Webhook], on: Connection | None) -> Accepted:
        async with self._connection(on) as connection:
            for _ in range(MERGES_MAX):
                try:
                    return await self._accept(connection, group, timeout_s=COMMIT_TIMEOUT_S)
                except MERGED as error:
                    emit("intake.merged", error=type(error).__name__)
            return await self._accept(connection, group, timeout_s=COMMIT_TIMEOUT_S)

    def _connection(self, on: Connection | None) -> AbstractAsyncContextManager[Connection]:
        return nullcontext(on) if on else self.database.pool.acquire(timeout=COMMIT_TIMEOUT_S)

    async def _halve(
        self, group: Sequence[Webhook], error: Refused, on: Connection | None
    ) -> list[Fate]:
        # 40P01 and 55P03: somebody else holds a row; each smaller group has a better chance, and
        # in the end only the locked conversation itself waits (trap 3).
        if len(group) == 1:
            if isinstance(error, LOCKED):
                emit("intake.locked", "warning", inbox=group[0].inbox_id)
                return ["locked"]
            return [await self._set_aside(group[0], f"{error.sqlstate}: {error}", on)]
        middle = len(group) // 2
        fates = await self.commit(group[:middle], on=on)
        if "away" in fates:
            # Nobody knows whose is in: what comes after waits as well, or it would overtake.
            return fates + ["away"] * (len(group) - middle)
        # What follows a locked one in its own conversation waits behind it (trap 14).
        stuck = senders(w for w, fate in zip(group, fates, strict=False) if fate == "locked")
        free = [w for w in group[middle:] if stuck.isdisjoint(senders([w]))]
        later = iter(await self.commit(free, on=on) if free else [])
        for webhook in group[middle:]:
            fates.append(next(later) if stuck.isdisjoint(senders([webhook])) else "locked")
        return fates

    async def _set_aside(self, webhook: Webhook, reason: str, on: Connection | None) -> Fate:
        emit("webhook.set_aside", "error", inbox=webhook.inbox_id)
        kept = replace(
            webhook,
            messages=(),
            statuses=(),
            renames=(),
            templates=(),
            reason=store.storable(reason),
            set_aside=True,
        )
        try:
            async with self._connection(on) as connection:
                await self._accept(connection, [kept], timeout_s=COMMIT_TIMEOUT_S)
        except AWAY:
            return "away"
        except Refused:
            return "locked"  # it stays where it is, and is shown there, and stops nobody
        return "set_aside"


def senders(webhooks: Iterable[Webhook]) -> set[Sender]:
    """Who wrote them; two webhooks that share no sender share no conversation."""
    return {
        (inbox_id, alias.kind, alias.value)
        for webhook in webhooks
        for inbox_id, message in webhook.messages
        for alias in message.aliases
    }
