"""Products for programs: listed in pages, made and changed by their article number, counted."""

from __future__ import annotations

import json
from typing import Any

from hudhud.core import setting_up

SHIRT = {"sku": "SH-1", "name_ar": "قميص", "price_minor": 25_000_000, "stock": 5}


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


async def test_a_product_is_made_changed_and_counted(console: Any) -> None:
    ours = await program(console)
    status, made = await ours.ask("POST", "/products", SHIRT)
    assert (status, made["price_minor"], made["stock"], made["currency"]) == (
        201,
        25_000_000,
        5,
        "IQD",
    )
    status, changed = await ours.ask("POST", "/products", {"sku": "sh-1", "on_sale": False})
    assert (status, changed["id"], changed["on_sale"], changed["stock"]) == (
        200,
        made["id"],
        False,
        5,
    )
    old = {"sku": "SH-1", "price_minor": 1, "state": made["state"]}
    status, told = await ours.ask("POST", "/products", old)
    assert (status, told["type"]) == (409, "urn:hudhud:changed-meanwhile")
    path = f"/products/{made['id']}"
    assert (await ours.ask("POST", f"{path}/stock", {"stock": 9}))[1]["stock"] == 9
    assert (await ours.ask("POST", f"{path}/stock", {"stock": 9, "size": "M"}))[0] == 422
    variants = [{"size": "S", "stock": 1}, {"size": "M", "stock": 2}]
    status, told = await ours.ask("POST", "/products", {"sku": "SH-1", "variants": variants})
    assert (status, told["sizes"], told["stock"]) == (200, ["S", "M"], 3)
    assert (await ours.ask("POST", f"{path}/stock", {"stock": 7, "size": "M"}))[1]["stock"] == 8
    dear = [{"size": "S"}, {"size": "M", "price_minor": 27_000_000}]
    _, told = await ours.ask("POST", "/products", {"sku": "SH-1", "variants": dear})
    assert [v["price_minor"] for v in told["variants"]] == [None, 27_000_000]
    _, told = await ours.ask("POST", "/products", {"sku": "SH-1", "variants": variants})
    assert [v["price_minor"] for v in told["variants"]] == [None, 27_000_000]
    dear[1] = {"size": "M", "price_minor": None, "stock": 7}
    _, told = await ours.ask("POST", "/products", {"sku": "SH-1", "variants": dear})
    assert [v["price_minor"] for v in told["variants"]] == [None, None]
    status, told = await ours.ask("POST", "/products", {"sku": "SH-1", "stock": 1})
    assert (status, "which_variant" in told["detail"]) == (422, True)


async def test_products_come_in_pages_and_only_ones_own(console: Any) -> None:
    ours, other = await program(console), await program(console, "two")
    ids = [
        (await ours.ask("POST", "/products", SHIRT | {"sku": f"S{n}", "stock": n}))[1]["id"]
        for n in range(3)
    ]
    _, page = await ours.ask("GET", "/products?limit=2")
    assert ([one["id"] for one in page["products"]], page["next"]) == (ids[:2], ids[1])
    _, page = await ours.ask("GET", f"/products?limit=2&after={page['next']}")
    assert ([one["id"] for one in page["products"]], page["next"]) == (ids[2:], None)
    _, page = await ours.ask("GET", "/products?show=out")
    assert [one["id"] for one in page["products"]] == ids[:1]
    assert (await other.ask("GET", "/products"))[1] == {"products": [], "next": None}
    assert (await other.ask("GET", f"/products/{ids[0]}"))[0] == 404
    assert (await other.ask("POST", f"/products/{ids[0]}/stock", {"stock": 1}))[0] == 404
    for body in ({}, SHIRT | {"price_minor": -1}, SHIRT | {"more": 1}, {"sku": "new"}):
        assert (await ours.ask("POST", "/products", body))[0] == 422, body
