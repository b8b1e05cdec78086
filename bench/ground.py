"""What is measured on: durable engines, a merchant with one inbox, one web process."""

from __future__ import annotations

import asyncio
import http.client
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from hudhud.core.secrets import Vault
from hudhud.core.setting_up import add_merchant, connect_inbox
from hudhud.model import Inbox
from hudhud.ops.engines import start_postgresql, start_valkey
from hudhud.store.pool import Database
from hudhud.store.schema.migrate import migrate

READY_S_MAX = 30.0
STOP_S_MAX = 20.0
LOOK_S = 0.05
CONNECTIONS = 4


@dataclass(frozen=True, slots=True)
class Ground:
    """One merchant's inbox in an open database, and where a web process of it listens."""

    database: Database
    inbox: Inbox
    port: int


@asynccontextmanager
async def ground(folder: Path) -> AsyncIterator[Ground]:
    """Start everything in a folder, and stop it whatever happens."""
    key_hex = secrets.token_hex(32)
    postgresql = await asyncio.to_thread(start_postgresql, folder)
    valkey = await asyncio.to_thread(start_valkey, folder)
    try:
        await migrate(postgresql.owner_url, runtime_role="hudhud_app")
        database = await Database.open(postgresql.app_url, size=CONNECTIONS, name="hudhud-bench")
        inbox = await _inbox(database, key_hex)
        port = _free_port()
        environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith("HUDHUD_")},
            "HUDHUD_DATABASE_URL": postgresql.app_url,
            "HUDHUD_QUEUE_URL": valkey.url,
            "HUDHUD_DATA_DIR": str(folder),
            "HUDHUD_PORT": str(port),
            "HUDHUD_LOG_LEVEL": "error",
            "SECRET_KEY": secrets.token_hex(32),
            "ENCRYPTION_KEY_HEX": key_hex,
        }
        try:
            with _web(environ, port):
                yield Ground(database, inbox, port)
        finally:
            await database.close()
    finally:
        for engine in (valkey, postgresql):
            await asyncio.to_thread(engine.stop)


async def _inbox(database: Database, key_hex: str) -> Inbox:
    merchant_id = await add_merchant(
        database, key="bench", name="قياس", language="ar", currency="IQD"
    )
    return await connect_inbox(
        database,
        Vault(key_hex),
        merchant_id,
        channel="whatsapp",
        name="قياس",
        given={
            "phone_number_id": "700000000001",
            "token": "token",
            "app_secret": secrets.token_hex(16),
            "verify_token": "verify",
        },
    )


@contextmanager
def _web(environ: dict[str, str], port: int) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", "hudhud", "web"], env=environ)
    try:
        deadline = time.monotonic() + READY_S_MAX
        while not _ready(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the web process did not come up")
            time.sleep(LOOK_S)
        yield
    finally:
        process.terminate()
        process.wait(STOP_S_MAX)


def _ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == 200  # noqa: PLR2004 - OK
    except OSError:
        return False
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])
