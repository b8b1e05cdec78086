"""Whatever is said, in whatever state of a talk, is answered or given to a person (law 6)."""

from __future__ import annotations

from itertools import permutations

import pytest
from talking import Talking

STATES = (
    (),
    ("بكم الشورت الصيفي",),
    ("عندكم تيشيرت بولو؟", "شنو الوانه"),
    ("اريد شورت صيفي اسود L",),
    ("اريد شورت صيفي",),
    ("اريد بنطلون",),
    ("اريد حجاب قطني اسود", "هدى سالم", "07712345678", "البصرة العشار"),
    ("اريد حجاب قطني اسود", "هدى سالم", "07712345678", "البصرة العشار", "نعم"),
    ("ضضض غغغ",),
)
PIECES = (
    "تمام", "اريدها", "وبيش", "زين", "eh", "هذا", "يعني", "طيب", "بس", "👍", "w", "ok", "لا",
    "واحد", "اخذه", "بدي", "this", "و", "now", "مثل", "؟", "...", "٧", "take it", "المهم",
)  # fmt: skip
SAID = (*PIECES, *(" ".join(pair) for pair in list(permutations(PIECES, 2))[::7]))


@pytest.mark.parametrize("state", STATES)
async def test_whatever_is_said_is_answered_or_given_to_a_person(state: tuple[str, ...]) -> None:
    silent: list[str] = []
    for said in SAID:
        talk = Talking()
        if state:
            await talk.all(*state)
        found = await talk.say(said)
        if not (found.text or found.contents or found.hand_over):
            silent.append(said)
    assert not silent


@pytest.mark.parametrize("said", ["زين وبيش", "طيب والسالفه"])
async def test_what_is_no_nod_is_asked_about(said: str) -> None:
    found = await Talking().say(said)
    assert "؟" in found.text
