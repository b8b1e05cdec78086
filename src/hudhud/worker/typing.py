"""Shows the customer that an answer is coming: best effort, never retried, never waited for.

Who they are may come back on the way: some providers tell a name only when they are asked.
"""

from __future__ import annotations

import asyncio
import contextlib

import aiohttp

from hudhud.core.adapters import spoken
from hudhud.core.app import App
from hudhud.core.contacts.naming import name_once
from hudhud.core.outside.services import inbox_service
from hudhud.errors import BreakerOpenError, SecretUnreadableError, StoreUnavailableError
from hudhud.store.conversations import Claim
from hudhud.store.lookups.declared import CONTACT

TIMEOUT_S = 3.0
SHOWN_MAX = 256


class Typing:
    """Read receipts and typing indicators of one worker."""

    def __init__(self, app: App, http: aiohttp.ClientSession) -> None:
        """Use the open parts of the worker, and its HTTP session."""
        self._app = app
        self._http = http
        self._going: set[asyncio.Task[None]] = set()

    def show(self, claim: Claim) -> None:
        """Mark the newest message of a batch as read and show typing; returns at once."""
        if claim.last_external_id is None or len(self._going) >= SHOWN_MAX:
            return
        task = asyncio.create_task(self._show(claim, claim.last_external_id))
        self._going.add(task)
        task.add_done_callback(self._going.discard)

    async def _show(self, claim: Claim, external_id: str) -> None:
        name, claimed = None, claim.claimed
        with contextlib.suppress(BreakerOpenError, StoreUnavailableError, SecretUnreadableError):
            inbox = await self._app.inboxes.by_id(claimed.merchant_id, claimed.inbox_id)
            if inbox is None:
                return
            speaks = spoken(inbox)
            async with self._app.breakers.courtesy(inbox_service(claimed.inbox_id)):
                name = await speaks.channel.show_typing(
                    self._http, speaks.options, external_id, timeout_s=TIMEOUT_S
                )
        if name and claim.setting and not claim.setting.of(CONTACT):
            with contextlib.suppress(StoreUnavailableError):
                await name_once(self._app.database, self._app.hints, claimed, name)

    async def close(self) -> None:
        """Give up what is still under way."""
        for task in self._going:
            task.cancel()
        await asyncio.gather(*self._going, return_exceptions=True)
