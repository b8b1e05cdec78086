"""The documents name everything that a person can set, run, scrape or find in a log."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import typer

import house
from hudhud.cli.main import app
from hudhud.settings import declared

DOCS = house.ROOT / "docs"
REFERENCE = DOCS / "reference"
GENERATOR = REFERENCE / "generate.py"
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"\bhudhud((?: [a-z][a-z-]*)+)")
TARGET = re.compile(r"\bmake ([a-z-]+)\b")


def pages() -> list[Path]:
    return [path for path in house.ours() if path.suffix == ".md"]


def code_in(page: Path) -> Iterator[str]:
    """What stands in fences and between backticks."""
    text = page.read_text(encoding="utf-8")
    for fence in re.findall(r"^```[a-z]*\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        yield from fence.splitlines()
    yield from re.findall(r"`([^`\n]+)`", text)


def commands(group: click.Command, way: str = "") -> Iterator[tuple[str, click.Command]]:
    yield way.strip(), group
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, f"{way} {name}")


def ways() -> dict[str, click.Command]:
    return dict(commands(typer.main.get_command(app)))  # type: ignore[arg-type] # typer's own click


def test_the_reference_pages_are_what_the_code_declares() -> None:
    told = subprocess.run(  # noqa: S603 - our own generator
        [sys.executable, str(GENERATOR), "--check"], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr


def test_every_setting_is_named() -> None:
    page = (REFERENCE / "settings.md").read_text(encoding="utf-8")
    assert [d.metadata["name"] for d in declared() if f"`{d.metadata['name']}`" not in page] == []


def test_every_command_is_named() -> None:
    page = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    assert [way for way in ways() if way and f"`hudhud {way}`" not in page] == []


def test_every_event_is_named_and_none_that_nobody_emits() -> None:
    names = {
        name
        for path in house.SOURCE.rglob("*.py")
        for name in house.emitted(path.read_text(encoding="utf-8"))
    }
    page = (REFERENCE / "events.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `([a-z_]+\.[a-z_]+)`", page, re.MULTILINE))
    beginnings = tuple(name for name in names if name.endswith("."))
    whole = names - set(beginnings)
    assert whole - told == set()
    assert {name for name in told - whole if not name.startswith(beginnings)} == set()
    assert [b for b in beginnings if not any(name.startswith(b) for name in told - whole)] == []


def test_every_metric_is_named_and_none_that_does_not_exist() -> None:
    names = {
        name
        for path in house.SOURCE.rglob("*.py")
        for name in house.metrics(path.read_text(encoding="utf-8"))
    }
    page = (REFERENCE / "metrics.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([a-z_]+)`", page, re.MULTILINE)) == names


@pytest.mark.parametrize("page", pages(), ids=house.name_of)
def test_a_page_shows_no_command_that_does_not_exist(page: Path) -> None:
    known = ways()
    wrong = []
    for code in code_in(page):
        for said in COMMAND.findall(code):
            words = said.split()
            command = known.get(words[0])
            two = " ".join(words[:2])
            if command is None or (getattr(command, "commands", None) and two not in known):
                wrong.append(f"hudhud{said}")
    assert wrong == []


@pytest.mark.parametrize("page", pages(), ids=house.name_of)
def test_a_page_shows_no_make_target_that_does_not_exist(page: Path) -> None:
    makefile = (house.ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    said = {target for code in code_in(page) for target in TARGET.findall(code)}
    assert said - targets == set()


@pytest.mark.parametrize("page", pages(), ids=house.name_of)
def test_a_page_links_to_nothing_that_is_not_there(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_every_direct_dependency_has_its_reason_and_none_that_is_gone() -> None:
    project = tomllib.loads((house.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[\[<>=~! ;]", one, maxsplit=1)[0] for one in project["dependencies"]}
    page = (DOCS / "decisions" / "0007-dependencies.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| ([a-z0-9-]+) \|", page, re.MULTILINE)) - {"package"} == names
