"""Writes `settings.md` and `commands.md` from what the code declares; `--check` only compares.

.venv/bin/python docs/reference/generate.py
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from hudhud.cli.main import app
from hudhud.settings import PREFIX, declared

HERE = Path(__file__).parent
NOTE = "<!-- Made by generate.py in this folder; change the code, not this page. -->\n"

SETTINGS = f"""{NOTE}
# Settings

Every variable that Hudhud reads, and no other: a variable that begins with `{PREFIX}` and does not
stand here stops the start. All problems are told in one message, without their values, and the
exit code is 78. `hudhud config` shows what is in force here, and where it came from.

A secret may come from a file: set the name with `_FILE` behind it to the file's path.

| variable | default | secret | meaning |
|---|---|---|---|
"""

COMMANDS = f"""{NOTE}
# Commands

Every command of Hudhud. Exit codes: 0 done, 1 failed, 2 wrong usage, 78 wrong settings. An error
is one sentence on standard error; with `HUDHUD_LOG_LEVEL=debug` it shows where it came from.
"""


def settings_page() -> str:
    """The page of all settings, one row each, in the order of their declaration."""
    return SETTINGS + "".join(_row(**one.metadata, default=one.default) for one in declared())


def commands_page() -> str:
    """The page of all commands, each with its arguments and options."""
    return COMMANDS + "".join(_command(way, one) for way, one in _walk(typer.main.get_command(app)))


def _walk(command: Any, way: str = "hudhud") -> Iterator[tuple[str, Any]]:
    yield way, command
    for name, below in getattr(command, "commands", {}).items():
        yield from _walk(below, f"{way} {name}")


def _command(way: str, command: Any) -> str:
    lines = [f"\n## `{way}`\n", f"\n{_cell(command.help or '')}\n"]
    told = [parameter for parameter in command.params if not getattr(parameter, "hidden", False)]
    if told:
        lines.append("\n")
    for parameter in told:
        is_argument = parameter.param_type_name == "argument"
        name = parameter.name.upper() if is_argument else ", ".join(parameter.opts)
        needed = " (required)" if parameter.required and not is_argument else ""
        lines.append(f"- `{name}`{needed}: {_cell(getattr(parameter, 'help', None) or '')}\n")
    return "".join(lines)


def _row(name: str, default: object, doc: str, *, secret: bool, **_: object) -> str:
    kept = "yes" if secret else ""
    return f"| `{name}` | {_default(default)} | {kept} | {_cell(doc)} |\n"


def _default(value: object) -> str:
    return f"`{value}`" if value not in ("", None) else ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main() -> int:
    """Write the pages, or say which one is stale.

    Returns: 1 when `--check` found a stale page.
    """
    made = {"settings.md": settings_page(), "commands.md": commands_page()}
    stale = [
        name
        for name, text in made.items()
        if not (HERE / name).exists() or (HERE / name).read_text(encoding="utf-8") != text
    ]
    if "--check" in sys.argv[1:]:
        for name in stale:
            sys.stdout.write(f"docs/reference/{name} is stale; run docs/reference/generate.py\n")
        return 1 if stale else 0
    for name in stale:
        (HERE / name).write_text(made[name], encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
