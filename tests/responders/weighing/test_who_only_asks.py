"""Who only asks what a row tells orders nothing; who looks for a thing is told no row of a word."""

from __future__ import annotations

import pytest

from hudhud.model import Faq, Product
from hudhud.responders.lexicon import understood
from hudhud.responders.matching import matched
from hudhud.responders.weighing import alike, of_rows, particulars


def _ware(sku: str, name_ar: str, name_en: str, category: str = "") -> Product:
    return Product(
        id=sum(map(ord, sku)),
        sku=sku,
        name_ar=name_ar,
        name_en=name_en,
        description_ar="",
        description_en="",
        price_minor=1000,
        currency="SAR",
        stock=5,
        sizes=(),
        colours_ar=(),
        colours_en=(),
        category_ar=category,
        category_en="",
    )


def _row(topic: str, question_ar: str, question_en: str) -> Faq:
    return Faq(
        id=sum(map(ord, topic)),
        topic=topic,
        question_ar=question_ar,
        question_en=question_en,
        answer_ar=topic,
        answer_en=topic,
    )


WARES = [
    _ware("H1", "خرطوم ماء", "Water hose, 50 m roll", "سقاية"),
    _ware("H2", "رشاش حديقة", "Garden sprinkler", "سقاية"),
    _ware("T1", "تلفزيون ٥٠ بوصة", "50 inch television", "تلفزيونات"),
    _ware("T2", "تلفزيون ٦٥ بوصة", "65 inch television", "تلفزيونات"),
    _ware("R1", "خاتم فضة", "Silver ring", "خواتم"),
]
ROWS = [
    _row("delivery", "كم التوصيل ولأي مدن؟", "How much is delivery, and where to?"),
    _row("by_metre", "تبيعون بالمتر؟", "Do you sell by the metre?"),
    _row("returns", "هل أرجع أو أبدل؟", "Can I return or exchange?"),
    _row("resize", "تصغرون أو تكبرون الخاتم؟", "Do you resize rings?"),
    _row("trade_in", "تاخذون التلفزيون القديم؟", "Do you take the old television?"),
]


@pytest.mark.parametrize(
    "text",
    [
        "can I have just 8 metres of the hose and not the whole roll?",
        "توصلون للقرى البعيدة وكم ياخذ وقت التوصيل؟",
    ],
)
def test_who_only_asks_what_a_row_tells_orders_nothing(text: str) -> None:
    assert of_rows(WARES, ROWS, text)


@pytest.mark.parametrize(
    "text",
    [
        "do you deliver a hose and a sprinkler to the villages?",
        "بدي خرطوم ماء",
        "توصلون رشاش حديقة؟",
    ],
)
def test_who_names_two_things_or_one_whole_may_want_them(text: str) -> None:
    assert not of_rows(WARES, ROWS, text)


def test_a_name_is_like_no_row_whatever_letters_they_share() -> None:
    assert particulars(understood("سعاد عبد الرحمن الكيلاني"))
    assert alike(WARES, ROWS, understood("سعاد عبد الرحمن الكيلاني")) is None


@pytest.mark.parametrize(
    "text", ["تلفزيوننا القديم احترق شو عندكن تلفزيونات؟", "do you have televisions? ours is old"]
)
def test_who_looks_for_a_kind_of_thing_is_told_no_row_for_one_word_of_it(text: str) -> None:
    found = matched(WARES, ROWS, [understood(text)])
    assert [row.topic for row in found.rows] == []
    assert {"T1", "T2"} <= {one.sku for group in found.groups for one in group.products}


def test_what_we_are_to_do_to_a_ware_comes_before_a_subject_that_is_near() -> None:
    found = matched(WARES, ROWS, [understood("اذا جا الخاتم واسع تصغرونه؟")])
    assert [row.topic for row in found.rows] == ["resize"]


def test_how_wide_a_thing_is_asks_for_no_discount() -> None:
    assert "discount" not in understood("عندي باب عرضه ٢ متر").meanings
    assert "discount" in understood("عندكم عرض اليوم؟").meanings


@pytest.mark.parametrize("text", ["شو انواع الصابون عندكم", "what kinds of soap do you carry"])
def test_what_kinds_there_are_is_what_who_looks_around_asks(text: str) -> None:
    assert "browse" in understood(text).meanings


@pytest.mark.parametrize(
    "text",
    [
        "ترسلون عينة زغيرة من الخرطوم نشوفها كبل لا نشتري؟",
        "can I see a small sample of the hose before I buy?",
    ],
)
def test_who_asks_for_a_sample_before_buying_orders_nothing(text: str) -> None:
    rows = [*ROWS, _row("samples", "ممكن عينة قبل ما أشتري؟", "Can I get a sample first?")]
    assert of_rows(WARES, rows, text)


def test_a_row_is_also_of_the_subject_that_it_asks_whatever_its_name() -> None:
    rows = [
        *ROWS[:1],
        _row("cutting", "تقصون نص متر أو ربع؟ أقل قصة كم", "Do you cut half a metre?"),
    ]
    found = matched(WARES, rows, [understood("عايز حتة بس، لازم آخذ الرول كله؟")])
    assert [row.topic for row in found.rows] == ["cutting"]


@pytest.mark.parametrize("text", ["صندوق حديد ما يكدر احد يفتحه", "علبة ما يعرف الطفل يفتحها"])
def test_what_nobody_can_open_asks_for_no_hours(text: str) -> None:
    assert "hours" not in understood(text).meanings
    assert "hours" in understood("متى تفتحون؟").meanings
