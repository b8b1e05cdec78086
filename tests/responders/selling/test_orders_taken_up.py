"""What an order takes up from the talk before it (S6)."""

from __future__ import annotations

import pytest
from talking import Talking


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        (("عندكم جاكيت شتوي مبطن كحلي مقاس XL؟", "بكم", "زين اخذه"), ["1 JK-02 XL كحلي"]),
        (("اريد جاكيت شتوي مبطن كحلي مقاس XL", "عطني حبتين"), ["2 JK-02 XL كحلي"]),
        (("اريد جاكيت شتوي مبطن كحلي XL", "زيدها لثلاثه", "لا واحد كفايه"), ["1 JK-02 XL كحلي"]),
        (("بكم شنطة يد نسائية سوداء", "واحده بس"), ["1 AC-02 أسود"]),
        (("اريد حزام جلد طبيعي بني قياس ١١٥ وحده",), ["1 AC-01 115 بني"]),
    ],
)
async def test_what_was_spoken_of_is_taken_as_it_was_spoken_of(
    said: tuple[str, ...], cart: list[str]
) -> None:
    talk = Talking()
    await talk.all(*said)
    assert talk.cart == cart, [one.text for one in talk.answers]


async def test_a_size_that_is_offered_is_no_count() -> None:
    talk = Talking()
    offered = await talk.say("لو سمحت حزام بني ١١٥")
    assert "١١٥ ×" not in offered.text
