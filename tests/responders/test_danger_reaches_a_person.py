"""Whether a thing may harm somebody is a person's to say, unless the merchant's rows tell it."""

from __future__ import annotations

import msgspec
import pytest
from no_tools import NoTools
from test_responder_catalogue import SHOP, turn

from hudhud.model import Faq, Product
from hudhud.responders import catalogue
from hudhud.responders.health import risks
from hudhud.responders.lexicon import understood


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("انا حامل بالرابع، عادي استعمل هالكريم؟", "pregnancy"),
        ("مرتي حامل وبدها تاخد الزنجبيل، في خطر؟", "pregnancy"),
        ("هل الميرمية تضر المرضعات؟", "pregnancy"),
        ("واش هاد الشاي مناسب للحامل؟", "pregnancy"),
        ("can i drink this while breastfeeding", "pregnancy"),
        ("ana 7amel, momken asta3mel el henna?", "pregnancy"),
        ("ابوي ياخذ مميعات، يقدر يشرب الثوم؟", "medicine"),
        ("is ginseng ok with blood thinners", "medicine"),
        ("باخد دوا للغدة، فيني اشرب الشاي الاخضر؟", "medicine"),
        ("جدتي عندها ضغط، العرقسوس يضرها؟", "illness"),
        ("my dad has asthma, is the incense safe for him?", "illness"),
        ("امي معاها سكر ينفع تاكل من التمر ده؟", "illness"),
        ("اختي تتحسس من السمسم، آمن تاكله؟", "allergy"),
        ("بنتي عمرها ٤ شهور، يصير اعطيها اليانسون؟", "infancy"),
        ("هل هذا المرهم آمن للرضع", "infancy"),
    ],
)
def test_a_state_of_the_body_and_what_is_feared_of_a_thing_are_danger(
    text: str, state: str
) -> None:
    assert state in risks([text])


@pytest.mark.parametrize(
    "text",
    [
        "امي سكري، عندكم شي بلا سكر؟",
        "ابي حامل جوال للسيارة، آمن على المطبات؟",
        "قدر ضغط سبع لتر آمن؟",
        "بدي تمر سكري كيلوين",
        "زوجتي حامل وابي فستان حوامل مقاس لارج",
        "عندي حساسية من الغبار، عندكم مكنسة قوية؟",
        "هل الدفع بالبطاقة آمن؟",
        "is the parcel safe with the neighbour",
        "i am pregnant and need a dress for a wedding",
        "متجركم آمن؟",
        "طقم لمولود جديد بكم",
        "القميص البحري ينفع للدوام؟",
    ],
)
def test_neither_alone_is_danger(text: str) -> None:
    assert not risks([text])


@pytest.mark.parametrize("text", ["عطر ورد، خطر على الحوامل؟", "is the hijab safe in pregnancy?"])
async def test_danger_calls_a_person_and_sells_nothing(text: str) -> None:
    answer = await catalogue.answer(turn(text), catalogue.Options(), deadline_s=1, tools=NoTools())
    assert answer.hand_over == "unknown_detail"


async def test_a_row_that_tells_of_it_answers_without_a_person() -> None:
    row = Faq(
        id=99,
        topic="pregnancy",
        question_ar="هل الكريمات آمنة للحامل والمرضع؟",
        question_en="Are the creams safe while pregnant or breastfeeding?",
        answer_ar="كلها آمنة للحامل والمرضع.",
        answer_en="All of them are safe while pregnant or breastfeeding.",
    )
    asked = msgspec.structs.replace(turn("انا حامل، كريماتكم آمنة؟"), faqs=(*SHOP.faqs, row))
    answer = await catalogue.answer(asked, catalogue.Options(), deadline_s=1, tools=NoTools())
    assert answer.hand_over is None
    assert row.answer_ar in answer.text


def _ware(told_ar: str, told_en: str) -> Product:
    return msgspec.structs.replace(
        SHOP.products[0],
        sku="CR-99",
        name_ar="مرهم الصبار",
        name_en="Aloe ointment",
        description_ar=told_ar,
        description_en=told_en,
    )


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("انا حامل، مرهم الصبار آمن؟", False),
        ("عندي ربو، مرهم الصبار يضرني؟", True),
    ],
)
async def test_a_ware_that_tells_of_that_very_state_is_quoted(
    text: str,
    person: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    ware = _ware("آمن للحوامل والمرضعات.", "Safe in pregnancy.")
    answer = await catalogue.answer(
        turn(text, products=(ware,)), catalogue.Options(), deadline_s=1, tools=NoTools()
    )
    assert bool(answer.hand_over) == person
    assert (ware.description_ar in answer.text) == (not person)


@pytest.mark.parametrize(
    "text", ["ابني شرب الشامبو", "بنتي اكلت صابون", "my toddler drank some bleach"]
)
def test_who_drank_what_nobody_may_drink_is_in_danger(text: str) -> None:
    assert understood(text).danger
