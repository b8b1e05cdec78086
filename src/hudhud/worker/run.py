"""A worker process: answers, delivers and sweeps until it is told to drain."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket

import aiohttp
from prometheus_client import start_http_server

from hudhud import registry
from hudhud.core.app import App, opened
from hudhud.events import emit
from hudhud.settings import Settings
from hudhud.worker.deliverer import Deliverer
from hudhud.worker.replier import Replier
from hudhud.worker.sweeper import Sweeper
from hudhud.worker.typing import Typing

POOL_SIZE = 10
PORTS_TRIED = 16
CONNECTIONS_MAX = 256
# A provider closes idle connections after a while; one that died unseen makes a send `unknown`.
KEEPALIVE_S = 15.0


async def serve(settings: Settings) -> int:
    """Work until SIGTERM or SIGINT, then drain: finish or hand back, and exit (Q9).

    Returns: the exit code.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    serve_metrics(settings)
    holder = f"{socket.gethostname()}:{os.getpid()}"
    async with opened(settings, name="hudhud-worker", pool_size=POOL_SIZE) as app:
        await work(app, stop, holder=holder)
    return 0


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


async def work(app: App, stop: asyncio.Event, *, holder: str) -> None:
    """Run the worker's parts in an open app until `stop` is set, then drain them.

    Args:
        app: the open parts.
        stop: set it to drain.
        holder: name of this worker in leases and sends.
    """
    connector = aiohttp.TCPConnector(limit=CONNECTIONS_MAX, keepalive_timeout=KEEPALIVE_S)
    async with aiohttp.ClientSession(connector=connector) as http:
        typing = Typing(http)
        replier = Replier(app, typing, holder=holder)
        deliverer = Deliverer(app, http, holder=holder)
        sweeping = asyncio.create_task(Sweeper(app.database, app.hints, app.settings).run())
        replying = asyncio.create_task(replier.run())
        delivering = asyncio.create_task(deliverer.run())
        if app.settings.llm_model:
            # Its libraries take seconds to load, and would eat the first answer's deadline.
            await registry.adapter("responders", "llm").warm()
        emit("worker.started", holder=holder)
        stopping = asyncio.create_task(stop.wait())
        # A part that ends by itself has failed: the process ends too, and is started again.
        await asyncio.wait(
            {stopping, replying, delivering, sweeping}, return_when=asyncio.FIRST_COMPLETED
        )
        emit("worker.draining", holder=holder)
        replier.drain()
        # Answers first: what they put into the outbox may still leave with this worker.
        await asyncio.wait({replying})
        deliverer.drain()
        await asyncio.wait({delivering})
        for task in (sweeping, stopping):
            task.cancel()
        await asyncio.gather(sweeping, stopping, return_exceptions=True)
        await typing.close()
        for task in (replying, delivering):
            task.result()
