"""A merchant puts the chat on a site, and an operator and a visitor see one another type."""

from __future__ import annotations

import pytest
from playwright.async_api import BrowserContext, Page, expect

import webchats
from hudhud.model import Inbox
from hudhud.simulator.files import FILES
from shops import Shop, until
from signing_in import signed_in

LIVE_MS = 15_000


@pytest.fixture
async def inbox(shop: Shop) -> Inbox:
    return await webchats.connected(shop)


@pytest.fixture
async def console(context: BrowserContext, shop: Shop) -> Page:
    page = await context.new_page()
    await page.goto(await signed_in(shop))
    await page.locator("main form button").first.click()
    return page


async def test_a_site_is_let_in_by_the_page_and_its_line_works_there(
    console: Page, context: BrowserContext, shop: Shop, inbox: Inbox
):
    await console.goto(f"{shop.house.web_url}/inboxes/{inbox.id}/chat")
    line = await console.locator("#line").inner_text()
    await expect(console.locator("#preview .panel")).to_be_visible()
    async with webchats.opened_site(shop) as site:
        site.script = line.partition('"')[2].partition('"')[0]
        # As people copy it: with a path behind.
        await console.locator("[name=origins]").fill(f"{site.origin}/contact")
        await console.locator("[name=greeting_ar]").fill("مرحبًا بكم في متجرنا")
        await console.locator("[name=accent]").fill("#ffd400")
        await expect(console.locator("#preview .words")).to_have_text("مرحبًا بكم في متجرنا")
        await console.locator("#looks button.main").click()
        await expect(console.locator(".good[role=status]")).to_be_visible()
        assert (await console.locator("[name=origins]").input_value()) == site.origin

        async def served() -> bool:
            async with shop.http.get(site.script) as answer:
                return "في متجرنا" in await answer.text()

        await until(served, "every process goes by what was saved")
        visitor = await context.new_page()
        await visitor.goto(f"{site.origin}/")
        await visitor.locator(".open").click()
        await visitor.locator("textarea").fill("مرحبا")
        await visitor.locator("textarea").press("Enter")
        sent = visitor.locator(".m.visitor:not(.waiting)")
        await expect(sent).to_have_count(1, timeout=LIVE_MS)
        await expect(visitor.locator(".m.assistant .words").first).to_contain_text("في متجرنا")
        # Dark letters on a light colour.
        ink = "getComputedStyle(document.querySelector('body > div:last-of-type').shadowRoot"
        colour = await visitor.evaluate(f"{ink}.querySelector('header')).color")
        assert colour == "rgb(29, 26, 22)"


async def test_a_wrong_site_is_told_and_nothing_is_saved(console: Page, shop: Shop, inbox: Inbox):
    await console.goto(f"{shop.house.web_url}/inboxes/{inbox.id}/chat")
    await console.locator("[name=origins]").fill("ftp://shop.example")
    await console.locator("#looks button.main").click()
    await expect(console.get_by_role("alert")).to_be_visible()
    origins = await shop.value(
        "select options ->> 'origins' from inbox where merchant_id = $1 and id = $2", inbox.id
    )
    assert origins == webchats.SITE


async def test_a_picture_that_an_operator_sends_is_seen_by_the_visitor(
    console: Page, context: BrowserContext, shop: Shop, inbox: Inbox
):
    visitor = await context.new_page()
    await visitor.goto(webchats.address(shop, inbox))
    await visitor.locator("textarea").fill("مرحبا")
    await visitor.locator("textarea").press("Enter")
    await expect(visitor.locator(".m.visitor:not(.waiting)")).to_have_count(1, timeout=LIVE_MS)
    (row,) = await shop.rows(
        "select id from conversation where merchant_id = $1 and inbox_id = $2", inbox.id
    )
    await console.goto(f"{shop.house.web_url}/conversations/{row['id']}")
    picture = {"name": "قميص.png", "mimeType": "image/png", "buffer": FILES["image"].data}
    await console.locator("#composer input[type=file]").set_input_files(picture)
    await console.locator("#reply").fill("هذا هو القميص")
    await console.locator("#composer button.main").click()
    sent = visitor.locator(".m.operator")
    await expect(sent.locator(".words")).to_have_text("هذا هو القميص", timeout=LIVE_MS)
    await expect(sent.locator("img")).to_be_visible()

    async def drawn() -> bool:
        return bool(await sent.locator("img").evaluate("(image) => image.naturalWidth > 0"))

    await until(drawn, "the picture is drawn")


@pytest.mark.clause("5.7.typing")
async def test_each_sees_the_other_type(
    console: Page, context: BrowserContext, shop: Shop, inbox: Inbox
):
    visitor = await context.new_page()
    await visitor.goto(webchats.address(shop, inbox))
    await visitor.locator("textarea").fill("مرحبا")
    await visitor.locator("textarea").press("Enter")
    await expect(visitor.locator(".m.visitor:not(.waiting)")).to_have_count(1, timeout=LIVE_MS)
    await expect(visitor.locator(".m.assistant")).to_have_count(2, timeout=LIVE_MS)
    (row,) = await shop.rows(
        "select id from conversation where merchant_id = $1 and inbox_id = $2", inbox.id
    )
    await console.bring_to_front()
    await console.goto(f"{shop.house.web_url}/conversations/{row['id']}")

    # Told to whoever listens just then and kept nowhere: each types on until the other sees it.
    async def visitor_types() -> bool:
        await visitor.locator("textarea").press_sequentially("عندكم ")
        return await console.locator("#typing").is_visible()

    async def operator_types() -> bool:
        await console.locator("#reply").press_sequentially("نعم ")
        return await visitor.locator(".dots").is_visible()

    await until(visitor_types, "the operator sees that the visitor types")
    await until(operator_types, "the visitor sees that the operator types")
    await expect(visitor.locator(".dots")).to_be_hidden(timeout=LIVE_MS)
