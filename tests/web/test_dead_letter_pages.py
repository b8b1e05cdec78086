"""Dead letters in the console: chosen, filtered, mended and settled without any script."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest
from console_seed import fill, letter, refused

PAGE_BYTES_MAX = 60 * 1024
HOSTILE = "<script>alert(1)</script>\u202egnp.exe\u202c <img src=x onerror=y>\x1b[2J &amp;"


async def of(console: Any, sql: str, *values: object) -> Any:
    async with console.database.reading(console.shop.merchant_id) as connection:
        return await connection.fetchval(sql, *values)


async def test_list_and_letter_are_drawn_in_both_languages(console) -> None:
    await fill(console.database, console.shop)
    send = await refused(console.database, console.shop)
    browser = await console.signed_in()
    for language in ("ar", "en"):
        await browser.post("/language", {"language": language})
        for path in ("/dead-letters", f"/dead-letters/{send}", "/dead-letters?state=settled"):
            page = await browser.get(path)
            assert page.status == 200, path
            assert f'lang="{language}"' in page.text
            assert len(gzip.compress(page.body)) < PAGE_BYTES_MAX


async def test_what_strangers_wrote_is_never_markup_and_turns_nothing_around(console) -> None:
    bad = await letter(console.database, console.shop, reason=HOSTILE, text=HOSTILE)
    browser = await console.signed_in()
    for path in ("/dead-letters", f"/dead-letters/{bad}", "/waiting"):
        page = (await browser.get(path)).text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "&lt;script&gt;alert(1)" in page
        # The reason stands in an element that keeps its direction to itself.
        assert re.search(r'<bdi dir="auto">\s*&lt;script&gt;', page)
    page = await browser.get('/dead-letters?reason="><script>')
    assert "<script>" not in page.text.replace('<script src="', "")


async def test_the_chosen_ones_are_settled_and_no_other(console) -> None:
    ids = [await letter(console.database, console.shop, number) for number in range(3)]
    browser = await console.signed_in()
    page = (await browser.get("/dead-letters")).text
    assert re.findall(r'name="letter" value="(\d+)"', page) == [str(one) for one in ids]
    form = [("letter", str(ids[0])), ("letter", str(ids[2])), ("letter", "x"), ("verdict", "retry")]
    answer = await browser.post("/dead-letters", form)
    assert answer.headers["location"] == "/dead-letters?done=2"
    assert "حُسمت رسالتان." in (await browser.get("/dead-letters?done=2")).text
    open_now = await of(console, "select array_agg(id) from dead_letter where settled_at is null")
    assert open_now == [ids[1]]
    assert (await browser.post("/dead-letters", {"verdict": "burn"})).status == 404


async def test_all_that_match_are_settled_by_the_conditions_of_the_page(console) -> None:
    for number in range(3):
        await letter(
            console.database, console.shop, number, reason="timeout" if number else "other"
        )
    browser, spy = await console.signed_in(), await console.signed_in(console.other)
    page = (await browser.get("/dead-letters?reason=TIME&kind=batch&older_s=60&inbox_id=x")).text
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    hidden.pop("back", None)
    assert hidden == {"kind": "batch", "reason": "TIME", "older_s": "60.0"}
    await spy.post("/dead-letters", {**hidden, "all": "1", "verdict": "discard"})
    assert await of(console, "select count(*) from dead_letter where settled_at is null") == 3
    await browser.post("/dead-letters", {**hidden, "all": "1", "verdict": "discard"})
    left = await of(console, "select array_agg(reason) from dead_letter where settled_at is null")
    assert left == ["other"]


async def test_there_are_pages_of_letters(console) -> None:
    ids = {await letter(console.database, console.shop, number) for number in range(53)}
    browser = await console.signed_in()
    first = (await browser.get("/dead-letters")).text
    following = re.search(r'href="/dead-letters\?(after=\d+)"', first)
    assert following
    second = (await browser.get(f"/dead-letters?{following[1]}")).text
    found = re.findall(r'name="letter" value="(\d+)"', first + second)
    assert [len(found), {int(one) for one in found}] == [53, ids]


async def test_words_are_mended_and_sent_in_one_click(console) -> None:
    send = await refused(console.database, console.shop)
    browser = await console.signed_in()
    page = await browser.post(f"/dead-letters/{send}", {"verdict": "send", "text": "  "})
    assert page.status == 422
    assert 'role="alert"' in page.text
    answer = await browser.post(f"/dead-letters/{send}", {"verdict": "send", "text": "أحسن\r\nمنه"})
    assert answer.headers["location"] == f"/dead-letters/{send}"
    assert await of(console, "select body from message where author = 'assistant'") == "أحسن\nمنه"
    assert await of(console, "select state from outbox") == "queued"
    page = (await browser.get(f"/dead-letters/{send}")).text
    assert '<span dir="rtl" class="quote was">ردّنا</span>' in page
    late = await browser.post(f"/dead-letters/{send}", {"verdict": "edit", "text": "متأخر"})
    assert late.status == 404
    assert await of(console, "select body from message where author = 'assistant'") == "أحسن\nمنه"


async def test_a_letter_is_answered_from_its_page_once(console) -> None:
    one = await letter(console.database, console.shop)
    browser, spy = await console.signed_in(), await console.signed_in(console.other)
    page = (await browser.get(f"/dead-letters/{one}")).text
    key = re.search(r'name="key" value="([0-9a-f]{32})"', page)
    assert key
    form = {"verdict": "answer", "text": "تفضّل", "key": key[1]}
    assert (await spy.get(f"/dead-letters/{one}")).status == 404
    assert (await spy.post(f"/dead-letters/{one}", form)).status == 404
    assert (await browser.post(f"/dead-letters/{one}", form)).status == 303
    again = await browser.post(f"/dead-letters/{one}", form)
    assert again.status == 404
    assert "حُسم هذا من قبل" in again.text
    assert await of(console, "select count(*) from outbox") == 1


@pytest.mark.parametrize("path", ["/dead-letters/1", "/dead-letters"])
async def test_a_form_of_another_site_settles_nothing(console, path) -> None:
    one = await letter(console.database, console.shop)
    browser = await console.signed_in()
    headers = {"origin": "http://evil.test"}
    body = f"verdict=discard&letter={one}&all=1".encode()
    answer = await browser.ask("POST", path.replace("1", str(one)), headers=headers, body=body)
    assert answer.status == 403
    assert await of(console, "select settled_at from dead_letter where id = $1", one) is None
