"""Traces as OpenTelemetry spans, for whoever has a collector: OTLP over HTTP.

Nothing waits for it. What an answer leaves here is put into a queue that throws its oldest away;
one task empties it every EVERY_S, through a breaker of its own, and what a collector does not take
in time is lost. Of every trace all spans are told or none: its id decides, in every process alike.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from typing import Literal

import aiohttp
import msgspec

from hudhud.core.outside.breakers import Breakers
from hudhud.core.tracing.encoding import Span, encoded
from hudhud.core.tracing.trace import Trace
from hudhud.errors import HudhudError, TraceNotExportedError
from hudhud.events import emit
from hudhud.settings import Settings
from hudhud.store.outbox import Ended
from hudhud.store.pool import Database
from hudhud.store.tracing.reading import traces_of

SERVICE = "otlp"
PATH = "/v1/traces"
EVERY_S = 1.0
TIMEOUT_S = 5.0
# Of spans that wait, and of those in one request: 4096 of them are some 4 MB.
QUEUE_MAX = 4096
REQUEST_SPANS_MAX = 1024
_OK = range(200, 300)


class _Send(msgspec.Struct, frozen=True):
    """A send that ended; its trace is found when there is time."""

    ended: Ended
    began_ns: int
    ended_ns: int


class Spans:
    """The spans of one worker on their way to a collector."""

    def __init__(
        self,
        settings: Settings,
        breakers: Breakers,
        database: Database,
        http: aiohttp.ClientSession,
    ) -> None:
        """Tell the collector of `settings.otlp_url`; without one, nothing is kept."""
        self._settings = settings
        self._breakers = breakers
        self._database = database
        self._http = http
        self._on = bool(settings.otlp_url)
        self._spans: deque[Span] = deque(maxlen=QUEUE_MAX)
        self._sends: deque[_Send] = deque(maxlen=QUEUE_MAX)

    def answered(self, trace: Trace, outcome: str) -> None:
        """A batch ended now: its answer was decided before, and has just been written."""
        if not self._on or not self._sampled(trace.id):
            return
        ended_ms = trace.now_ms
        root = trace.id[:16]
        ours = {
            "hudhud.merchant": trace.claimed.merchant_id,
            "hudhud.conversation": trace.claimed.conversation_id,
            "hudhud.attempt": trace.claimed.attempt,
            "hudhud.outcome": outcome,
        }
        self._spans.append(
            Span(trace.id, root, "", "answer", trace.began_ns, _ns(trace, ended_ms), ours)
        )
        steps = [(s.name, s.at_ms, s.at_ms + s.ms, s.told, s.failed) for s in trace.steps]
        steps.append(("finish", trace.decided_ms, ended_ms, {}, None))
        for place, (name, at_ms, until_ms, told, failed) in enumerate(steps, 1):
            figures = {f"hudhud.{key}": value for key, value in told.items()}
            span_id = f"{(int(root, 16) + place) % 2**64:016x}"
            begins, ends = _ns(trace, at_ms), _ns(trace, until_ms)
            self._spans.append(Span(trace.id, span_id, root, name, begins, ends, figures, failed))

    def sent(self, ended: Ended, *, took_s: float) -> None:
        """A send of an assistant's answer ended now."""
        if self._on and ended.begun.author == "assistant":
            now_ns = time.time_ns()
            self._sends.append(_Send(ended, now_ns - int(took_s * 1e9), now_ns))

    async def run(self) -> None:
        """Export for ever; end it by cancelling."""
        while self._on:
            await asyncio.sleep(EVERY_S)
            try:
                await self._export()
            except Exception as error:  # noqa: BLE001 - whatever it is, answers and spans go on
                why = error.detail if isinstance(error, HudhudError) else type(error).__name__
                emit("trace.not_exported", "warning", why=why)

    async def _export(self) -> None:
        await self._find_sends()
        while self._spans:
            many = min(len(self._spans), REQUEST_SPANS_MAX)
            await self._post([self._spans.popleft() for _ in range(many)])

    async def _find_sends(self) -> None:
        sends = [self._sends.popleft() for _ in range(len(self._sends))]
        if not sends:
            return
        merchants = {one.ended.begun.merchant_id for one in sends}
        async with self._database.reading(*merchants) as connection:
            ids = await traces_of(connection, [one.ended.begun.row_id for one in sends])
        for one in sends:
            begun = one.ended.begun
            trace_id = ids.get(begun.row_id)
            if trace_id is None or not self._sampled(trace_id):
                continue
            ours = {
                "hudhud.merchant": begun.merchant_id,
                "hudhud.conversation": begun.conversation_id,
                "hudhud.row": begun.row_id,
                "hudhud.attempt": begun.attempt,
                "hudhud.outcome": one.ended.outcome,
            }
            failed = None if one.ended.outcome == "accepted" else one.ended.outcome
            span_id = f"{(begun.row_id * 2**16 + begun.attempt) % 2**64:016x}"
            times = (one.began_ns, one.ended_ns)
            self._spans.append(
                Span(trace_id, span_id, trace_id[:16], "send", *times, told=ours, failed=failed)
            )

    async def _post(self, spans: Sequence[Span]) -> None:
        # The libraries of it are loaded here, at the first span that is told, and in a thread.
        body = await asyncio.to_thread(encoded, spans)
        headers = dict(self._settings.otlp_headers or {})
        headers["content-type"] = "application/x-protobuf"
        async with self._breakers.calling(SERVICE, deadline_s=TIMEOUT_S):
            try:
                async with self._http.post(
                    self._settings.otlp_url + PATH,
                    data=body,
                    headers=headers,
                    timeout=aiohttp.ClientTimeout(total=TIMEOUT_S),
                    allow_redirects=False,
                ) as response:
                    if response.status not in _OK:
                        service: Literal["down", "well"] = (
                            "down" if response.status >= 500 else "well"  # noqa: PLR2004 - HTTP
                        )
                        raise TraceNotExportedError(f"HTTP {response.status}.", service=service)
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                raise TraceNotExportedError(f"{type(error).__name__}.", service="down") from error

    def _sampled(self, trace_id: str) -> bool:
        return int(trace_id[-8:], 16) < self._settings.otlp_share * 2**32


def _ns(trace: Trace, at_ms: float) -> int:
    return trace.began_ns + int(at_ms * 1e6)
