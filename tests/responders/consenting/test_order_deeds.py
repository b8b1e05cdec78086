"""What is bidden: verbs by their pattern, in both scripts, and no word that only sounds so."""

from __future__ import annotations

import pytest

from hudhud.responders.selling.deeds import marks
from hudhud.text import words


def heard(text: str) -> list[str]:
    return [mark.deed for mark in marks(words(text))]


@pytest.mark.parametrize(
    ("said", "deed"),
    [
        ("أضف", "more"), ("أضيفي", "more"), ("أضيفوها", "more"), ("زدها", "more"),
        ("زيدوهم", "more"),
        ("زودينا", "more"), ("نضيف", "more"), ("بنزيد", "more"), ("تزيدون", "more"),
        ("أزل", "remove"), ("أزيلي", "remove"), ("أزيلوه", "remove"), ("احذفيها", "remove"),
        ("استبعدوه", "remove"), ("تشيلون", "remove"), ("اشيلها", "remove"), ("شلها", "remove"),
        ("اجعليه", "make"), ("اجعلوهما", "make"), ("نخليهم", "make"), ("تخلونها", "make"),
        ("غيروها", "make"), ("سووها", "make"), ("عدليهن", "make"),
        ("أبدليها", "swap"), ("استبدلوه", "swap"), ("بدلوهم", "swap"),
        ("أتموا", "confirm"), ("نأكد", "confirm"), ("اعتمديهم", "confirm"), ("تثبتون", "confirm"),
        ("أعطوني", "take"), ("هاتيلي", "take"), ("تبعتولي", "take"), ("صيفطي ليا", "take"),
        ("ارسلوا لنا", "take"),
        ("zidli", "more"), ("zeedoha", "more"), ("zawwedili", "more"), ("difli", "more"),
        ("sheelha", "remove"), ("shilo", "remove"), ("e7zefi", "remove"),
        ("khallo", "make"), ("5allihom", "make"), ("ghayyerha", "make"), ("baddelo", "swap"),
        ("akdi", "confirm"), ("akkedo", "confirm"), ("thabbtoh", "confirm"), ("kamli", "confirm"),
        ("b3atli", "take"), ("eb3atilna", "take"), ("3tini", "take"), ("dez li", "take"),
    ],
)  # fmt: skip
def test_a_verb_is_heard_said_to_a_man_a_woman_or_several_and_with_what_is_attached(
    said: str, deed: str
) -> None:
    assert heard(said) == [deed]


@pytest.mark.parametrize(
    "said",
    ["شلون", "وردية", "باردة", "نازل", "سودة", "wa7id", "وحيد",
     "Zaid", "Laila", "now", "sorry", "memory", "prada"],
)  # fmt: skip
def test_what_only_looks_or_sounds_like_a_deed_is_none(said: str) -> None:
    assert not heard(said)


def test_english_is_read_as_written_and_arabic_in_latin_letters_as_it_sounds() -> None:
    assert heard("yes all good now") == ["yes", "confirm"]
    assert heard("no") == ["no"]
    assert heard("tamaam") == heard("tmam") == ["fine"]
    assert heard("hih") == ["yes"]
