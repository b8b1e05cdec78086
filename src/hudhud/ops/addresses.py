"""Where the engines of a data directory are reached, by a process that did not start them."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from hudhud.errors import NotFoundError
from hudhud.ops.account import engine_account
from hudhud.ops.engines.postgresql import (
    ADMIN,
    DATABASE,
    OWNER,
    PORT,
    RUNTIME,
    start_postgresql,
)
from hudhud.ops.folders import socket_folder
from hudhud.ops.keys import kept
from hudhud.settings import Settings

Role = Literal["runtime", "owner", "admin"]
ROLES: dict[Role, tuple[str, str]] = {
    "runtime": (RUNTIME, DATABASE),
    "owner": (OWNER, DATABASE),
    "admin": (ADMIN, "postgres"),
}
ASK_TIMEOUT_S = 2.0


def postgresql_url(data_dir: Path, role: Role = "runtime") -> str:
    """The address of the packaged PostgreSQL, with the role's password: never log it.

    Raises:
        NotFoundError: this data directory has no PostgreSQL yet.
    """
    data_dir = _existing(data_dir)
    user, database = ROLES[role]
    password = kept(data_dir / "keys" / f"postgresql-{role}")
    sockets = quote(str(_sockets(data_dir)))
    return f"postgresql://{user}:{password}@/{database}?host={sockets}&port={PORT}"


def valkey_url(data_dir: Path) -> str:
    """The address of the packaged Valkey."""
    return f"unix://{quote(str(_sockets(Path(os.path.realpath(data_dir))) / 'valkey.sock'))}"


def postgresql_runs(data_dir: Path) -> bool:
    """Whether the packaged PostgreSQL of this data directory takes connections."""
    path = _sockets(_existing(data_dir)) / f".s.PGSQL.{PORT}"
    try:
        with socket.socket(socket.AF_UNIX) as asked:
            asked.settimeout(ASK_TIMEOUT_S)
            asked.connect(str(path))
    except OSError:
        return False
    return True


def resolved(settings: Settings) -> Settings:
    """The settings with real addresses in place of `embedded`.

    Raises:
        NotFoundError: this data directory has no PostgreSQL yet.
    """
    settings = _with_database(settings)
    if settings.embedded_queue:
        settings = replace(settings, queue_url=valkey_url(settings.data_dir))
    return settings


@contextmanager
def with_postgresql(settings: Settings) -> Iterator[Settings]:
    """The settings of a PostgreSQL that runs; the packaged one is started when nobody runs it.

    Raises:
        NotFoundError: there is no data directory yet.
        EngineError: it does not start.
    """
    if not settings.embedded_database or postgresql_runs(settings.data_dir):
        yield _with_database(settings)
        return
    engine = start_postgresql(settings.data_dir)
    try:
        yield _with_database(settings)
    finally:
        engine.stop()


def _with_database(settings: Settings) -> Settings:
    if not settings.embedded_database:
        return settings
    return replace(settings, database_url=postgresql_url(settings.data_dir))


def _existing(data_dir: Path) -> Path:
    data_dir = Path(os.path.realpath(data_dir))
    if not (data_dir / "postgresql").exists():
        raise NotFoundError(f"Nothing is in {data_dir} yet; run `hudhud up` first.")
    return data_dir


def _sockets(data_dir: Path) -> Path:
    return socket_folder(data_dir, engine_account(data_dir))
