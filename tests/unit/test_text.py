from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hudhud.text import (
    digits,
    direction,
    fold,
    grapheme_starts,
    language,
    money,
    search_terms,
    split_text,
    stems,
    terms_of,
    utf8_bytes,
    words,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد", "احمد"),
        ("إلى", "الي"),
        ("آسف ٱسف", "اسف اسف"),
        ("مسؤول شيء قائمة", "مسوول شي قايمه"),
        ("ساعة", "ساعه"),
        ("كرسى", "كرسي"),
        ("مُحَمَّدٌ", "محمد"),
        ("جمـــيل", "جميل"),
        ("١٢٣ ۴۵۶ 789", "123 456 789"),
        ("کتاب فارسی گلي چم", "كتاب فارسي كلي جم"),
        ("ﻣﺮﺣﺒﺎ ﷲ", "مرحبا الله"),
        ("كتﹶاب", "كتاب"),
        ("\u200fمرحبا\u200c بك\ufeff", "مرحبا بك"),
        ("Café ＡＢＣ", "cafe abc"),
        ("T-Shirt T‑shirt tshirt", "tshirt tshirt tshirt"),
        ("هلاااااا", "هلا"),
        ("XXXL", "xxxl"),
        ("1000", "1000"),
        ("قميص، أبيض؟!  (L)\n👍🏽1️⃣", "قميص ابيض l 1"),
        ("what's don’t", "whats dont"),
        ("", ""),
    ],
)
def test_spellings_fold_into_one(one: str, other: str) -> None:
    assert fold(one) == other


@settings(max_examples=300)
@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(max_examples=500)
@given(
    st.text(alphabet="هلاأإآةىيءؤئـًّ ٣5abTwX'.,؟!?\n(_", max_size=30),
    st.sampled_from(["", "é", "ﷺ", "t-shirt"]),
)
def test_each_word_is_folded_as_it_is_within_a_text(text: str, other: str) -> None:
    """What everyday messages are made of is folded word by word; one strange character, and not."""
    assert " ".join(f"{fold(text)} {fold(other)}".split()) == fold(f"{text} {other}")


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآؤئءةىٱ", min_size=1))
def test_tashkeel_and_tatweel_never_matter(text: str) -> None:
    marked = "".join(letter + "ّـَ" for letter in text)
    assert fold(marked) == fold(text) or "ء" in text


def test_stems_take_off_what_is_attached_and_keep_the_word() -> None:
    assert "قميص" in stems("والقميص")
    assert "قميص" in stems("للقميص")
    assert "مقاس" in stems("مقاساته")
    assert "سعر" in stems("بسعر")
    assert "dress" in stems("dresses")
    assert stems("والد")[0] == "والد"
    assert "الوان" in stems(fold("ألوان"))


@pytest.mark.parametrize(
    ("said", "terms"),
    [
        ("السلام عليكم بكم القميص الأبيض لو سمحت؟", ["قميص", "ابيض"]),
        ("هلا شلونكم، عندكم فستان سهرة؟", ["فستان", "سهره"]),
        ("شكد سعر الجاكيت", ["جاكيت"]),
        ("بدي عباية سودا قديش", ["عبايه", "سودا"]),
        ("عايز جزمة مقاس ٤٢", ["جزمه", "مقاس", "42"]),
        ("How much is the black T-shirt please?", ["black", "tshirt"]),
        ("عندكم لبس أطفال", ["لبس", "اطفال"]),
        ("شكراً جزيلاً", ["جزيلا"]),
        ("مرحبا", []),
        ("👍", []),
        ("قميص قميص القميص", ["قميص"]),
    ],
)
def test_search_terms_are_what_a_message_is_about(said: str, terms: list[str]) -> None:
    assert search_terms(said) == terms


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_words_that_are_folded_already_have_the_same_search_terms(said: str) -> None:
    assert terms_of(words(said)) == terms_of(words(" ".join(words(said)))) == search_terms(said)


def test_whoever_changes_their_search_terms_changes_nobody_elses() -> None:
    search_terms("بدي القميص الأبيض").clear()

    assert search_terms("بدي القميص الأبيض") == ["قميص", "ابيض"]


def test_search_terms_are_bounded() -> None:
    assert len(search_terms(" ".join(f"كلمة{n}" for n in range(500)))) == 24


@pytest.mark.parametrize(
    ("text", "runs", "tongue"),
    [
        ("السعر 25$ OK", "rtl", "ar"),
        ("Hello يا", "ltr", "en"),
        ("123 ...", "rtl", "ar"),
        ("", "rtl", "ar"),
        ("שלום", "rtl", "ar"),
        ("how much is ثوب", "ltr", "en"),
    ],
)
def test_direction_and_language_follow_the_majority(text: str, runs: str, tongue: str) -> None:
    assert (direction(text), language(text)) == (runs, tongue)


def test_money_is_written_as_people_write_it() -> None:
    assert money(125_000_000, "IQD", "ar") == "١٢٥٬٠٠٠ د.ع"
    assert money(125_000_000, "IQD", "en") == "IQD 125,000"
    assert money(125_000_000, "IQD", "ar", "latin") == "125,000 د.ع"
    assert money(1_250, "SAR", "ar") == "١٢٫٥٠ ر.س"
    assert money(5, "KWD", "en") == "KWD 0.005"
    assert money(-200, "USD", "en") == "USD -2"
    assert money(300, "JPY", "ar") == "٣٠٠ JPY"
    assert digits("٤٢", "latin") == "42"
    assert words(money(28_000_000, "IQD", "ar"))[:2] == ["28", "000"]


def test_a_part_ends_where_a_reader_would_pause() -> None:
    text = "جملة أولى هنا. جملة ثانية.\n\nفقرة ثانية طويلة بعض الشيء."
    assert split_text(text, 40) == [
        "جملة أولى هنا. جملة ثانية.",
        "فقرة ثانية طويلة بعض الشيء.",
    ]
    assert split_text("one two three", 8) == ["one two", "three"]
    assert split_text("First here. Second", 14) == ["First here.", "Second"]
    assert split_text("  \n ", 10) == []
    with pytest.raises(ValueError, match="limit"):
        split_text("x", 3)


def test_a_family_or_a_flag_is_never_cut_in_two() -> None:
    family, flag, marked = "👨‍👩‍👧", "🇮🇶", "بَّ"
    assert list(grapheme_starts(family + flag + marked + "\r\n")) == [0, 5, 7, 10]
    assert split_text(family * 3, 7) == [family] * 3
    assert split_text(flag * 4, 5) == [flag * 2] * 2


@settings(max_examples=300, deadline=None)
@given(
    st.text(st.sampled_from("اب تc .\n؟👨‍👩َ🇮🇶") | st.characters(exclude_categories=["Cs"])),
    st.integers(4, 30),
    st.sampled_from([len, utf8_bytes]),
)
def test_splitting_loses_only_whitespace_and_keeps_the_limit(
    text: str, limit: int, measure: Callable[[str], int]
) -> None:
    parts = split_text(text, limit, measure=measure)
    assert all(part.strip() and measure(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
