"""A worker process: answers, delivers and sweeps until it is told to drain."""

from __future__ import annotations

import asyncio
import contextlib
import signal

from prometheus_client import start_http_server

from hudhud import registry
from hudhud.core.app import App, opened
from hudhud.core.context.lanes import LOOK_UPS_AT_ONCE_MAX
from hudhud.core.outside.session import http_session
from hudhud.core.resident import settle
from hudhud.core.tracing.spans import Spans
from hudhud.events import emit
from hudhud.ops.child import holder_name
from hudhud.queue.rota import Rota
from hudhud.settings import Settings
from hudhud.worker.deliverer import Deliverer
from hudhud.worker.embedding import Embedding
from hudhud.worker.fetcher import Fetcher
from hudhud.worker.hooking import Hooking
from hudhud.worker.replier import Replier
from hudhud.worker.summarising import Summarising
from hudhud.worker.sweeper import Sweeper
from hudhud.worker.syncing import Syncing
from hudhud.worker.typing import Typing

# What this process does at once besides look-ups, which have their own (core/context/lanes.py).
POOL_SIZE = 10 + LOOK_UPS_AT_ONCE_MAX
PORTS_TRIED = 16
# Of the drain's time; the rest is for closing what is open.
DRAIN_SHARE = 0.9


async def serve(settings: Settings) -> int:
    """Work until SIGTERM or SIGINT, then drain: finish or hand back, and exit (Q9).

    Returns: the exit code.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    serve_metrics(settings)
    async with opened(settings, name="hudhud-worker", pool_size=POOL_SIZE) as app:
        settle("channels", "responders")
        drained = await work(app, stop, holder=holder_name())
    return 0 if drained else 1


def serve_metrics(settings: Settings) -> None:
    """Serve this worker's counters and histograms on the first free port of its row (O5)."""
    if not settings.worker_metrics_port:
        return
    for port in range(settings.worker_metrics_port, settings.worker_metrics_port + PORTS_TRIED):
        with contextlib.suppress(OSError):
            start_http_server(port, addr="127.0.0.1")
            emit("worker.metrics_served", port=port)
            return
    emit("worker.metrics_not_served", "warning")


async def work(app: App, stop: asyncio.Event, *, holder: str) -> bool:
    """Run the worker's parts in an open app until `stop` is set, then drain them.

    Args:
        app: the open parts.
        stop: set it to drain.
        holder: name of this worker in leases and sends; no other start of a process has it.

    Returns: whether everything ended or was handed back within the drain's time.
    """
    async with http_session() as http:
        typing = Typing(app, http)
        spans = Spans(app.settings, app.breakers, app.database, http)
        replier = Replier(app, typing, holder=holder, spans=spans)
        deliverer = Deliverer(app, http, holder=holder, spans=spans)
        telling = asyncio.create_task(spans.run())
        sweeping = asyncio.create_task(
            Sweeper(app.database, app.hints, app.settings, Rota(app.valkey)).run()
        )
        replying = asyncio.create_task(replier.run())
        delivering = asyncio.create_task(deliverer.run())
        fetcher = Fetcher(app, http, holder=holder)
        fetching = asyncio.create_task(fetcher.run())
        syncing = asyncio.create_task(Syncing(app, http).run())
        hooking = asyncio.create_task(Hooking(app).run())
        embedding = asyncio.create_task(Embedding(app, http).run())
        summarising = asyncio.create_task(Summarising(app).run())
        if app.settings.llm_model:
            # Its libraries take seconds to load, and would eat the first answer's deadline.
            await registry.adapter("responders", "llm").warm(app.settings.llm_model)
        emit("worker.started", holder=holder)
        stopping = asyncio.create_task(stop.wait())
        parts = (
            *(sweeping, replying, delivering, fetching),
            *(syncing, summarising, embedding, hooking),
        )
        # A part that ends by itself has failed: the process ends too, and is started again.
        await asyncio.wait({stopping, *parts}, return_when=asyncio.FIRST_COMPLETED)
        emit("worker.draining", holder=holder)
        failed = [part for part in parts if part.done()]
        drained = True
        try:
            async with asyncio.timeout(app.settings.drain_s * DRAIN_SHARE):
                replier.drain()
                fetcher.drain()
                # Answers first: what they put into the outbox may still leave with this worker.
                await asyncio.wait({replying})
                deliverer.drain()
                await asyncio.wait({delivering, fetching})
        except TimeoutError:
            # Leases expire, and a send that hangs is unknown: nothing is lost by going now.
            emit("worker.drain_cut", "error", holder=holder)
            drained = False
            app.database.abort()
        for task in (*parts, stopping, telling):
            task.cancel()
        await asyncio.gather(*parts, stopping, telling, return_exceptions=True)
        await typing.close()
        for part in failed:
            part.result()
    return drained
