"""A contact hears of their order once, while the window is open, never of what did not happen."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from ordering import ordered, stocked, talk

from hudhud.core.handoff import take_over
from hudhud.core.sales import orders as deeds
from hudhud.core.sales import telling
from hudhud.errors import BadInputError, OrderStaysError

SAID = """select m.author, m.body, o.author, o.state from message m
    join outbox o on o.message_id = m.id order by m.id"""


async def rows(console: Any, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    async with console.database.reading(console.shop.merchant_id) as connection:
        return [tuple(row) for row in await connection.fetch(statement, *values)]


async def write(console: Any, statement: str, *values: Any) -> None:
    async with console.database.deed(console.shop.merchant_id) as connection:
        await connection.execute(statement, *values)


async def moved(console: Any, state: Any, **more: Any) -> None:
    said = {"actor": "cli:sara", "hints": console.hints} | more
    await deeds.move(console.database, console.shop.merchant_id, 1, state, **said)


async def test_each_state_is_told_once_and_workers_hear_of_it(console: Any) -> None:
    await stocked(console)
    where = await talk(console)
    await ordered(console, where)
    assert await rows(console, SAID) == []
    await asyncio.gather(*(moved(console, "confirmed") for _ in range(4)))
    await moved(console, "shipped")
    await moved(console, "delivered")
    with pytest.raises(OrderStaysError):
        await moved(console, "cancelled")
    assert [(body, state) for _, body, author, state in await rows(console, SAID)] == [
        ("وافق المتجر على طلبك رقم ١، وهو قيد التجهيز.", "queued"),
        ("خرج طلبك رقم ١ من المتجر وهو في الطريق إليك.", "queued"),
    ]
    assert console.hints.told.count(("send", console.shop.merchant_id, where)) == 2
    page = (await (await console.signed_in()).get("/orders/1")).text
    assert page.count("يُخبَر العميل الآن.") == 2
    await write(console, "update outbox set state = 'accepted'")
    page = (await (await console.signed_in()).get("/orders/1")).text
    assert page.count("أُخبر العميل.") == 2


async def test_a_customer_of_english_reads_english_and_why_it_was_cancelled(console: Any) -> None:
    await stocked(console)
    where = await talk(console)
    await write(console, "update message set body = 'Hello, is it there?'")
    await ordered(console, where)
    await moved(console, "cancelled", reason="The cloth is sold out.")
    ((author, body, sender, _),) = await rows(console, SAID)
    assert body == "The shop cancelled your order 1.\nReason: The cloth is sold out."
    assert (author, sender) == ("system", "system")


async def test_what_waits_still_waits_and_a_person_who_takes_over_withdraws_nothing(
    console: Any,
) -> None:
    await stocked(console)
    where = await talk(console)
    await ordered(console, where)
    waiting = "select state, fence, pending, batch_no from conversation where id = $1"
    before = await rows(console, waiting, where)
    await moved(console, "confirmed")
    assert await rows(console, waiting, where) == before
    unanswered = "select count(*) from message where direction = 'in' and batch_id is null"
    assert await rows(console, unanswered) == [(1,)]
    await take_over(
        *(console.database, console.hints, console.shop.merchant_id, where),
        console.shop.operator_id,
    )
    assert [state for *_, state in await rows(console, SAID)] == ["queued"]


async def test_outside_of_the_window_nothing_leaves_and_the_order_says_so(console: Any) -> None:
    await stocked(console)
    where = await talk(console)
    await ordered(console, where)
    old = datetime.now(UTC) - timedelta(hours=25)
    await write(console, "update conversation set last_in_at = $1", old)
    await moved(console, "confirmed")
    assert await rows(console, SAID) == []
    assert ("send", console.shop.merchant_id, where) not in console.hints.told
    page = (await (await console.signed_in()).get("/orders/1")).text
    assert "لم يُخبَر العميل: كانت نافذة الرد قد أُغلقت." in page


async def test_a_deed_that_is_undone_tells_nobody(
    console: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stocked(console)
    await ordered(console, await talk(console))

    async def breaks(*_: Any) -> None:
        raise BadInputError("the connection broke here")

    monkeypatch.setattr(telling.telling, "note", breaks)
    with pytest.raises(BadInputError):
        await moved(console, "confirmed")
    assert await rows(console, SAID) == []
    assert await rows(console, "select state from sales_order") == [("placed",)]


async def test_the_merchant_chooses_what_is_told_and_what_delivery_costs(console: Any) -> None:
    await stocked(console)
    where = await talk(console)
    browser = await console.signed_in()
    page = (await browser.get("/orders/settings")).text
    checked = set(re.findall(r'name="tell" value="(\w+)" checked', page))
    assert checked == {"confirmed", "shipped", "cancelled"}
    form = [("tell", "delivered"), ("price", "٥٬٠٠٠"), ("free_from", "100000")]
    assert (await browser.post("/orders/settings", form)).status == 303
    page = (await browser.get("/orders/settings")).text
    assert set(re.findall(r'name="tell" value="(\w+)" checked', page)) == {"delivered"}
    assert 'value="5000"' in page
    assert 'value="100000"' in page
    assert "حسب عملتك وتوقيتك: العراق" in page
    places = "بغداد، Baghdad: ٣٬٠٠٠\nالبصرة = 8000"
    assert (await browser.post("/orders/settings", [*form, ("places", places)])).status == 303
    page = (await browser.get("/orders/settings")).text
    assert "بغداد، Baghdad: 3000\nالبصرة: 8000</textarea>" in page
    for wrong in ("بغداد", "بغداد: كثير", ": 5", "بغداد: 1\nبغداد: 2"):
        answer = await browser.post("/orders/settings", [*form, ("places", wrong)])
        assert (answer.status, f"{wrong}</textarea>" in answer.text) == (422, True), wrong
    form = [("tell", "delivered"), ("price", "5000"), ("country", "SA")]
    assert (await browser.post("/orders/settings", form)).status == 303
    assert '<option value="SA" selected>السعودية' in (await browser.get("/orders/settings")).text
    assert (await browser.post("/orders/settings", [("country", "XX")])).status == 422
    assert (await browser.post("/orders/settings", [*form[:2], ("country", "")])).status == 303
    wrong = await browser.post("/orders/settings", [("tell", "shipped"), ("price", "خمسة")])
    assert (wrong.status, "خمسة" in wrong.text) == (422, True)
    order = await ordered(console, where)
    assert order.delivery_minor == 5_000_000
    for state in ("confirmed", "shipped", "delivered"):
        await moved(console, state)
    assert [body for _, body, *_ in await rows(console, SAID)] == ["سُلّم طلبك رقم ١. شكراً لك."]
    with pytest.raises(BadInputError):
        await telling.choose(
            console.database, console.shop.merchant_id, ["placed"], actor="cli:sara"
        )
