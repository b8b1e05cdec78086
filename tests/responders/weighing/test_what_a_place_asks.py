"""Who names a place is told the row of that place; who books a table, how it is booked."""

from __future__ import annotations

import pytest

from hudhud.model import Faq
from hudhud.responders.weighing import booked, reaching


def _row(topic: str, question_ar: str, question_en: str, answer_ar: str) -> Faq:
    return Faq(
        id=len(question_ar),
        topic=topic,
        question_ar=question_ar,
        question_en=question_en,
        answer_ar=answer_ar,
        answer_en="",
    )


HERE = _row(
    "delivery", "كم التوصيل داخل الكويت؟", "Delivery in Kuwait?", "ديناران، وللجهراء ثلاثة."
)
AWAY = _row("abroad", "تشحنون خارج الكويت لدول الخليج؟", "Do you ship to the Gulf?", "نعم، بخمسة.")
PAID = _row("payment", "هل ادفع كاش عند التوصيل؟", "Can I pay on delivery?", "نعم.")
TABLES = _row("reservation", "كيف احجز طاولة؟", "How do I reserve a table?", "قبل ساعة.")


@pytest.mark.parametrize(
    "text", ["بتبعتوا عالدوحة؟", "do you ship to Dubai?", "كم التوصيل لمسقط؟", "توصلون برا الكويت؟"]
)
def test_a_place_abroad_is_told_the_row_of_what_is_abroad(text: str) -> None:
    assert reaching([HERE, AWAY], [HERE], text) == [AWAY]


@pytest.mark.parametrize("text", ["كم التوصيل؟", "توصلون حولي؟", "delivery to Jahra?"])
def test_a_place_at_home_is_told_the_row_of_home(text: str) -> None:
    assert reaching([HERE, AWAY], [HERE], text) == [HERE]


@pytest.mark.parametrize(
    "text",
    [
        "احجزلنا طاولة الليلة",
        "a table for seven please",
        "bedde 2e7joz tawle",
        "عايز ترابيزه لـ ٤ افراد",
        "بغيت طبلة ل ٣ ديال الناس",
    ],
)
def test_a_table_that_is_booked_is_told_how(text: str) -> None:
    assert booked([HERE, TABLES], text) == TABLES


def test_where_no_row_tells_of_booking_a_table_may_be_a_ware() -> None:
    assert booked([HERE, AWAY], "احجزلي طاولة خشب") is None


def test_a_dish_that_is_kept_for_somebody_books_no_table() -> None:
    assert booked([TABLES], "احجزولي صحن تبولة") is None


def test_how_to_pay_at_a_place_is_told_by_the_row_of_paying() -> None:
    assert reaching([HERE, AWAY, PAID], [PAID], "ينفع كاش لما يوصلني للدوحة؟") == [PAID]
