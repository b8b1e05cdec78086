"""What sounds like a call for a person and is none, and one that is."""

from __future__ import annotations

import pytest

from hudhud.responders.examples import calm
from hudhud.responders.examples.hearing import heard
from hudhud.responders.lexicon import understood
from hudhud.responders.spoken import of_water
from hudhud.text import words

_CALLS = {"person", "complaint", "partner"}


@pytest.mark.parametrize(
    "text",
    [
        "need mitts so the oven doesnt burn my hands",
        "looking for a cover so my son doesnt get shocked",
        "mar7aba bedde ebree2 s2aye az2ar",
        "3andkom marash lal s2aye? be ras tawil",
    ],
)
def test_who_wants_a_thing_that_keeps_harm_off_or_is_hardly_read_calls_nobody(text: str) -> None:
    told = heard(text, calm(text, understood(text)), frozenset())
    assert _CALLS.isdisjoint(told.meanings)


@pytest.mark.parametrize(
    "text",
    [
        "البسكليت لي شريت من عندكم تفرشخات ليه الكادر",
        "الكرسي اللي اشتريناه منكم انكسر وبنتي وقعت وانجرحت",
        "بعد ما بلعها ابني صار يستفرغ",
        "لا بلعها ابني",
    ],
)
def test_what_broke_by_itself_or_hurt_somebody_calls_a_person(text: str) -> None:
    assert not _CALLS.isdisjoint(calm(text, understood(text)).meanings)


def test_who_tells_that_a_friend_bought_a_thing_orders_none() -> None:
    assert "order" not in understood("اخوي اشترى من عندكم عطر، بكم؟").meanings
    assert "order" in understood("عايز اشترى قميص").meanings


@pytest.mark.parametrize(
    ("text", "at", "water"),
    [
        ("مع مية السقي", 1, True),
        ("قنينة مية", 1, True),
        ("ابي مية وردة", 1, False),
        ("مية", 0, False),
    ],
)
def test_a_hundred_stands_before_what_is_counted_and_water_elsewhere(
    text: str, at: int, *, water: bool
) -> None:
    assert of_water(words(text), at) is water
