"""Shows the customer that an answer is coming: best effort, never retried, never waited for."""

from __future__ import annotations

import asyncio
import contextlib

import aiohttp

from hudhud.core.adapters import Spoken
from hudhud.core.outside.breakers import Breakers
from hudhud.core.outside.services import inbox_service
from hudhud.errors import BreakerOpenError
from hudhud.store.conversations import Claim

TIMEOUT_S = 3.0
SHOWN_MAX = 256


class Typing:
    """Read receipts and typing indicators of one worker."""

    def __init__(self, http: aiohttp.ClientSession, breakers: Breakers) -> None:
        """Use the worker's HTTP session, and the breakers that stand before the providers."""
        self._http = http
        self._breakers = breakers
        self._going: set[asyncio.Task[None]] = set()

    def show(self, speaks: Spoken, claim: Claim) -> None:
        """Mark the newest message of a batch as read and show typing; returns at once."""
        if claim.last_external_id is None or len(self._going) >= SHOWN_MAX:
            return
        task = asyncio.create_task(
            self._show(speaks, inbox_service(claim.claimed.inbox_id), claim.last_external_id)
        )
        self._going.add(task)
        task.add_done_callback(self._going.discard)

    async def _show(self, speaks: Spoken, service: str, external_id: str) -> None:
        with contextlib.suppress(BreakerOpenError):
            async with self._breakers.courtesy(service):
                await speaks.channel.show_typing(
                    self._http, speaks.options, external_id, timeout_s=TIMEOUT_S
                )

    async def close(self) -> None:
        """Give up what is still under way."""
        for task in self._going:
            task.cancel()
        await asyncio.gather(*self._going, return_exceptions=True)
