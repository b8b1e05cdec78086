"""A size is what tells one of a product from the others, however the row writes it (S6)."""

from __future__ import annotations

import pytest

from hudhud.model import Product
from hudhud.responders.selling import traits
from hudhud.text import words
from hudhud.text.ranges import ranged

PORTIONS = ("نفر", "نفرين")
PEOPLE = ("4 أشخاص", "8 أشخاص")
PLAIN = ("صغير", "وسط", "كبير")
WEIGHTS = ("ربع كيلو", "نص كيلو", "كيلو")
GRAMS = ("100 جرام", "250 جرام", "500 جرام", "1 كيلو")
POURED = ("250 مل", "1 لتر", "1.5 لتر")
INCHES = ("12 بوصة", "16 بوصة")
LENGTHS = ("1 م", "2 م")
HOSES = ("1.5 متر", "2.5 متر", "5 متر")
CARDS = ("64GB", "256GB", "1TB")
SHIRTS = ("S", "M", "L", "XL")
PHONES = ("آيفون 15", "جالكسي S24")
NAPPIES = ("مقاس 3", "مقاس 4")
POTS = ("عادي", "عائلي")
SACKS = ("2 كغ", "5 كغ", "10 كغ")
ROUND = ("40 سم", "60 سم")
AGES = ("1-2 سنة", "2-3 سنة", "3-4 سنة")
MONTHS = ("0-3M", "3-6M", "6-12M")
POWERS = ("-1.00", "-1.50", "-2.00")


def product(sizes: tuple[str, ...]) -> Product:
    return Product(
        id=1, sku="A", name_ar="شي", name_en="Thing", description_ar="", description_en="",
        price_minor=1, currency="SAR", stock=9, sizes=sizes, colours_ar=(), colours_en=(),
        category_ar="", category_en="",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sizes", "said", "meant"),
    [
        (PLAIN, "الكبيرة لو سمحت", "كبير"),
        (PLAIN, "اريدهم كبار", "كبير"),
        (PLAIN, "چبير", "كبير"),
        (PLAIN, "el kbir", "كبير"),
        (PLAIN, "the small one", "صغير"),
        (PLAIN, "so8ayar", "صغير"),
        (PLAIN, "المتوسط", "وسط"),
        (PORTIONS, "مال نفرين", "نفرين"),
        (PORTIONS, "حجم نفر", "نفر"),
        (PORTIONS, "لشخصين", "نفرين"),
        (PORTIONS, "for two people", "نفرين"),
        (PEOPLE, "يكفي ٨ اشخاص", "8 أشخاص"),
        (PEOPLE, "four people", "4 أشخاص"),
        (WEIGHTS, "نص كيلو", "نص كيلو"),
        (WEIGHTS, "كيلو", "كيلو"),
        (GRAMS, "نص كيلو", "500 جرام"),
        (GRAMS, "وربع كيلو كمان", "250 جرام"),
        (GRAMS, "nos kilo", "500 جرام"),
        (GRAMS, "half a kilo", "500 جرام"),
        (GRAMS, "٢٥٠ غم", "250 جرام"),
        (GRAMS, "500g", "500 جرام"),
        (GRAMS, "ميت غرام", "100 جرام"),
        (GRAMS, "كيلو", "1 كيلو"),
        (POURED, "ربع لتر", "250 مل"),
        (POURED, "لتر", "1 لتر"),
        (INCHES, "16 inch", "16 بوصة"),
        (INCHES, "١٦ بوصة", "16 بوصة"),
        (LENGTHS, "مترين", "2 م"),
        (LENGTHS, "طول متر", "1 م"),
        (HOSES, "مترين ونص", "2.5 متر"),
        (HOSES, "2.5 m", "2.5 متر"),
        (HOSES, "متر ونص", "1.5 متر"),
        (CARDS, "٦٤ كيكا", "64GB"),
        (CARDS, "256 giga", "256GB"),
        (CARDS, "تيرا", "1TB"),
        (CARDS, "1000 جيجابايت", "1TB"),
        (SHIRTS, "دبل اكس", ""),
        (SHIRTS, "لارج", "L"),
        (PHONES, "للايفون ١٥", "آيفون 15"),
        (PHONES, "جالكسي", "جالكسي S24"),
        (NAPPIES, "مقاس ٤", "مقاس 4"),
        (POTS, "العائلي", "عائلي"),
        (SACKS, "خمسة كيلو", "5 كغ"),
        (SACKS, "5 kilo", "5 كغ"),
        (SACKS, "الوسط", "5 كغ"),
        (ROUND, "الكبيرة", "60 سم"),
        (ROUND, "the smaller one", "40 سم"),
        (ROUND, "٦٠ سنتيمتر", "60 سم"),
        (POWERS, "درجة -2.00", "-2.00"),
        (POWERS, "-1.5", "-1.50"),
        (POWERS, "سالب اثنين", "-2.00"),
        (POWERS, "درجة ونص", "-1.50"),
        (PORTIONS, "for two", "نفرين"),
        (AGES, "عمره من سنتين لثلاث", "2-3 سنة"),
        (AGES, "age 3 to 4", "3-4 سنة"),
        (AGES, "٢-٣", "2-3 سنة"),
        (AGES, "size 4-5", ""),
        (MONTHS, "٦ شهور لسنة", "6-12M"),
        (MONTHS, "3-6 months", "3-6M"),
    ],
)
def test_a_size_is_heard_in_the_words_of_its_kind(
    sizes: tuple[str, ...], said: str, meant: str
) -> None:
    found = traits.size(ranged(said), product(sizes))
    assert found is not None
    assert found.size == meant


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        (SHIRTS, "متر"),  # no shirt is measured in metres
        (PLAIN, "اريد اثنين"),
        (PORTIONS, "تمام شكرا"),
        (WEIGHTS, "بكم السعر"),
        (PHONES, "ابي كفر"),
        (PHONES, "الكبير"),  # no phone is a greater one
        (POWERS, "-3.50"),
    ],
)
def test_what_is_no_word_of_its_sizes_says_none(sizes: tuple[str, ...], said: str) -> None:
    assert traits.size(words(said), product(sizes)) is None
