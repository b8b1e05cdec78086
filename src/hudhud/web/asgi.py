"""The web process: webhooks on a bare route, probes, console; drained in order."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from hudhud.core.app import App, opened
from hudhud.core.intake import accept as intakes
from hudhud.core.intake.accept import Intake
from hudhud.core.intake.replay import Replay
from hudhud.core.intake.routing import from_record
from hudhud.core.intake.spool import Spool, report
from hudhud.core.resident import settle
from hudhud.errors import PortTakenError
from hudhud.events import emit
from hudhud.ops.ephemeral import forgets
from hudhud.settings import Settings
from hudhud.store.pool import Database
from hudhud.web import chat, console
from hudhud.web.api import PREFIX as API
from hudhud.web.api import api
from hudhud.web.console.context import Context
from hudhud.web.doorway import Doorway
from hudhud.web.media import files
from hudhud.web.probes import REQUESTS, Probes
from hudhud.web.webhooks import PREFIX, Webhooks

POOL_SIZE = 10
# Longer than a proxy keeps an idle connection (nginx 60 s, Caddy 120 s): whoever asks must let go
# first, or the next webhook meets a connection that we are just closing and Meta reads a 502.
KEEPALIVE_S = 125
# Not counted in http_requests_total: they say nothing about what users get (R2).
UNCOUNTED = ("/health/", "/static/")


async def serve(settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT; readiness turns first, requests under way are finished.

    Returns: the exit code; 1 when the spool is not empty, so that an operator looks (trap 14).
    """
    async with opened(settings, name="hudhud-web", pool_size=POOL_SIZE) as app:
        async with taking(app) as intake:
            probes = Probes(app.database, settings, lambda: app.valkey.healthy)
            closing = asyncio.Event()
            webhooks = Webhooks(
                app.inboxes,
                intake,
                body_bytes_max=settings.body_bytes_max,
                accept_timeout_s=settings.accept_timeout_s,
                secret_key=settings.secret_key,
            )
            application = build(app, intake, webhooks, probes, closing)
            server = Server(_configuration(application, webhooks, settings))
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, partial(_drain, server, probes, closing))
            settle("channels")
            await server.serve(sockets=[listening(settings)])
        left = report(settings.data_dir / "spool", time.time())
    if left["records"]:
        emit("web.stopped_with_spool", "error", **left)
        return 1
    return 0


@asynccontextmanager
async def taking(app: App) -> AsyncIterator[Intake]:
    """Intake of this process, with a small pool of its own: a busy page must not delay a 200."""
    database = await Database.open(
        app.settings.database_url,
        size=intakes.COMMITTERS,
        name="hudhud-intake",
        lock_timeout_ms=intakes.LOCK_TIMEOUT_MS,
    )
    spool = Spool(app.settings.data_dir / "spool", bytes_max=app.settings.spool_bytes_max)
    if where := forgets(app.settings.data_dir / "spool"):
        emit("spool.ephemeral", "warning", where=where)
    replay = Replay(spool, partial(from_record, app.inboxes))
    breaker = app.breakers.own(intakes.SERVICE, intakes.POLICY)
    intake = Intake(database, spool, replay, app.hints.accepted, breaker=breaker)
    intake.start()
    try:
        yield intake
    finally:
        await intake.stop()
        await database.close()


def listening(settings: Settings) -> socket.socket:
    """Our address, shared by every web process of this host: the kernel spreads connections.

    Raises:
        PortTakenError: another program holds the port.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        opened.bind((settings.host, settings.port))
    except OSError as error:
        opened.close()
        raise PortTakenError(f"Port {settings.port} (HUDHUD_PORT): {error.strerror}.") from error
    return opened


class Server(uvicorn.Server):
    """uvicorn, with the signals left to us: readiness turns before anything stops."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the handlers that `serve` installed in place."""
        yield


def build(
    app: App, intake: Intake, webhooks: Webhooks, probes: Probes, closing: asyncio.Event
) -> ASGIApp:
    """All routes of the web process as one ASGI application; `closing` ends its live streams."""
    context = Context(
        database=app.database,
        hints=app.hints,
        inboxes=app.inboxes,
        signals=app.signals,
        breakers=app.breakers,
        settings=app.settings,
        spool_report=lambda: report(
            app.settings.data_dir / "spool", time.time(), bytes_max=app.settings.spool_bytes_max
        ),
        storage=app.storage,
        closing=closing,
    )
    health = [
        Route("/health/live", probes.live),
        Route("/health/ready", probes.ready),
        Route("/health/metrics", probes.metrics),
    ]
    programs = Mount(API, app=api(context))
    kept = Mount("/media", app=files(context))
    visitors = chat.routes(chat.Chat(context=context, inboxes=app.inboxes, intake=intake))
    pages = Starlette(routes=[*health, programs, kept, *visitors, *console.routes(context)])
    # Here and not around everything: a webhook is proved by its signature, wherever it came from.
    trusted = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
    # It has its own names for ASGI's types.
    behind_proxy: Any = ProxyHeadersMiddleware(pages, trusted)  # type: ignore[arg-type]

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await pages(scope, receive, send)
            return
        path = scope["path"]
        if path.startswith(PREFIX):
            await webhooks(scope, receive, send)
        else:
            counted = send if path.startswith(UNCOUNTED) else partial(_count, send)
            await behind_proxy(scope, receive, counted)

    return application


async def _count(send: Send, message: Message) -> None:
    if message["type"] == "http.response.start":
        REQUESTS.labels(message["status"]).inc()
    await send(message)


def _drain(server: uvicorn.Server, probes: Probes, closing: asyncio.Event) -> None:
    probes.draining = True
    closing.set()
    server.should_exit = True


def _configuration(application: ASGIApp, webhooks: Webhooks, settings: Settings) -> uvicorn.Config:
    # uvicorn asks for a class, and does nothing with it but make connections.
    doorway: Any = partial(Doorway, webhooks)
    return uvicorn.Config(
        application,
        host=settings.host,
        port=settings.port,
        loop="none",
        http=doorway,
        ws="none",
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=int(settings.drain_s),
        timeout_keep_alive=KEEPALIVE_S,
        lifespan="off",
    )
