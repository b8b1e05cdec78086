"""Lists of templates: read when they are due or asked for, beside all other work (S8)."""

from __future__ import annotations

import asyncio

import aiohttp

from hudhud.core.app import App
from hudhud.core.templates import sync
from hudhud.errors import HudhudError, StoreUnavailableError
from hudhud.events import emit
from hudhud.store.pool import Deadlock
from hudhud.store.templates import syncs
from hudhud.store.templates.syncs import DueSync

LOOK_S = 2.0
AT_ONCE = 4
# However many pages a list has; who died with it is followed by somebody else after this.
LEASE_S = 120.0
# Webhooks may ask for one with each of a hundred changes.
GAP_S = 5.0


class Syncing:
    """Reads for any merchant, AT_ONCE lists side by side."""

    def __init__(self, app: App, http: aiohttp.ClientSession) -> None:
        """Work with a process's open parts."""
        self.app = app
        self.http = http

    async def run(self) -> None:
        """Look every LOOK_S until cancelled; a list that is cut off is read again by somebody."""
        while True:
            try:
                if not self.app.switches.on("intake_only"):
                    await self.look()
            except (StoreUnavailableError, Deadlock) as error:
                emit("worker.store_away", "warning", error=str(error))
            await asyncio.sleep(LOOK_S)

    async def look(self) -> None:
        """Read what is due now."""
        due = await syncs.claim(
            self.app.database,
            lease_s=LEASE_S,
            gap_s=GAP_S,
            regular=self.app.settings.template_sync_s > 0,
            limit=AT_ONCE,
        )
        await asyncio.gather(*map(self._read, due))

    async def _read(self, due: DueSync) -> None:
        try:
            inbox = await self.app.inboxes.fresh(due.merchant_id, due.inbox_id)
            if inbox is not None:
                async with asyncio.timeout(LEASE_S):
                    await sync(
                        self.app.database,
                        self.app.breakers,
                        self.http,
                        inbox,
                        self.app.settings,
                        due=due,
                    )
        except (HudhudError, TimeoutError, Deadlock):
            return  # told and kept where it happened; it is due again
        finally:
            # Pages look again; no conversation is meant.
            self.app.hints.changed(due.merchant_id, 0)
