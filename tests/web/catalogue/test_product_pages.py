"""The pages of products: found in any spelling, edited without losing a word, never another's."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from hudhud.core.goods import editing, picturing
from hudhud.core.goods.editing import Shelved
from hudhud.core.importing.exporting import as_csv
from hudhud.core.media.disk import Disk
from hudhud.core.media.replying import Upload
from hudhud.simulator.files import FILES
from hudhud.store import catalogue
from hudhud.store.catalogue import entries

PRODUCT = {"sku": "SH-1", "name_ar": "قميص كتان", "name_en": "Linen shirt", "price": "25000"}


async def made(console: Any, *, stock: str = "5", **more: str) -> int:
    shop = console.shop.merchant_id
    return await editing.add(console.database, shop, PRODUCT | more, [Shelved(stock=stock)])


async def read(console: Any, product_id: int) -> Any:
    async with console.database.reading(console.shop.merchant_id) as connection:
        return await entries.entry(connection, console.shop.merchant_id, product_id)


def form_of(page: str) -> dict[str, str]:
    """The form as a browser would send it back."""
    main = page[page.index('<form class="fields" method="post" action="/products/') :]
    found = dict(re.findall(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', main))
    return found | ({"on_sale": "on"} if 'name="on_sale" checked' in main else {})


async def test_products_are_found_as_customers_find_them_and_by_what_they_lack(
    console: Any,
) -> None:
    browser = await console.signed_in()
    assert "لا منتجات بعد" in (await browser.get("/products")).text
    await made(console)
    await made(console, sku="TS-1", name_ar="بلوزة", name_en="Blouse", stock="0")
    off = await made(console, sku="HT-1", name_ar="قبعة", name_en="Hat")
    await editing.change(console.database, console.shop.merchant_id, off, {"on_sale": "no"})
    for asked, skus in (
        ("", {"SH-1", "TS-1", "HT-1"}),
        ("?q=قَميص", {"SH-1"}),
        ("?q=shirt", {"SH-1"}),
        ("?q=ts-1", {"TS-1"}),
        ("?q=قبعه", {"HT-1"}),
        ("?show=out", {"TS-1"}),
        ("?show=off", {"HT-1"}),
        ("?show=off&q=قميص", set()),
    ):
        page = (await browser.get(f"/products{asked}")).text
        assert {sku for sku in ("SH-1", "TS-1", "HT-1") if f">{sku}<" in page} == skus, asked


async def test_a_form_that_is_sent_back_changes_nothing_and_what_is_typed_is_saved(
    console: Any,
) -> None:
    product_id = await made(console, description_ar="وصف", category_ar="قمصان", sizes="S, M")
    browser, before = await console.signed_in(), await read(console, product_id)
    path = f"/products/{product_id}"
    form = form_of((await browser.get(path)).text) | {"description_ar": "وصف"}
    assert (await browser.post(path, form)).status == 303
    assert await read(console, product_id) == before
    typed = form | {"price": "٢٦٬٥٠٠", "v0.stock": "٩", "name_en": ""}
    answer = await browser.post(path, {k: v for k, v in typed.items() if k != "on_sale"})
    assert (answer.status, answer.headers["location"]) == (303, f"{path}?saved")
    now = await read(console, product_id)
    assert (now.price_minor, now.stock, now.name_en, now.on_sale) == (26_500_000, 9, "", False)


async def test_what_cannot_be_saved_is_still_there_and_each_field_says_why(console: Any) -> None:
    product_id = await made(console)
    browser, path = await console.signed_in(), f"/products/{product_id}"
    form = form_of((await browser.get(path)).text) | {"price": "25.000", "name_ar": "<b>جديد</b>"}
    answer = await browser.post(path, form)
    assert answer.status == 422
    assert 'value="25.000"' in answer.text
    assert "&lt;b&gt;جديد&lt;/b&gt;" in answer.text
    assert "يُقرأ بطريقتين" in answer.text
    fresh = await browser.post("/products/new", {"name_ar": "ثوب", "price": "", "variants": "0"})
    assert fresh.status == 422
    assert "منتج جديد بلا سعر" in fresh.text
    taken = await browser.post("/products/new", PRODUCT | {"variants": "0", "v0.stock": "1"})
    assert (taken.status, "لمنتج آخر هذا الرمز" in taken.text) == (422, True)


async def test_two_who_edit_one_product_hear_of_each_other(console: Any) -> None:
    product_id = await made(console)
    browser, path = await console.signed_in(), f"/products/{product_id}"
    form = form_of((await browser.get(path)).text)
    assert (await browser.post(path, form | {"price": "26000"})).status == 303
    answer = await browser.post(path, form | {"price": "27000"})
    assert answer.status == 409
    assert 'value="27000"' in answer.text
    assert "٢٦٬٠٠٠ د.ع" in answer.text
    assert (await read(console, product_id)).price_minor == 26_000_000
    # Seen, and wanted all the same.
    assert (await browser.post(path, form_of(answer.text))).status == 303
    assert (await read(console, product_id)).price_minor == 27_000_000


async def test_a_picture_is_given_one_of_the_colours_of_its_product(
    console: Any, tmp_path: Path
) -> None:
    product_id = await made(console, colours_ar="أبيض، أسود", colours_en="White, Black")
    shop = console.shop.merchant_id

    async def chunks() -> AsyncIterator[bytes]:
        yield FILES["image"].data

    upload = Upload("a.png", "image/png", chunks())
    image = await picturing.add(console.database, Disk(tmp_path), shop, product_id, upload)
    browser, path = await console.signed_in(), f"/products/{product_id}"
    assert '<option value="أسود" selected>' not in (await browser.get(path)).text
    typed = {"alt": "من الأمام", "colour": "أسود"}
    assert (await browser.post(f"{path}/images/{image}", typed)).status == 303
    page = (await browser.get(path)).text
    assert '<option value="أسود" selected>' in page
    async with console.database.reading(shop) as connection:
        found = await catalogue.by_sku(connection, shop, "SH-1")
    assert found is not None
    assert found.coloured == {"أسود": found.images[0]}
    # Renamed in the catalogue, it still stands at its picture, and a move forgets nothing.
    await editing.change(console.database, shop, product_id, {"colours_ar": "أبيض، فحمي"})
    assert (await browser.post(f"{path}/images/{image}", {"move": "up"})).status == 303
    assert '<option value="أسود" selected>' in (await browser.get(path)).text


async def test_no_address_of_a_product_leads_to_another_merchants(console: Any) -> None:
    product_id = await made(console)
    other = await console.signed_in(console.other)
    path = f"/products/{product_id}"
    for address in (path, "/products/imports/1"):
        assert (await other.get(address)).status == 404
    assert (await other.post(path, {"price": "1"})).status == 404
    assert (await other.post(f"{path}/images/1", {"move": "up"})).status == 404
    assert (await other.post("/products/imports/1/columns", {})).status == 404
    assert "SH-1" not in (await other.get("/products/export.csv")).text
    stranger = await console.browser().get(path)
    assert (stranger.status, "/sign-in" in stranger.headers["location"]) == (303, True)


BOUNDARY = "a-boundary-of-the-tests"


async def bring(browser: Any, data: bytes, **headers: str) -> Any:
    body = (
        (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="l.csv"\r\n'
            "Content-Type: text/csv\r\n\r\n"
        ).encode()
        + data
        + f"\r\n--{BOUNDARY}--\r\n".encode()
    )
    sent = {"origin": "http://shop.test"} | {k.replace("_", "-"): v for k, v in headers.items()}
    return await browser.ask(
        "POST",
        "/products/import",
        headers=sent,
        body=body,
    )


@pytest.fixture
def multipart(browser_of: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the browser of these tests sends is a form with a file in it."""
    ask = browser_of.ask

    async def asked(self: Any, method: str, path: str, *, headers: Any, body: bytes = b"") -> Any:
        if body.startswith(f"--{BOUNDARY}".encode()):
            kind = f"multipart/form-data; boundary={BOUNDARY}"
            app = self.app

            async def typed(scope: Any, receive: Any, send: Any) -> None:
                kept = [(k, v) for k, v in scope["headers"] if k != b"content-type"]
                scope["headers"] = [*kept, (b"content-type", kind.encode())]
                await app(scope, receive, send)

            self.app = typed
            try:
                return await ask(self, method, path, headers=headers, body=body)
            finally:
                self.app = app
        return await ask(self, method, path, headers=headers, body=body)

    monkeypatch.setattr(browser_of, "ask", asked)


