"""What cannot be sold is said as it is, with what there is instead (law 6)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from talking import BAKERY, FASHION, Talking

from hudhud.model import Refused, Tool
from hudhud.model.tools import Result
from hudhud.responders.selling.choosing import COUNT_MAX

WHO = ("علي حسن", "07701234567", "بغداد الكرادة")


async def test_only_so_many_are_left_and_those_are_offered() -> None:
    talk = Talking()
    answer = await talk.say("ابي ٥ كابات اسود")
    assert "المتوفر منه: ٢" in answer.text
    assert "٢ × كاب رياضي (أسود)" in answer.text
    assert talk.cart == []
    await talk.say("اي")
    assert talk.cart == ["2 AC-04 أسود"]


async def test_what_was_offered_may_be_declined() -> None:
    talk = Talking()
    await talk.all("I want 5 black caps", "no thanks")
    assert talk.cart == []


async def test_a_size_that_there_is_not_is_named_with_those_there_are() -> None:
    talk = Talking()
    answer = await talk.say("اريد حذاء رياضي ابيض مقاس 49 واحد")
    assert "ليس له المقاس ٤٩" in answer.text
    assert "٤٠، ٤١، ٤٢، ٤٣، ٤٤، ٤٥" in answer.text
    assert talk.cart == []
    await talk.say("44")
    assert talk.cart == ["1 SO-01 44 أبيض"]


async def test_a_colour_that_there_is_not_is_named_with_those_there_are() -> None:
    talk = Talking()
    answer = await talk.say("I want one white sports cap")
    assert "does not come in that colour; its colours: Black, Navy" in answer.text
    await talk.say("navy then")
    assert talk.cart == ["1 AC-04 كحلي"]


async def test_sold_out_is_said_with_what_is_like_it() -> None:
    talk = Talking()
    answer = await talk.say("ابي اطلب حذاء كعب عالي اسود 38")
    assert "نفد حذاء كعب عالٍ" in answer.text
    assert "صندل نسائي صيفي" in answer.text
    assert talk.cart == []
    assert answer.hand_over is None


async def test_what_somebody_else_bought_meanwhile_is_not_sold_twice() -> None:
    talk = Talking()
    await talk.all("ابي كابين اسود", WHO)
    talk.sell_out("AC-04", left=1)
    answer = await talk.say("نعم")
    assert not talk.orders
    assert "المتوفر منه: ١" in answer.text
    talk.sell_out("AC-04")
    answer = await talk.say("نعم")
    assert not talk.orders


async def test_an_unbelievable_quantity_goes_to_a_person() -> None:
    talk = Talking()
    answer = await talk.say(f"ابي {COUNT_MAX + 1} حجاب قطني اسود")
    assert answer.hand_over == "large_order"
    assert talk.cart == []
    talk = Talking()
    assert (await talk.say(f"ابي {COUNT_MAX} حجاب قطني اسود")).hand_over is None
    assert talk.cart == [f"{COUNT_MAX} AC-03 أسود"]


async def test_half_of_one_goes_to_a_person() -> None:
    talk = Talking(BAKERY, faqs=())
    assert (await talk.say("ابي اطلب نص كيلو تمر سكري")).hand_over == "odd_amount"
    assert talk.cart == []


async def test_what_nobody_sells_is_not_put_into_the_cart() -> None:
    talk = Talking()
    answer = await talk.say("ابي اطلب ٢ تلفزيون")
    assert talk.cart == []
    assert "طلبك الآن" not in answer.text


async def test_what_is_nearest_is_only_offered() -> None:
    talk = Talking()
    answer = await talk.say("اريد اطلب هودي صوف مبطن بفرو اسود لارج")
    assert talk.cart == []
    assert "أقرب ما عندنا" in answer.text


async def test_several_that_may_be_meant_are_listed_and_one_is_chosen() -> None:
    for choice in ("الكتان", "الاول", "الكتان لارج ابيض"):
        talk = Talking()
        answer = await talk.say("ابي اطلب قميصين لارج ابيض")
        assert answer.text.count("•") > 1, answer.text
        assert talk.cart == []
        await talk.say(choice)
        assert talk.cart == ["2 SH-01 L أبيض"], (choice, [one.text for one in talk.answers])


async def test_two_things_that_lack_their_size_are_asked_together() -> None:
    talk = Talking()
    answer = await talk.say("ابي اطلب هودي اسود وبلوزة شيفون وردي")
    assert answer.text.count("◦") == 2
    await talk.say("الهودي L والبلوزة M")
    assert sorted(talk.cart) == ["1 JK-04 L أسود", "1 TP-01 M وردي"]


async def test_a_name_instead_of_a_size_is_kept_and_the_size_asked_again() -> None:
    talk = Talking()
    await talk.say("بدي هودي اسود حبتين")
    again = await talk.say("رنا خليل 0791234567")
    assert "٢ × هودي قطني (أسود)" in again.text
    assert talk.collected == {"name": "رنا خليل", "phone": "0791234567"}
    await talk.all("لارج", "عمان الجبيهة", "نعم")
    assert talk.bought == ["2 JK-04 L أسود"]


async def test_an_assistant_that_may_not_sell_gives_the_order_to_a_person() -> None:
    assistant = replace(FASHION.assistants[0], tools=("search_products",))
    answer = await Talking(assistant=assistant).say("ابي اطلب هودي اسود لارج")
    assert answer.hand_over == "wants_to_order"


async def test_a_counter_that_refuses_is_not_talked_around() -> None:
    class Closed:
        async def call(self, wanted: Tool[Result]) -> Result | Refused:  # noqa: ARG002 - the shape
            return Refused(why="not_allowed")

    talk = Talking()
    talk.counter.call = Closed().call  # type: ignore[method-assign]
    assert (await talk.say("ابي كاب اسود واحد")).hand_over == "wants_to_order"


async def test_an_assistant_that_collects_other_things_takes_no_orders() -> None:
    answer = await Talking(assistant=FASHION.assistants[1]).say("ابي اطلب هودي اسود لارج")
    assert "الهدف" in answer.text


async def test_business_is_handed_over_and_puts_nothing_in_the_cart() -> None:
    talk = Talking()
    answer = await talk.say("احنا شركة ونريد ٤٠ كاب اسود عليها شعار")
    assert answer.hand_over == "large_order"
    assert "يتفق معك أحد زملائنا" in answer.text
    assert talk.cart == []


async def test_the_row_that_answers_business_is_told_as_well() -> None:
    answer = await Talking().say("do you sell wholesale? I own a shop and need 40 caps")
    assert "12 pieces" in answer.text
    assert answer.hand_over is not None


async def test_a_colour_that_nothing_there_has_is_not_said_to_be_chosen() -> None:
    answer = await Talking().say("ابي تيشيرت بنفسجي")
    assert "بنفسجي" not in answer.text


async def test_the_city_that_is_delivered_to_names_nothing_that_is_sold() -> None:
    answer = await Talking().say("كم التوصيل داخل الرياض")
    assert "رياضي" not in answer.text


@pytest.mark.parametrize(
    "text", ["اشتريت قميص كتان لارج ابيض", "شريت قميص كتان", "I bought two linen shirts"]
)
async def test_what_was_bought_is_not_ordered(text: str) -> None:
    shop = Talking()
    await shop.say(text)
    assert not shop.cart


async def test_what_is_wanted_beside_what_was_bought_is_ordered() -> None:
    shop = Talking()
    await shop.say("اشتريت بنطلون جينز، واريد قميص كتان مقاس L ابيض")
    assert len(shop.cart) == 1
    assert shop.cart[0].startswith("1 SH-01")
