"""Where the demo plays: engines, processes, a shop and two numbers, all temporary."""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp

from hudhud.core.secrets import Vault
from hudhud.core.setting_up import connect_inbox, seed
from hudhud.errors import ChildFailedError
from hudhud.model import Inbox
from hudhud.ops.child import Child, RunningChild
from hudhud.ops.demo_script import Customer, Line
from hudhud.ops.engines import start_postgresql, start_valkey
from hudhud.ops.engines.postgresql import RUNTIME
from hudhud.ops.sample.sample import sample
from hudhud.ops.supervisor import web_is_ready
from hudhud.settings import declared
from hudhud.store.pool import Database
from hudhud.store.schema.migrate import migrate

HOST = "127.0.0.1"
READY_S_MAX = 30.0
STOP_S_MAX = 10.0
LOOK_S = 0.05
POOL_SIZE = 2
TIMEOUT = aiohttp.ClientTimeout(total=20)
FIRST_WA_ID = 9647700001000
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Stage:
    """What the play needs: the simulator's address, the database, the two inboxes by name."""

    http: aiohttp.ClientSession
    simulator_url: str
    database: Database
    inboxes: dict[str, Inbox]

    @property
    def merchant_id(self) -> int:
        """The sample shop, whose both inboxes are."""
        return self.inboxes["shop"].merchant_id

    async def say(self, customer: Customer, place: int, lines: Sequence[Line]) -> list[str]:
        """Let a customer's phone say these lines; returns their wamids.

        Raises:
            ChildFailedError: the simulator did not take them.
        """
        asked = {
            "phone_number_id": self.inboxes[customer.to].account,
            "delivery": customer.how,
            "name": customer.name,
            "messages": [_spoken(line) for line in lines],
        }
        told = await self.ask("POST", f"/phones/{wa_id(place)}/say", asked)
        return list(told["wamids"])

    async def heard(self, place: int) -> bool:
        """Whether the phone of a customer has heard anything from us yet."""
        shown = await self.ask("GET", f"/phones/{wa_id(place)}")
        return any(not message["mine"] for message in shown["messages"])

    async def ask(self, method: str, path: str, body: Any = None) -> Any:
        """Call the simulator's script or control API."""
        url = f"{self.simulator_url}/simulator{path}"
        async with self.http.request(method, url, json=body) as answer:
            if answer.status != 200:  # noqa: PLR2004 - HTTP OK
                raise ChildFailedError(f"The simulator refused: {await answer.text()}")
            return await answer.json()


def wa_id(place: int) -> str:
    """The phone number of the customer at this place of the script."""
    return str(FIRST_WA_ID + place)


@asynccontextmanager
async def staged(log_level: str) -> AsyncIterator[Stage]:
    """Set everything up, and take all of it down again whatever happens.

    Args:
        log_level: of the processes; anything but `debug` shows only what is wrong.

    Raises:
        EngineError: the packaged engines cannot run here.
        ChildFailedError: a process did not become ready.
    """
    with temporary_folder("demo") as folder, _engines(folder) as (owner_url, urls):
        await migrate(owner_url, runtime_role=RUNTIME)
        web_port, simulator_port = free_ports(2)
        keys = {name: secrets.token_hex(KEY_BYTES) for name in ("SECRET_KEY", "ENCRYPTION_KEY_HEX")}
        env = not_the_installation() | keys | urls
        env |= {
            "HUDHUD_DATA_DIR": str(folder),
            "HUDHUD_PORT": str(web_port),
            "HUDHUD_SIMULATOR_PORT": str(simulator_port),
            "HUDHUD_LOG_LEVEL": log_level if log_level == "debug" else "warning",
        }
        database = await Database.open(urls["HUDHUD_DATABASE_URL"], size=POOL_SIZE, name="demo")
        try:
            with _children(env) as children:
                await _ready(children)
                async with aiohttp.ClientSession(timeout=TIMEOUT) as http:
                    simulator_url = f"http://{HOST}:{simulator_port}"
                    vault = Vault(keys["ENCRYPTION_KEY_HEX"])
                    inboxes = await _inboxes(database, vault, simulator_url)
                    stage = Stage(http, simulator_url, database, inboxes)
                    for inbox in inboxes.values():
                        await _register(stage, inbox, f"http://{HOST}:{web_port}")
                    yield stage
        finally:
            await database.close()


