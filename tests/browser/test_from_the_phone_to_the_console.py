"""A person types on the phone page; the reply comes, and the console shows it without a reload."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.async_api import Browser, expect

from hudhud.core.access import new_token, token_hash
from hudhud.store import operators
from hudhud.store.pool import Database
from shops import Shop

REPLY_MS = 20_000


async def signed_in(shop: Shop) -> str:
    """The address of a one-time link for the shop's operator."""
    environ = shop.house.environ
    token = new_token()
    database = await Database.open(environ["HUDHUD_DATABASE_URL"], size=1)
    try:
        async with database.deed(shop.merchant_id) as connection:
            await operators.make_link(
                connection,
                shop.merchant_id,
                shop.operator_id,
                token_hash=token_hash(environ["SECRET_KEY"], token),
                expires_at=datetime.now(UTC) + timedelta(hours=1),
            )
    finally:
        await database.close()
    return f"{shop.house.web_url}/sign-in/link/{token}"


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
