"""`hudhud up`: everything on this machine with one command, and one calm screen about it."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import typer

from hudhud.cli import sample_shop
from hudhud.cli.migrate import bring_up, owner_url, runtime_role
from hudhud.cli.operator import link_address
from hudhud.cli.process.loading import loaded
from hudhud.errors import HudhudError, MigrationError
from hudhud.settings import Settings

if TYPE_CHECKING:
    from hudhud.ops.engines import Engine
    from hudhud.ops.supervisor import Child

# Stages of the end: who takes webhooks stops first, who answers next, the stand-in last.
WEB, WORKER, SIMULATOR = 0, 1, 2
STOP_SLACK_S = 5.0
ASK_TIMEOUT_S = 2.0


@dataclass(frozen=True, slots=True)
class Told:
    """What the screen says besides the settings."""

    link: str
    webhooks: tuple[str, ...]


def up() -> None:
    """Start everything here: engines, tables, a sample shop, web, worker and phone simulator.

    Ctrl-C drains and stops all of it in order.
    """
    raise typer.Exit(run())


def run() -> int:
    """Start everything here, and stand by it until it is told to stop.

    Returns: the exit code.

    Raises:
        SettingsWrongError: everything that is wrong, at once.
        HudhudError: something does not start; its sentence says what to do.
    """
    from hudhud.cli.process.logs import configure  # noqa: PLC0415 - `--help` must not wait for it
    from hudhud.ops import ports  # noqa: PLC0415 - the same
    from hudhud.ops.supervisor import Supervisor  # noqa: PLC0415 - the same

    settings = loaded()
    configure(settings, least="warning")
    ports.check(settings.host, settings.port, "HUDHUD_PORT")
    ports.check(settings.host, settings.simulator_port, "HUDHUD_SIMULATOR_PORT")
    with ExitStack() as started:
        engines = _start_engines(settings, started)
        reached = _reached(settings, engines)
        _bring_tables_up(settings, reached)
        told = asyncio.run(_prepare(reached))
        supervisor = Supervisor(_children(reached), engines)
        started.pop_all()  # from here on the supervisor stops them
        return supervisor.run(on_ready=partial(_announce, reached, told))


def _start_engines(settings: Settings, started: ExitStack) -> list[Engine]:
    from hudhud.ops.engines import (  # noqa: PLC0415 - `--help` must not wait for it
        start_postgresql,
        start_valkey,
    )

    engines: list[Engine] = []
    if settings.embedded_database:
        engines.append(start_postgresql(settings.data_dir))
        started.callback(engines[-1].stop)
    if settings.embedded_queue:
        engines.append(start_valkey(settings.data_dir))
        started.callback(engines[-1].stop)
    return engines


def _reached(settings: Settings, engines: list[Engine]) -> Settings:
    from hudhud.ops.engines import PostgresqlEngine, ValkeyEngine  # noqa: PLC0415 - as above

    for engine in engines:
        if isinstance(engine, PostgresqlEngine):
            settings = replace(settings, database_url=engine.app_url)
        elif isinstance(engine, ValkeyEngine):
            settings = replace(settings, queue_url=engine.url)
    return settings


def _bring_tables_up(settings: Settings, reached: Settings) -> None:
    """Migrate the packaged database; an external one is somebody's: only say what is to be done."""
    from hudhud.store.schema.migrate import status  # noqa: PLC0415 - `--help` must not wait for it

    if settings.embedded_database:
        bring_up(settings, owner_url(settings), runtime_role(reached))
        return
    pending = asyncio.run(status(reached.database_url)).pending
    if pending:
        raise MigrationError(
            f"{len(pending)} are pending on the external database. Back it up, then run:\n"
            "  HUDHUD_MIGRATION_URL=postgresql://OWNER:…@… hudhud migrate"
        )