async def _inboxes(database: Database, vault: Vault, simulator_url: str) -> dict[str, Inbox]:
    shop = sample()
    (first,) = await seed(
        database,
        vault,
        key=shop.merchant.slug,
        name=shop.merchant.name_ar,
        language=shop.merchant.language,
        currency=shop.merchant.currency,
        email="demo@hudhud.local",
        products=shop.products,
        faqs=shop.faqs,
        personas=shop.assistants,
        accounts=[
            (
                "whatsapp",
                shop.merchant.name_ar,
                account_options("390000000000501", simulator_url),
            )
        ],
    )
    collector = next(one for one in shop.assistants if one.fields)
    second = await connect_inbox(
        database,
        vault,
        first.merchant_id,
        channel="whatsapp",
        name=collector.name,
        given=account_options("390000000000502", simulator_url),
        assistant=collector.name,
    )
    return {"shop": first, "intake": second}


def account_options(number: str, simulator_url: str) -> dict[str, str]:
    """The options of a WhatsApp inbox at the simulator, with secrets made for it."""
    return {
        "phone_number_id": number,
        "token": secrets.token_urlsafe(KEY_BYTES),
        "app_secret": secrets.token_hex(KEY_BYTES),
        "verify_token": secrets.token_urlsafe(KEY_BYTES),
        "api_url": simulator_url,
    }


async def _register(stage: Stage, inbox: Inbox, web_url: str) -> None:
    names = ("phone_number_id", "token", "app_secret", "verify_token")
    told = {name: inbox.options[name] for name in names} | {
        "display_phone_number": inbox.account,
        "name": inbox.name,
        "webhook_url": f"{web_url}/webhooks/{inbox.channel}/{inbox.key}",
    }
    answer = await stage.ask("POST", "/numbers", told)
    if not answer["verified"]:
        raise ChildFailedError(f"The webhook failed its challenge: {answer['reason']}")


def _spoken(line: Line) -> dict[str, Any]:
    words = {"emoji": line.text} if line.kind == "reaction" else {"text": line.text}
    return {"kind": line.kind, "copies": line.copies, **words}


@contextmanager
def temporary_folder(name: str) -> Iterator[Path]:
    """A data folder of this name that is gone afterwards."""
    # The engines' account must be able to pass through it: not below anybody's private folder.
    base = "/tmp" if os.geteuid() == 0 else None  # noqa: S108 - mkdtemp makes it ours alone
    folder = Path(tempfile.mkdtemp(prefix=f"hudhud-{name}-", dir=base))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _engines(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    postgresql = start_postgresql(folder)
    try:
        valkey = start_valkey(folder)
        try:
            urls = {"HUDHUD_DATABASE_URL": postgresql.app_url, "HUDHUD_QUEUE_URL": valkey.url}
            yield postgresql.owner_url, urls
        finally:
            valkey.stop()
    finally:
        postgresql.stop()


def not_the_installation() -> dict[str, str]:
    """Variables that blank what was set for the installation itself: empty counts as not set."""
    names = [declaration.metadata["name"] for declaration in declared()]
    return {name + end: "" for name in names for end in ("", "_FILE") if name + end in os.environ}


@contextmanager
def _children(env: dict[str, str]) -> Iterator[list[RunningChild]]:
    listens = partial(_listens, int(env["HUDHUD_SIMULATOR_PORT"]))
    answers = partial(web_is_ready, HOST, int(env["HUDHUD_PORT"]))
    lifeline, held = os.pipe()
    running: list[RunningChild] = []
    try:
        for name, ready in (("simulator", listens), ("worker", None), ("web", answers)):
            argv = (sys.executable, "-m", "hudhud", name)
            running.append(
                RunningChild(Child(name=name, argv=argv, env=env, ready=ready), lifeline)
            )
        yield running
    finally:
        _stop(running)
        os.close(lifeline)
        os.close(held)


def _stop(running: Sequence[RunningChild]) -> None:
    for child in reversed(running):
        child.ask_to_stop()
    deadline = time.monotonic() + STOP_S_MAX
    while any(child.alive for child in running) and time.monotonic() < deadline:
        time.sleep(LOOK_S)
    for child in running:
        child.kill()


async def _ready(children: Sequence[RunningChild]) -> None:
    deadline = time.monotonic() + READY_S_MAX
    waiting: list[tuple[RunningChild, Callable[[], bool]]] = [
        (running, running.child.ready) for running in children if running.child.ready is not None
    ]
    while waiting:
        dead = [running.child.name for running in children if not running.alive]
        if dead or time.monotonic() > deadline:
            names = dead or [running.child.name for running, _ in waiting]
            raise ChildFailedError(f"Not ready: {', '.join(names)}.")
        await asyncio.sleep(LOOK_S)
        waiting = [(running, ready) for running, ready in waiting if not ready()]


def _listens(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex((HOST, port)) == 0


def free_ports(count: int) -> list[int]:
    """Ports of loopback that nobody listens on."""
    # All of them are held until all are known, else the system may name one twice.
    held = [socket.create_server((HOST, 0)) for _ in range(count)]
    ports = [int(listener.getsockname()[1]) for listener in held]
    for listener in held:
        listener.close()
    return ports
