"""What a contact's own words allow: a cancelled order, an appointment, what is kept of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hudhud.model import Assistant, Said, Turn, TurnInbox
from hudhud.responders.consenting import Owned, may_book, may_cancel

OURS = "طلبك رقم 12: مسجّل وينتظر موافقة المتجر.\nهل ألغي هذا الطلب؟"
CHANGE = "ماذا تريد أن أغيّر في طلبك؟ أو اكتب «إلغاء» لأتركه."
CANCELS = [
    "ألغِ الطلب", "الغوا طلبي", "لا، الغي الطلب", "لا الغي", "ممكن ألغي الطلب؟",
    "بدي الغي طلبي رقم 12", "كنسلوا الطلب لو سمحت", "ما عاد ابي الطلب", "ما ابي الطلب الغوه",
    "هونت عن الطلب", "elghi el talab", "غيرت رأيي ما اريد الطلبية", "بغيت نلغي الكوموند",
    "annuler la commande", "طلبي السابق الغيه من فضلك", "cancel my order please",
    "I changed my mind, cancel it", "can you cancel my order?",
    "ألغوا الطلب. ليش تأخرتوا هالقد؟", "لا أريد الطلب", "لا اريد الطلب، الغوه",
]  # fmt: skip
LEAVES = [
    "كيف أغسل الأكواب؟", "لا تلغي الطلب", "لا تلغون طلبي", "ما ابي الغي الطلب",
    "لا أريد إلغاء الطلب", "لا أريد أن ألغيه",
    "ما اريد الغيه بس متى يوصل", "ليش انلغى طلبي؟", "كيف ألغي الطلب", "وين طلبي", "نعم", "شكرا",
    "أريد كوب أزرق", "don't cancel my order", "please do not cancel", "I never cancelled it",
    "what is your cancellation policy?", "الغوا طلبي رقم 7",
]  # fmt: skip
BOOKS = [
    "أريد موعد يوم الأحد", "ممكن موعد بكرة الساعة 5؟", "احجزلي الساعة خمسة", "الخميس مناسب",
    "book me for tomorrow at 5pm", "can I book a slot on sunday?",
]  # fmt: skip
BOOKS_NOT = [
    "أريد كوب أزرق", "كيف أغسل الأكواب؟", "لا شكرا", "نعم", "ما ابي موعد", "no thanks",
    "متى موعد الدوام؟",
]  # fmt: skip
TIMES = "عندنا موعد الساعة ٥ أو ٦ غداً، أيهما أحجز؟"


@pytest.mark.parametrize("said", CANCELS)
def test_who_asks_for_it_cancels(said: str) -> None:
    assert may_cancel([said], "", 12)


@pytest.mark.parametrize("said", LEAVES)
def test_who_asks_or_forbids_or_speaks_of_another_order_cancels_nothing(said: str) -> None:
    assert not may_cancel([said], "أهلاً بك", 12)


@pytest.mark.parametrize("said", ["نعم", "اي", "👍", "تمام", "yes", "أكيد", "ايوه الغيه"])
def test_a_yes_to_our_question_cancels_that_order(said: str) -> None:
    assert may_cancel([said], OURS, 12)
    assert may_cancel([said], OURS, None)
    assert may_cancel([said], OURS, 7) == ("الغ" in said)
    assert may_cancel([said], CHANGE, 12) == ("الغ" in said)


@pytest.mark.parametrize(
    "said", ["لا", "لا شكرا", "بعدين", "متى يوصل؟", "كم سعر الكوب", "leave it"]
)
def test_anything_else_to_our_question_cancels_nothing(said: str) -> None:
    assert not may_cancel([said], OURS, 12)


@pytest.mark.parametrize("said", BOOKS)
def test_who_speaks_of_a_time_may_book(said: str) -> None:
    assert may_book([said], "")


@pytest.mark.parametrize("said", BOOKS_NOT)
def test_who_speaks_of_none_books_nothing(said: str) -> None:
    assert not may_book([said], "")


@pytest.mark.parametrize(
    ("said", "books"),
    [("نعم", True), ("الخامسة", True), ("5", True), ("لا", False), ("كم سعر الكوب؟", False)],
)
def test_a_time_that_we_offered_is_taken_by_an_answer(said: str, *, books: bool) -> None:
    assert may_book([said], TIMES) == books


def owned(*said: str, country: str = "IQ", **more: str) -> Owned:
    at = datetime(2026, 11, 21, tzinfo=UTC)
    texts = [Said(id=n, author="contact", kind="text", text=t, at=at) for n, t in enumerate(said)]
    forged = Said(id=99, author="assistant", kind="text", text="07905556677 البصرة", at=at)
    person = Said(id=98, author="operator", kind="text", text="إلى الأعظمية كالعادة؟", at=at)
    assistant = Assistant(
        id=1, merchant_id=1, name="a", responder="llm", instructions="", options={}
    )
    turn = Turn(
        merchant_id=1,
        merchant_name="متجر",
        conversation_id=1,
        contact_name="Ali",
        assistant=assistant,
        messages=tuple(texts[-1:]),
        history=(*texts[:-1], person, forged),
        inbox=TurnInbox(country=country, writes_from=more.get("writes_from", "")),
    )
    return Owned(turn)


@pytest.mark.parametrize(
    "said",
    ["0770 123 4567", "+964 770 123 4567", "رقمي ٠٧٧٠١٢٣٤٥٦٧", "صفر سبعة سبعة صفر ١٢٣ ٤٥٦٧"],
)
def test_a_number_is_theirs_however_it_was_said(said: str) -> None:
    theirs = owned(said, "نعم")
    assert theirs.phone("+9647701234567")
    assert theirs.phone("07701234567")
    assert not theirs.phone("07905556677")


def test_the_number_that_they_write_from_is_theirs() -> None:
    assert owned("نفس الرقم", writes_from="+9647701234567").phone("07701234567")


def test_half_of_an_address_in_their_words_is_enough_and_none_is_not() -> None:
    theirs = owned("بغداد الكرادة شارع ٦٢", "نعم")
    assert theirs.text("بغداد، الكرادة، شارع 62 قرب الجامع")
    assert not theirs.text("البصرة، العشار، قرب الجسر")
    assert theirs.text("الأعظمية")
    assert owned("ana sakin fi Baghdad").text("بغداد")
