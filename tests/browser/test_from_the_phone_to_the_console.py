"""A person types on the phone page; the reply comes, and the console shows it without a reload."""

from __future__ import annotations

from playwright.async_api import Browser, expect

from shops import Shop
from signing_in import signed_in

REPLY_MS = 20_000


async def test_what_is_typed_on_the_phone_is_answered_there_and_seen_in_the_console(
    shop: Shop, browser: Browser
):
    errors: list[str] = []
    phone, console = await browser.new_page(locale="ar"), await browser.new_page(locale="ar")
    for page in (phone, console):
        page.on("pageerror", lambda error: errors.append(str(error)))

    await console.goto(await signed_in(shop))
    await console.locator("main form button").first.click()
    await console.goto(f"{shop.house.web_url}/")

    await shop.say("السلام عليكم")
    await phone.goto(shop.house.simulator_url)
    node = phone.locator(f'[data-wa-id="{shop.customer()}"]')
    await node.locator("textarea").fill("بكم القميص الكتان الصيفي؟")
    await node.locator("textarea").press("Enter")
    await expect(node.get_by_text("قميص كتان صيفي")).to_be_visible(timeout=REPLY_MS)

    await console.locator('a[href*="/conversations/"]').first.click()
    await expect(console.locator("#messages")).to_contain_text("قميص كتان صيفي")
    await expect(console.locator("#messages")).to_contain_text("بكم القميص")

    # Live: what is said now appears in the open thread by itself, and the answer after it.
    await node.locator("textarea").fill("أريد التحدث مع موظف")
    await node.locator("textarea").press("Enter")
    await expect(console.locator("#messages")).to_contain_text("موظف", timeout=REPLY_MS)

    await console.locator("#reply").fill("أنا سارة، تفضّل")
    await console.locator("#composer button.main").click()
    await expect(node.get_by_text("أنا سارة، تفضّل")).to_be_visible(timeout=REPLY_MS)
    assert errors == []


async def test_a_page_without_scripts_can_still_read_and_answer(shop: Shop, browser: Browser):
    context = await browser.new_context(java_script_enabled=False, locale="en")
    console = await context.new_page()
    await shop.say("Hello")
    await shop.answered(1)
    await console.goto(await signed_in(shop))
    await console.locator("main form button").first.click()
    await console.goto(f"{shop.house.web_url}/")
    await console.locator('a[href*="/conversations/"]').first.click()
    await console.locator("#reply").fill("This is Sara")
    await console.locator("#composer button.main").click()
    await expect(console.locator("#messages")).to_contain_text("This is Sara")
    await context.close()
