"""Every mutant still finds the rule that it takes out, and the tests that must notice."""

from __future__ import annotations

import pytest

import house
from mutants import MUTANTS, Mutant, mutated


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.rule)
def test_a_mutant_takes_out_one_line_that_is_there(mutant: Mutant) -> None:
    assert mutated(mutant, house.ROOT / "src")
    assert (house.ROOT / mutant.tests.partition("::")[0]).is_file()


def test_no_rule_is_named_twice() -> None:
    rules = [mutant.rule for mutant in MUTANTS]
    assert len(rules) == len(set(rules))
