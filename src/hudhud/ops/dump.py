"""A dump of the packaged PostgreSQL before its tables are changed; read back before it counts."""

from __future__ import annotations

import os
import subprocess
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from hudhud.errors import EngineError
from hudhud.events import emit
from hudhud.ops.account import engine_account
from hudhud.ops.engines.binaries import postgresql_home

DUMP_S_MAX = 3600.0
ERROR_CHARS_MAX = 500


def dump(data_dir: Path, owner_url: str, now: datetime) -> Path:
    """Write DATA/backups/before-migration-TIME.dump (pg_restore's own format, mode 0600).

    Args:
        data_dir: HUDHUD_DATA_DIR.
        owner_url: the running packaged PostgreSQL as the owner of the tables.
        now: for the name.

    Raises:
        EngineError: it could not be written or read back; nothing else was done.
    """
    folder = data_dir / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"before-migration-{now:%Y%m%d-%H%M%S}.dump"
    home = postgresql_home(data_dir, engine_account(data_dir))
    parts = urlsplit(owner_url)
    query = parse_qs(parts.query)
    environ = {
        "PATH": os.defpath,
        "PGHOST": query["host"][0],
        "PGPORT": query["port"][0],
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),  # argv is readable by every user
        "PGDATABASE": parts.path.removeprefix("/"),
    }
    draft = path.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        # Row security would hide every row from a dump that obeys it.
        _run([home / "bin" / "pg_dump", "--format=custom", "--no-owner"], environ, stdout=file)
        file.flush()
        os.fsync(file.fileno())
    _run([home / "bin" / "pg_restore", "--list", draft], environ, stdout=subprocess.DEVNULL)
    draft.rename(path)
    emit("backup.made", file=path.name, bytes=path.stat().st_size)
    return path


def _run(command: list[str | Path], environ: dict[str, str], *, stdout: object) -> None:
    run = subprocess.run(  # noqa: S603 - packaged programs
        [str(part) for part in command],
        env=environ,
        stdout=stdout,  # type: ignore[call-overload] # a file or DEVNULL
        stderr=subprocess.PIPE,
        timeout=DUMP_S_MAX,
        check=False,
    )
    if run.returncode != 0:
        said = run.stderr.decode("utf-8", "replace").strip()[-ERROR_CHARS_MAX:]
        raise EngineError(f"The dump before the migration failed: {said}")
