"""`hudhud migrate`: brings the tables to this release; on an external database only this does."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Literal, cast
from urllib.parse import unquote

import typer

from hudhud.cli.process.loading import loaded
from hudhud.cli.running import AsJson, print_json
from hudhud.errors import SettingsWrongError
from hudhud.readers import split_url
from hudhud.settings import Settings


def migrate(
    *,
    phase: str = typer.Option("all", help="all, or before: while the old release still runs."),
    show: bool = typer.Option(False, "--status", help="Show what is pending; change nothing."),
    as_json: bool = AsJson,
) -> None:
    """Apply pending migrations; an embedded database is dumped first when it holds data."""
    from hudhud.cli.process.logs import configure  # noqa: PLC0415 - `--help` must not wait for it
    from hudhud.ops.addresses import with_postgresql  # noqa: PLC0415 - the same
    from hudhud.store.schema import migrate as runner  # noqa: PLC0415 - the same

    if phase not in ("all", "before"):
        raise typer.BadParameter("all or before", param_hint="--phase")
    settings = loaded()
    configure(settings, least="warning")
    with with_postgresql(settings) as reached:
        url = owner_url(settings)
        if show:
            names = list(asyncio.run(runner.status(url)).pending)
        else:
            chosen = cast("Literal['all', 'before']", phase)
            names = bring_up(settings, url, runtime_role(reached), chosen)
    if as_json:
        print_json({"pending" if show else "applied": names})
        return
    verb = "Pending" if show else "Applied"
    typer.echo("\n".join(f"{verb}: {name}" for name in names) or "Nothing is pending.")


def bring_up(
    settings: Settings, url: str, role: str, phase: Literal["all", "before"] = "all"
) -> list[str]:
    """Dump an embedded database that holds data, then apply what is pending.

    Args:
        settings: to know whether the database is ours.
        url: of the owner of the tables.
        role: the runtime role.
        phase: as `store.migrate.migrate`.

    Raises:
        EngineError: the dump failed; nothing was applied.
        MigrationError: files and database do not agree.
    """
    from hudhud.ops.dump import dump  # noqa: PLC0415 - `--help` must not wait for it
    from hudhud.store.schema import migrate as runner  # noqa: PLC0415 - the same

    now = asyncio.run(runner.status(url))
    if settings.embedded_database and now.applied and now.pending:
        dump(settings.data_dir, url, datetime.now(UTC))
    return asyncio.run(runner.migrate(url, runtime_role=role, phase=phase))


def owner_url(settings: Settings) -> str:
    """The address as the owner of the tables.

    Raises:
        SettingsWrongError: the database is external, and HUDHUD_MIGRATION_URL is not set.
    """
    from hudhud.ops.addresses import postgresql_url  # noqa: PLC0415 - `--help` must not wait

    if settings.embedded_database:
        return postgresql_url(settings.data_dir, "owner")
    if not settings.migration_url:
        raise SettingsWrongError(
            ("HUDHUD_MIGRATION_URL: is missing; it names the owner of the tables",)
        )
    return settings.migration_url


def runtime_role(settings: Settings) -> str:
    """The role that Hudhud serves as, out of its address.

    Raises:
        SettingsWrongError: the address names no role.
    """
    role = unquote(split_url(settings.database_url).username or "")
    if not role:
        raise SettingsWrongError(("HUDHUD_DATABASE_URL: must name a role",))
    return role
