"""Passages get what they mean from the endpoint, beside all other work, when one is configured."""

from __future__ import annotations

import asyncio

import aiohttp

from hudhud.core.app import App
from hudhud.core.knowledge.embeddings import embedded
from hudhud.errors import BreakerOpenError, EmbeddingFailedError, StoreUnavailableError
from hudhud.events import emit
from hudhud.store.knowledge import vectors
from hudhud.store.pool import Deadlock

LOOK_S = 5.0
MERCHANTS_AT_ONCE = 4
PASSAGES_AT_ONCE = 16
# Nobody waits for these: an endpoint on a small server takes seconds for so many, and an answer's
# patience would leave them unmade for ever.
MAKING_S = 30.0


class Embedding:
    """Makes the vectors that are missing, of any merchant."""

    def __init__(self, app: App, http: aiohttp.ClientSession) -> None:
        """Work with a process's open parts."""
        self.app = app
        self.http = http

    async def run(self) -> None:
        """Look every LOOK_S until cancelled; what two workers make at once is made twice."""
        while True:
            made = 0
            try:
                if self.app.settings.embeddings_url and not self.app.switches.on("intake_only"):
                    made = await self.look()
            except (
                EmbeddingFailedError,
                BreakerOpenError,
                StoreUnavailableError,
                Deadlock,
            ) as error:
                emit("embeddings.not_made", "warning", error=type(error).__name__)
            await asyncio.sleep(0 if made else LOOK_S)

    async def look(self) -> int:
        """Make some of those that are missing now, and return how many."""
        made, model = 0, self.app.settings.embeddings_model
        for merchant_id in await vectors.owed(self.app.database, model, limit=MERCHANTS_AT_ONCE):
            async with self.app.database.reading(merchant_id) as connection:
                texts = await vectors.lacking(
                    connection, merchant_id, model, limit=PASSAGES_AT_ONCE
                )
            found = await embedded(
                self.http,
                self.app.breakers,
                self.app.settings,
                [told for _, told in texts],
                limit_s=MAKING_S,
            )
            ids = [passage_id for passage_id, _ in texts]
            async with self.app.database.deed(merchant_id) as connection:
                await vectors.put(
                    connection, merchant_id, model, list(zip(ids, found, strict=True))
                )
            made += len(found)
        return made
