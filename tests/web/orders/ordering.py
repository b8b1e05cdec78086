"""Orders in a shop of the console's tests, taken by hand; and a program that asks the API."""

from __future__ import annotations

import itertools
import json
from typing import Any

from console_seed import Talk, ago

from hudhud.core import setting_up
from hudhud.core.goods import editing
from hudhud.core.goods.editing import Shelved
from hudhud.core.sales import placing
from hudhud.model import AddToCart, Order, PlaceOrder

SHIRT = {"sku": "SH-1", "name_ar": "قميص كتان", "name_en": "Linen shirt", "price": "25000"}
_keys = itertools.count()


async def stocked(console: Any, shop: Any = None, *, stock: str = "50") -> None:
    merchant = (shop or console.shop).merchant_id
    await editing.add(console.database, merchant, SHIRT, [Shelved(stock=stock)])


async def talk(console: Any, shop: Any = None, *, phone: str = "9647701234567") -> int:
    shop = shop or console.shop
    async with console.database.deed(shop.merchant_id) as connection:
        made = await Talk.begin(connection, shop, "زينب الحسني", phone)
        await made.says("السلام عليكم", ago(60))
        made_id: int = made.id
    return made_id


async def ordered(
    console: Any, conversation: int, shop: Any = None, *, count: int = 2, **bill: str
) -> Order:
    who = {"name": "ريم العلي", "phone": "07705556677", "address": "بغداد، الكرادة"} | bill
    order = await placing.place_for(
        console.database,
        (shop or console.shop).merchant_id,
        conversation,
        [AddToCart(sku="SH-1", count=count)],
        PlaceOrder(**who),
        actor=f"operator:{(shop or console.shop).operator_id}",
        key=f"test-{next(_keys)}",
    )
    assert isinstance(order, Order), order
    return order


class Program:
    def __init__(self, browser: Any, token: str) -> None:
        self.browser = browser
        self.headers = {"authorization": f"Bearer {token}"}

    async def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        sent = json.dumps(body).encode() if body is not None else b""
        answer = await self.browser.ask(method, f"/api/v1{path}", headers=self.headers, body=sent)
        return answer.status, json.loads(answer.body)


async def program(console: Any, key: str = "one") -> Program:
    email = f"sara@{key}.example"
    token = await setting_up.api_token(console.database, console.secret, email, name="tests")
    return Program(console.browser(), token)
