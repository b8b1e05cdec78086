"""A file is chosen, named, refused when it is too large, sent, and seen: in a real browser."""

from __future__ import annotations

from playwright.async_api import Browser, expect
from test_from_the_phone_to_the_console import signed_in

from hudhud.simulator.files import FILES
from shops import Shop

SEEN_MS = 20_000


async def test_a_file_goes_from_the_composer_to_the_phone_without_a_reload(
    shop: Shop, browser: Browser
):
    errors: list[str] = []
    console = await browser.new_page(locale="en")
    console.on("pageerror", lambda error: errors.append(str(error)))
    await shop.say("Hello")
    await shop.answered(1)
    await console.goto(await signed_in(shop))
    await console.locator("main form button").first.click()
    await console.goto(f"{shop.house.web_url}/")
    await console.locator('a[href*="/conversations/"]').first.click()
    await console.wait_for_load_state()  # a file that is chosen before its script ran is not seen

    choose, chosen = console.locator("[data-attach]"), console.locator("[data-chosen]")
    large = {"name": "big.png", "mimeType": "image/png", "buffer": b"x"}
    await choose.evaluate("input => { input.dataset.image = 0; input.dataset.document = 0.5; }")
    await choose.set_input_files(large)
    await expect(console.locator("#composer [data-wrong]")).to_be_visible()
    await expect(chosen).to_be_hidden()
    await choose.evaluate("input => { input.dataset.image = 5e6; input.dataset.document = 1e8; }")

    image = {"name": "a.png", "mimeType": "image/png", "buffer": FILES["image"].data}
    await choose.set_input_files(image)
    await expect(chosen).to_contain_text("a.png")
    await console.locator("#reply").fill("Here it is")
    await console.locator("#composer button.main").click()

    picture = console.locator(".bubble.out .picture img")
    await expect(picture).to_be_visible(timeout=SEEN_MS)
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    await expect(chosen).to_be_hidden()
    await expect(console.locator("#reply")).to_have_value("")
    phone = await browser.new_page(locale="en")
    await phone.goto(shop.house.simulator_url)
    node = phone.locator(f'[data-wa-id="{shop.customer()}"]')
    await expect(node.get_by_text("Here it is")).to_be_visible(timeout=SEEN_MS)
    assert errors == []
