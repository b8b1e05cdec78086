"""For whom an order is: numbers by their plan, pins, what is known already, what delivery costs."""

from __future__ import annotations

import pytest
from talking import Talking

from hudhud.model import TurnInbox

INBOX = TurnInbox(country="IQ", writes_from="+9647909998877")
SHIRT = "اريد قميص كتان مقاس L ابيض"
KNOWN = {"name": "علي حسن", "phone": "+9647701234567", "address": "بغداد الكرادة"}


async def test_a_number_is_kept_as_it_is_dialled_from_anywhere_and_shown_as_it_was_said() -> None:
    shop = Talking(inbox=INBOX)
    await shop.say(SHIRT)
    noted = await shop.say("علي حسن ٠٧٧٠١٢٣٤٥٦٧")
    assert "07701234567" in noted.text
    assert noted.collected["phone"] == "+9647701234567"
    assert noted.trace["said"] == {"phone": "٠٧٧٠١٢٣٤٥٦٧"}
    quote = await shop.say("بغداد الكرادة")
    assert "رقم الهاتف: 07701234567" in quote.text
    await shop.say("نعم")
    assert [order.phone for order in shop.orders] == ["+9647701234567"]


async def test_a_number_that_can_be_none_is_asked_again_without_figures_of_nobody() -> None:
    shop = Talking(inbox=INBOX)
    await shop.all(SHIRT, "علي حسن")
    asked = await shop.say("077012345")
    assert "077012345 لا يبدو رقم هاتف كاملاً" in asked.text
    assert not any(char.isdigit() for char in asked.text.replace("077012345", ""))
    assert "رقم الهاتف؛" in asked.text
    assert "phone" not in asked.collected
    again = await shop.say("077012345")
    assert again.collected == {"phone": "077012345"}


async def test_this_number_and_a_pin_are_enough_to_deliver() -> None:
    shop = Talking(inbox=INBOX, faqs=())
    await shop.all(SHIRT, "علي حسن", "نفس الرقم هذا")
    quote = await shop.say("سوق الكرادة, 33.300000,44.400000", kind="location")
    assert quote.hand_over is None
    assert "هل أؤكد الطلب؟" in quote.text
    await shop.say("نعم")
    (order,) = shop.orders
    assert order.phone == INBOX.writes_from
    assert order.address == "سوق الكرادة, 33.300000,44.400000"


async def test_a_number_of_an_unknown_country_holds_nothing_up() -> None:
    shop = Talking(inbox=INBOX)
    quote = await shop.all(SHIRT, "علي حسن 0551234567 بغداد الكرادة")
    assert "إن كان الرقم 0551234567 من بلد آخر" in quote.text
    quote = await shop.say("+966551234567")
    assert quote.collected == {"phone": "+966551234567"}
    assert "من بلد آخر" not in quote.text


async def test_what_is_known_from_before_is_confirmed_and_not_asked_again() -> None:
    shop = Talking(inbox=INBOX, collected=KNOWN)
    quote = await shop.say(SHIRT)
    assert "كما أعطيتها من قبل" in quote.text
    assert "رقم الهاتف: 07701234567، عنوان التوصيل: بغداد الكرادة" in quote.text
    changed = await shop.say("العنوان البصرة العشار")
    assert changed.collected == {"address": "البصرة العشار"}
    assert "كما أعطيتها من قبل" not in changed.text
    await shop.say("نعم")
    assert [order.address for order in shop.orders] == ["البصرة العشار"]


@pytest.mark.parametrize(
    ("first", "bare", "agreed", "free", "charged"),
    [
        (
            SHIRT, "المجموع من دون التوصيل ٢٨٬٠٠٠ د.ع",
            "كلفة التوصيل يتفق عليها المتجر معك قبل الإرسال.",
            "التوصيل: مجاني\nالمجموع: ٢٨٬٠٠٠ د.ع", "التوصيل: ٥٬٠٠٠ د.ع\nالمجموع: ٣٣٬٠٠٠ د.ع",
        ),
        (
            "I want a linen shirt size L white", "total without delivery IQD 28,000",
            "The shop will agree the delivery cost with you before sending it.",
            "Delivery: free\nTotal: IQD 28,000", "Delivery: IQD 5,000\nTotal: IQD 33,000",
        ),
    ],
)  # fmt: skip
async def test_delivery_surprises_nobody(
    first: str, bare: str, agreed: str, free: str, charged: str
) -> None:
    yes = "نعم" if agreed[0] == "ك" else "yes"
    for delivery_minor, said in ((None, bare), (0, free), (5_000_000, charged)):
        shop = Talking(inbox=INBOX, faqs=(), collected=KNOWN)
        shop.counter.delivery_minor = delivery_minor
        quote = await shop.say(first)
        placed = await shop.say(yes)
        for answer in (quote, placed):
            assert said in answer.text
            assert (agreed in answer.text) is (delivery_minor is None)
        (order,) = shop.orders
        assert order.total_minor == 28_000_000 + (delivery_minor or 0)


async def test_what_the_shop_answers_about_delivery_stands_in_place_of_that() -> None:
    shop = Talking(inbox=INBOX, collected=KNOWN)
    quote = await shop.say(SHIRT)
    assert "التوصيل داخل بغداد" in quote.text
    assert "يتفق عليها المتجر" not in quote.text
    assert "يتفق عليها المتجر" not in (await shop.say("نعم")).text


@pytest.mark.parametrize(
    "said",
    [
        "عنواني البصرة العشار شارع ٧ بيت ١٢، كم التوصيل؟",
        "ساكن بالبصرة العشار شارع ٧ بيت ١٢ متى يوصل؟",
        "how long is the delivery? my address is Basra, Al Ashar, street 7 house 12",
    ],
)
async def test_an_address_beside_a_question_is_kept(said: str) -> None:
    talk = Talking()
    await talk.all("اريد كاب رياضي اسود واحد", said)
    answer = await talk.say("علي جاسم 07701234567")
    assert "العشار" in answer.text or "Ashar" in answer.text
    assert "أي عنوان" not in answer.text


@pytest.mark.parametrize(
    "said", ["كم التوصيل للبصرة، العشار؟", "do you deliver to Basra, and when?"]
)
async def test_a_town_that_is_asked_about_is_no_address(said: str) -> None:
    talk = Talking()
    await talk.all("اريد كاب رياضي اسود واحد", said)
    assert "address" not in talk.collected
