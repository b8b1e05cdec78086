"""What a customer tells that he bought is not put into his cart; what he wants for it is."""

from __future__ import annotations

import pytest
from talking import Talking


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
