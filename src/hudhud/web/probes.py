"""`/health/live`, `/health/ready`, `/health/metrics` (O5)."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import msgspec
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, generate_latest
from starlette.requests import Request
from starlette.responses import Response

from hudhud import __version__
from hudhud.core.kept import Dear
from hudhud.core.report import Report, report, spooled
from hudhud.errors import StoreUnavailableError
from hudhud.settings import Settings
from hudhud.store.pool import Database
from hudhud.store.schema import newest

REQUESTS = Counter("http_requests_total", "Answered requests by status code (R2).", ["status"])
OF_INBOX = ("merchant", "inbox", "channel")
WAITING = Gauge("hudhud_waiting", "What waits (law 6).", [*OF_INBOX, "state"])
OLDEST = Gauge("hudhud_waiting_oldest_seconds", "Age of the oldest.", [*OF_INBOX, "state"])
TOTAL = Gauge("hudhud_inbox_messages", "Messages that an inbox has taken (Q7).", OF_INBOX)
PROCESSED = Gauge("hudhud_inbox_processed", "Those of them that do not wait.", OF_INBOX)
ACTIVE = Gauge("hudhud_inbox_last_active_seconds", "Unix time of the last activity.", OF_INBOX)
SPOOL_BYTES = Gauge("hudhud_spool_bytes", "Bytes in the spool (law 2).")
SPOOL_RECORDS = Gauge("hudhud_spool_records", "Webhooks in the spool.")
SPOOL_OLDEST = Gauge("hudhud_spool_oldest_seconds", "Age of the oldest of them.")
SPOOL_DAMAGED = Gauge("hudhud_spool_damaged_files", "Spool files set aside for a person.")
SPOOL_ROOM = Gauge("hudhud_spool_room_bytes", "Bytes free on the spool's disk.")
READY_CACHED_S = 0.5


class Probes:
    """The three health pages of one web process."""

    def __init__(
        self, database: Database, settings: Settings, queue_healthy: Callable[[], bool]
    ) -> None:
        """Keep what is asked; `drain` flips readiness before anything else happens."""
        self.database = database
        self.settings = settings
        self.queue_healthy = queue_healthy
        self.draining = False
        self._reports: Dear[None, Report] = Dear()
        self._schema: tuple[float, int | None] = (-READY_CACHED_S, None)

    async def live(self, _request: Request) -> Response:
        """The event loop turns; no dependency is ever asked (their failure is no reason to die)."""
        return _json(200, {"live": True})

    async def ready(self, _request: Request) -> Response:
        """Whether webhooks can be made durable here; says which release and schema answered.

        PostgreSQL away is not unready: the spool takes webhooks, and a load balancer that took
        every web process out would lose what they could still keep.
        """
        number = await self._schema_number()
        body = {
            "ready": not self.draining,
            "draining": self.draining,
            "release": __version__,
            "schema": number,
            "database": number is not None,
            "queue": self.queue_healthy(),
        }
        return _json(503 if self.draining else 200, body)

    async def metrics(self, _request: Request) -> Response:
        """All counters and histograms of this process, and what waits, freshly counted."""
        for gauge in (WAITING, OLDEST, TOTAL, PROCESSED, ACTIVE):
            gauge.clear()
        try:
            read = partial(report, self.database, self.settings.data_dir)
            _show(await self._reports.get(None, read))
        except StoreUnavailableError:
            # The rest is still worth scraping; an absent figure alerts by itself.
            _show(Report(waiting=(), inboxes=(), spool=await spooled(self.settings.data_dir)))
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    async def _schema_number(self) -> int | None:
        asked, number = self._schema
        if time.monotonic() - asked < READY_CACHED_S:
            return number
        try:
            number = await newest.number(self.database)
        except StoreUnavailableError:
            number = None
        self._schema = (time.monotonic(), number)
        return number


def _show(found: Report) -> None:
    for depth in found.waiting:
        of = (depth.merchant_id, depth.inbox_id or "", depth.channel or "", depth.state)
        WAITING.labels(*of).set(depth.count)
        OLDEST.labels(*of).set(depth.oldest_s)
    for counts in found.inboxes:
        inbox = (counts.merchant_id, counts.inbox_id, counts.channel)
        TOTAL.labels(*inbox).set(counts.total)
        PROCESSED.labels(*inbox).set(counts.processed)
        if counts.last_at is not None:
            ACTIVE.labels(*inbox).set(counts.last_at.timestamp())
    SPOOL_BYTES.set(found.spool.bytes)
    SPOOL_RECORDS.set(found.spool.records)
    SPOOL_OLDEST.set(found.spool.oldest_s)
    SPOOL_DAMAGED.set(found.spool.damaged)
    SPOOL_ROOM.set(found.spool.room_bytes)


def _json(status: int, body: dict[str, object]) -> Response:
    return Response(msgspec.json.encode(body), status, media_type="application/json")
