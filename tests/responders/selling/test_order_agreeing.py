"""What may mean yes, and what cannot: the floor under whoever hears a yes for us."""

from __future__ import annotations

import pytest

from hudhud.responders.selling.agreeing import may_agree


@pytest.mark.parametrize(
    "said",
    [
        ("نعم",), ("اي اكد",), ("تمام عيني",), ("اوكي",), ("👍",), ("yes please",), ("go ahead",),
        ("aywa",), ("سارة احمد 07701234567",), ("توكل على الله",), ("نعم بس متى يوصل؟",),
        ("متى يوصل؟", "اي اكد"), ("لا مشكلة، ثبته",), ("بغداد الكرادة",), ("",), ("خذلي ياه",),
    ],
)  # fmt: skip
def test_what_may_be_a_yes_is_left_to_who_reads_it(said: tuple[str, ...]) -> None:
    assert may_agree(said)


@pytest.mark.parametrize(
    "said",
    [
        ("كم يوم التوصيل؟",), ("شنو الالوان",), ("لا",), ("مو هسه",), ("الغي",), ("not now",),
        ("how long does it take",), ("بكم القميص؟", "ووين محلكم؟"), ("بعدين افكر",),
    ],
)  # fmt: skip
def test_what_only_asks_or_declines_is_no_yes(said: tuple[str, ...]) -> None:
    assert not may_agree(said)
