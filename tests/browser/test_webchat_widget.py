"""The widget in a browser, on somebody else's site under a strict policy: what a visitor sees."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import BrowserContext, Page, expect

import webchats
from hudhud.model import Buttons, Choice, Inbox
from hudhud.simulator.files import FILES
from shops import Shop, until
from webchats import Site

LIVE_MS = 15_000
PHONE, WIDE = {"width": 380, "height": 760}, {"width": 1440, "height": 900}
OWN = (
    "select external_id from message where merchant_id = $1 and inbox_id = $2 and direction = 'in'"
)


@pytest.fixture
async def site(shop: Shop) -> AsyncIterator[Site]:
    async with webchats.opened_site(shop) as site:
        yield site


@pytest.fixture
async def inbox(shop: Shop, site: Site) -> Inbox:
    """A chat that this site may show."""
    inbox = await webchats.connected(shop, origins=site.origin)
    site.script = f"{webchats.address(shop, inbox)}/widget.js"
    return inbox


async def visited(
    context: BrowserContext, site: Site, language: str = "ar", **size: Any
) -> tuple[Page, list[str]]:
    """A page of the site in this language, and whatever goes wrong on it."""
    page, wrong = await context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console",
        lambda line: wrong.append(line.text) if "Content Security Policy" in line.text else None,
    )
    await page.set_viewport_size(size or WIDE)
    await page.goto(f"{site.origin}/?language={language}")
    return page, wrong


async def say(page: Page, text: str) -> None:
    if await page.locator(".open").is_visible():
        await page.locator(".open").click()
    await page.locator("textarea").fill(text)
    await page.locator("textarea").press("Enter")


@pytest.mark.clause("5.7.foreign")
@pytest.mark.parametrize(
    ("language", "question", "found"),
    [
        ("ar", "بكم القميص الكتان الصيفي؟", "قميص كتان صيفي"),
        ("en", "How much is the summer linen shirt?", "linen"),
    ],
)
@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
@pytest.mark.usefixtures("inbox")
async def test_what_a_visitor_asks_is_answered_live_on_a_foreign_site(
    context: BrowserContext, site: Site, language: str, question: str, found: str, size: Any
):
    page, wrong = await visited(context, site, language, **size)
    await say(page, question)
    await expect(page.locator(".m.visitor .words")).to_have_text(question)
    await expect(page.locator(".m.assistant:not(:first-child)").last).to_contain_text(
        found, timeout=LIVE_MS, ignore_case=True
    )
    await expect(page.locator(".root")).to_have_attribute("dir", webchats.WORDS[language][0])
    box = await page.locator(".panel").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"]
    assert box["y"] + box["height"] <= size["height"]
    assert wrong == []


@pytest.mark.clause("5.7.keyboard")
@pytest.mark.usefixtures("inbox")
async def test_everything_goes_by_keyboard_and_the_focus_comes_back(
    context: BrowserContext, site: Site
):
    page, _ = await visited(context, site, "en")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    opener = page.locator(".open")
    await expect(opener).to_be_focused()
    await expect(opener).to_have_accessible_name("Open the chat")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await expect(page.locator("textarea")).to_be_focused()
    await page.keyboard.type("Do you deliver?")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("To Basra")
    await page.keyboard.press("Enter")
    await expect(page.locator(".m.visitor .words")).to_have_text("Do you deliver?\nTo Basra")
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Shift+Tab")
    await expect(page.get_by_role("log")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(opener).to_be_focused()
    await expect(page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.clause("5.7.resume")
async def test_a_person_answers_live_the_badge_counts_and_a_reload_shows_each_message_once(
    context: BrowserContext, site: Site, shop: Shop, inbox: Inbox
):
    page, _ = await visited(context, site, "ar")
    await say(page, "بكم القميص الكتان الصيفي؟")
    await expect(page.locator(".m.assistant")).to_have_count(2, timeout=LIVE_MS)
    await page.keyboard.press("Escape")
    await webchats.answer(shop, inbox, "أهلاً، أنا سارة. رقمنا 0770 123 4567")
    await expect(page.locator(".badge")).to_have_text("1", timeout=LIVE_MS)
    await page.reload()
    await expect(page.locator(".badge")).to_have_text("1", timeout=LIVE_MS)
    await page.locator(".open").click()
    await expect(page.locator(".m.operator .words")).to_contain_text("سارة")
    await expect(page.locator(".m.operator bdi")).to_have_text("0770 123 4567")
    await expect(page.locator(".m")).to_have_count(4)
    await expect(page.locator(".m.visitor .mark")).to_have_class("mark heard")

    async def read() -> Any:
        return await shop.value(
            "select count(*) = 2 from outbox where merchant_id = $1 and read_at is not null"
        )

    await until(read, "what the visitor saw is marked as read")
    await page.locator(".close").click()
    await expect(page.locator(".badge")).to_be_hidden()


@pytest.mark.clause("5.7.offline")
async def test_what_is_written_offline_waits_in_the_page_and_leaves_once(
    context: BrowserContext, site: Site, shop: Shop, inbox: Inbox
):
    page, _ = await visited(context, site, "ar")
    await say(page, "السلام عليكم")
    await expect(page.locator(".m.visitor:not(.waiting)")).to_have_count(1, timeout=LIVE_MS)
    await context.set_offline(offline=True)
    await say(page, "عندكم توصيل؟")
    await expect(page.locator(".m.waiting")).to_have_count(1)
    await expect(page.get_by_role("status")).to_contain_text("لا اتصال")
    await context.set_offline(offline=False)
    await expect(page.locator(".m.waiting")).to_have_count(0, timeout=LIVE_MS)
    await expect(page.locator(".m.visitor")).to_have_count(2)
    rows = await shop.rows(OWN, inbox.id)
    assert len(rows) == len({row["external_id"] for row in rows}) == 2


async def test_what_was_written_before_the_page_was_closed_leaves_from_the_next_one(
    context: BrowserContext, site: Site, shop: Shop, inbox: Inbox
):
    page, _ = await visited(context, site, "ar")
    await page.route("**/messages", lambda route: route.abort())
    await say(page, "رسالة قبل الإغلاق")
    await expect(page.locator(".m.waiting")).to_have_count(1)
    await page.close()
    again, _ = await visited(context, site, "ar")
    await again.locator(".open").click()
    await expect(again.locator(".m.visitor:not(.waiting)")).to_have_count(1, timeout=LIVE_MS)
    assert len(await shop.rows(OWN, inbox.id)) == 1


@pytest.mark.clause("5.7.content")
async def test_answers_to_tap_leave_as_what_was_tapped_and_only_once(
    context: BrowserContext, site: Site, shop: Shop, inbox: Inbox
):
    page, _ = await visited(context, site, "ar")
    await say(page, "أريد قميصًا")
    await expect(page.locator(".m.assistant")).to_have_count(2, timeout=LIVE_MS)
    offered = Buttons(
        text="أي مقاس؟", buttons=(Choice(id="m", title="وسط"), Choice(id="l", title="كبير"))
    )
    await webchats.answer(shop, inbox, "", offered)
    button = page.get_by_role("button", name="كبير")
    await button.click(timeout=LIVE_MS)
    await expect(page.locator(".m.visitor").last).to_contain_text("كبير")
    await expect(button).to_be_disabled()

    async def tapped() -> Any:
        return await shop.rows(
            "select body, content from message where merchant_id = $1 and kind = 'button'"
        )

    (row,) = await until(tapped, "what was tapped arrived")
    assert (row["body"], row["content"]) == ("كبير", '{"choice": "l"}')


@pytest.mark.clause("5.7.live")
@pytest.mark.usefixtures("inbox")
async def test_where_streams_are_held_back_the_widget_asks_instead(
    context: BrowserContext, site: Site
):
    page, _ = await visited(context, site, "ar")
    # A proxy that gathers bytes: the stream never says anything.
    await page.route("**/events*", lambda _route: None)
    await say(page, "بكم القميص الكتان الصيفي؟")
    await expect(page.locator(".m.assistant")).to_have_count(2, timeout=2 * LIVE_MS)


@pytest.mark.clause("5.7.origins")
async def test_a_site_that_is_not_on_the_list_is_refused(
    context: BrowserContext, site: Site, shop: Shop
):
    stranger = await webchats.connected(shop, origins="https://another.example")
    site.script = f"{webchats.address(shop, stranger)}/widget.js"
    page, _ = await visited(context, site, "ar")
    await say(page, "مرحبا")
    await expect(page.locator(".m.waiting")).to_have_count(1)
    assert await shop.rows(OWN, stranger.id) == []
    assert (
        await page.evaluate("Object.keys(localStorage).some((k) => k.endsWith('token'))") is False
    )


async def test_the_page_of_our_own_is_only_the_chat(
    context: BrowserContext, shop: Shop, inbox: Inbox
):
    page = await context.new_page()
    await page.goto(webchats.address(shop, inbox))
    await expect(page.locator("textarea")).to_be_focused()
    await say(page, "مرحبا")
    await expect(page.locator(".m.visitor:not(.waiting)")).to_have_count(1, timeout=LIVE_MS)
    assert await page.title() == "متجر الكتان"


@pytest.mark.clause("5.7.files")
async def test_a_picture_is_seen_at_once_kept_and_seen_again_after_a_reload(
    context: BrowserContext, site: Site, shop: Shop
):
    inbox = await webchats.connected(shop, origins=site.origin)
    site.script = f"{webchats.address(shop, inbox)}/widget.js"
    page, wrong = await visited(context, site, "ar")
    await page.locator(".open").click()
    picture = {"name": "a.png", "mimeType": "image/png", "buffer": FILES["image"].data}
    await page.locator("input[type=file]").set_input_files(picture)
    await expect(page.locator(".m.visitor:not(.waiting) img")).to_be_visible(timeout=LIVE_MS)

    async def kept() -> Any:
        return await shop.value(
            "select count(*) = 1 from media where merchant_id = $1 and state = 'stored'"
        )

    await until(kept, "the picture is kept")
    await page.reload()
    await page.locator(".open").click()
    image = page.locator(".m.visitor img")
    await expect(image).to_have_attribute("src", re.compile("/media/"), timeout=LIVE_MS)

    async def drawn() -> Any:
        return await image.evaluate("(image) => image.naturalWidth > 0")

    await until(drawn, "the picture is drawn on the foreign site")
    refused = {"name": "a.png", "mimeType": "image/png", "buffer": b"<svg onload=alert(1)>"}
    await page.locator("input[type=file]").set_input_files(refused)
    await expect(page.locator(".m.refused")).to_have_count(1, timeout=LIVE_MS)
    await expect(page.get_by_role("status")).to_contain_text("لا نقبل")
    await webchats.answer(shop, inbox, "أي ملف تقصد؟")
    await expect(page.locator(".m.operator")).to_have_count(1, timeout=LIVE_MS)
    # An answer that comes meanwhile takes the reason away from nobody.
    await expect(page.get_by_role("status")).to_contain_text("لا نقبل")
    assert wrong == []


@pytest.mark.usefixtures("inbox")
async def test_each_message_has_the_direction_of_its_own_words(context: BrowserContext, site: Site):
    page, _ = await visited(context, site, "ar")
    for text, direction in (
        ("أريد iPhone 15 Pro Max جديدًا من متجركم الكريم", "rtl"),
        ("hello, مرحبا my friend", "ltr"),
        ("١٢٣ 45", "rtl"),
    ):
        await say(page, text)
        await expect(page.locator(".m.visitor .words").last).to_have_attribute("dir", direction)


@pytest.mark.usefixtures("inbox")
async def test_a_thread_that_is_not_there_yet_is_looked_for_again(
    context: BrowserContext, site: Site
):
    page, _ = await visited(context, site, "ar")
    early = {"status": 204, "headers": {"access-control-allow-origin": site.origin}}
    # Taken into the spool: PostgreSQL was away, so there is no conversation for a moment.
    await page.route("**/events*", lambda route: route.fulfill(**early), times=1)
    await say(page, "بكم القميص الكتان الصيفي؟")
    await expect(page.locator(".m.assistant")).to_have_count(2, timeout=LIVE_MS)
