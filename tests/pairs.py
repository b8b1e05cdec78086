"""A PostgreSQL and the synchronous standby that follows it, both on Unix sockets."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import asyncpg
import psutil

import servers
from hudhud.ops.account import engine_account
from hudhud.ops.engines import PostgresqlEngine
from hudhud.ops.folders import own, prepare
from hudhud.store.schema.migrate import migrate

STANDBY = "second"
FOLLOWS_S_MAX = 20.0


@dataclass(frozen=True)
class Pair:
    """Two servers; whoever asks the URLs finds the one of them that writes."""

    primary: PostgresqlEngine
    standby: PostgresqlEngine

    @property
    def app_url(self) -> str:
        """The runtime role on whichever server writes; the product finds it by itself."""
        return both(self.primary.app_url, self.standby.app_url)

    @property
    def owner_url(self) -> str:
        """The owner, for a plain connection."""
        hosts = both(self.primary.owner_url, self.standby.owner_url)
        return f"{hosts}&target_session_attrs=read-write"

    @contextmanager
    def silent_standby(self) -> Iterator[None]:
        """The standby takes nothing: what commits meanwhile is on one disk only."""
        with paused(self.standby):
            yield

    def fence(self) -> None:
        """The primary is dead, and will not come back: the one thing that must come first."""
        self.primary.kill()
        self.primary.stop()

    def promote(self) -> None:
        """Make the standby the primary; returns when it takes writes."""
        asked(self.standby.admin_url, "select pg_promote(true, 30)")


@contextmanager
def paused(engine: PostgresqlEngine) -> Iterator[None]:
    """All processes of a server stand still, as on a machine that hangs."""
    server = psutil.Process(engine.pid)
    processes = [server, *server.children()]
    for process in processes:
        process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        for process in reversed(processes):
            if process.is_running():
                process.send_signal(signal.SIGCONT)


@contextmanager
def running_pair() -> Iterator[Pair]:
    """Start a migrated primary, and a standby without which it does not commit."""
    with ExitStack() as ends:
        one, two = servers.folder(), servers.folder()
        for folder in (one, two):
            ends.callback(shutil.rmtree, folder, ignore_errors=True)
        primary = servers.start(one)
        ends.callback(primary.stop)
        _run(migrate(primary.owner_url, runtime_role="hudhud_app"))
        standby = _following(primary, two)
        ends.callback(standby.stop)
        asked(primary.admin_url, f"alter system set synchronous_standby_names = '{STANDBY}'")
        asked(primary.admin_url, "select pg_reload_conf()")
        _until_synchronous(primary)
        yield Pair(primary, standby)


def asked(url: str, sql: str) -> Any:
    """One statement over a connection of its own."""

    async def ask() -> Any:
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetchval(sql)
        finally:
            await connection.close()

    return _run(ask())


def both(first: str, second: str) -> str:
    """One URL for two servers of the same names and passwords."""
    sockets = [parse_qs(urlsplit(url).query)["host"][0] for url in (first, second)]
    return first.split("?", 1)[0] + f"?host={','.join(sockets)}&port=5432"


def _following(primary: PostgresqlEngine, folder: Path) -> PostgresqlEngine:
    account = prepare(folder)
    shutil.copytree(primary.launch.folder.parent / "keys", folder / "keys")
    copy = own(folder / "postgresql", account)
    program = servers.program("pg_basebackup", folder, account)
    from_where = f"{primary.admin_url}&application_name={STANDBY}"
    command = [program, "-d", from_where, "-D", copy, "-R", "-X", "stream", "--checkpoint=fast"]
    taken = subprocess.run(  # noqa: S603 - the packaged program
        command,
        capture_output=True,
        check=False,
        cwd="/",
        env={"PATH": os.defpath},
        **({} if account is None else account.popen),
    )
    assert taken.returncode == 0, taken.stderr.decode()
    assert engine_account(folder) == account
    return servers.start(folder)


def _until_synchronous(primary: PostgresqlEngine) -> None:
    deadline = time.monotonic() + FOLLOWS_S_MAX
    following = "select count(*) from pg_stat_replication where sync_state = 'sync'"
    while asked(primary.admin_url, following) != 1:
        assert time.monotonic() < deadline, "the standby does not follow"
        time.sleep(0.02)


def _run(deed: Any) -> Any:
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        return runner.run(deed)
