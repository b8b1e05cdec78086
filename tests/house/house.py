"""What the house tests look at: the files that git knows, and the rules as pure functions."""

from __future__ import annotations

import ast
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "hudhud"

FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 70
FOLDER_FILES_MAX = 20
LINE_COLUMNS_MAX = 100

BANNED_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "manager"})
BANNED_ENDINGS = ("Service", "Manager", "Repository", "Helper", "Utils")
WRITTEN = {".py", ".sql", ".lua", ".js", ".css", ".html", ".sh"}


@cache
def ours() -> tuple[Path, ...]:
    """Every file that is tracked, or would be with the next commit."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    found = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return tuple(sorted(path for path in found if path.is_file()))


def written() -> list[Path]:
    """The files that somebody writes and reads as code."""
    return [path for path in ours() if path.suffix in WRITTEN]


def python() -> list[Path]:
    return [path for path in ours() if path.suffix == ".py"]


def columns(line: str) -> int:
    """Width as it is read: marks over letters take no place, a linter's pragma is no code.

    One long word cannot be broken, so it has no width; the linter's own rule is the same.
    """
    code = line.split("  # noqa: ", 1)[0]
    marks = sum(1 for letter in code if unicodedata.combining(letter))
    return len(code) - marks if len(code.split()) > 1 else 0


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def long_functions(code: str) -> Iterator[str]:
    """Functions above the limit, by name and length."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES_MAX:
                yield f"{node.name}: {lines} lines"


def banned_classes(code: str) -> Iterator[str]:
    """Classes whose name says nothing of what they are."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ClassDef) and node.name.endswith(BANNED_ENDINGS):
            yield node.name


def banned_words(path: Path) -> set[str]:
    """Words in a file's own name under which anything could be put."""
    return BANNED_NAMES & set(re.split(r"[^a-z]+", path.stem.lower()))


def emitted(code: str) -> Iterator[str]:
    """Names given to `emit`; a name that is put together counts by its beginning, `send.`."""
    for node in ast.walk(ast.parse(code)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id != "emit" or not node.args:
            continue
        first = node.args[0]
        if isinstance(first, ast.JoinedStr):
            first = first.values[0]
        if isinstance(first, ast.Constant):
            yield str(first.value)


def metrics(code: str) -> Iterator[str]:
    """Names of the Prometheus metrics that a file declares."""
    for node in ast.walk(ast.parse(code)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"Counter", "Gauge", "Histogram"}
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            yield str(node.args[0].value)
