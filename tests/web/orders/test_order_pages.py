"""The pages of orders: found by what people say, moved once however often they click."""

from __future__ import annotations

import re
from typing import Any

from ordering import ordered, stocked, talk

from hudhud.core.sales import orders as deeds


def numbers(page: str) -> list[int]:
    return [int(found) for found in re.findall(r'id="order-(\d+)"', page)]


async def rows(console: Any, statement: str) -> list[tuple[Any, ...]]:
    async with console.database.reading(console.shop.merchant_id) as connection:
        return [tuple(row) for row in await connection.fetch(statement)]


async def test_an_empty_list_says_what_to_do_and_a_full_one_what_waits(console: Any) -> None:
    browser = await console.signed_in()
    page = (await browser.get("/orders")).text
    assert "لا طلبات بعد" in page
    assert 'href="/assistants"' in page
    await stocked(console)
    where = await talk(console)
    for _ in range(3):
        await ordered(console, where)
    await deeds.move(console.database, console.shop.merchant_id, 2, "confirmed", actor="cli:sara")
    page = (await browser.get("/orders")).text
    assert numbers(page) == [3, 2, 1]
    assert "طلبان ينتظران كلمتك" in page
    assert numbers((await browser.get("/orders?state=confirmed")).text) == [2]
    assert "لا طلب حالته «وصل»" in (await browser.get("/orders?state=delivered")).text
    assert numbers((await browser.get("/orders?state=of-nobody&before=3")).text) == [2, 1]


async def test_orders_are_found_by_number_name_and_phone_in_any_spelling(console: Any) -> None:
    await stocked(console)
    where = await talk(console)
    await ordered(console, where)
    await ordered(console, where, name="أحمد الجبوري", phone="+9647712223334")
    await ordered(console, where, name="Lena Haddad", phone="0790111222")
    browser = await console.signed_in()
    for said, found in (
        ("2", [2]),
        ("%232", [2]),
        ("٣", [3]),
        ("احمد", [2]),
        ("LENA", [3]),
        ("0771 222 3334", [2]),
        ("٠٧٧٠٥٥٥٦٦٧٧", [1]),
        ("9647705556677", [1]),
        # Whose conversation it is, whoever it was ordered for.
        ("زينب", [3, 2, 1]),
        ("07701234567", [3, 2, 1]),
        ("nobody", []),
        ("99999", []),
    ):
        assert numbers((await browser.get(f"/orders?q={said}")).text) == found, said


async def test_an_order_is_read_and_moved_without_script_once_for_two_clicks(console: Any) -> None:
    await stocked(console)
    where = await talk(console)
    order = await ordered(console, where, note="اتصلوا <قبل> الوصول")
    browser = await console.signed_in()
    page = (await browser.get("/orders/1")).text
    for shown in (
        *("قميص كتان", "٥٠٬٠٠٠ د.ع", "ريم العلي", "+9647705556677", "بغداد، الكرادة", "سارة"),
        *("اتصلوا &lt;قبل&gt; الوصول", f'href="/conversations/{where}"'),
    ):
        assert shown in page, shown
    assert set(re.findall(r'name="state" value="(\w+)"', page)) == {"confirmed", "cancelled"}
    for _ in range(2):
        answer = await browser.post("/orders/1", {"state": "confirmed"})
        assert (answer.status, answer.headers["location"]) == (303, "/orders/1")
    await browser.post("/orders/1", {"state": "shipped"})
    steps = "select state, actor from order_step order by id"
    operator = f"operator:{console.shop.operator_id}"
    assert await rows(console, steps) == [
        (state, operator) for state in ("placed", "confirmed", "shipped")
    ]
    assert await rows(console, "select stock, reserved from variant") == [(48, 0)]
    # A page that was open since before: too late, and it says how the order stands.
    late = await browser.post("/orders/1", {"state": "cancelled", "reason": "لا يرد"})
    assert late.status == 409
    assert "حالة الطلب الآن «في الطريق» ولا يصير بعدها «ملغى»" in late.text
    assert len(await rows(console, steps)) == 3
    assert order.number == 1


async def test_a_cancelled_order_says_who_and_why_and_a_long_reason_is_kept(console: Any) -> None:
    await stocked(console)
    await ordered(console, await talk(console))
    browser = await console.signed_in()
    long = await browser.post("/orders/1", {"state": "cancelled", "reason": "س" * 501})
    assert long.status == 422
    assert "س" * 501 in long.text
    answer = await browser.post("/orders/1", {"state": "cancelled", "reason": "<نفد> القماش"})
    assert answer.status == 303
    page = (await browser.get("/orders/1")).text
    assert page.count("&lt;نفد&gt; القماش") == 2
    assert 'name="state"' not in page
    assert await rows(console, "select stock, reserved from variant") == [(50, 0)]


async def test_no_order_of_another_shop_is_read_or_moved(console: Any) -> None:
    await stocked(console)
    await ordered(console, await talk(console))
    other = await console.signed_in(console.other)
    assert numbers((await other.get("/orders")).text) == []
    assert (await other.get("/orders/1")).status == 404
    assert (await other.post("/orders/1", {"state": "confirmed"})).status == 404
    browser = await console.signed_in()
    assert (await browser.post("/orders/1", {"state": "of-nobody"})).status == 404
    from_elsewhere = await browser.post("/orders/1", {"state": "confirmed"}, origin="http://x.test")
    assert from_elsewhere.status == 403
    stranger = await console.browser().get("/orders/1")
    assert "/sign-in" in stranger.headers["location"]
    assert await rows(console, "select state from sales_order") == [("placed",)]


async def test_a_thread_shows_the_cart_and_the_newest_orders_of_its_contact(console: Any) -> None:
    await stocked(console)
    where = await talk(console)
    for _ in range(4):
        await ordered(console, where)
    async with console.database.deed(console.shop.merchant_id) as connection:
        line = {"sku": "SH-1", "name_ar": "قميص كتان", "name_en": "", "count": 7}
        lines = [line | {"price_minor": 25_000_000}]
        await connection.execute(
            """insert into cart (conversation_id, merchant_id, contact_id, turn_no, fence, content,
                   before) select id, merchant_id, contact_id, 0, 0, $2, '{}' from conversation
               where id = $1""",
            where,
            {"lines": lines, "currency": "IQD", "version": 1},
        )
    browser = await console.signed_in()
    page = (await browser.get(f"/conversations/{where}")).text
    side = page[page.index('<aside class="side"') :]
    assert '× <bdi class="num">٧</bdi>' in side
    assert "١٧٥٬٠٠٠ د.ع" in side
    assert [int(n) for n in re.findall(r'href="/orders/(\d+)"', side)] == [4, 3, 2]
    assert "طلبات أقدم" in side