async def shown(browser: Any, path: str, words: str) -> str:
    async with asyncio.timeout(20):
        while words not in (page := (await browser.get(path)).text):
            await asyncio.sleep(0.02)
    return page


@pytest.mark.usefixtures("multipart")
async def test_a_list_is_read_shown_and_applied_once(console: Any) -> None:
    product_id = await made(console)
    browser = await console.signed_in()
    answer = await bring(
        browser, "sku,name,price\nSH-1,قميص كتان,250000\nA-1,ثوب,9000\nB-1,غلط,x\n".encode()
    )
    path = answer.headers["location"]
    assert (answer.status, path.startswith("/products/imports/")) == (303, True)
    page = await shown(browser, path, "counted-of")
    assert "ليس سعرًا نقرؤه" in page
    assert "انتبه" in (await browser.get(f"{path}?tab=changed")).text
    assert (await read(console, product_id)).price_minor == 25_000_000
    for _ in range(2):
        assert (await browser.post(f"{path}/apply", {"missing": "leave"})).status == 303
    await shown(browser, path, "كُتبت القائمة كلها")
    assert (await read(console, product_id)).price_minor == 250_000_000
    exported = (await browser.get("/products/export.csv")).body
    async with console.database.reading(console.shop.merchant_id) as connection:
        found = await entries.entries(connection, console.shop.merchant_id)
    assert exported == as_csv(found)
    assert len(found) == 2


