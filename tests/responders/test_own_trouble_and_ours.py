"""Trouble of one's own leads to a ware; trouble with what came from us leads to a person."""

from __future__ import annotations

import pytest

from hudhud.ops.sample.sample import sample
from hudhud.responders.examples import CALLS
from hudhud.responders.lexicon import understood
from hudhud.responders.matching import overheard
from hudhud.responders.selling.counting import counts, expanded
from hudhud.responders.selling.deeds import marks
from hudhud.responders.selling.naming import Names
from hudhud.text import words

SHOP = sample()
NAMES = Names(SHOP.products)


@pytest.mark.parametrize(
    "text",
    [
        "my hamster keeps escaping and his wheel broke, got anything sturdier?",
        "our iron died last night, looking for a new one",
        "مروحتي خربت وابي وحدة هادية",
        "الحبل اللي عندي انقطع، عندكم اقوى؟",
        "المصباح محروق، عندكم ابيض؟",
        "عندكم اطواق بلا جرس؟",
        "3endkon sabat bala ka3eb?",
        "3andak makwa bala selk?",
        "لحظة طلع عندي واحد بالبيت",
        "موظف ببنك وابي قميص",
    ],
)
def test_trouble_of_ones_own_calls_nobody(text: str) -> None:
    assert CALLS.isdisjoint(overheard(SHOP.products, text).meanings)


@pytest.mark.parametrize(
    "text",
    [
        "معجونكم سبب لي حكة بفمي",
        "your lotion gave my baby a rash",
        "الزيت اللي جبته منكم حرق راسي",
        "اكلت من الفطيرة عندكم واستفرغت",
        "nobody picks up when i call",
        "شفنا صرصور بالعلبة",
        "اخذتوا مني ١٢ والسعر ٩",
        "شفت الموظف عندكم يصرخ على امي قدام الناس ومحد كلمه",
    ],
)
def test_trouble_with_what_came_from_us_is_a_complaint(text: str) -> None:
    assert "complaint" in overheard(SHOP.products, text).meanings


@pytest.mark.parametrize(
    "text", ["هل معجونكم يسبب حكة؟", "i want your lotion, my skin is itchy", "كريمكم حلو"]
)
def test_who_asks_or_wants_was_not_harmed(text: str) -> None:
    assert not understood(text).danger


@pytest.mark.parametrize(
    "text",
    ["وزني ٧٥ كيلو", "انا حوالي ٩٠ كيلو وزني", "i weigh around 64 kilos", "wazni 58 kilo",
     "خصري تقريبا ٨٨", "عمرها ٩"],
)  # fmt: skip
def test_a_measure_of_a_body_counts_nothing(text: str) -> None:
    assert not counts(expanded(words(text), NAMES), NAMES)


def test_which_size_is_asked() -> None:
    assert understood("اي مقاس اخذ").asks
    assert not understood("اي لون عادي").asks


def test_giving_all_up_takes_no_single_thing_out() -> None:
    assert [mark.deed for mark in marks(words("الغي ما بدي شي"))] == ["cancel", "cancel"]
    assert [mark.deed for mark in marks(words("ياليت تلغونه"))] == ["cancel"]
