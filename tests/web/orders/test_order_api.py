"""Orders for programs: in pages, placed once for a key, moved as far as they may."""

from __future__ import annotations

from typing import Any

from ordering import ordered, program, stocked, talk


async def test_orders_come_in_pages_and_only_ones_own(console: Any) -> None:
    await stocked(console)
    where = await talk(console)
    for name in ("ريم", "أحمد", "Lena"):
        await ordered(console, where, name=name)
    ours, theirs = await program(console), await program(console, "two")
    status, first = await ours.ask("GET", "/orders?limit=2")
    assert (status, [row["number"] for row in first["orders"]], first["next"]) == (200, [3, 2], 2)
    _, rest = await ours.ask("GET", f"/orders?limit=2&before={first['next']}")
    assert ([row["number"] for row in rest["orders"]], rest["next"]) == ([1], None)
    _, found = await ours.ask("GET", "/orders?q=احمد&state=placed")
    assert [row["number"] for row in found["orders"]] == [2]
    assert found["orders"][0]["conversation_id"] == where
    for path in ("/orders?state=lost", "/orders?limit=0", "/orders?colour=red"):
        assert (await ours.ask("GET", path))[0] == 422
    assert (await theirs.ask("GET", "/orders"))[1] == {"orders": [], "next": None}
    assert (await theirs.ask("GET", "/orders/1"))[0] == 404
    assert (await theirs.ask("POST", "/orders/1/state", {"state": "confirmed"}))[0] == 404
    assert (await ours.ask("GET", "/orders/1"))[1]["state"] == "placed"


async def test_an_order_is_placed_once_for_its_key_and_a_refusal_says_what_there_is(
    console: Any,
) -> None:
    await stocked(console, stock="5")
    where = await talk(console)
    ours, theirs = await program(console), await program(console, "two")
    wanted = {"key": "till-1", "conversation_id": where, "name": "ريم", "phone": "٠٧٧٠٥٥٥٦٦٧٧"}
    wanted |= {"lines": [{"sku": "sh-1", "count": 3}]}
    status, placed = await ours.ask("POST", "/orders", wanted)
    assert (status, placed["number"], placed["total_minor"]) == (201, 1, 75_000_000)
    assert (placed["phone"], placed["history"][0]["name"]) == ("+9647705556677", "سارة")
    assert (await ours.ask("POST", "/orders", wanted))[1] == placed
    status, refused = await ours.ask("POST", "/orders", wanted | {"key": "till-2"})
    assert (status, refused["type"]) == (422, "urn:hudhud:order-refused")
    assert (refused["why"], refused["told"]["stock"]) == ("too_many", 2)
    assert (await ours.ask("POST", "/orders", wanted | {"key": "3", "phone": "x"}))[0] == 422
    assert (await ours.ask("POST", "/orders", wanted | {"key": ""}))[0] == 422
    assert (await theirs.ask("POST", "/orders", wanted))[0] == 404
    _, all_of_them = await ours.ask("GET", "/orders")
    assert [row["number"] for row in all_of_them["orders"]] == [1]


async def test_a_program_sets_what_delivery_costs_and_whose_numbers_are_read(console: Any) -> None:
    await stocked(console)
    ours, theirs = await program(console), await program(console, "two")
    assert (await ours.ask("GET", "/shop"))[1] == {
        "country": "IQ",
        "country_set": False,
        "delivery": None,
    }
    basra = {"names": ["البصرة", "Basra"], "price_minor": 8_000_000}
    charge: dict[str, Any] = {"price_minor": 5_000_000, "free_from_minor": 100_000_000}
    charge["places"] = [basra]
    assert (await ours.ask("POST", "/shop/delivery", charge))[1]["delivery"] == charge
    _, told = await ours.ask("POST", "/shop/country", {"country": "sa"})
    assert (told["country"], told["country_set"]) == ("SA", True)
    assert (await theirs.ask("GET", "/shop"))[1]["delivery"] is None
    placed = await ordered(console, await talk(console), phone="0551234567")
    assert (placed.phone, placed.delivery_minor) == ("+966551234567", 5_000_000)
    for path, body in (
        ("country", {"country": "XX"}),
        ("country", {"country": "IRQ"}),
        ("delivery", {"price_minor": -1}),
        ("delivery", {"price_minor": None, "free_from_minor": 5}),
        ("delivery", {"price_minor": 1, "places": [{"names": [" "], "price_minor": 1}]}),
        ("delivery", {"price_minor": 1, "places": [basra, basra]}),
    ):
        assert (await ours.ask("POST", f"/shop/{path}", body))[0] in (400, 422), body
    assert (await ours.ask("POST", "/shop/country", {"country": None}))[1]["country"] == "IQ"
    _, told = await ours.ask("POST", "/shop/delivery", {"price_minor": None})
    assert told["delivery"] is None


async def test_an_order_is_moved_as_far_as_it_may_be(console: Any) -> None:
    await stocked(console)
    await ordered(console, await talk(console))
    ours = await program(console)
    for _ in range(2):
        status, told = await ours.ask("POST", "/orders/1/state", {"state": "confirmed"})
        assert (status, told["state"], len(told["history"])) == (200, "confirmed", 2)
    status, told = await ours.ask("POST", "/orders/1/state", {"state": "delivered"})
    assert (status, told["type"]) == (409, "urn:hudhud:order-stays")
    said = {"state": "cancelled", "reason": "لا يرد"}
    _, told = await ours.ask("POST", "/orders/1/state", said)
    assert (told["state"], told["reason"], told["history"][-1]["reason"]) == (
        "cancelled",
        "لا يرد",
        "لا يرد",
    )
    assert (await ours.ask("POST", "/orders/9/state", said))[0] == 404
    assert (await ours.ask("POST", "/orders/1/state", said | {"reason": "x" * 501}))[0] == 422
