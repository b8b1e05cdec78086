"""The conformance list: each clause of the providers' facts that we hold, and its tests.

A test of a clause stands where its subject stands and carries `@pytest.mark.clause("10.3")`. The
table below names the clauses that are held, in the numbers of PLATFORM_FACTS part 10 (`10.n`) and
of its tables (`part.row`); a channel adds its row and its mark together. Payloads that others
captured are found beside the repository by `mutilations.PAYLOADS`; tests over them skip without.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
CLAUSES = {
    "2.media": "Each file of a message is named for whoever fetches it.",
    "2.referral": "An ad opens the long window.",
    "2.template": "What becomes of a template is read: status, quality, category, words.",
    "2.system": "A change of number or of user id is told as a rename, and shown.",
    "3.pricing": "A status keeps its price and its conversation.",
    "4.recipient": "A user id is written to as recipient, never as to.",
    "5.bodies": "Every kind of content leaves in Meta's own shape.",
    "5.limits": "Each limit of what leaves is refused with a sentence before anything is sent.",
    "6.template": "A template that does not fit is refused with Meta's own code.",
    "6.paused": "A template that Meta refused as paused is not used again until it is active.",
    "7.template": "Outside the window only a template leaves.",
    "7.locate": "A file is asked for by its id alone, without phone_number_id.",
    "7.window": "24 hours, and 72 after an ad.",
    "8.attachments": "Every attachment is named, fetched, linked or said in words.",
    "8.echo": "Our own echo is matched and pauses nothing; the owner's pauses the assistant.",
    "8.envelope": "Every event of every entry, under messaging, standby or changes.",
    "8.limits": "Parts, files and buttons within the limits of Instagram and of Messenger.",
    "8.message": "A message with all that it may carry: quick reply, story, ad, deletion.",
    "8.other": "Postbacks, reactions, reads, referrals and the turns of another app.",
    "8.retry": "What Meta brings again for 36 hours is one message.",
    "8.story": "A story is kept as its address and never fetched.",
    "8.window": "24 hours for everybody, 7 days for a person, with the human-agent tag.",
    "10.3": "A signature over raw bytes with Arabic letters and with their escapes.",
    "10.4": "Whoever wrote without a phone and later with one is one contact.",
    "10.6": "Edit, revoke, reaction removal, unsupported, value-level errors: shown, never waking.",
    "10.8": "An entry with events of two people; echoes and a story mention, by its address only.",
    "10.10": "No part of a long Arabic reply is over its limit, cut between graphemes.",
}


@pytest.fixture(scope="module")
def held() -> dict[str, list[str]]:
    found = defaultdict(list)
    for file in TESTS.glob("**/test_*.py"):
        for test in ast.walk(ast.parse(file.read_bytes())):
            for mark in getattr(test, "decorator_list", ()):
                if ast.unparse(mark).startswith("pytest.mark.clause("):
                    found[mark.args[0].value].append(test.name)
    return found


def test_every_clause_of_the_table_has_a_test(held):
    assert {clause for clause in CLAUSES if clause not in held} == set()


def test_every_test_of_a_clause_names_one_of_the_table(held):
    assert set(held) - set(CLAUSES) == set()
