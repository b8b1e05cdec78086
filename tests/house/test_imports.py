"""The layers of ARCHITECTURE.md, as `pyproject.toml` tells them to import-linter."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import house

LINTER = (
    "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
)


def test_arrows_point_down_and_each_library_has_one_door() -> None:
    told = _linted(house.ROOT)
    assert told.returncode == 0, told.stdout[-4000:]
    assert " 0 broken" in told.stdout


def test_an_arrow_that_points_up_is_seen(tmp_path: Path) -> None:
    package = tmp_path / "hudhud"
    for layer in ("core", "store"):
        (package / layer).mkdir(parents=True)
        (package / layer / "__init__.py").touch()
    (package / "__init__.py").touch()
    (package / "store" / "messages.py").write_text("from hudhud import core\n")
    (tmp_path / ".importlinter").write_text(
        "[importlinter]\nroot_package = hudhud\n\n[importlinter:contract:layers]\n"
        "name = layers\ntype = layers\nlayers =\n    hudhud.core\n    hudhud.store\n"
    )
    told = _linted(tmp_path)
    assert told.returncode == 1
    assert "hudhud.store.messages -> hudhud.core" in told.stdout


def _linted(folder: Path) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "PYTHONPATH": str(folder), "NO_COLOR": "1", "PYTHONUTF8": "1"}
    if folder == house.ROOT:
        environ.pop("PYTHONPATH")
    return subprocess.run(  # noqa: S603 - our own linter
        [sys.executable, "-c", LINTER],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
