"""Trouble of one's own leads to a ware; trouble with what came from us leads to a person."""

from __future__ import annotations

import pytest
from no_tools import NoTools
from test_responder_catalogue import SHOP, turn

from hudhud.model import Faq
from hudhud.responders import catalogue
from hudhud.responders.examples import CALLS
from hudhud.responders.lexicon import understood
from hudhud.responders.matching import overheard
from hudhud.responders.selling.counting import counts, expanded
from hudhud.responders.selling.deeds import marks
from hudhud.responders.selling.naming import Names
from hudhud.text import words

NAMES = Names(SHOP.products)


@pytest.mark.parametrize(
    "text",
    [
        "my hamster keeps escaping and his wheel broke, got anything sturdier?",
        "our iron died last night, looking for a new one",
        "مروحتي خربت وابي وحدة هادية",
        "الحبل اللي عندي انقطع، عندكم اقوى؟",
        "المصباح محروق، عندكم ابيض؟",
        "عندكم اطواق بلا جرس؟",
        "3endkon sabat bala ka3eb?",
        "3andak makwa bala selk?",
        "لحظة طلع عندي واحد بالبيت",
        "موظف ببنك وابي قميص",
    ],
)
def test_trouble_of_ones_own_calls_nobody(text: str) -> None:
    assert CALLS.isdisjoint(overheard(SHOP.products, text).meanings)


@pytest.mark.parametrize(
    "text",
    [
        "معجونكم سبب لي حكة بفمي",
        "your lotion gave my baby a rash",
        "الزيت اللي جبته منكم حرق راسي",
        "اكلت من الفطيرة عندكم واستفرغت",
        "nobody picks up when i call",
        "شفنا صرصور بالعلبة",
        "اخذتوا مني ١٢ والسعر ٩",
        "شفت الموظف عندكم يصرخ على امي قدام الناس ومحد كلمه",
    ],
)
def test_trouble_with_what_came_from_us_is_a_complaint(text: str) -> None:
    assert "complaint" in overheard(SHOP.products, text).meanings


@pytest.mark.parametrize(
    "text", ["هل معجونكم يسبب حكة؟", "i want your lotion, my skin is itchy", "كريمكم حلو"]
)
def test_who_asks_or_wants_was_not_harmed(text: str) -> None:
    assert not understood(text).danger


@pytest.mark.parametrize(
    "text",
    ["وزني ٧٥ كيلو", "انا حوالي ٩٠ كيلو وزني", "i weigh around 64 kilos", "wazni 58 kilo",
     "خصري تقريبا ٨٨", "عمرها ٩", "for my 9 yr old"],
)  # fmt: skip
def test_a_measure_of_a_body_counts_nothing(text: str) -> None:
    assert not counts(expanded(words(text), NAMES), NAMES)


def test_which_size_is_asked() -> None:
    assert understood("اي مقاس اخذ").asks
    assert not understood("اي لون عادي").asks


def test_giving_all_up_takes_no_single_thing_out() -> None:
    assert [mark.deed for mark in marks(words("الغي ما بدي شي"))] == ["cancel", "cancel"]
    assert [mark.deed for mark in marks(words("ياليت تلغونه"))] == ["cancel"]


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


@pytest.mark.parametrize(
    "text",
    [
        "الخلاط اللي جاني طلع بموديل ثاني، كيف ابدله؟",
        "وصلتني الجزمة وفيها شق من تحت، ينفع ترجيع؟",
        "جابولي مخدة لونها غير، شلون ابدلها",
        "the lamp you sent me has a crack in it, how can i return it",
        "I got the wrong charger",
        "wesletni el shanta fiha 5orm, kif babadelha?",
        "وصلني منكم شامبو شكله مقلد، كيف اتأكد؟",
        "the parcel arrived without the remote, what now?",
        "استلمت الكرسي وريحته غريبة، هل هذا عادي؟",
    ],
)
def test_who_holds_what_is_not_as_it_should_be_is_given_a_person(text: str) -> None:
    assert "complaint" in overheard(SHOP.products, text).meanings


@pytest.mark.parametrize(
    "text",
    [
        "وصلتني الجزمة، ممكن ابدلها بلون ثاني؟",
        "i got the lamp yesterday, can i exchange it for a different colour",
        "لو وصلني وفيه خرم شو بتعملوا؟",
        "عندكم نفسها بلون آخر؟",
        "i ordered the wrong size by mistake, can i change it",
    ],
)
def test_another_that_is_wished_for_is_no_complaint(text: str) -> None:
    assert CALLS.isdisjoint(overheard(SHOP.products, text).meanings)
