"""Where a drill takes place: engines, a simulator and shops of its own, all temporary."""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import asyncpg

from hudhud.errors import ChildFailedError
from hudhud.model import Inbox
from hudhud.ops.child import Child, RunningChild
from hudhud.ops.demo_stage import (
    HOST,
    KEY_BYTES,
    free_ports,
    not_the_installation,
    temporary_folder,
)
from hudhud.ops.drills.shops import Shop, opened
from hudhud.ops.engines import (
    PostgresqlEngine,
    ValkeyEngine,
    start_postgresql,
    start_valkey,
)
from hudhud.ops.engines.postgresql import RUNTIME
from hudhud.store.pool import Database
from hudhud.store.schema.migrate import migrate

LEASE_S = 10.0
SWEEP_S = 2.0
WEB_PROCESSES = 2
WORKER_PROCESSES = 3
POOL_SIZE = 3
LOOK_S = 0.05
READY_S_MAX = 30.0
STOP_S_MAX = 5.0
ASK_TIMEOUT_S = 20.0


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything but Hudhud's own processes, which the nemesis may kill."""

    folder: Path
    postgresql: PostgresqlEngine
    valkey: ValkeyEngine
    environ: dict[str, str]
    database: Database
    shops: tuple[Shop, ...]
    http: aiohttp.ClientSession
    simulator: RunningChild
    simulator_url: str
    web_url: str
    history: Path

    @property
    def log(self) -> Path:
        """What Hudhud's processes say."""
        return self.folder / "up.log"

    @property
    def inboxes(self) -> tuple[Inbox, ...]:
        """All accounts, in the order of the plan's."""
        return tuple(inbox for shop in self.shops for inbox in shop.inboxes)

    async def ask(self, method: str, path: str, body: Any = None) -> Any:
        """Call the simulator's script or control API.

        Raises:
            ChildFailedError: it did not take it.
        """
        url = f"{self.simulator_url}/simulator{path}"
        async with self.http.request(method, url, json=body) as answer:
            if answer.status not in (200, 204):
                raise ChildFailedError(f"The simulator refused: {await answer.text()}")
            return await answer.json() if answer.status == 200 else None  # noqa: PLR2004 - HTTP OK

    async def silence(self) -> None:
        """End the simulator: from here on nobody else writes into the history."""
        await asyncio.to_thread(_stop, self.simulator)

    async def as_owner(self) -> asyncpg.Connection[asyncpg.Record]:
        """A connection of the tables' owner, who sees every merchant; close it."""
        return await asyncpg.connect(self.postgresql.owner_url, timeout=ASK_TIMEOUT_S)


@asynccontextmanager
async def prepared(model_url: str) -> AsyncIterator[Ground]:
    """Set everything up, and take all of it down again whatever happens.

    Args:
        model_url: where the model's stand-in answers.

    Raises:
        EngineError: the packaged engines cannot run here.
        ChildFailedError: the simulator did not start.
    """
    with temporary_folder("drill") as folder, _engines(folder) as (postgresql, valkey):
        await migrate(postgresql.owner_url, runtime_role=RUNTIME)
        environ = _environ(folder, postgresql, valkey, model_url)
        simulator_url = f"http://{HOST}:{environ['HUDHUD_SIMULATOR_PORT']}"
        database = await Database.open(postgresql.app_url, size=POOL_SIZE, name="drill")
        limit = aiohttp.ClientTimeout(total=ASK_TIMEOUT_S)
        try:
            with _simulator(environ) as running:
                async with aiohttp.ClientSession(timeout=limit) as http:
                    await _answers(http, simulator_url, running)
                    yield Ground(
                        folder=folder,
                        postgresql=postgresql,
                        valkey=valkey,
                        environ=environ,
                        database=database,
                        shops=await opened(database, environ["ENCRYPTION_KEY_HEX"], simulator_url),
                        http=http,
                        simulator=running,
                        simulator_url=simulator_url,
                        web_url=f"http://{HOST}:{environ['HUDHUD_PORT']}",
                        history=Path(environ["HUDHUD_SIMULATOR_HISTORY"]),
                    )
        finally:
            await database.close()


