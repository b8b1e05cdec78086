"""An operator takes an order on its page, without scripts: chosen, looked at, placed once."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from ordering import SHIRT, ordered, stocked, talk

from hudhud.core.goods import editing
from hudhud.core.goods.editing import Shelved
from hudhud.model import Cart, Line
from hudhud.store.contacts import collected
from hudhud.store.sales import carts
from hudhud.store.sales.turns import Held

SHIRT_LINE = json.dumps(["SH-1", "", ""])
DRESS = {"sku": "DR-1", "name_ar": "فستان", "name_en": "Dress", "price": "40000"}
REEM = {"name": "ريم العلي", "phone": "٠٧٧٠٥٥٥٦٦٧٧", "address": "بغداد", "note": "قبل <الظهر>"}


def inputs(page: str) -> dict[str, str]:
    """The fields of the form as a browser would send them, without its buttons."""
    form = page[page.index('class="take"') :]
    found = dict.fromkeys(re.findall(r'<textarea name="(\w+)"', form), "")
    for tag in re.findall(r"<input [^>]*>", form):
        told = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        found[told["name"]] = html.unescape(told.get("value", ""))
    return found


async def stock(console: Any) -> list[tuple[int, int]]:
    async with console.database.reading(console.shop.merchant_id) as connection:
        rows = await connection.fetch("select stock, reserved from variant order by id")
    return [tuple(row) for row in rows]


async def placed(console: Any) -> list[Any]:
    async with console.database.reading(console.shop.merchant_id) as connection:
        return list(await connection.fetch("select * from sales_order order by id"))


async def in_their_cart(console: Any, conversation: int, *, count: int = 3) -> None:
    line = Line(sku="SH-1", name_ar="قميص كتان", name_en="", count=count, price_minor=25_000_000)
    async with console.database.deed(console.shop.merchant_id) as connection:
        contact = await connection.fetchval(
            "select contact_id from conversation where id = $1", conversation
        )
        held = Held(
            merchant_id=console.shop.merchant_id,
            conversation_id=conversation,
            contact_id=contact,
            turn_no=0,
            fence=0,
        )
        cart = Cart(lines=(line,), currency="IQD", version=4, quoted=4)
        await carts.keep(connection, held, cart)


async def test_an_order_is_found_put_together_and_placed_once_with_its_stock(console: Any) -> None:
    await stocked(console, stock="5")
    where = await talk(console)
    browser = await console.signed_in()
    address = f"/conversations/{where}/order"
    page = (await browser.get(address)).text
    assert "زينب الحسني" in page
    fields = inputs(page)
    assert (fields["name"], fields["phone"]) == ("زينب الحسني", "+9647701234567")
    page = (await browser.post(address, fields | {"q": "قميص", "deed": "look"})).text
    assert html.escape(SHIRT_LINE, quote=False).replace('"', "&#34;").replace(" ", "") in page
    page = (await browser.post(address, inputs(page) | {"add": SHIRT_LINE})).text
    page = (await browser.post(address, inputs(page) | {"add": SHIRT_LINE})).text
    fields = inputs(page)
    assert (fields["count0"], "line1" in fields, fields["q"]) == ("2", False, "قميص")
    assert "٥٠٬٠٠٠ د.ع" in page
    assert await stock(console) == [(5, 0)]  # nothing is held by looking
    sent = fields | REEM | {"count0": "٣", "deed": "place"}
    answer = await browser.post(address, sent)
    assert (answer.status, answer.headers["location"]) == (303, "/orders/1")
    assert (await browser.post(address, sent)).headers["location"] == "/orders/1"
    (order,) = await placed(console)
    assert (order["name"], order["note"], order["conversation_id"]) == (
        *("ريم العلي", "قبل <الظهر>"),
        where,
    )
    assert (order["total_minor"], await stock(console)) == (75_000_000, [(5, 3)])
    page = (await browser.get("/orders/1")).text
    assert "سارة" in page


async def test_what_is_missing_is_said_and_nothing_that_was_typed_is_lost(console: Any) -> None:
    await stocked(console, stock="2")
    where = await talk(console)
    browser = await console.signed_in()
    address = f"/conversations/{where}/order"
    fields = inputs((await browser.get(address)).text)
    empty = await browser.post(address, fields | REEM | {"deed": "place"})
    assert (empty.status, "أضف منتجاً أولاً" in empty.text) == (422, True)
    chosen = fields | REEM | {"line0": SHIRT_LINE, "count0": "1"}
    nameless = await browser.post(address, chosen | {"name": " ", "deed": "place"})
    assert (nameless.status, "ما زال ناقصاً" in nameless.text) == (422, True)
    assert 'name="name" dir="auto" maxlength="500" autocomplete="off" value=" "' in nameless.text
    assert inputs(nameless.text)["address"] == "بغداد"
    assert "قبل &lt;الظهر&gt;" in nameless.text
    many = await browser.post(address, chosen | {"count0": "9", "deed": "place"})
    assert (many.status, "لم يبق إلا ٢ من" in many.text) == (422, True)
    assert (inputs(many.text)["count0"], inputs(many.text)["line0"]) == (
        "9",
        SHIRT_LINE.replace(" ", ""),
    )
    gone = {"line0": json.dumps(["NO-1", "", ""]), "count0": "1"}
    gone = await browser.post(address, fields | REEM | gone | {"deed": "place"})
    assert (gone.status, "لم يعد معروضاً" in gone.text) == (422, True)
    assert await placed(console) == []


async def test_a_line_is_taken_out_and_sizes_and_colours_are_lines_of_their_own(
    console: Any,
) -> None:
    shelves = [Shelved(size=size, colour_ar="أحمر", stock="4") for size in "SM"]
    await editing.add(console.database, console.shop.merchant_id, DRESS, shelves)
    where = await talk(console)
    browser = await console.signed_in()
    address = f"/conversations/{where}/order"
    small, medium = (json.dumps(["DR-1", size, "أحمر"]) for size in "SM")
    fields = inputs(
        (
            await browser.post(address, inputs((await browser.get(address)).text) | {"add": small})
        ).text
    )
    fields = inputs((await browser.post(address, fields | {"add": medium})).text)
    assert [json.loads(fields[f"line{at}"])[1] for at in range(2)] == ["S", "M"]
    fields = inputs((await browser.post(address, fields | {"drop": "0"})).text)
    assert json.loads(fields["line0"])[1] == "M"
    assert "line1" not in fields
    fields = inputs((await browser.post(address, fields | {"count0": "0", "deed": "look"})).text)
    assert "line0" not in fields


async def test_an_order_out_of_their_cart_empties_it_and_another_leaves_it(console: Any) -> None:
    await stocked(console)
    where = await talk(console)
    await in_their_cart(console, where)
    browser = await console.signed_in()
    address = f"/conversations/{where}/order"
    plain = inputs((await browser.get(address)).text) | REEM | {"add": SHIRT_LINE}
    plain = inputs((await browser.post(address, plain)).text) | REEM | {"deed": "place"}
    assert (await browser.post(address, plain)).status == 303

    async def cart() -> Cart:
        async with console.database.reading(console.shop.merchant_id) as connection:
            return await carts.standing(connection, where)

    assert [line.count for line in (await cart()).lines] == [3]
    theirs = inputs((await browser.get(f"{address}?cart")).text)
    assert (theirs["count0"], theirs["from_cart"]) == ("3", "1")
    assert (await browser.post(address, theirs | REEM | {"deed": "place"})).status == 303
    emptied = await cart()
    assert (emptied.lines, emptied.quoted, emptied.version) == ((), 0, 5)
    assert [row["total_minor"] for row in await placed(console)] == [25_000_000, 75_000_000]


async def test_what_a_contact_said_of_themselves_is_in_the_form(console: Any) -> None:
    where = await talk(console)
    async with console.database.deed(console.shop.merchant_id) as connection:
        contact = await connection.fetchval(
            "select contact_id from conversation where id = $1", where
        )
        said = {"phone": "+9647709998877", "address": "البصرة"}
        await collected.keep(connection, console.shop.merchant_id, contact, said)
    browser = await console.signed_in()
    fields = inputs((await browser.get(f"/conversations/{where}/order")).text)
    assert (fields["name"], fields["phone"], fields["address"]) == (
        *("زينب الحسني", "+9647709998877"),
        "البصرة",
    )


async def test_a_conversation_is_found_for_an_order_and_nobody_reaches_anothers(
    console: Any,
) -> None:
    await stocked(console)
    where = await talk(console)
    browser = await console.signed_in()
    assert 'href="/orders/new"' in (await browser.get("/orders")).text
    link = f"/conversations/{where}/order"
    for said in ("", "?q=زينب", "?q=07701234567"):
        assert f'href="{link}"' in (await browser.get(f"/orders/new{said}")).text, said
    assert "لم نجد أحداً" in (await browser.get("/orders/new?q=nobody")).text
    assert f'href="{link}"' in (await browser.get(f"/conversations/{where}")).text
    fields = inputs((await browser.get(link)).text) | REEM
    other = await console.signed_in(console.other)
    assert (await other.get(link)).status == 404
    taken = fields | {"line0": SHIRT_LINE, "count0": "1", "deed": "place"}
    assert (await other.post(link, taken)).status == 404
    assert (await browser.post(link, taken | {"key": "x"})).status == 422
    assert (await browser.post(link, taken | {"line0": "x"})).status == 422
    assert await placed(console) == []


async def test_two_orders_of_one_shelf_sell_no_more_than_there_is(console: Any) -> None:
    await stocked(console, stock="2")
    where = await talk(console)
    browser = await console.signed_in()
    address = f"/conversations/{where}/order"
    fields = inputs((await browser.get(address)).text) | REEM
    await ordered(console, where, count=2)
    last = await browser.post(
        address, fields | {"line0": SHIRT_LINE, "count0": "1", "deed": "place"}
    )
    assert (last.status, "لم يبق شيء من" in last.text, SHIRT["sku"] in last.text) == (
        *(422, True),
        True,
    )
    assert await stock(console) == [(2, 2)]
