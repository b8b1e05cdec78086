"""A customer's word finds the word of a catalogue that is made of the same, or means the same."""

from __future__ import annotations

import pytest

from hudhud.store.catalogue.ranking import ranked
from hudhud.store.catalogue.vocabulary import Vocabulary
from hudhud.text import english_stem, made_of, meant_doing, radicals


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("بيتقشر", "مقشر"),
        ("يخبيها", "مخبأ"),
        ("متخيطه", "خياطة"),
        ("ينور", "منير"),
        ("جاف", "جفاف"),
        ("عالسرير", "سرير"),
    ],
)
def test_words_of_one_root_share_their_radicals(said: str, told: str) -> None:
    assert radicals(said) & radicals(told.replace("أ", "ا").replace("ة", "ه"))


def test_a_word_that_is_three_letters_loses_none_of_them() -> None:
    assert radicals("نشف").isdisjoint(radicals("شفاف"))
    assert radicals("") == radicals("frame") == frozenset()


@pytest.mark.parametrize(
    ("said", "told"),
    [("shining", "shine"), ("washes", "washable"), ("colours", "color"), ("whitening", "whitens")],
)
def test_english_words_of_one_stem_are_one(said: str, told: str) -> None:
    assert english_stem(said) == english_stem(told)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("تزحلق", "يسقط"),
        ("تنقي", "تنظيف"),
        ("boiling", "يغلي"),
        ("خشمي", "nose"),
        ("5ashab", "wooden"),
    ],
)
def test_what_means_the_same_is_known_over_dialects_and_letters(said: str, told: str) -> None:
    assert meant_doing(said) & meant_doing(told)


def test_only_words_that_stand_in_the_catalogue_are_kin() -> None:
    words = Vocabulary(["تقشير", "مقشر", "يسقط", "قميص"])
    assert words.made_alike("بيقشر") == ("تقشير", "مقشر")
    assert words.meant_alike("تطيح") == ("يسقط",)
    assert words.made_alike("كرسي") == words.meant_alike("كرسي") == ()


def test_where_no_kin_is_wanted_there_is_none() -> None:
    words = Vocabulary(["تقشير"], kin=False)
    assert words.holds("تقشير")
    assert not words.made_alike("مقشر")


def test_the_word_that_tells_one_from_its_neighbours_counts_more_than_the_one_they_share() -> None:
    worths = {"كرسي": [(1, 1.25), (2, 1.25), (3, 1.25)], "يطوي": [(3, 0.85)]}
    vocabulary = Vocabulary(["كرسي", "يطوي"])
    assert ranked(worths, ["كرسي", "بيطوي"], vocabulary)[0][0] == 3


def test_what_has_no_wire_is_no_kin_of_a_wire() -> None:
    assert made_of("لاسلكي").isdisjoint(made_of("سلك"))
