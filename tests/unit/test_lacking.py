"""What a text says that a thing is to be, or is, without."""

from __future__ import annotations

import pytest

from hudhud.text import fold, lacking, made_of, meaning_of, search_terms


@pytest.mark.parametrize(
    ("text", "lacked"),
    [
        ("بدي بيتزا من غير زيتون ولا فطر", {"زيتون", "فطر"}),
        ("كيكة خالية من البيض", {"بيض"}),
        ("ابغى مكسرات بلا ملح", {"ملح"}),
        ("مرهم ما فيه كورتيزون", {"كورتيزون"}),
        ("ستارة ما تحتاج مسمار", {"مسمار"}),
        ("عندي حساسية من الفراولة", {"فراوله"}),
        ("مبحبش القرفة", {"قرفه"}),
        ("a pizza without onions or olives", {"onions", "olives"}),
        ("I don't eat pork", {"pork"}),
        ("a nut-free cake", {"nut"}),
        ("seedless grapes", {"seed"}),
        ("kahwe bala sokkar", {"sokkar"}),
        ("صندوق لا يحتاج مفتاحاً", {"مفتاحا"}),
    ],
)
def test_what_must_not_be_in_a_thing_is_read(text: str, lacked: set[str]) -> None:
    assert {*lacking(text)} == lacked


@pytest.mark.parametrize(
    "text",
    [
        "مو عندكم كنافة؟",
        "مفيش كنافة النهارده؟",
        "No, I want the small one",
        "محتاجة ستارة للصالة",
        "لون بشرتي مو موحد",
        "is delivery free?",
    ],
)
def test_what_is_asked_for_is_not_denied(text: str) -> None:
    assert not lacking(text)


def test_having_is_no_thing_in_any_spelling() -> None:
    assert search_terms("3ndkom 3endko 3andak 3adas") == ["3adas"]


@pytest.mark.parametrize(("said", "told"), [("لمراتي", "نسائي"), ("لجوزي", "رجالي")])
def test_whom_a_thing_is_for_is_meant_by_what_goods_are_for(said: str, told: str) -> None:
    assert meaning_of(said) & meaning_of(fold(told))
    assert not made_of(said)


def test_each_thing_that_it_is_without_is_told_by_its_own_without() -> None:
    assert {*lacking("صابون بدون لون وبدون كحول ومن غير صبغة")} >= {"كحول", "صبغه"}
