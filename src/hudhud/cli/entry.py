"""Where `hudhud` begins: what runs for months goes a way of its own, all else is a command line.

To read the words of a command line takes 14 MB (typer does it with pydantic), which such a process
would carry as long as it lives (row R5).
"""

from __future__ import annotations

import sys

from hudhud.cli.process.failing import ended_in_a_sentence
from hudhud.cli.process.serving import MODULES, serve


def main() -> None:
    """Run what was asked for; 0 is done, 1 failed, 2 wrong usage, 78 wrong settings."""
    with ended_in_a_sentence():
        match sys.argv[1:]:
            case [name] if name in MODULES:
                sys.exit(serve(name))
            case ["up"]:
                from hudhud.cli import up  # noqa: PLC0415 - what serves needs nothing of it

                sys.exit(up.run())
            case _:
                from hudhud.cli.main import run  # noqa: PLC0415 - what runs for months needs none of it

                run()
