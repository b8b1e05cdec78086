"""Arabic and English are at parity: what one language says, the other says too."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import house

TEXTS = house.SOURCE / "web" / "texts"
PAGES = [("README.md", "README.ar.md"), ("docs/start.md", "docs/start.ar.md")]


def texts(language: str) -> dict[str, object]:
    told = json.loads((TEXTS / f"{language}.json").read_text(encoding="utf-8"))
    assert isinstance(told, dict)
    return told


def test_the_console_says_everything_in_both_languages() -> None:
    assert set(texts("ar")) ^ set(texts("en")) == set()


def test_no_text_of_the_console_is_empty() -> None:
    assert [
        key for language in ("ar", "en") for key, text in texts(language).items() if not text
    ] == []


@pytest.mark.parametrize(("english", "arabic"), PAGES)
def test_a_page_has_the_same_parts_and_the_same_commands(english: str, arabic: str) -> None:
    pages = [(house.ROOT / name).read_text(encoding="utf-8") for name in (english, arabic)]
    parts = [[len(mark) for mark in re.findall(r"^(#+) ", page, re.MULTILINE)] for page in pages]
    assert parts[0] == parts[1]
    commands = [_commands(page) for page in pages]
    assert commands[0] == commands[1]


def _commands(page: str) -> list[str]:
    fences = re.findall(r"^```\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    # What stands between quotes is the reader's own words, in the reader's language.
    return [re.sub(r'"[^"]*"', '""', line) for fence in fences for line in fence.splitlines()]


def test_the_pages_that_have_a_twin_name_it() -> None:
    for english, arabic in PAGES:
        assert Path(arabic).name in (house.ROOT / english).read_text(encoding="utf-8")
        assert Path(english).name in (house.ROOT / arabic).read_text(encoding="utf-8")
