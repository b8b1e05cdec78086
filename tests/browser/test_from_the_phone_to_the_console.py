"""A person types on the phone page; the reply comes, and the console shows it without a reload."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from shops import Shop, until
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


@pytest.mark.parametrize("language", ["ar", "en"])
async def test_the_menu_of_the_phone_says_what_its_form_says(
    shop: Shop, browser: Browser, language: str
):
    errors: list[str] = []
    phone = await browser.new_page(viewport={"width": 380, "height": 800})
    phone.on("pageerror", lambda error: errors.append(str(error)))
    await shop.say("السلام عليكم")
    await phone.goto(f"{shop.house.simulator_url}/language/{language}")
    node = phone.locator(f'[data-wa-id="{shop.customer()}"]')
    await node.locator(".attach").click()
    await node.locator("[data-kind=order]").click()
    await node.locator(".sheet [name=quantity]").fill("7")
    await node.locator(".sheet form button.main").click()
    await expect(node.locator(".bubble.mine", has_text="7 × SKU-1")).to_be_visible()
    await expect(node.locator(".sheet")).to_be_hidden()
    assert not await phone.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert errors == []


async def test_what_the_product_offers_can_be_pressed_on_the_phone(shop: Shop, browser: Browser):
    phone = await browser.new_page(locale="ar")
    await shop.say("السلام عليكم")
    await shop.answered(1)
    reply = {"type": "reply", "reply": {"id": "yes", "title": "نعم، أكّد"}}
    body = {
        "messaging_product": "whatsapp",
        "to": shop.customer(),
        "type": "interactive",
        "interactive": {
            "type": "button",
            "body": {"text": "هل نؤكد الطلب؟"},
            "action": {"buttons": [reply]},
        },
    }
    url = f"{shop.house.simulator_url}/v23.0/{shop.number}/messages"
    token = {"Authorization": f"Bearer token-{shop.number}"}
    async with shop.http.post(url, json=body, headers=token) as answer:
        assert answer.status == 200
    await phone.goto(shop.house.simulator_url)
    node = phone.locator(f'[data-wa-id="{shop.customer()}"]')
    await node.get_by_role("button", name="نعم، أكّد").click()
    await expect(node.locator(".bubble.mine blockquote")).to_contain_text("هل نؤكد الطلب؟")
    sql = "select content from message where merchant_id = $1 and kind = 'interactive'"
    await until(lambda: shop.rows(sql), "the press has arrived")