@pytest.mark.usefixtures("multipart")
async def test_a_file_that_cannot_be_taken_says_why(console: Any) -> None:
    browser = await console.signed_in()
    answer = await bring(browser, b"%PDF-1.7")
    await shown(browser, answer.headers["location"], "هذا الملف ليس جدولًا")
    assert (await bring(browser, b"x", origin="http://evil.test")).status == 403
    assert "الملف أكبر" in (await bring(browser, b"x", content_length=str(10**9))).text


async def test_a_size_gets_a_price_of_its_own_on_the_page(console: Any) -> None:
    product = await editing.add(
        console.database,
        console.shop.merchant_id,
        PRODUCT,
        [Shelved(size=size, stock="5") for size in "SM"],
    )
    browser = await console.signed_in()
    form = form_of((await browser.get(f"/products/{product}")).text)
    assert (form["v0.price"], form["v1.price"]) == ("", "")
    wrong = await browser.post(f"/products/{product}", form | {"v1.price": "27.000"})
    assert (wrong.status, 'value="27.000"' in wrong.text) == (422, True)
    saved = await browser.post(f"/products/{product}", form | {"v1.price": "٢٧٬٠٠٠"})
    assert saved.status == 303
    form = form_of((await browser.get(f"/products/{product}")).text)
    assert (form["v0.price"], form["v1.price"]) == ("", "27000")
    # Saved as it is, nothing changes; emptied, it costs what the product costs.
    await browser.post(f"/products/{product}", form)
    assert [v.price_minor for v in (await read(console, product)).variants] == [None, 27_000_000]
    form = form_of((await browser.get(f"/products/{product}")).text)
    await browser.post(f"/products/{product}", form | {"v1.price": ""})
    assert [v.price_minor for v in (await read(console, product)).variants] == [None, None]
