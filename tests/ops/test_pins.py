from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]
PIN = re.compile(r"([a-z0-9][a-z0-9-]*)==[0-9][0-9a-z.]*( ; [a-z_]+ [!=<>]+ '[^']+')?")


def lines(name: str) -> list[str]:
    text = (HOME / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith(("#", "-r requirements.txt"))]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_pin_is_one_exact_version_without_address_or_hash(name):
    assert [line for line in lines(name) if not PIN.fullmatch(line)] == []


def test_everything_that_hudhud_depends_on_is_pinned():
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[\[<>=!~ ;]", each)[0].lower() for each in project["dependencies"]}
    pinned = {line.split("==")[0] for line in lines("requirements.txt")}
    assert wanted - pinned == set()
