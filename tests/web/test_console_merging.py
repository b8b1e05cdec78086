"""A person says in the console that two contacts are one, or two (S3)."""

from __future__ import annotations

import re

from console_seed import Talk, ago


async def two_talks(console) -> tuple[Talk, Talk]:
    async with console.database.deed(console.shop.merchant_id) as connection:
        one = await Talk.begin(connection, console.shop, "ريم", "9647700000001")
        await one.says("من رقمي الأول", ago(60))
        two = await Talk.begin(connection, console.shop, "", "9647700000002")
        await two.says("ومن رقمي الثاني", ago(30))
    return one, two


async def test_one_is_found_by_the_other_number_and_merged(console) -> None:
    one, two = await two_talks(console)
    browser = await console.signed_in()
    address = f"/conversations/{two.id}/merge"
    assert address in (await browser.get(f"/conversations/{two.id}")).text
    page = (await browser.get(f"{address}?name=%2B964+770+000+٠٠٠١")).text
    assert "ريم" in page
    assert f'value="{one.contact_id}"' in page
    assert "هذا هو العميل نفسه" in (await browser.get(f"{address}?name=9647700000002")).text
    assert "لا عميل بهذا" in (await browser.get(f"{address}?name=12345678")).text
    done = await browser.post(address, {"other": str(one.contact_id), "verdict": "one"})
    assert done.status == 303
    moved = await browser.get(done.headers["location"].partition("#")[0])
    assert (moved.status, moved.headers["location"]) == (303, f"/conversations/{one.id}")
    thread = (await browser.get(f"/conversations/{one.id}")).text
    assert "من رقمي الأول" in thread
    assert "ومن رقمي الثاني" in thread
    again = await browser.post(address, {"other": str(one.contact_id), "verdict": "one"})
    assert again.status == 303


async def test_what_is_typed_at_the_old_address_arrives_in_the_thread(console) -> None:
    one, two = await two_talks(console)
    browser = await console.signed_in()
    form = (await browser.get(f"/conversations/{two.id}")).text
    key = re.search(r'name="key" value="(\w+)"', form)
    assert key
    await browser.post(
        f"/conversations/{one.id}/merge", {"other": str(two.contact_id), "verdict": "one"}
    )
    said = await browser.post(
        f"/conversations/{two.id}/reply", {"text": "أنا معك", "key": key.group(1)}
    )
    assert said.status == 303
    assert "أنا معك" in (await browser.get(f"/conversations/{one.id}")).text


async def test_who_is_asked_may_say_that_they_are_two(console) -> None:
    one, two = await two_talks(console)
    async with console.database.deed(console.shop.merchant_id) as connection:
        await connection.execute(
            "insert into merge_wish (merchant_id, kept_id, gone_id, asks) select $1, $2, $3, true",
            console.shop.merchant_id,
            one.contact_id,
            two.contact_id,
        )
    browser = await console.signed_in()
    for talk in (one, two):
        assert "قد يكون هو نفسه" in (await browser.get(f"/conversations/{talk.id}")).text
    address = f"/conversations/{one.id}/merge"
    form = {"other": str(two.contact_id), "verdict": "two"}
    assert (await browser.post(address, form)).status == 303
    assert "قد يكون هو نفسه" not in (await browser.get(f"/conversations/{one.id}")).text
    assert (await browser.post(address, form)).status == 409


async def test_nobody_is_merged_with_a_customer_of_another_shop(console) -> None:
    one, _ = await two_talks(console)
    async with console.database.deed(console.other.merchant_id) as connection:
        theirs = await Talk.begin(connection, console.other, "Zoe", "9647700000009")
    browser = await console.signed_in()
    address = f"/conversations/{one.id}/merge"
    assert "Zoe" not in (await browser.get(f"{address}?name=9647700000009")).text
    form = {"other": str(theirs.contact_id), "verdict": "one"}
    assert (await browser.post(address, form)).status == 409
    assert (await browser.get(f"/conversations/{theirs.id}/merge")).status == 404
    assert (await browser.post(address, {"other": "x"})).status == 409