async def _prepare(settings: Settings) -> Told:
    """Check the key, seed what a first start needs, make the link that the screen shows."""
    from hudhud.core.secrets import check_key, vault_of  # noqa: PLC0415 - `--help` must not wait
    from hudhud.core.setting_up import sign_in_link  # noqa: PLC0415 - the same
    from hudhud.store.pool import Database  # noqa: PLC0415 - the same
    from hudhud.store.server.fitness import refuse_unfit  # noqa: PLC0415 - the same

    vault = vault_of(settings)
    database = await Database.open(settings.database_url, size=2, name="hudhud-up")
    try:
        await refuse_unfit(database)
        async with database.deed() as connection:
            await check_key(connection, vault)
        inboxes = await sample_shop.ensure(database, vault, settings)
        link = ""
        if inboxes:
            token = await sign_in_link(
                database, settings.secret_key, sample_shop.OPERATOR, datetime.now(UTC)
            )
            link = link_address(settings, token)
        base = settings.webhook_base_url
        return Told(link, tuple(f"{base}/{one.channel}/{one.key}" for one in inboxes))
    finally:
        await database.close()


def _children(settings: Settings) -> list[Child]:
    from hudhud.ops.burial import free_leases  # noqa: PLC0415 - `--help` must not wait for it
    from hudhud.ops.supervisor import Child, web_is_ready  # noqa: PLC0415 - the same

    # Children read their settings from the environment; these are what only we know.
    env = {
        "HUDHUD_DATABASE_URL": settings.database_url,
        "HUDHUD_QUEUE_URL": settings.queue_url,
        "HUDHUD_DATA_DIR": str(settings.data_dir),
    }
    if sys.stderr.isatty() and "HUDHUD_LOG_LEVEL" not in os.environ:
        env["HUDHUD_LOG_LEVEL"] = "warning"  # the screen stays calm, and what is wrong is seen
    stop_s = settings.drain_s + STOP_SLACK_S
    free = partial(free_leases, settings.database_url, within_s=settings.lease_s)

    def child(name: str, stage: int, ready: Callable[[], bool] | None = None) -> Child:
        return Child(
            name=name,
            argv=(sys.executable, "-m", "hudhud", name),
            env=env,
            stage=stage,
            stop_s=stop_s,
            ready=ready,
            after_death=free if stage == WORKER else None,
        )

    children = []
    if settings.simulator_port:
        listens = partial(_listens, settings.host, settings.simulator_port)
        children.append(child("simulator", SIMULATOR, listens))
    children += [child("worker", WORKER) for _ in range(settings.worker_processes)]
    ready = partial(web_is_ready, settings.host, settings.port)
    return [*children, *(child("web", WEB, ready) for _ in range(settings.web_processes))]


def _listens(host: str, port: int) -> bool:
    try:
        socket.create_connection((sample_shop.asked_host(host), port), ASK_TIMEOUT_S).close()
    except OSError:
        return False
    return True


def _announce(settings: Settings, told: Told) -> None:
    problem = ""
    if settings.simulator_port:
        try:
            asyncio.run(sample_shop.register(settings))
        except HudhudError as error:
            problem = error.sentence
    _print_screen(settings, told, problem)


def _print_screen(settings: Settings, told: Told, problem: str) -> None:
    from rich.console import Console  # noqa: PLC0415 - `--help` must not wait for it
    from rich.text import Text  # noqa: PLC0415 - the same

    from hudhud.ops.ephemeral import forgets  # noqa: PLC0415 - the same

    rows = [("Console", told.link or settings.webhook_base_url.removesuffix("/webhooks"))]
    if settings.simulator_port:
        rows.append(("Phones", sample_shop.simulator_url(settings)))
    rows += [("Webhook", url) for url in told.webhooks]
    rows += [("Data", str(settings.data_dir)), ("Stop", "Ctrl-C")]
    # Not a table: an address that a table folds cannot be clicked or copied.
    screen = Console(soft_wrap=True, highlight=False)
    screen.print(Text("\n  هدهد · Hudhud is up\n", style="bold dark_orange3"))
    for name, value in rows:
        screen.print(Text.assemble("  ", (f"{name:<10}", "bold"), value))
    if told.link:
        screen.print(Text("\n  The console link signs you in once; it is good for a day."))
    if where := forgets(settings.data_dir):
        told_where = f"\n  {settings.data_dir} is {where}: a restart of the machine empties it."
        screen.print(Text(told_where, style="red"))
    if problem:
        screen.print(Text(f"\n  The phone simulator is not connected: {problem}", style="red"))
