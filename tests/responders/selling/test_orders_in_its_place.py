"""One thing in the place of another, a number with its reason, and what nobody sells beside it."""

from __future__ import annotations

import pytest
from talking import Talking

WHO = ("علي حسن", "07701234567", "بغداد الكرادة")

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
