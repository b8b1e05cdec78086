"""The simulator: an application of its own that stands in for Meta, with phones to write from.

It knows nothing of the rest of Hudhud, and the rest nothing of it: they meet over HTTP, as
Hudhud and Meta do.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from hudhud.errors import BadInputError, HudhudError, NotFoundError, PortTakenError
from hudhud.settings import Settings
from hudhud.simulator import control_api, numbers, pages, script_api
from hudhud.simulator.approved import endpoint as templates
from hudhud.simulator.connection import CuttableProtocol
from hudhud.simulator.evolution import endpoint as evolution
from hudhud.simulator.evolution import instances
from hudhud.simulator.graph import endpoint, thread_reads
from hudhud.simulator.guard import Guard
from hudhud.simulator.postman import Postman
from hudhud.simulator.recorder import Recorder
from hudhud.simulator.state import World

CONNECTIONS_OUT_MAX = 64
DRAIN_S = 2
# As Meta's servers: longer than those who ask keep an idle connection.
KEEPALIVE_S = 75


@dataclass
class Simulator:
    """What the requests share, at `app.state.simulator`."""

    settings: Settings
    world: World
    http: aiohttp.ClientSession
    postman: Postman
    saving: asyncio.Lock = field(default_factory=asyncio.Lock)


def create_app(settings: Settings) -> Starlette:
    """Make the simulator.

    Args:
        settings: `data_dir` holds the registrations, `host` says which names it answers to.
    """
    return Starlette(
        routes=[
            *pages.ROUTES,
            *script_api.ROUTES,
            *control_api.ROUTES,
            *thread_reads.ROUTES,
            *templates.ROUTES,
            *instances.ROUTES,
            *evolution.ROUTES,
            *endpoint.ROUTES,
        ],
        middleware=[Middleware(Guard, host=settings.host)],
        exception_handlers={HudhudError: _sentence},
        lifespan=_lifespan(settings),
    )


def create_server(settings: Settings) -> uvicorn.Server:
    """Make the server that runs it, on `settings.host` and `settings.simulator_port`.

    Faults that cut connections need this very server; under another one they hold instead.
    """
    app = create_app(settings)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.simulator_port,
        http=CuttableProtocol,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=DRAIN_S,
        timeout_keep_alive=KEEPALIVE_S,
    )
    return _Server(config, app)


async def serve(settings: Settings) -> None:
    """Run until told to stop.

    Raises:
        PortTakenError: another program listens there.
    """
    try:
        listener = socket.create_server((settings.host, settings.simulator_port), backlog=2048)
    except OSError as error:
        where = f"{settings.host}:{settings.simulator_port}"
        raise PortTakenError(f"{where} ({error.strerror}; HUDHUD_SIMULATOR_PORT).") from None
    await create_server(settings).serve(sockets=[listener])


class _Server(uvicorn.Server):
    """A server whose drain first ends the open event streams, which would never end themselves."""

    def __init__(self, config: uvicorn.Config, app: Starlette) -> None:
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app.state.simulator.world.listeners.close()
        await super().shutdown(sockets)


def _lifespan(settings: Settings) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        path = numbers.numbers_path(settings.data_dir)
        recorder = Recorder(settings.simulator_history)
        world = World(await asyncio.to_thread(numbers.load, path), recorder)
        connector = aiohttp.TCPConnector(limit=CONNECTIONS_OUT_MAX)
        async with aiohttp.ClientSession(connector=connector) as http:
            postman = Postman(http, world)
            app.state.simulator = Simulator(settings, world, http, postman)
            yield
            world.listeners.close()
            await postman.close()
            recorder.close()

    return life


async def _sentence(_request: Request, error: Exception) -> Response:
    sentence = error.sentence if isinstance(error, HudhudError) else str(error)
    status = 409
    if isinstance(error, BadInputError):
        status = 400
    elif isinstance(error, NotFoundError):
        status = 404
    return JSONResponse({"error": sentence}, status_code=status)
