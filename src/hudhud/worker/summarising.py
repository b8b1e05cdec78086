"""Summaries of long conversations: made a moment after the answer, beside all other work."""

from __future__ import annotations

import asyncio

from hudhud.core.app import App
from hudhud.core.summaries import make
from hudhud.errors import StoreUnavailableError
from hudhud.events import emit
from hudhud.store.pool import Deadlock
from hudhud.store.summaries import rows

LOOK_S = 2.0
AT_ONCE = 2
TRIES = 4
# More than making one may take; who died with it is followed by somebody else after this.
LEASE_S = 60.0


class Summarising:
    """Makes those of any merchant, AT_ONCE side by side."""

    def __init__(self, app: App) -> None:
        """Work with a process's open parts."""
        self.app = app

    async def run(self) -> None:
        """Look every LOOK_S until cancelled; one that is cut off is made again by somebody."""
        while True:
            try:
                # No model is asked while the switch says so (Q9); nothing is lost by waiting.
                if self.app.switches.on("ai") and not self.app.switches.on("intake_only"):
                    await self.look()
            except (StoreUnavailableError, Deadlock) as error:
                emit("worker.store_away", "warning", error=str(error))
            await asyncio.sleep(LOOK_S)

    async def look(self) -> None:
        """Make what is wanted now."""
        app = self.app
        wanted = await rows.take(app.database, limit=AT_ONCE, lease_s=LEASE_S, tries=TRIES)
        await asyncio.gather(*(make(app.database, app.settings, app.breakers, w) for w in wanted))
