"""Where a row answers, wares that were named only to ask it are no list beside it."""

from __future__ import annotations

import pytest
from tests.responders.weighing.test_what_is_wished_for import BOWL, TRAY

from hudhud.responders.lexicon import understood
from hudhud.responders.shelf import Found
from hudhud.responders.weighing import spoken_of

BOTH = (TRAY, BOWL)


def _shown(text: str, named: str, of_row: str, *, exact: bool = False) -> bool:
    found = Found(products=BOTH, by="name", exact=exact, words=frozenset(named.split()))
    return spoken_of(found, understood(text), frozenset(of_row.split()), own=True)


@pytest.mark.parametrize(
    ("text", "named", "of_row"),
    [
        ("كم سنة كفالة الزبدية؟", "زبديه", "كفاله"),
        ("بكم تلمعون الصينية؟", "صينيه", "تلمعون"),
        ("how much to ship a tray to Oman?", "tray", "ship"),
        ("if I buy a bowl and it cracks, is it covered?", "bowl", "covered"),
    ],
)
def test_what_is_named_only_to_ask_a_row_is_not_listed(text: str, named: str, of_row: str) -> None:
    assert not _shown(text, named, of_row)
    assert not _shown(text, named, of_row, exact=True)


@pytest.mark.parametrize(
    ("text", "named", "of_row"),
    [
        ("بكم الصينية؟ وكم التوصيل؟", "صينيه", "توصيل"),
        ("بغيت زبدية خشب وتوصلونها؟", "زبديه خشب", "توصلونها"),
        ("which bowl or tray is safe for soup", "bowl tray", "safe"),
        ("عندكم صينية تنحط بالفرن", "صينيه", "فرن"),
    ],
)
def test_what_is_wanted_or_asked_for_itself_stands_beside_the_row(
    text: str, named: str, of_row: str
) -> None:
    assert _shown(text, named, of_row)


def test_one_thing_that_is_named_whole_stands_beside_its_row() -> None:
    whole = Found(products=(TRAY,), by="name", exact=True, words=frozenset({"صينيه"}))
    assert spoken_of(whole, understood("الصينية بالاسم عليها ضمان؟"), frozenset({"ضمان"}), own=True)
