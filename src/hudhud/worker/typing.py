"""Shows the customer that an answer is coming: best effort, never retried, never waited for."""

from __future__ import annotations

import asyncio

import aiohttp

from hudhud.core.adapters import Spoken
from hudhud.store.conversations import Claim

TIMEOUT_S = 3.0
SHOWN_MAX = 256


class Typing:
    """Read receipts and typing indicators of one worker."""

    def __init__(self, http: aiohttp.ClientSession) -> None:
        """Use the worker's HTTP session."""
        self._http = http
        self._going: set[asyncio.Task[None]] = set()

    def show(self, speaks: Spoken, claim: Claim) -> None:
        """Mark the newest message of a batch as read and show typing; returns at once."""
        if claim.last_external_id is None or len(self._going) >= SHOWN_MAX:
            return
        task = asyncio.create_task(
            speaks.channel.show_typing(
                self._http, speaks.options, claim.last_external_id, timeout_s=TIMEOUT_S
            )
        )
        self._going.add(task)
        task.add_done_callback(self._going.discard)

    async def close(self) -> None:
        """Give up what is still under way."""
        for task in self._going:
            task.cancel()
        await asyncio.gather(*self._going, return_exceptions=True)
