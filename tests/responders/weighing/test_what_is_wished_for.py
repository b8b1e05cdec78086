"""What is wished for is no topic's, and a trouble of one's own body is no complaint."""

from __future__ import annotations

import pytest

from hudhud.model import Product
from hudhud.responders.examples import calm
from hudhud.responders.lexicon import understood
from hudhud.responders.shelf import Found
from hudhud.responders.weighing import weighed, wished, wishing
from hudhud.text import synonyms


def _ware(sku: str, name: str, told: str, score: float) -> Product:
    return Product(
        id=len(name),
        sku=sku,
        name_ar=name,
        name_en=sku,
        description_ar=told,
        description_en="",
        price_minor=1000,
        currency="SAR",
        stock=4,
        sizes=(),
        colours_ar=(),
        colours_en=(),
        category_ar="خشب",
        category_en="Wood",
        score=score,
    )


TRAY = _ware("TRAY", "صينية بالاسم", "صينية خشب يحفر عليها اسم العروس.", 0.7)
BOWL = _ware("BOWL", "زبدية خشب", "للسلطة.", 0.2)


def test_who_wishes_and_asks_nothing_is_told_no_hours() -> None:
    read = understood("رفيقتي فاتحة صالون جديد وبدي اشي حلو ابعتلها ياه عالباب")
    assert "hours" not in wishing(read).meanings


def test_who_asks_for_the_hours_is_told_them() -> None:
    read = understood("متى فاتحين اليوم؟")
    assert wishing(read) == read


def test_the_one_thing_that_is_wanted_comes_before_what_rows_tell_of_its_words() -> None:
    assert wished([TRAY, BOWL], understood("بدي صينية عليها اسم العروس"))


def test_a_deed_that_is_asked_of_us_wants_no_ware() -> None:
    assert not wished([TRAY, BOWL], understood("هل يمكنكم حفر اسم العروس على صينية عندكم؟"))


@pytest.mark.parametrize("text", ["بشرتي ناشفة ومقشرة", "شعري تالف وناشف من الصبغة"])
def test_a_body_that_nothing_of_ours_touched_complains_of_nothing(text: str) -> None:
    assert "complaint" not in calm(text, understood(text)).meanings


@pytest.mark.parametrize(("said", "called"), [("ليبوجي", "شمعات"), ("لاكراطه", "ممسحه")])
def test_a_loan_word_with_its_article_is_the_same_thing(said: str, called: str) -> None:
    assert called in synonyms(said)


@pytest.mark.parametrize("text", ["الصينية انكسرت وبدي زبدية للشوربة", "صينيتي قديمة، ابغى زبدية"])
def test_what_follows_the_wish_stands_before_what_was_named_on_the_way(text: str) -> None:
    named = Found(products=(TRAY, BOWL), by="name", words=frozenset({"صينيه", "زبديه"}))
    assert weighed((TRAY, BOWL), named, understood(text)).products == (BOWL, TRAY)
    whole = Found(products=(TRAY, BOWL), by="name", exact=True, words=named.words)
    assert weighed((TRAY, BOWL), whole, understood(text)).products == (TRAY, BOWL)
