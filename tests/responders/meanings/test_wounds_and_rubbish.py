"""A body that something hurt, rubbish as a thing that is sold, a reception as an address."""

from __future__ import annotations

import pytest

from hudhud.responders.lexicon import understood


@pytest.mark.parametrize(
    "text",
    [
        "اختي جرحت صبعها من حافة الرف اللي جبناه",
        "العصا طارت بعيني وعيني حمرا",
        "السلم انكسر وانا فوقه",
        "الزيت حرق يدي",
        "الشاي اللي خديته سبب لابني مغص",
        "the bench collapsed under my father",
        "the lid cut my thumb open",
        "el sekkina jar7at idi",
    ],
)
def test_whoever_was_hurt_is_a_persons(text: str) -> None:
    assert understood(text).danger


@pytest.mark.parametrize(
    "text",
    [
        "بدي قفازات ما تجرح ايدي",
        "شي خفيف ما يوقع على راس الولد",
        "gloves so I don't cut my fingers",
        "عايز كريم ل ايدي",
        "ابني جرح ايده، عندكم لزقات؟",
    ],
)
def test_who_would_not_be_hurt_only_buys(text: str) -> None:
    assert not understood(text).danger


@pytest.mark.parametrize(
    "text",
    ["اكياس زبالة ٣٠ لتر", "بدي سطل زبالة بدعسة", "zbala bags 3andkom", "كيس الزبالة شحال"],
)
def test_rubbish_that_is_thrown_into_something_is_no_complaint(text: str) -> None:
    assert "complaint" not in understood(text).meanings


def test_a_service_is_still_called_rubbish() -> None:
    assert "complaint" in understood("خدمتكم زبالة").meanings


@pytest.mark.parametrize(
    "text",
    [
        "Al Noor Hotel, floor 3, leave it at the reception",
        "ثريا كبيرة للريسبشن",
        "برج السلام، سلمها عند الاستقبال",
    ],
)
def test_a_reception_where_things_are_left_or_hung_is_nobody(text: str) -> None:
    assert "person" not in understood(text).meanings


@pytest.mark.parametrize("text", ["حولني على الاستقبال", "put me through to the reception"])
def test_a_reception_that_is_to_be_reached_is_somebody(text: str) -> None:
    assert "person" in understood(text).meanings


@pytest.mark.parametrize(
    "text", ["بقعة حبر على القميص، شو يطلعها؟", "الحيط عندي مشقوق، وش استخدم؟"]
)
def test_who_asks_what_to_use_against_a_trouble_complains_of_nothing(text: str) -> None:
    assert "complaint" not in understood(text).meanings


def test_what_came_broken_is_a_complaint_whatever_is_asked_to_use() -> None:
    assert "complaint" in understood("الغراء اللي شريته منكم ناشف، شو استعمل؟").meanings


@pytest.mark.parametrize(
    "text",
    [
        "المدفأة اللي شريتها من عندكم صار يطلع منها دخان، شو اسوي؟",
        "خذت من عندكم محول وولع بالليل",
        "the heater I bought from you started smoking, what now?",
    ],
)
def test_what_was_bought_here_and_smokes_or_burns_is_a_complaint(text: str) -> None:
    assert "complaint" in understood(text).meanings


def test_smoke_that_a_thing_is_asked_for_is_none() -> None:
    assert "complaint" not in understood("عندكم موقد ما يطلع منه دخان؟").meanings
