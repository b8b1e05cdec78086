"""What came against what was ordered is a trouble; what came as it should is none."""

from __future__ import annotations

import pytest

from hudhud.responders.examples.hearing import heard
from hudhud.responders.lexicon import understood
from hudhud.responders.lexicon.flawed import flawed
from hudhud.responders.lexicon.swapped import swapped
from hudhud.text import words


@pytest.mark.parametrize(
    "text",
    [
        "جاتني ستارة رمادية واحنا طالبين كحلي وش الحل",
        "طلبت مقاس 44 ووصلني 41 شو منعمل",
        "بعتولي حجم وسط وانا موصية على كبير",
        "talabt a7mar w wesalni azra2",
        "i ordered the green one and got the brown one, what now",
        "ordered 8 cups and received 5",
    ],
)
def test_what_came_is_held_against_what_was_ordered(text: str) -> None:
    assert swapped(words(text))


@pytest.mark.parametrize(
    "text",
    [
        "طلبت غلاية بيضا ووصلتني، كيف انظفها؟",
        "وصلتني الستارة كحلي متل ما طلبت",
        "وصلني الطلب شكرا وانا طالب بعد 2 زيادة",
        "i ordered 2 lamps and got them in 3 days",
        "طلبت 2 ووصلني",
        "وصلني",
    ],
)
def test_what_came_as_it_was_ordered_is_no_trouble(text: str) -> None:
    assert not swapped(words(text))


@pytest.mark.parametrize(
    "text",
    [
        "the kettle i got from you has a cracked lid",
        "my jacket arrived with ripped seams",
        "جاني الصحن وفيه خدش",
    ],
)
def test_a_part_that_is_hurt_is_a_flaw(text: str) -> None:
    assert flawed(words(text))


@pytest.mark.parametrize(
    "text",
    [
        "وصلني الطقم من دون ولا خدش",
        "جاني الكوب بدون اي شرخ",
        "it arrived without a scratch",
        "i want ripped jeans like the ones i bought",
    ],
)
def test_a_flaw_that_is_denied_is_none(text: str) -> None:
    assert not flawed(words(text))


@pytest.mark.parametrize(
    "text",
    [
        "bade shi ma y5alli 7ada yfoot",
        "abi shay a7adeg feeh bel lail",
        "fi setara elli ma t5alli 7ada yshoof beiti?",
    ],
)
def test_anybody_is_nobody_to_be_called(text: str) -> None:
    assert "person" not in heard(text, understood(text), frozenset()).meanings


@pytest.mark.parametrize("text", ["bade 7ada yse3edne", "abi a7ad yred 3alay", "7ada y7ki ma3i"])
def test_somebody_who_is_wanted_is_called(text: str) -> None:
    assert "person" in heard(text, understood(text), frozenset()).meanings
