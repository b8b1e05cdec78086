"""Starts PostgreSQL on a Unix socket, durable, with an owner and a runtime role that is neither."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote

from hudhud.errors import EngineError, EngineVersionError
from hudhud.ops.account import Account, named
from hudhud.ops.engines.binaries import postgresql_home, postgresql_major
from hudhud.ops.engines.process import Engine, Launch
from hudhud.ops.folders import prepare, socket_folder
from hudhud.ops.keys import keep, kept

DATABASE = "hudhud"
OWNER = "hudhud_owner"
RUNTIME = "hudhud_app"
ADMIN = "postgres"
PORT = 5432  # only the socket's name; nothing listens on a network
INITDB_S_MAX = 120.0
PASSWORD_BYTES = 24
BUILTIN_LOCALE_FROM = 17

SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    # Intake and grouped answers meet on rows; 1 s of waiting before looking is 1 s of intake lost.
    "deadlock_timeout": "100ms",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_wal_size": "1GB",
    "random_page_cost": "1.1",
    "idle_in_transaction_session_timeout": "60s",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # An error is told to the client, which logs it without a customer's words; the server's own
    # log would quote the statement and the row.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
}


# There a commit's fsync stops at the drive's own cache, and so would a 200.
SETTINGS_OF_MACOS = {"wal_sync_method": "fsync_writethrough"}


@dataclass(frozen=True, slots=True)
class _Passwords:
    admin: str
    owner: str
    runtime: str


class PostgresqlEngine(Engine):
    """The packaged PostgreSQL, running.

    `app_url` is the runtime role (neither owner nor superuser), `owner_url` owns the database and
    migrates it, `admin_url` is the superuser, on the database `postgres`, for backups and tests.
    """

    def __init__(self, launch: Launch, sockets: Path, passwords: _Passwords) -> None:
        """Start it; the URLs carry the passwords, so they are never logged."""
        self.app_url = _url(RUNTIME, passwords.runtime, DATABASE, sockets)
        self.owner_url = _url(OWNER, passwords.owner, DATABASE, sockets)
        self.admin_url = _url(ADMIN, passwords.admin, "postgres", sockets)
        super().__init__(launch)


def start_postgresql(
    data_dir: Path, *, settings: Mapping[str, str] | None = None, home: Path | None = None
) -> PostgresqlEngine:
    """Start the packaged PostgreSQL of a data directory; the first start makes the database.

    Args:
        data_dir: HUDHUD_DATA_DIR; made when it is not there.
        settings: server settings over ours, by name; the product gives none.
        home: folder with the `bin` of another PostgreSQL, which its account may read. Tests give
            the distribution's; the product gives none.

    Raises:
        EngineVersionError: the data belongs to another major version; nothing was touched.
        EngineError: it cannot run there, or another process runs it.
    """
    data_dir = Path(os.path.realpath(data_dir))
    data = data_dir / "postgresql"
    major = postgresql_major(home)
    _check_version(data, major)
    account = prepare(data_dir)
    home = home or postgresql_home(data_dir, account)
    passwords = _passwords(data_dir, first=not data.exists())
    if not data.exists():
        _make(data, home, account, passwords, major)
    sockets = socket_folder(data_dir, account)
    argv = [str(home / "bin" / "postgres"), "-D", str(data)]
    chosen = ours(sys.platform) | {"unix_socket_directories": f'"{sockets}"'} | dict(settings or {})
    for name, value in chosen.items():
        argv += ["-c", f"{name}={value}"]
    launch = Launch(
        name="PostgreSQL",
        program="postgres",
        argv=tuple(argv),
        folder=data,
        log=data_dir / "logs" / "postgresql.log",
        account=account,
        stop_signal=signal.SIGINT,
        answers=partial(_answers, data / "postmaster.pid"),
        # It names a pid that another program may have by now, and says "ready" of the dead.
        stale=(data / "postmaster.pid",),
    )
    return PostgresqlEngine(launch, sockets, passwords)


def ours(platform: str) -> dict[str, str]:
    """Our settings on a platform, as `sys.platform` names it."""
    return SETTINGS | (SETTINGS_OF_MACOS if platform == "darwin" else {})


def _check_version(data: Path, major: int) -> None:
    path = data / "PG_VERSION"
    if not path.exists():
        return
    found = path.read_text(encoding="ascii").strip()
    if found != str(major):
        raise EngineVersionError(
            f"{data} is of PostgreSQL {found}, the packaged one is {major}. Go on with the release "
            f"of Hudhud that brought PostgreSQL {found}, or dump with it, move the folder away, "
            f"start this release and restore; `pg_upgrade` does the same in place."
        )


def _passwords(data_dir: Path, *, first: bool) -> _Passwords:
    read = partial(keep, fresh_bytes=PASSWORD_BYTES) if first else kept
    return _Passwords(
        *(read(data_dir / "keys" / f"postgresql-{role}") for role in ("admin", "owner", "runtime"))
    )


def _make(
    data: Path, home: Path, account: Account | None, passwords: _Passwords, major: int
) -> None:
    """Make the cluster beside its place and move it there whole: a crash leaves no half of it."""
    new = data.with_name("postgresql.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    maker = None if account is None else named(account)
    if maker is not None:
        os.chown(new, *maker)
    options = [*_locale(major), "--encoding=UTF8", f"--username={ADMIN}"]
    options += ["--auth=scram-sha-256", "--no-instructions"]
    # initdb wants the superuser's password from a file that its account may read: a pipe may not
    # be opened by path under another account, so the file stands in the folder for that moment.
    secret = new.with_name("postgresql.pw")
    secret.unlink(missing_ok=True)
    with os.fdopen(os.open(secret, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(passwords.admin + "\n")
    if maker is not None:
        os.chown(secret, *maker)
    try:
        _run([home / "bin" / "initdb", "-D", new, f"--pwfile={secret}", *options], maker)
    finally:
        secret.unlink()
    _run([home / "bin" / "postgres", "--single", "-D", new, "postgres"], maker, _roles(passwords))
    if account is not None:
        for folder, _, names in os.walk(new):
            for name in (".", *names):
                os.chown(Path(folder) / name, *account, follow_symlinks=False)
    new.rename(data)


def _locale(major: int) -> list[str]:
    # lc_ctype decides what full-text search takes for a letter: under plain C the Arabic comma
    # and question mark would be letters. Sorting and case are the built-in provider's.
    ctype = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return [*(builtin if major >= BUILTIN_LOCALE_FROM else []), "--locale=C", f"--lc-ctype={ctype}"]


def _roles(passwords: _Passwords) -> str:
    # One statement per line: the single-user server reads them so, before any socket is open.
    return "\n".join(
        (
            f"CREATE ROLE {OWNER} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '{passwords.owner}'",
            f"CREATE ROLE {RUNTIME} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '{passwords.runtime}'",
            f"CREATE DATABASE {DATABASE} OWNER {OWNER}",
            f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC",
            f"GRANT CONNECT ON DATABASE {DATABASE} TO {RUNTIME}",
            "",
        )
    )


def _run(command: Sequence[str | Path], account: Account | None, text: str = "") -> None:
    run = subprocess.run(  # noqa: S603 - packaged programs
        [str(part) for part in command],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env={"LC_ALL": "C", "TZ": "UTC", "PATH": os.defpath},
        umask=0o077,
        timeout=INITDB_S_MAX,
        **({} if account is None else account.popen),
    )
    output = run.stdout + run.stderr
    if run.returncode != 0 or "ERROR:" in output:
        raise EngineError(f"{Path(command[0]).name}: {output.strip()[-500:]}")


def _answers(pid_file: Path) -> bool:
    # The eighth line of postmaster.pid is the server's own word on its state; one that follows
    # another server serves as well, to readers.
    try:
        lines = pid_file.read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    return len(lines) > 7 and lines[7].strip() in ("ready", "standby")  # noqa: PLR2004 - that eighth line


def _url(role: str, password: str, database: str, sockets: Path) -> str:
    return f"postgresql://{role}:{password}@/{database}?host={quote(str(sockets))}&port={PORT}"
