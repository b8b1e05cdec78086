"""The last steps before a yes: who orders in one line, and what all of it costs (S5, S6)."""

from __future__ import annotations

import pytest
from talking import Talking

WANTED = "اريد حجاب قطني بيج حبتين"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("فادي منصور 07701239876 بغداد شارع فلسطين", "فادي منصور"),
        ("سالم العلي 07701239876", "سالم العلي"),
        ("Rania Hadi 07701239876", "Rania Hadi"),
        ("نوال كاظم، 07701239876، النجف حي السعد", "نوال كاظم"),
    ],
)
async def test_what_stands_before_the_telephone_is_the_name(said: str, name: str) -> None:
    talk = Talking()
    await talk.all(WANTED, said)
    assert talk.collected["name"] == name
    assert talk.collected["phone"].endswith("7701239876")


@pytest.mark.parametrize("said", ["Ok Thanks", "Yes Please", "الان ممكن", "عندي سؤال"])
async def test_no_politeness_is_a_name(said: str) -> None:
    talk = Talking()
    await talk.all(WANTED, said)
    assert "name" not in talk.collected


@pytest.mark.parametrize("asked", ["كلهم بكم؟", "شكد المجموع", "what's the total?", "الحساب كام"])
async def test_who_asks_what_all_of_it_costs_is_shown_the_total_and_may_say_yes(asked: str) -> None:
    talk = Talking()
    await talk.all(WANTED, "هدى سالم", "07712345678", "البصرة العشار")
    told = await talk.say(asked)
    assert told.hand_over is None
    assert "١٨٬٠٠٠" in told.text or "18,000" in told.text
    await talk.say("tmam akkedha")
    assert talk.bought == ["2 AC-03 بيج"]


async def test_what_all_of_it_costs_is_told_before_anybody_is_asked_for() -> None:
    talk = Talking()
    told = await talk.all(WANTED, "كله شكد؟")
    assert told.hand_over is None
    assert "١٨٬٠٠٠" in told.text


@pytest.mark.parametrize(
    "said",
    ["what sort of things do you have", "عندكو ايه حاجات جديده", "كاين شي جديد؟", "شو موجود اليوم"],
)
async def test_who_asks_what_there_is_is_told_a_little_of_it(said: str) -> None:
    told = await Talking().say(said)
    assert told.hand_over is None
    assert any(word in told.text for word in ("من الموجود", "Among what")), told.text


async def test_who_finds_it_dear_is_given_to_nobody() -> None:
    told = await Talking().say("بصراحه اسعاركم مرتفعه")
    assert told.hand_over is None
    assert told.text


@pytest.mark.parametrize(
    "said", ["يلا نكمل الطلب بسرعة", "حسناً لنكمل الطلب", "اكدوا الطلب لو سمحتم"]
)
async def test_who_goes_on_with_an_order_asks_after_none_that_was_placed(said: str) -> None:
    talk = Talking()
    told = await talk.all(WANTED, said)
    assert told.hand_over is None
    assert talk.counter.cart.lines


async def test_an_order_is_made_changed_and_agreed_to_in_any_dialects_verbs() -> None:
    talk = Talking()
    await talk.all("b3atli 3 nos cotton hijab beige", "sheeli wa7de", "هدى سالم", "07712345678")
    await talk.all("البصرة العشار", "yes now it is right, go ahead")
    assert talk.bought == ["2 AC-03 بيج"]
