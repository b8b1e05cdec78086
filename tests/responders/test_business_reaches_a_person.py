"""Business and danger are settled by a person; a customer's order is not."""

from __future__ import annotations

import msgspec
import pytest
from no_tools import NoTools
from test_responder_catalogue import SHOP, turn

from hudhud.model import Faq, Product
from hudhud.responders import catalogue
from hudhud.responders.dealing import deals
from hudhud.responders.health import risks
from hudhud.responders.lexicon import understood
from hudhud.responders.selling.naming import Names

NAMES = Names(SHOP.products)


@pytest.mark.parametrize(
    "text",
    [
        "عندنا فندق ونبي ٨٠ منشفة بيضا، منو المسؤول عن الأسعار",
        "حنا جمعية خيرية ونحتاج ٢٠٠ بطانية للشتا",
        "اريد اتفق وياكم على ٥٠ قميص مال عمال",
        "احنا شركة ومحتاجين ١٢٠ مج عليهم اللوجو بتاعنا",
        "عايزة ٧٠ توزيعة لفرح اختي ينفع؟",
        "بدنا ٣٠ تيشيرت وتطبعوا عليهم اسم الفريق",
        "عنا حفلة تخرج ل ٩٠ شخص بتقدرو عليها؟",
        "حنا مدرسة وبغينا خمسين دفتر",
        "نحن معهد ونودّ مئتي نسخة من الكتاب",
        "كم السعر لو شعار شركتنا على الأكواب نطبع ٢٥ حبة",
        "اني صاحب كافيه واريد اتفق وياكم على تجهيز كل شهر",
        "e7na sherke w bedna 60 kanze 3aleha logo",
        "3anna 3ers w badna 150 3elbe sho2olata",
        "I manage a hotel and we would like 45 bathrobes",
        "we need 25 mugs for the office, could you send me a quote?",
        "can you print our logo on 50 caps",
        "عندي صيدلية وبدي اخد منكن كمامات بالجملة",
        "للصالون عندي احتاج ٢٤ منشفة",
        "ورشتي تستهلك دهان كثير، تعطوني سعر خاص؟",
        "we own a bakery and need boxes every month",
        "بدنا نجهز فندق صغير بالشراشف",
        "عندي مكتبة وابيع عندي دفاتركم",
        "عندي ١٥ شاليه وابي افرشهم كلهم",
        "احنا مقاولين ونبي اسعار خاصة",
        "نحن سلسلة مطاعم ونرغب في التعاقد لتوريد الأكواب",
        "we run 15 apartments and want a trade price",
        "im a contractor, can you give me a quote",
    ],
)
def test_business_is_known_by_two_of_its_signs(text: str) -> None:
    assert deals([text], NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "ابي عباية قياس ٦٠ لعرس اختي",
        "ابني عمره ٢٥ شهر ويحتاج بيجاما للحضانة",
        "كم سعر ٢٠ قطعة جملة",
        "عمارة ٢٠ شقة ٥ وابي عرض سعر",
        "عندي شقة ٣ غرف ونبي نأثثها",
        "من كام قطعة يبقى سعر جملة",
        "ابي ثلاث قمصان، العنوان شارع ٤٢ خلف مدرسة النور",
        "عندكم فستان عرس تحت ٢٠٠ ريال؟",
        "اريد عطر ١٠٠ مل هدية لمدير شركتنا",
        "رقمي 0770 123 4567 وانا صاحب محل",
        "بدلة ٥٤ لعرس اخوي",
        "عايز قميصين للشركة",
        "صينية تكفي ٣٠ شخص لعزيمة بكم؟",
        "اتفقنا، ابي حبتين",
        "الاسم سعد، ومعي ٥٠ ريال بس",
        "I am 25 and want a shirt for a wedding",
        "size 42 shoes for my company party",
        "2 shirts please, the address is 44 Main Street near the school",
        "abi fostan size 40 lel 3ers",
        "i go to the gym every week and need a bottle",
        "كنت اخذ من محل ثاني كل شهر",
        "وزني ٨٠ كيلو وانا من فريق الحي",
        "عندي محل قريب منكم، توصلون؟",
    ],
)
def test_a_size_an_age_a_price_and_a_few_pieces_are_no_business(text: str) -> None:
    assert not deals([text], NAMES)


def test_business_may_be_told_over_several_messages() -> None:
    assert deals(["نحن روضة أطفال", "ونريد أربعين حقيبة"], NAMES)


def test_a_feast_is_none_where_a_row_tells_of_feasts() -> None:
    texts = ["عندنا عرس ونريد ٦٠ علبة معمول"]
    assert deals(texts, NAMES)
    assert not deals(texts, NAMES, feasts=False)
    assert deals([*texts, "ومع مين نتفق على السعر"], NAMES, feasts=False)


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


async def test_the_row_about_business_is_told_while_they_wait() -> None:
    row = Faq(
        id=98,
        topic="contractors",
        question_ar="هل عندكم أسعار جملة للمقاولين؟",
        question_en="Do you have wholesale prices for contractors?",
        answer_ar="نعم، فوق خمسمئة.",
        answer_en="Yes, above five hundred.",
    )
    text = "احنا نجهز ٢٥ شاليه ونبي عرض سعر"
    asked = msgspec.structs.replace(turn(text), faqs=(row,))
    answer = await catalogue.answer(asked, catalogue.Options(), deadline_s=1, tools=NoTools())
    assert answer.hand_over == "large_order"
    assert "فوق خمسمئة" in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "طفلي شرب منه شوي، شنو اسوي",
        "my toddler drank half of it, what should i do",
        "الكلب لحس الصابون وش اسوي",
        "طرطش المنظف في عيني",
        "benti akalat menno shu a3mel",
    ],
)
def test_a_child_that_swallowed_it_and_an_eye_are_danger(text: str) -> None:
    assert understood(text).danger


@pytest.mark.parametrize(
    "text", ["ابني اكل الكيكة كلها وعجبته", "what do i do to order for my son", "دخلت محلكم امس"]
)
def test_a_child_that_liked_it_is_in_no_danger(text: str) -> None:
    assert not understood(text).danger
