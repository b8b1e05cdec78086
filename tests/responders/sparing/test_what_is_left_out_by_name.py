"""What is left out by its name is not offered, and names nothing."""

from __future__ import annotations

import msgspec
import pytest

from hudhud.ops.sample.sample import sample
from hudhud.responders.sparing import excluded

_ANY = sample().products[0]
BALL, BASKET, RACKET, LAMP = (
    msgspec.structs.replace(
        _ANY,
        id=at,
        sku=sku,
        name_ar=name,
        name_en=english,
        category_ar=kind,
        category_en=of,
        description_ar="",
        description_en="",
    )
    for at, (sku, name, english, kind, of) in enumerate(
        (
            ("BA", "كرة قدم", "Football", "كرات", "Balls"),
            ("BK", "كرة سلة", "Basketball ball", "كرات", "Balls"),
            ("RA", "مضرب تنس", "Tennis racket", "مضارب", "Rackets"),
            ("LA", "مصباح غير قابل للكسر", "Lamp", "مصابيح", "Lamps"),
        ),
        start=1,
    )
)
SOLD = (BALL, BASKET, RACKET, LAMP)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("بدي كرة مش السلة", "بدي كرة"),
        ("عندكم كرات غير كرة القدم؟", "عندكم كرات"),
        ("any ball but not the football", "any ball"),
        ("bidi kora mesh el salla", "bidi kora"),
        ("بغيت شي كرة ماعدا السلة والقدم", "بغيت شي كرة"),
    ],
)
def test_what_is_left_out_by_name_names_nothing(text: str, left: str) -> None:
    told = excluded([text], SOLD)
    assert told.texts == (left,)
    assert told.ids
    assert RACKET.id not in told.ids


def test_who_names_nothing_else_is_told_of_others_of_its_kind() -> None:
    assert excluded(["في غير كرة السلة؟"], SOLD).texts[0].endswith("كرات")


@pytest.mark.parametrize(
    "text",
    [
        "وصلتني السلة مش القدم",
        "بدي مصباح غير قابل للكسر",
        "مش السلة بس، كل الكرات",
        "بدي كرة سلة",
    ],
)
def test_what_came_a_quality_or_one_of_several_is_not_left_out(text: str) -> None:
    assert excluded([text], SOLD).texts == (text,)
