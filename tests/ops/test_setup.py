"""`bin/setup` on a machine that lacks something: one message that says what to do."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]
TOOLS = ("cat", "cksum", "dirname", "id", "rm", "sh", "uname")
OLD = 'case "$*" in --version) echo "Python 3.10.12" ;; *) exit 1 ;; esac'
# Fits, and has neither ensurepip nor pip.
BARE = """case "$*" in
    *sys.exit*) exit 0 ;;
    *print*) echo python3.11-venv ;;
    *without-pip*) exit 0 ;;
    *) exit 1 ;;
esac"""
# Makes a venv whose pip finds nothing.
POOR = """case "$*" in
    "-m venv .venv") /bin/mkdir -p .venv/bin && /bin/cp "$0" .venv/bin/python ;;
    *install*) echo "ERROR: No matching distribution found for engine==1" >&2; exit 1 ;;
esac"""


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A checkout on a machine with a handful of tools and no Python."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "tools").mkdir()
    shutil.copy(HOME / "bin" / "setup", tmp_path / "bin")
    for name in ("requirements.txt", "pyproject.toml"):
        shutil.copy(HOME / name, tmp_path)
    for name in TOOLS:
        place = shutil.which(name)
        assert place
        (tmp_path / "tools" / name).symlink_to(place)
    return tmp_path


def program(machine: Path, name: str, text: str) -> None:
    place = machine / "tools" / name
    place.unlink(missing_ok=True)
    place.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    place.chmod(0o755)


def setup(machine: Path, **environ: str) -> tuple[int, str]:
    run = subprocess.run(  # noqa: S603 - our own script
        [machine / "bin" / "setup"],
        env={"PATH": str(machine / "tools"), **environ},
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode, run.stderr


def test_without_python_it_says_which_one_is_needed(machine: Path):
    code, said = setup(machine)
    assert code == 78
    assert "Python 3.11, 3.12, 3.13 or 3.14; python3 is not there" in said


def test_a_python_that_is_too_old_is_named(machine: Path):
    program(machine, "python3", OLD)
    code, said = setup(machine)
    assert code == 78
    assert "python3 is Python 3.10.12" in said
    assert "apt-get install python3.11 python3.11-venv" in said
    code, said = setup(machine, PYTHON="python9")
    assert "python9 is not there" in said


def test_a_newer_python_under_another_name_is_taken_and_its_missing_part_named(machine: Path):
    program(machine, "python3", OLD)
    program(machine, "python3.11", BARE)
    program(machine, "id", "echo 1000")
    code, said = setup(machine)
    assert code == 78
    assert "sudo apt-get install python3.11-venv" in said
    assert not (machine / ".venv").exists()


def test_packages_that_are_not_made_for_this_machine_end_in_one_message(machine: Path):
    program(machine, "python3", POOR)
    program(machine, "uname", "case $1 in -s) echo Linux ;; *) echo riscv64 ;; esac")
    code, said = setup(machine)
    assert code == 1
    assert "No matching distribution" in said
    assert "this is Linux riscv64" in said
