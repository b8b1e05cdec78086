"""`hudhud doctor`: looks at everything that must hold, and says what to do where it does not."""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import typer

from hudhud.cli.process.loading import loaded
from hudhud.cli.running import AsJson, print_json
from hudhud.errors import HudhudError, SettingsWrongError
from hudhud.settings import Settings

CLOCK_S_MAX = 2.0
DISK_BYTES_MIN = 512 * 1024 * 1024
CHECK_S_MAX = 10.0
COMMIT_S_MAX = 4.0


class Finding(msgspec.Struct, frozen=True):
    """What one check found: its stable name, whether it holds, and a sentence."""

    name: str
    holds: bool
    sentence: str


def doctor(*, as_json: bool = AsJson) -> None:
    """Check settings, data, engines, migrations, role, spool and clock; 1 when one is wrong."""
    findings = asyncio.run(examined())
    if as_json:
        print_json(findings)
    else:
        for finding in findings:
            typer.echo(f"{'✓' if finding.holds else '✗'} {finding.name}: {finding.sentence}")
    if not all(finding.holds for finding in findings):
        raise typer.Exit(1)


async def examined() -> list[Finding]:
    """Run every check; one that fails does not stop the next.

    Raises:
        SettingsWrongError: nothing can be checked with wrong settings.
    """
    from hudhud.cli.process.logs import configure  # noqa: PLC0415 - `--help` must not wait for it
    from hudhud.ops.addresses import resolved  # noqa: PLC0415 - the same

    settings = loaded()
    configure(settings, least="error")
    findings = [Finding("settings", holds=True, sentence="Every variable is understood.")]
    try:
        reached = resolved(settings)
    except HudhudError as error:
        return [*findings, Finding("data", holds=False, sentence=error.sentence)]
    for name, check in CHECKS.items():
        try:
            sentence = await asyncio.wait_for(check(reached), CHECK_S_MAX)
            findings.append(Finding(name, holds=True, sentence=sentence))
        except SettingsWrongError:
            raise
        except HudhudError as error:
            findings.append(Finding(name, holds=False, sentence=error.sentence))
        except (OSError, TimeoutError) as error:
            findings.append(Finding(name, holds=False, sentence=_plain(error)))
    return findings


async def _data(settings: Settings) -> str:
    from hudhud.ops.ephemeral import refuse_ephemeral  # noqa: PLC0415 - `--help` must not wait

    refuse_ephemeral(settings.data_dir)
    free = shutil.disk_usage(settings.data_dir).free
    if free < DISK_BYTES_MIN:
        raise HudhudError(f"Only {free // 1024**2} MiB are free in {settings.data_dir}.")
    return f"{settings.data_dir}, {free // 1024**3} GiB free."


async def _postgresql(settings: Settings) -> str:
    from hudhud.store.pool import Database  # noqa: PLC0415 - `--help` must not wait for it
    from hudhud.store.server import fitness  # noqa: PLC0415 - the same

    database = await Database.open(settings.database_url, size=1, name="hudhud-doctor")
    try:
        facts = await fitness.refuse_unfit(database)
        if not await database.takes_writes(timeout_s=COMMIT_S_MAX):
            raise HudhudError(
                f"It does not commit within {COMMIT_S_MAX:.0f} s; does the standby answer that "
                "synchronous_standby_names waits for?"
            )
    finally:
        await database.close()
    return (
        f"PostgreSQL {facts.version} ({fitness.SUPPORTED_FROM} is the oldest that will do) answers "
        "and commits durably, and the runtime role is bound by row security."
    )


async def _migrations(settings: Settings) -> str:
    from hudhud.store.schema.migrate import status  # noqa: PLC0415 - `--help` must not wait for it

    now = await status(settings.database_url)
    if now.pending:
        raise HudhudError(f"{len(now.pending)} migrations are pending; run `hudhud migrate`.")
    return f"All {len(now.applied)} are applied."


async def _key(settings: Settings) -> str:
    from hudhud.core.secrets import check_key, vault_of  # noqa: PLC0415 - `--help` must not wait
    from hudhud.store.pool import Database  # noqa: PLC0415 - the same

    database = await Database.open(settings.database_url, size=1, name="hudhud-doctor")
    try:
        async with database.deed() as connection:
            await check_key(connection, vault_of(settings))
    finally:
        await database.close()
    return "ENCRYPTION_KEY_HEX opens what is stored."


async def _clock(settings: Settings) -> str:
    before = time.time()
    theirs = await _asked(settings, "select extract(epoch from clock_timestamp())::float8")
    apart_s = float(theirs) - (before + time.time()) / 2
    if abs(apart_s) > CLOCK_S_MAX:
        raise HudhudError(f"This clock and PostgreSQL's are {apart_s:+.1f} s apart; set both.")
    return f"{apart_s * 1000:+.0f} ms from PostgreSQL's."


async def _valkey(settings: Settings) -> str:
    from hudhud.queue import fitness  # noqa: PLC0415 - `--help` must not wait for it
    from hudhud.queue.client import connect  # noqa: PLC0415 - the same

    valkey = await connect(settings.queue_url)
    try:
        flaws = await fitness.flaws(valkey)
    finally:
        await valkey.close()
    if flaws:
        raise HudhudError(" ".join(flaw.sentence for flaw in flaws))
    return "It answers, takes hints and forgets none of them."


async def _spool(settings: Settings) -> str:
    from hudhud.ops.ephemeral import refuse_ephemeral  # noqa: PLC0415 - `--help` must not wait

    folder = settings.data_dir / "spool"
    place = folder if folder.exists() else settings.data_dir
    refuse_ephemeral(place)
    if not os.access(place, os.W_OK | os.X_OK):
        raise HudhudError(f"{place} cannot be written; webhooks would be refused.")
    waiting = sum(1 for path in folder.rglob("*") if path.is_file()) if folder.exists() else 0
    return f"It can be written; {waiting} files are in it."


async def _storage(settings: Settings) -> str:
    from hudhud.core.breaker import policy_of  # noqa: PLC0415 - `--help` must not wait for it
    from hudhud.core.media.storage import opened_storage, try_out  # noqa: PLC0415 - the same
    from hudhud.core.outside.breakers import Breakers  # noqa: PLC0415 - the same

    async with opened_storage(settings, Breakers(policy_of(settings.breaker))) as storage:
        await try_out(storage)
    where = "the bucket of HUDHUD_S3_URL" if settings.s3_url else str(settings.data_dir / "media")
    return f"Files are kept in {where}, and read again."


CHECKS: dict[str, Callable[[Settings], Awaitable[str]]] = {
    "data": _data,
    "postgresql": _postgresql,
    "migrations": _migrations,
    "key": _key,
    "clock": _clock,
    "valkey": _valkey,
    "spool": _spool,
    "files": _storage,
}


async def _asked(settings: Settings, statement: str) -> Any:
    from hudhud.store.pool import Database  # noqa: PLC0415 - `--help` must not wait for it

    database = await Database.open(settings.database_url, size=1, name="hudhud-doctor")
    try:
        return (await database.call(statement))[0][0]
    finally:
        await database.close()


def _plain(error: OSError | TimeoutError) -> str:
    return getattr(error, "strerror", None) or f"It took longer than {CHECK_S_MAX:.0f} s."
