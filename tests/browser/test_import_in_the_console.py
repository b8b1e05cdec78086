"""A shop owner brings a list, looks at what would change, applies it, and edits one product."""

from __future__ import annotations

from playwright.async_api import Browser, expect
from test_from_the_phone_to_the_console import signed_in

from hudhud.simulator.files import FILES
from shops import Shop

SEEN_MS = 20_000
LIST = (
    "الرمز;اسم المنتج;السعر (د.ع);المخزون;المقاسات;الألوان\n"
    "ZZ-1;شال صوف أخضر;٢٥٬٠٠٠ د.ع;٧;;\n"
    "ZZ-2;معطف مطر;60000;;S;أسود\n"
    "ZZ-2;;;4;M;أسود\n"
    "ZZ-3;غلط;25.000;1;;\n"
)


async def test_a_list_is_looked_at_applied_and_a_product_of_it_edited(
    shop: Shop, browser: Browser
) -> None:
    page = await browser.new_page(locale="ar", java_script_enabled=False)
    await page.goto(await signed_in(shop))
    await page.locator("main form button").first.click()
    await page.goto(f"{shop.house.web_url}/products/import")
    brought = {"name": "قائمة.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    await page.locator('input[type="file"]').set_input_files(brought)
    await page.locator("main form button").click()
    await expect(page.locator(".problems")).to_contain_text("السعر (د.ع)", timeout=SEEN_MS)
    await expect(page.locator(".problems")).to_contain_text("25.000")
    await page.get_by_role("link", name="جديد").click()
    await expect(page.locator(".judged").first).to_contain_text("شال صوف أخضر")
    await expect(page.locator(".judged").first).to_contain_text("٢٥٬٠٠٠ د.ع")

    await page.locator(".apply button").click()
    await expect(page.locator(".done")).to_be_visible(timeout=SEEN_MS)
    await page.goto(f"{shop.house.web_url}/products?q=شال صوف")
    await page.locator(".goods-row").first.click()
    await expect(page.locator('input[name="price"]')).to_have_value("25000")
    await page.locator('input[name="price"]').fill("٢٦٬٠٠٠")
    await page.locator('input[name="v0.stock"]').fill("كثير")
    await page.get_by_role("button", name="احفظ", exact=True).click()
    # Nothing is saved, and nothing that was typed is lost.
    await expect(page.locator(".wrong")).to_be_visible()
    await expect(page.locator('input[name="price"]')).to_have_value("٢٦٬٠٠٠")
    await page.locator('input[name="v0.stock"]').fill("٩")
    await page.get_by_role("button", name="احفظ", exact=True).click()
    await expect(page.locator(".done")).to_be_visible()
    await expect(page.locator('input[name="v0.stock"]')).to_have_value("9")

    image = {"name": "شال.png", "mimeType": "image/png", "buffer": FILES["image"].data}
    await page.locator('.pictures input[type="file"]').set_input_files(image)
    await page.locator('.pictures input[name="text"]').fill("شال أخضر مطوي")
    await page.get_by_role("button", name="أضف الصورة").click()
    await expect(page.locator(".pictures img")).to_have_attribute("alt", "شال أخضر مطوي")
