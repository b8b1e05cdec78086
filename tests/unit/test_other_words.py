"""What a word may be besides itself: Arabizi, another dialect's word, a letter said alike."""

from __future__ import annotations

import time

import pytest

from hudhud.text import arabic_spellings, search_terms, synonyms, things, twins
from hudhud.text.arabizi import SPELLINGS_MAX
from hudhud.text.synonyms import SYNONYMS_MAX
from hudhud.text.twins import TWINS_MAX


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("3abaya", "عبايه"),
        ("7aleeb", "حليب"),
        ("sham3a", "شمعه"),
        ("ghorfa", "غرفه"),
        ("5atem", "خاتم"),
        ("6awla", "طاوله"),
        ("2alam", "قلم"),
        ("zira3et", "زراعه"),
        ("khobez", "خبز"),
        ("saboon", "صابون"),
        ("mokayyef", "مكيف"),
        ("dafater", "دفاتر"),
    ],
)
def test_arabizi_is_read_as_the_arabic_word(latin: str, arabic: str) -> None:
    assert arabic in arabic_spellings(latin)


@pytest.mark.parametrize("word", ["قميص", "xl", "15", "iphone-15", "s1", "", "a" * 17, "née"])
def test_what_is_no_arabizi_has_no_arabic_spelling(word: str) -> None:
    assert arabic_spellings(word) == ()


def test_a_word_made_to_be_slow_is_read_at_once() -> None:
    start = time.process_time()
    assert len(arabic_spellings("tadozisehukadote")) == SPELLINGS_MAX
    assert time.process_time() - start < 0.1


@pytest.mark.parametrize(
    ("said", "called"),
    [
        ("صباط", "حذا"),  # Maghrebi
        ("كندرة", "حذا"),  # Iraqi, Levantine
        ("جنطه", "حقيبه"),
        ("بندوره", "طماطم"),
        ("طوموبيل", "سياره"),
        ("للموبايل", "جوال"),
        ("كيفتحو", "دوام"),
        ("بتسكروا", "دوام"),
        ("هترجعوها", "استرجاع"),
        ("refund", "استرجاع"),
        ("برگر", "برغر"),
        ("برجر", "برغر"),
        ("همبرگر", "برغر"),
        ("سياكل", "دراجه"),
        ("تروتينيت", "سكوتر"),
        ("سكاتة", "لهايه"),
        ("كالكولاطريس", "حاسبه"),
        ("chickpea", "حمص"),
    ],
)
def test_a_dialects_word_is_looked_for_as_catalogues_call_it(said: str, called: str) -> None:
    (term,) = search_terms(said)
    assert called in synonyms(term)
    assert len(synonyms(term)) <= SYNONYMS_MAX


def test_sugar_closes_no_shop() -> None:
    assert "دوام" not in synonyms("سكر") + synonyms("بسكر")
    assert synonyms("قندس") == ()


def test_letters_that_are_said_alike_are_written_for_one_another() -> None:
    assert "تنظيف" in twins("تنضيف")
    assert "ذهب" in twins("دهب")
    assert "قهوه" in twins("كهوه")
    assert all(len(twins(word)) <= TWINS_MAX for word in ("سستتططققدد", "زذدذز"))
    assert twins("من") == twins("linen") == ()


def test_the_side_of_a_thing_names_none() -> None:
    assert things(search_terms("شنو الوانه والمقاسات")) == []
    assert things(search_terms("which sizes and colours")) == []
    assert things(search_terms("مقاسات القميص الابيض")) == ["قميص", "ابيض"]


@pytest.mark.parametrize(
    ("said", "terms"),
    [
        ("بشحال هاد الصباط ديالكم عافاك", ["صباط"]),
        ("اكو عدكم عباية كريب", ["عبايه", "كريب"]),
        ("bekam el 2amees law sama7t", ["2amees"]),
        ("ابغى عباية عندكن", ["عبايه"]),
    ],
)
def test_dialects_ask_without_naming_anything(said: str, terms: list[str]) -> None:
    assert search_terms(said) == terms