async def register(ground: Ground) -> None:
    """Make the accounts known to the simulator, which challenges their webhooks.

    Raises:
        ChildFailedError: a webhook failed its challenge.
    """
    for inbox in ground.inboxes:
        names = ("phone_number_id", "token", "app_secret", "verify_token")
        told = {name: inbox.options[name] for name in names} | {
            "display_phone_number": inbox.account,
            "name": inbox.name,
            "webhook_url": f"{ground.web_url}/webhooks/{inbox.channel}/{inbox.key}",
        }
        answer = await ground.ask("POST", "/numbers", told)
        if not answer["verified"]:
            raise ChildFailedError(f"The webhook failed its challenge: {answer['reason']}")


def _environ(
    folder: Path, postgresql: PostgresqlEngine, valkey: ValkeyEngine, model_url: str
) -> dict[str, str]:
    web_port, simulator_port = free_ports(2)
    keys = {name: secrets.token_hex(KEY_BYTES) for name in ("SECRET_KEY", "ENCRYPTION_KEY_HEX")}
    return {
        **not_the_installation(),
        **keys,
        "HUDHUD_DATABASE_URL": postgresql.app_url,
        "HUDHUD_QUEUE_URL": valkey.url,
        "HUDHUD_DATA_DIR": str(folder),
        "HUDHUD_PORT": str(web_port),
        "HUDHUD_SIMULATOR_PORT": str(simulator_port),
        "HUDHUD_SIMULATOR_HISTORY": str(folder / "history.jsonl"),
        "HUDHUD_WEB_PROCESSES": str(WEB_PROCESSES),
        "HUDHUD_WORKER_PROCESSES": str(WORKER_PROCESSES),
        "HUDHUD_WORKER_METRICS_PORT": "0",
        "HUDHUD_LEASE_S": str(LEASE_S),
        "HUDHUD_SWEEP_S": str(SWEEP_S),
        "HUDHUD_SEND_TIMEOUT_S": "2",
        # Else each fault of the provider or the model would be one of a minute.
        "HUDHUD_BREAKER": "open_s=2",
        "HUDHUD_LLM_MODEL": "openai:stand-in",
        "HUDHUD_LLM_BASE_URL": model_url,
        "HUDHUD_LOG_LEVEL": "warning",
        "HUDHUD_LOG_FORMAT": "json",
    }


@contextmanager
def _engines(folder: Path) -> Iterator[tuple[PostgresqlEngine, ValkeyEngine]]:
    postgresql = start_postgresql(folder)
    try:
        valkey = start_valkey(folder)
        try:
            yield postgresql, valkey
        finally:
            valkey.stop()
    finally:
        postgresql.stop()


@contextmanager
def _simulator(environ: dict[str, str]) -> Iterator[RunningChild]:
    lifeline, held = os.pipe()
    argv = (sys.executable, "-m", "hudhud", "simulator")
    running = RunningChild(Child(name="simulator", argv=argv, env=environ), lifeline)
    try:
        yield running
    finally:
        _stop(running)
        os.close(lifeline)
        os.close(held)


def _stop(running: RunningChild) -> None:
    running.ask_to_stop()
    deadline = time.monotonic() + STOP_S_MAX
    while running.alive and time.monotonic() < deadline:
        time.sleep(LOOK_S)
    running.kill()


async def _answers(http: aiohttp.ClientSession, url: str, running: RunningChild) -> None:
    async with asyncio.timeout(READY_S_MAX):
        while running.alive:
            try:
                async with http.get(f"{url}/simulator/waiting"):
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(LOOK_S)
    raise ChildFailedError("The simulator.")
