"""What became of orders is posted to the merchants' own programs, beside all other work (S6)."""

from __future__ import annotations

import asyncio

from hudhud.core.app import App
from hudhud.core.hooks.delivering import LEASE_S, deliver
from hudhud.errors import StoreUnavailableError
from hudhud.events import emit
from hudhud.store.hooks import endpoints
from hudhud.store.hooks.endpoints import Taken
from hudhud.store.pool import Deadlock

LOOK_S = 1.0
AT_ONCE = 8


class Hooking:
    """Posts for any merchant, AT_ONCE endpoints side by side; each hears in order."""

    def __init__(self, app: App) -> None:
        """Work with a process's open parts."""
        self.app = app
        self._running: set[asyncio.Task[int]] = set()

    async def run(self) -> None:
        """Look every LOOK_S until cancelled; what is cut off comes again under the same id."""
        try:
            while True:
                try:
                    if not self.app.switches.on("intake_only"):
                        await self.begin()
                except (StoreUnavailableError, Deadlock) as error:
                    emit("worker.store_away", "warning", error=str(error))
                await asyncio.sleep(LOOK_S)
        finally:
            for task in self._running:
                task.cancel()
            await asyncio.gather(*self._running, return_exceptions=True)

    async def begin(self) -> list[asyncio.Task[int]]:
        """Begin with what waits now, as far as there is room; one that is slow keeps nobody up."""
        room = AT_ONCE - len(self._running)
        if room <= 0:
            return []
        held = await endpoints.claim(self.app.database, lease_s=LEASE_S, limit=room)
        begun = [asyncio.create_task(self._deliver(taken)) for taken in held]
        for task in begun:
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        return begun

    async def _deliver(self, taken: Taken) -> int:
        try:
            app = self.app
            return await deliver(app.database, app.breakers, app.settings, taken)
        except (StoreUnavailableError, Deadlock) as error:
            # Its lease ends, and somebody takes it again.
            emit("worker.store_away", "warning", error=str(error))
            return 0
