"""Every trap has a rule in a file, a test that exists, and a mutant that takes the rule out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import house
from mutants import MUTANTS

PAGE = house.ROOT / "docs" / "traps.md"
TRAPS = 22


def rows() -> list[list[str]]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    return [
        [cell.strip().strip("`") for cell in line.strip("|").split("|")]
        for line in lines
        if re.match(r"\| \d", line)
    ]


def test_every_trap_is_listed_once_in_its_order() -> None:
    assert [int(row[0]) for row in rows()] == list(range(1, TRAPS + 1))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"trap-{row[0]}")
def test_a_trap_has_its_file_its_test_and_its_mutants(row: list[str]) -> None:
    _, rule, file, test, mutants = row
    assert rule
    assert (house.SOURCE / file).is_file()
    path, _, name = test.partition("::")
    text = (house.ROOT / path).read_text(encoding="utf-8")
    assert re.search(rf"^(async )?def {name}\(", text, re.MULTILINE), test
    known = {mutant.rule for mutant in MUTANTS}
    assert set(mutants.split("; ")) <= known


def test_the_words_of_a_law_stand_in_a_mutant_of_each_law() -> None:
    named = {int(n) for mutant in MUTANTS for n in re.findall(r"law (\d)", mutant.rule)}
    assert named == set(range(1, 8)), Path(PAGE).name
