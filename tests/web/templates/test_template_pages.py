"""Templates in the console: their page, the picker, what a closed window says and offers."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from approved import PAUSED, PICTURE, READY, SCOPE, keep, stamp
from console_seed import fill

DAY_S = 86_400.0
HOUR_S = 3600.0


async def of(console: Any, sql: str, *values: object) -> Any:
    async with console.database.reading(console.shop.merchant_id) as connection:
        return await connection.fetchval(sql, *values)


def text_of(page: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


@pytest.fixture
async def talk(console: Any) -> int:
    """A conversation whose customer wrote two days ago, in a shop with templates."""
    made = await fill(console.database, console.shop)
    found: int = made["answered"] if "answered" in made else next(iter(made.values()))
    await keep(console.database, console.shop, READY, PICTURE, PAUSED)
    await stamp(console.database, console.shop, found, last_in_at=2 * DAY_S)
    return found


async def template(console: Any, name: str) -> int:
    found: int = await of(console, "select id from template where name = $1", name)
    return found


@pytest.mark.usefixtures("talk")
async def test_the_page_shows_each_template_how_it_stands_and_why(console: Any) -> None:
    browser, spy = await console.signed_in(), await console.signed_in(console.other)
    page = (await browser.get("/templates")).text
    said = text_of(page)
    assert "order_ready" in said
    assert "خدمي" in said
    assert "جودة عالية" in said
    assert "موقوف مؤقتاً" in said
    assert "Too many reports" in said
    assert '<div class="approved" dir="rtl">' in page
    assert '<div class="approved" dir="ltr">' in page
    blocked = (await browser.get("/templates?tab=blocked")).text
    assert "winter_sale" in blocked
    assert "order_ready" not in blocked
    found = (await browser.get("/templates?q=linen")).text
    assert "new_linen" in found
    assert "winter_sale" not in found
    assert "order_ready" not in (await spy.get("/templates")).text


async def test_a_sync_is_asked_for_and_an_account_is_named_once(console: Any) -> None:
    browser, spy = await console.signed_in(), await console.signed_in(console.other)
    address = f"/templates/inboxes/{console.shop.inbox_id}"
    assert (await spy.post(address, {"scope": SCOPE})).status == 404
    assert (await browser.post(address, {"scope": "no id at all"})).status == 422
    assert (await browser.post(address, {"scope": ""})).status == 422
    assert address in (await browser.get("/templates")).text
    assert (await browser.post(address, {"scope": SCOPE})).status == 303
    assert await of(console, "select options ->> 'waba_id' from inbox") == SCOPE
    asked = await of(console, "select asked_at from template_sync")
    assert (await browser.post("/templates/sync")).status == 303
    assert await of(console, "select asked_at from template_sync") > asked
    page = (await browser.get("/templates")).text
    assert address not in page
    assert "تُقرأ القائمة الآن" in page


@pytest.mark.parametrize(
    ("channel", "last_h", "ad_h", "said"),
    [
        ("whatsapp", 25, None, "أكثر من ٢٤ ساعة على آخر رسالة"),
        ("whatsapp", 80, 80, "أكثر من ٧٢ ساعة على مجيء العميل من إعلان"),
        ("whatsapp", 25, 200, "أكثر من ٢٤ ساعة على آخر رسالة"),
        ("instagram", 8 * 24, None, "أكثر من ٧ أيام على آخر رسالة"),
    ],
)
async def test_a_closed_window_says_how_long_it_was(
    console: Any, talk: int, channel: str, last_h: float, ad_h: float | None, said: str
) -> None:
    await stamp(console.database, console.shop, talk, last_in_at=last_h * HOUR_S)
    if ad_h is not None:
        await stamp(console.database, console.shop, talk, free_entry_at=ad_h * HOUR_S)
    async with console.database.deed(console.shop.merchant_id) as connection:
        await connection.execute("update inbox set channel = $1", channel)
    page = (await (await console.signed_in()).get(f"/conversations/{talk}")).text
    assert said in text_of(page)
    assert ("order_ready" in page) == (channel == "whatsapp")


async def test_free_text_outside_the_window_is_refused_and_the_picker_offered(
    console: Any, talk: int
) -> None:
    browser = await console.signed_in()
    form = {"text": "طلبك جاهز", "key": "0" * 32}
    before = await of(console, "select count(*) from message")
    page = await browser.post(f"/conversations/{talk}/reply", form)
    assert page.status == 409
    assert "طلبك جاهز</textarea>" in page.text
    assert "انتهت نافذة الرد" in text_of(page.text)
    ready = await template(console, "order_ready")
    assert f'href="/conversations/{talk}?template={ready}#picker"' in page.text
    assert "winter_sale" not in page.text
    assert await of(console, "select count(*) from message") == before


async def test_a_template_is_chosen_filled_and_sent_once(console: Any, talk: int) -> None:
    browser = await console.signed_in()
    ready = await template(console, "order_ready")
    page = (await browser.get(f"/conversations/{talk}?template={ready}")).text
    for name in ("body.1", "body.2", "button.1"):
        assert f'name="{name}"' in page
    assert 'placeholder="مثلاً: سعاد"' in page
    key = re.search(r'name="key" value="([0-9a-f]{32})"', page)
    assert key
    form = {"template": str(ready), "key": key[1], "body.1": "سعاد", "body.2": "1043"}
    address = f"/conversations/{talk}/template"
    # What is missing is asked for, and what was filled stays.
    short = await browser.post(address, form)
    assert short.status == 422
    assert 'name="body.1" required maxlength="1024" dir="auto" autocomplete="off" value="سعاد"' in (
        short.text
    )
    assert "املأ كل خانة" in text_of(short.text)
    for _ in range(2):
        assert (await browser.post(address, form | {"button.1": "1043"})).status == 303
    sql = "select {} from message where author = 'operator' and kind = 'template'"
    assert await of(console, sql.format("count(*)")) == 1
    assert await of(console, sql.format("body")) == "طلبك جاهز\nأهلاً سعاد، طلبك 1043 ينتظرك."
    sent = await of(console, sql.format("content -> 'send'"))
    assert (sent["name"], sent["body"]) == ("order_ready", ["سعاد", "1043"])
    assert sent["buttons"] == {"1": "1043"}


async def test_a_picture_needs_an_address(console: Any, talk: int) -> None:
    browser = await console.signed_in()
    linen = await template(console, "new_linen")
    form = {"template": str(linen), "key": "a" * 32, "header_link": "not an address"}
    page = await browser.post(f"/conversations/{talk}/template", form)
    assert page.status == 422
    form["header_link"] = "https://shop.example/linen.jpg"
    assert (await browser.post(f"/conversations/{talk}/template", form)).status == 303


async def test_a_paused_or_foreign_template_is_not_sent(console: Any, talk: int) -> None:
    browser, spy = await console.signed_in(), await console.signed_in(console.other)
    paused, ready = await template(console, "winter_sale"), await template(console, "order_ready")
    address = f"/conversations/{talk}/template"
    page = await browser.post(address, {"template": str(paused), "key": "b" * 32})
    assert page.status == 422
    assert "أوقفه المزوّد مؤقتاً" in text_of(page.text)
    assert (await spy.post(address, {"template": str(ready), "key": "c" * 32})).status == 404
    assert (await browser.post(address, {"template": "0", "key": "d" * 32})).status == 404
    assert await of(console, "select count(*) from message where kind = 'template'") == 0


async def test_an_open_window_offers_the_picker_behind_one_link(console: Any, talk: int) -> None:
    await stamp(console.database, console.shop, talk, last_in_at=60)
    browser = await console.signed_in()
    page = (await browser.get(f"/conversations/{talk}")).text
    assert f"/conversations/{talk}?template=choose#picker" in page
    assert 'id="picker"' not in page
    page = (await browser.get(f"/conversations/{talk}?template=choose")).text
    assert 'id="picker"' in page
    assert "order_ready" in page
