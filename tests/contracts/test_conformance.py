"""The conformance list: every clause of the providers' facts that we hold, and that a test holds it.

A test of a clause stands where its subject stands and carries `@pytest.mark.clause("10.3")`. The
table below names the clauses that are held, in the numbers of PLATFORM_FACTS part 10 (`10.n`) and
of its tables (`part.row`); a channel adds its row and its mark together. Payloads that others
captured are found beside the repository by `mutilations.PAYLOADS`; tests over them skip without.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
CLAUSE = re.compile(r'pytest\.mark\.clause\("([^"]+)"\)\s*\n(?:@.*\n)*(?:async )?def (test_\w+)')
MARK = re.compile(r"^@pytest\.mark\.clause\(", re.MULTILINE)

CLAUSES = {
    "10.3": "A signature over raw bytes with Arabic letters and with their escapes.",
    "10.8": "An entry with events of two people; echoes and a story mention, by its address only.",
    "10.10": "No part of a long Arabic reply is over its limit, cut between graphemes.",
    "4.recipient": "A user id is written to as recipient, never as to.",
}


@pytest.fixture(scope="module")
def held() -> dict[str, list[str]]:
    found = defaultdict(list)
    for file in TESTS.glob("**/test_*.py"):
        text = file.read_text()
        marked = CLAUSE.findall(text)
        assert len(marked) == len(MARK.findall(text)), f"a mark of {file.name} is not read"
        for clause, test in marked:
            found[clause].append(test)
    return found


def test_every_clause_of_the_table_has_a_test(held):
    assert {clause for clause in CLAUSES if clause not in held} == set()


def test_every_test_of_a_clause_names_one_of_the_table(held):
    assert set(held) - set(CLAUSES) == set()
