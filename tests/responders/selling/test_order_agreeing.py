"""What may mean yes, and what cannot: the floor under whoever hears a yes for us."""

from __future__ import annotations

import pytest
from talking import BAKERY, CLOTHES

from hudhud.responders.selling.agreeing import consents, may_agree
from hudhud.responders.selling.naming import Names


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


SOLD, OWN = Names([*CLOTHES, *BAKERY]), Names(CLOTHES[:1])


@pytest.mark.parametrize(
    "said",
    [
        "yes, it is right now, proceed", "all correct now thanks", "no changes, confirm",
        "hih akdi", "ee thabbtoh 7abibi", "eh mazbout, kammlo", "wakha sifto", "ماكو تغيير، ثبتوه",
        "تمام وماكو غلط",
        "الحين صار صحيح، نعتمد", "نعم، أتمّوا الطلب", "لا بس كذا، أكديه", "هلق هيك الصح، ثبتيها",
        "لا شيء غلط، أكدوا", "nothing wrong, go ahead",
    ],
)  # fmt: skip
def test_a_yes_is_heard_in_any_words_for_it(said: str) -> None:
    assert consents([said], SOLD, OWN)


@pytest.mark.parametrize(
    "said",
    [
        "sorry", "now?", "اي بس الرقم غلط", "yes but the street is wrong", "تمام بس زيديها وحدة",
        "اي أزيلوا الحزام", "tamam zidha wa7da", "sorry, one more", "لا تعتمدوه", "مو صح",
    ],
)  # fmt: skip
def test_what_corrects_changes_or_only_regrets_is_no_yes(said: str) -> None:
    assert not consents([said], SOLD, OWN)
