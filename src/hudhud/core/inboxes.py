"""Inboxes as web and worker ask for them: at most 2 s old, and still there when PostgreSQL is not.

While PostgreSQL is away the last one goes on serving, so that webhooks are still verified and
reach the spool (law 2).
"""

from __future__ import annotations

import re

from hudhud.core.connecting import opened
from hudhud.core.kept import Kept
from hudhud.core.secrets import Vault
from hudhud.model import Inbox
from hudhud.store import inboxes
from hudhud.store.inboxes import StoredInbox
from hudhud.store.pool import Database

OPENED_MAX = 10_000
KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
# The secret by which one app signs for all of its numbers.
SIGNING = "app_secret"
# What the templates of a number belong to at its provider (WhatsApp: the account above it).
SCOPE = "waba_id"


class Inboxes:
    """Finds inboxes by public key, by id, and beside each other."""

    def __init__(self, database: Database, vault: Vault) -> None:
        """Start empty; everything is read when it is first asked for."""
        self._database = database
        self._vault = vault
        self._opened: dict[int, tuple[StoredInbox, Inbox]] = {}
        self._by_key: Kept[str, Inbox | None] = Kept(self._read_key, known=_is_known)
        self._by_id: Kept[tuple[int, int], Inbox | None] = Kept(self._read_id, known=_is_known)
        self._groups: Kept[tuple[int, str], list[Inbox]] = Kept(self._read_group, known=bool)

    async def by_key(self, key: str) -> Inbox | None:
        """The inbox with this public key; None when there is none or it is disabled.

        Raises:
            StoreUnavailableError: never seen before, and PostgreSQL is away.
            SecretUnreadableError: its secrets were sealed with another key.
        """
        return await self._by_key.get(key) if KEY.fullmatch(key) else None

    def at_hand(self, key: str) -> Inbox | None:
        """The same without waiting; None says nothing but that `by_key` is to be asked."""
        return self._by_key.at_hand(key)

    async def by_id(self, merchant_id: int, inbox_id: int) -> Inbox | None:
        """The inbox with this id; errors as `by_key`."""
        return await self._by_id.get((merchant_id, inbox_id))

    async def fresh(self, merchant_id: int, inbox_id: int) -> Inbox | None:
        """The same, read now: its options may have been changed a moment ago."""
        return await self._read_id((merchant_id, inbox_id))

    async def siblings(self, inbox: Inbox) -> list[Inbox]:
        """Inboxes of the same merchant, channel and app, itself among them; errors as `by_key`.

        One webhook may carry several numbers of one app; one of another app is none of them,
        whoever signed (trap 12).
        """
        group = await self._groups.get((inbox.merchant_id, inbox.channel))
        secret = inbox.options.get(SIGNING)
        return [one for one in group if secret and one.options.get(SIGNING) == secret]

    async def _read_key(self, key: str) -> Inbox | None:
        async with self._database.reading() as connection:
            return self._open(await inboxes.by_key(connection, key))

    async def _read_id(self, place: tuple[int, int]) -> Inbox | None:
        return self._open(await inboxes.of(self._database, *place))

    async def _read_group(self, place: tuple[int, str]) -> list[Inbox]:
        merchant_id, channel = place
        async with self._database.reading(merchant_id) as connection:
            rows = await inboxes.of_merchant(connection, merchant_id, channel)
        return [inbox for row in rows if (inbox := self._open(row)) is not None]

    def _open(self, stored: StoredInbox | None) -> Inbox | None:
        if stored is None:
            return None
        before = self._opened.get(stored.id)
        if before is not None and before[0] == stored:
            return before[1]  # the very same object: what was derived from it stays good
        if len(self._opened) >= OPENED_MAX:
            self._opened.clear()
        inbox = opened(self._vault, stored)
        self._opened[stored.id] = (stored, inbox)
        return inbox


def _is_known(inbox: Inbox | None) -> bool:
    return inbox is not None
