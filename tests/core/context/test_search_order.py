"""What was spoken of comes first where the batch names nothing of its own."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from hudhud.core.context.ordering import in_order
from hudhud.model import Product, Said
from hudhud.ops.sample.sample import sample

WARES = {
    product.sku: msgspec.structs.replace(product, id=at, score=0.5)
    for at, product in enumerate(sample().products, start=1)
}
COAT, CAP, BELT = WARES["JK-02"], WARES["AC-04"], WARES["AC-01"]


def ordered(text: str, told: list[Product], spoken: Product = COAT) -> list[str]:
    before = Said(
        id=1,
        author="assistant",
        kind="text",
        text=f"{spoken.name_ar}: متوفر",
        at=datetime(2026, 11, 21, 9, tzinfo=UTC),
    )
    return [product.sku for product in in_order(told, [BELT, spoken], [text], [before])]


@pytest.mark.parametrize(
    "text",
    [
        "والكبير منه بكم",
        "في منو كحلي؟",
        "fi minno aswad?",
        "is the black one there",
        "شنو الالوان بيها",
        "بيش بالعادة",
        "المتوسط موجود؟",
    ],
)
def test_what_was_spoken_of_comes_first_when_nothing_else_is_named(text: str) -> None:
    assert ordered(text, [CAP, BELT]) == ["JK-02", "AC-01", "AC-04"]  # before, a belt fitted too


@pytest.mark.parametrize("text", ["وكاب رياضي؟", "عندكم كاب كحلي", "how much is the sports cap"])
def test_what_is_named_comes_before_what_was_spoken_of(text: str) -> None:
    assert ordered(text, [CAP])[0] == "AC-04"


def test_what_holds_more_of_the_words_comes_first_among_equals() -> None:
    assert in_order([BELT, COAT], [], ["جاكيت شتوي"], [])[0].sku == "JK-02"


def test_a_score_far_ahead_is_not_overruled() -> None:
    best = msgspec.structs.replace(BELT, score=1.0)
    assert in_order([best, COAT], [], ["جاكيت شتوي"], [])[0].sku == "AC-01"


def test_what_also_fits_what_was_said_before_comes_first_among_equals() -> None:
    assert [one.sku for one in in_order([CAP, BELT], [BELT, COAT], ["الجلد"], [])][:2] == [
        "AC-01",
        "AC-04",
    ]
