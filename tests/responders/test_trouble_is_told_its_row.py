"""Where something went wrong a person is called, and the row that was asked for is told as well."""

from __future__ import annotations

import pytest
from no_tools import NoTools
from test_responder_catalogue import SHOP, turn

from hudhud.model import Faq
from hudhud.responders import catalogue
from hudhud.responders.lexicon import understood
from hudhud.responders.matching import overheard

WARRANTY = Faq(
    id=98,
    topic="warranty",
    question_ar="كم مدة الضمان؟",
    question_en="How long is the warranty?",
    answer_ar="الضمان سنة واحدة.",
    answer_en="The warranty is one year.",
)
FAQS = (*SHOP.faqs, WARRANTY)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("الغلاية اللي شريتها منكم بطلت تسخن، عليها ضمان؟", "warranty"),
        ("الساعة خربت بعد يومين، يشملها الضمان؟", "warranty"),
        ("the kettle i bought from you stopped heating, is it under warranty?", "warranty"),
        ("وصلني القميص مشقوق، ينفع ابدله؟", "returns"),
        ("بعتولي لون غير اللي طلبته، كيف ارجعه؟", "returns"),
        ("الصباط اللي خديت من عندكم تفتق، واش نقدر نرجعو؟", "returns"),
        ("اريد احچي ويه المدير، وشوكت تفتحون؟", "hours"),
    ],
)
async def test_the_row_is_told_and_a_person_called(text: str, topic: str) -> None:
    answer = await catalogue.answer(
        turn(text, faqs=FAQS), catalogue.Options(), deadline_s=1, tools=NoTools()
    )
    assert answer.hand_over
    assert f"faq:{topic}" in answer.source


@pytest.mark.parametrize(
    "text",
    [
        "وين الطلب تاخر اسبوع، كم يوم ياخذ التوصيل؟",
        "ابني بلع زر القميص، شو اعمل؟",
        "القميص طلع ممزق وانا زعلان",
    ],
)
async def test_what_was_not_kept_is_not_promised_again_and_no_row_delays_harm(text: str) -> None:
    answer = await catalogue.answer(
        turn(text, faqs=FAQS), catalogue.Options(), deadline_s=1, tools=NoTools()
    )
    assert answer.hand_over
    assert "faq:" not in answer.source


@pytest.mark.parametrize(
    "text",
    [
        "المكواة اللي اخذتها منكم خربت، بكم تصلحونها؟",
        "el 3atr elli eshtareto menkom maksor, a2dar abadelo?",
        "السماعة بطلت تشحن",
        "my mixer keeps overheating since you delivered it",
        "خذيت منكم زيت وطلع غش",
        "حولت المبلغ ولا احد رد علي",
    ],
)
def test_what_came_from_us_and_failed_is_a_complaint(text: str) -> None:
    assert "complaint" in overheard(SHOP.products, text).meanings


@pytest.mark.parametrize(
    "text",
    [
        "سمعت ان في غش بالسوق، بضاعتكم اصلية؟",
        "العسل مو غش صح؟",
        "what is your price to fix a broken zip?",
        "بكم تصلحون شاشة مكسورة؟",
    ],
)
def test_a_rumour_and_a_repair_are_no_complaint(text: str) -> None:
    assert "complaint" not in overheard(SHOP.products, text).meanings


def test_peace_wished_last_is_a_farewell_and_first_a_greeting() -> None:
    assert "goodbye" in understood("تمام مشكورين سلام").meanings
    assert "greeting" in understood("سلام عندكم قميص؟").meanings
    assert "goodbye" not in understood("هلا سلام").meanings


def test_when_it_would_come_is_no_question_about_an_order() -> None:
    assert understood("متى توصل الطلبية لو طلبت هسه؟").meanings == ("delivery",)


def test_a_bank_beside_a_house_is_no_team() -> None:
    assert "off_topic" not in understood("جدة حي الروضة جنب البنك الاهلي").meanings
    assert "off_topic" in understood("متى يلعب الاهلي").meanings


@pytest.mark.parametrize("texts", [["غيرت رأيي ما ابي شي"], ["ابي قميص كتان", "لا خلاص الغي"]])
async def test_who_only_leaves_needs_nobody(texts: list[str]) -> None:
    answer = await catalogue.answer(
        turn(*texts, assistant=0), catalogue.Options(), deadline_s=1, tools=NoTools()
    )
    assert answer.hand_over is None
