"""Who orders is corrected after all of it was shown: it is shown anew in the same reply (S5)."""

from __future__ import annotations

import pytest
from talking import Talking

WHO = ("علي جاسم", "07701234567", "بغداد الكرادة شارع ٦٢")
WHO_EN = ("Ali Jasim", "07701234567", "Baghdad Karrada")

CORRECTIONS = [
    ("لحظة رقمي غلط الصح 07709998877", "07709998877"),
    ("لا لحظة الرقم 07709998877 مو 67", "07709998877"),
    ("الرقم تبدل دزوا على هذا 07709998877", "07709998877"),
    ("استنى، الرقم ده غلط، الصح 07709998877", "07709998877"),
    ("معليش عطيتكم رقم غلط 07709998877", "07709998877"),
    ("el raqam ghalat, hada el sa7 07709998877", "07709998877"),
    ("سامحوني النمرة ديالي غالطة، ها هي 07709998877", "07709998877"),
    ("الرقم تاعي خطأ، هو 07709998877", "07709998877"),
    ("raqmi 8alat, howa 07709998877", "07709998877"),
    ("استنى العنوان ده غلط، ابعتوها البصرة العشار", "البصرة العشار"),
    ("لحظة العنوان تبدل البصرة العشار", "البصرة العشار"),
    ("دقيقة، مو بغداد، البصرة العشار", "البصرة العشار"),
    ("لحظة الاسم غلط الصح حسن كريم", "حسن كريم"),
]


@pytest.mark.parametrize(("said", "value"), CORRECTIONS)
async def test_what_is_corrected_is_shown_at_once_and_nothing_else_is_answered(
    said: str, value: str
) -> None:
    talk = Talking()
    await talk.all("ابي كاب اسود واحد", WHO)
    shown = await talk.say(said)
    assert value in shown.text
    assert "هل أؤكد الطلب؟" in shown.text
    assert shown.hand_over is None
    assert not any(other in shown.text for other in ("لم أفهم", "الاستبدال", "إنستغرام"))
    assert talk.cart == ["1 AC-04 أسود"]
    await talk.say("نعم")
    assert len(talk.orders) == 1
    order = talk.orders[0]
    assert value in (order.name, order.address) or order.phone.endswith(value[1:])


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("sorry wrong number, it's 07709998877", "07709998877"),
        ("oops my number is 07709998877", "07709998877"),
        ("wait, wrong address, it's Al Ashar district in Basra", "Al Ashar district in Basra"),
        ("please change the address: Basra, Al Ashar", "Basra, Al Ashar"),
    ],
)
async def test_a_correction_in_english_is_shown_at_once(said: str, value: str) -> None:
    talk = Talking()
    await talk.all("one black cap please", WHO_EN)
    shown = await talk.say(said)
    assert value in shown.text
    assert shown.text.endswith("Shall I place this order?")
    assert "understand" not in shown.text
    assert "it's" not in shown.text
    assert talk.cart == ["1 AC-04 أسود"]


@pytest.mark.parametrize("praise", ["منيح", "حسناً", "خوش سعر", "عذراً", "lovely", "صحا"])
async def test_who_praises_or_excuses_is_not_called_so(praise: str) -> None:
    talk = Talking()
    await talk.say("ابي كاب اسود واحد")
    await talk.say(praise)
    assert not talk.collected
    shown = await talk.say(f"{praise}. لينا شاهين 07701234567 بغداد زيونة")
    assert "لينا شاهين" in shown.text
    assert "بغداد زيونة" in shown.text
    await talk.say("نعم")
    assert talk.orders[0].name == "لينا شاهين"
    assert talk.orders[0].address == "بغداد زيونة"


async def test_the_number_of_a_house_stays_in_its_address() -> None:
    talk = Talking()
    await talk.all("ابي كاب اسود واحد")
    told = "الاسم سعاد كريم، الهاتف 07701234567، العنوان بغداد، الكرادة، شارع 4 رقم 18"
    shown = await talk.say(told)
    assert "شارع 4 رقم 18" in shown.text
    assert "لم أفهم" not in shown.text


# What is wanted at first, what is said of it, and the cart that is meant.
PLACES = (
    ("ابي هودي اسود لارج", "خليها جوج، وحدة لختي", "2 JK-04 L أسود"),
    ("I want one black hoodie L", "make it 3 because we have guests", "3 JK-04 L أسود"),
    ("I want one black hoodie L", "make it 2, one for my brother", "2 JK-04 L أسود"),
    ("ابي هودي اسود لارج", "زيد ثلاجة وحدة", "1 JK-04 L أسود"),
)


@pytest.mark.parametrize(("wish", "change", "cart"), PLACES)
async def test_what_stands_beside_a_change_does_not_change_it(
    wish: str, change: str, cart: str
) -> None:
    talk = Talking()
    await talk.all(wish, WHO)
    await talk.say(change)
    assert talk.cart == [cart]


async def test_what_comes_takes_the_place_and_the_number_of_what_goes() -> None:
    talk = Talking()
    await talk.all("ابي هودي اسود لارج عدد ٢", WHO)
    await talk.say("بلاش الهودي خليها كاب اسود")
    (line,) = talk.cart
    assert line.startswith("2 ")
    assert "JK-04" not in line


async def test_what_nobody_sells_is_told_beside_what_is_ordered() -> None:
    talk = Talking()
    await talk.all("ابي هودي اسود لارج", WHO)
    told = await talk.say("زيد ثلاجة وحدة")
    assert "ثلاجة" in str(told)
