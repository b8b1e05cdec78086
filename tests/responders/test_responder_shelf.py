"""A thing is found by other words, other spellings and what its name is derived from."""

from __future__ import annotations

import msgspec
import pytest

from hudhud.model import Product
from hudhud.ops.sample.sample import sample
from hudhud.responders import shelf
from hudhud.responders.lexicon import understood

PRODUCTS = sample().products


def named(text: str) -> set[str]:
    found = shelf.find(PRODUCTS, understood(text).terms, in_other_words=True)
    return {product.sku for product in found.products} if found.by == "name" else set()


@pytest.mark.parametrize(
    ("text", "sku"),
    [
        ("صمطة جلد", "AC-01"),  # a twin of «سمطة», a belt
        ("tannoura tawila", "TP-02"),  # by its sound
        ("3abaya mlawna", "AB-02"),
        ("جنطة يد", "AC-02"),
    ],
)
def test_a_product_is_named_in_other_words(text: str, sku: str) -> None:
    assert named(text) == {sku}


def test_a_name_is_known_by_what_it_is_derived_from() -> None:
    abayas = [product for product in PRODUCTS if product.sku.startswith("AB")]
    terms = understood("عباية مطرزة").terms  # of the letters of «بتطريز»
    (found,) = shelf.find(abayas, terms, in_other_words=True).products
    assert found.sku == "AB-02"


def test_other_words_count_only_where_they_are_asked_for() -> None:
    terms = understood("صمطة").terms
    assert not shelf.find(PRODUCTS, terms).by
    assert shelf.find(PRODUCTS, terms, in_other_words=True).by == "name"


@pytest.mark.parametrize(
    ("said", "colour"),
    [("زرگه", "أزرق"), ("ابيظ", "أبيض"), ("zar2a", "أزرق"), ("زهر", "وردي"), ("ليلكي", None)],
)
def test_a_colour_is_heard_in_every_spelling(said: str, colour: str | None) -> None:
    for product in (product for product in PRODUCTS if product.sku in ("KD-01", "TS-01")):
        place = shelf.colour_said(understood(said).said or (said,), product)
        if colour in product.colours_ar:
            assert place == product.colours_ar.index(colour)
        else:
            assert place is None


def test_a_root_in_the_description_decides_between_equal_names() -> None:
    first, second = (
        msgspec.structs.replace(
            PRODUCTS[0], name_ar=name, description_ar=told, sizes=(), category_ar="ستائر"
        )
        for name, told in (
            ("ستارة قطن", "قماش ناعم للمطبخ"),
            ("ستارة سميكة", "تمنع ضوء الشمس عن جوارك"),
        )
    )
    found = shelf.find((first, second), understood("ستارة مانعة للغبار").terms)
    assert found.products[0] == second


def things(*told: str, scores: tuple[float, ...]) -> list[Product]:
    return [
        msgspec.structs.replace(
            PRODUCTS[0], sku=one, name_ar=f"شيء {one}", description_ar=one, score=score
        )
        for one, score in zip(told, scores, strict=True)
    ]


def test_a_thing_is_described_by_several_words_that_it_tells_in_any_form() -> None:
    folding, other = things("ينطوي ولا ينزلق", "قماش", scores=(0.6, 0.3))
    assert shelf.described((other, folding), ("بينطوي", "تزحلق", "سيارتي")) is folding
    assert shelf.told_of(folding, ("بينطوي", "سيارتي")) == {"بينطوي"}


def test_one_word_describes_nothing_and_neither_does_what_is_not_ahead() -> None:
    folding, other = things("ينطوي ولا ينزلق", "قماش", scores=(0.6, 0.5))
    assert shelf.described((folding, other), ("بينطوي", "سيارتي")) is None
    assert shelf.described((folding, other), ("ينطوي", "ينزلق"), surely=True) is None
    assert shelf.described((), ("ينطوي", "ينزلق")) is None


@pytest.mark.parametrize("word", ["كبير", "الصغيره", "مترين", "menha", "اسود", "42", "بالعاده"])
def test_a_trait_a_measure_and_what_points_back_name_nothing(word: str) -> None:
    shoe = msgspec.structs.replace(PRODUCTS[0], sizes=("42", "43"))
    assert shelf.points_back(word, (shoe,), (shoe,))


def test_a_measure_that_is_called_so_in_a_name_is_that_name() -> None:
    bag = msgspec.structs.replace(PRODUCTS[0], name_ar="حقيبة صغيرة")
    assert not shelf.points_back("صغيره", (), (bag,))
    assert not shelf.points_back("حزام", (bag,), (bag,))


def test_what_a_thing_is_to_fit_names_no_other_thing() -> None:
    cover = msgspec.structs.replace(PRODUCTS[0], sizes=("نوكيا 5", "نوكيا 6"))
    assert shelf.only_sizes((cover,), ("نوكيا", "5"))
    assert not shelf.only_sizes((cover,), ("كفر", "نوكيا"))
