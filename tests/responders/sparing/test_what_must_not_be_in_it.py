"""What must not be in a thing counts against what has it, and for what is free of it."""

from __future__ import annotations

import msgspec
import pytest

from hudhud.ops.sample.sample import sample
from hudhud.responders.lexicon import understood
from hudhud.responders.matching import matched
from hudhud.responders.sparing import denied, spared

_ANY = sample().products[0]
OLIVE, MUSHROOM, PLAIN = (
    msgspec.structs.replace(
        _ANY,
        id=at,
        sku=sku,
        name_ar=name,
        name_en=english,
        category_ar="بيتزا",
        category_en="Pizza",
        description_ar=told,
        description_en="",
        score=0.5,
    )
    for at, (sku, name, english, told) in enumerate(
        (
            ("OL", "بيتزا زيتون", "Olive pizza", "جبنة وزيتون أسود."),
            ("MU", "بيتزا فطر", "Mushroom pizza", "فطر طازج وجبنة."),
            ("PL", "بيتزا نباتية", "Vegan pizza", "خضار مشوية بلا جبنة."),
        ),
        start=1,
    )
)
PIZZAS = (OLIVE, MUSHROOM, PLAIN)


def answered(text: str) -> list[str]:
    found = matched(PIZZAS, (), [understood(text)])
    return [product.sku for group in found.groups for product in group.products]


@pytest.mark.parametrize(
    ("text", "skus"),
    [
        ("بيتزا بدون زيتون ولا فطر", ["PL"]),
        ("any pizza without olives?", ["MU", "PL"]),
        ("بدي بيتزا من غير جبنة", ["PL"]),
    ],
)
def test_what_holds_it_is_not_told(text: str, skus: list[str]) -> None:
    assert answered(text) == skus


def test_what_is_named_whole_is_told_though_something_is_left_out_of_it() -> None:
    assert answered("بيتزا فطر بدون جبنة")[0] in {"MU", "PL"}
    assert "OL" not in answered("بيتزا فطر بدون جبنة")


def test_what_is_free_of_it_is_found_first() -> None:
    lacked = denied(["بيتزا بلا جبنة"])
    found = spared(PIZZAS, PIZZAS, lacked=lacked, wanted=["بيتزا"])
    assert [product.sku for product in found] == ["PL", "OL", "MU"]


def test_where_nothing_else_is_said_it_is_what_is_asked_for() -> None:
    assert not denied(["ما عندي زيتون"])


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("بدي بيتزا خفيفة مش حارة كتير", "حاره"),
        ("shi 7elw mish mali7", "mali7"),
        ("a pizza, nothing too spicy", "spicy"),
        ("ما بدي ياها مالحة", "مالحه"),
    ],
)
def test_what_it_is_not_to_be_like_is_denied(said: str, word: str) -> None:
    assert word in denied([said])


@pytest.mark.parametrize("said", ["بشرتي مو صافية", "اللون مش موحد", "القطعة اللي مش بتبان"])
def test_how_ones_own_is_not_is_no_wish(said: str) -> None:
    assert not denied([said])
