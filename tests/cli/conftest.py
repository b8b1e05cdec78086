"""The command line in this process, with and without a database behind it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest
import structlog
from command_line import KEY, Command, Said

from hudhud.cli.entry import main
from hudhud.settings import PREFIX, declared


@pytest.fixture
def command(monkeypatch, capsys, short_dir) -> Iterator[Command]:
    ours = {declaration.metadata["name"] for declaration in declared()}
    for name in os.environ:
        if name in ours or name.startswith(PREFIX):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HUDHUD_DATA_DIR", str(short_dir))
    monkeypatch.setenv("COLUMNS", "200")

    def run(*words: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["hudhud", *words])
        code = 0
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        out, err = capsys.readouterr()
        return Said(code, out, err)

    yield run
    structlog.reset_defaults()


@pytest.fixture
def served(command, monkeypatch, database_url) -> Command:
    """The command with an external database that is migrated and empty."""
    monkeypatch.setenv("HUDHUD_DATABASE_URL", database_url.app_url)
    monkeypatch.setenv("HUDHUD_MIGRATION_URL", database_url.owner_url)
    monkeypatch.setenv("ENCRYPTION_KEY_HEX", KEY)
    monkeypatch.setenv("SECRET_KEY", KEY)
    return command
