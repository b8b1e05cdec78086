"""One PostgreSQL for tests: small, as durable as the product demands, in memory if there is room.

HUDHUD_TEST_POSTGRESQL_BIN names the folder of another PostgreSQL's programs (15 and newer) than the
packaged one; everything that starts through this file then runs on it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from hudhud.ops.account import Account
from hudhud.ops.engines import PostgresqlEngine, start_postgresql
from hudhud.ops.engines.binaries import postgresql_home

# Taken out of the environment: Hudhud's own settings refuse variables that they do not know.
_BIN = os.environ.pop("HUDHUD_TEST_POSTGRESQL_BIN", "")
HOME = Path(_BIN).parent if _BIN else None
# Several houses share it, each of which would have a server of its own.
SMALL = {"shared_buffers": "32MB", "max_wal_size": "128MB", "max_connections": "300"}
MEMORY = Path("/dev/shm")  # noqa: S108 - mkdtemp makes a closed folder in it
DISK = Path("/tmp")  # noqa: S108 - the same; its path is short enough for sockets
MEMORY_BYTES_MIN = 2 * 1024**3


def start(folder: Path) -> PostgresqlEngine:
    """Start the server of a folder."""
    return start_postgresql(folder, settings=SMALL, home=HOME)


def program(name: str, folder: Path, account: Account | None) -> Path:
    """One of the server's programs, where its account may run it."""
    return (HOME or postgresql_home(folder, account)) / "bin" / name


def folder() -> Path:
    """A new folder where a commit costs no disk: making a database is mostly that."""
    writable = os.access(MEMORY, os.W_OK)
    roomy = writable and shutil.disk_usage(MEMORY).free >= MEMORY_BYTES_MIN
    return Path(tempfile.mkdtemp(prefix="hudhud-", dir=MEMORY if roomy else DISK))
