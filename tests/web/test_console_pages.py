from __future__ import annotations

import gzip
import re

import pytest
from console_seed import Talk, ago, fill

PAGE_BYTES_MAX = 60 * 1024


async def one_talk(console, text: str = "عندكم شال؟") -> int:
    async with console.database.deed(console.shop.merchant_id) as connection:
        talk = await Talk.begin(connection, console.shop, "ريم", "9647700000001")
        await talk.says(text, ago(3))
        await talk.set(pending=1, due_at=ago(-5))
        return talk.id


async def of(console, sql: str, *values: object):
    async with console.database.reading(console.shop.merchant_id) as connection:
        return await connection.fetchval(sql, *values)


async def test_every_state_of_the_day_is_drawn_in_both_languages(console) -> None:
    made = await fill(console.database, console.shop)
    browser = await console.signed_in()
    for language in ("ar", "en"):
        await browser.post("/language", {"language": language})
        for path in ("/", "/waiting", "/account", *(f"/conversations/{i}" for i in made.values())):
            page = await browser.get(path)
            assert page.status == 200, path
            assert f'lang="{language}"' in page.text
            assert len(gzip.compress(page.body)) < PAGE_BYTES_MAX


async def test_a_batch_is_drawn_with_its_span_its_answer_and_why(console) -> None:
    made = await fill(console.database, console.shop)
    browser = await console.signed_in()
    page = (await browser.get(f"/conversations/{made['answered']}")).text
    assert "٥ رسائل في ٧ ثوانٍ" in page
    assert "أجاب هدهد في ١٫٨ ث" in page
    assert "المنتج DR-1042، الأسئلة الشائعة: التوصيل" in page
    assert "تُغلق الدفعة بعد" in page
    assert "نافذة الرد مفتوحة" in page


async def test_the_strip_is_red_only_when_a_person_must_act(console) -> None:
    conversation = await one_talk(console)
    browser = await console.signed_in()
    strip = (await browser.get("/")).text.partition("</header>")[0]
    assert 'class="figure"' in strip
    assert "act" not in re.findall(r'class="(?:figure|calm)([^"]*)"', strip)[0]
    async with console.database.deed(console.shop.merchant_id) as connection:
        await connection.execute(
            "update conversation set state = 'human', due_at = null where id = $1", conversation
        )
    assert 'class="calm act"' in (await browser.get("/")).text


async def test_what_a_customer_writes_is_never_markup(console) -> None:
    bad = "<script>alert(1)</script><img src=x onerror=y> 0770 123 4567 &amp;"
    conversation = await one_talk(console, bad)
    browser = await console.signed_in()
    for path in ("/", f"/conversations/{conversation}", f"/?q={'<script>'}"):
        page = await browser.get(path)
        assert "<script>alert" not in page.text
        assert "<img" not in page.text
        scripts = re.findall(r"<script[^>]*>[^<]*", page.text)
        assert all(re.fullmatch(r'<script src="/static/[^"]+" type="module">', s) for s in scripts)
    thread = (await browser.get(f"/conversations/{conversation}")).text
    bare = re.sub("</?bdi[^>]*>", "", thread)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in bare
    assert '<bdi class="num" dir="ltr">0770 123 4567</bdi>' in thread
    assert "&amp;amp;" in thread


async def test_another_merchants_conversation_is_not_there(console) -> None:
    conversation = await one_talk(console)
    spy = await console.signed_in(console.other)
    assert (await spy.get(f"/conversations/{conversation}")).status == 404
    for deed in ("take-over", "hand-back", "reply"):
        form = {"text": "x", "key": "0" * 32}
        assert (await spy.post(f"/conversations/{conversation}/{deed}", form)).status == 404
    assert "ريم" not in (await spy.get("/")).text
    assert 'id="row-' not in (await spy.get("/?q=ريم")).text
    assert await of(console, "select state from conversation where id = $1", conversation) == "bot"


@pytest.mark.parametrize("path", ["/conversations/99999999999999999999", "/nothing", "/static/x"])
async def test_what_is_not_there_is_a_page_that_says_so(console, path) -> None:
    browser = await console.signed_in()
    page = await browser.get(path)
    assert page.status == 404
    assert "لا شيء هنا" in page.text


async def test_take_over_reply_and_hand_back(console) -> None:
    conversation = await one_talk(console)
    browser = await console.signed_in()
    assert (await browser.post(f"/conversations/{conversation}/take-over")).status == 303
    page = (await browser.get(f"/conversations/{conversation}")).text
    assert "المحادثة عندك" in page
    key = re.search(r'name="key" value="([0-9a-f]{32})"', page)
    assert key
    form = {"text": "نعم، متوفر.\r\nأحجزه لك؟", "key": key[1]}
    for _ in range(2):
        answer = await browser.post(f"/conversations/{conversation}/reply", form)
        assert answer.status == 303
    assert await of(console, "select count(*) from outbox") == 1
    assert await of(console, "select body from message where author = 'operator'") == (
        "نعم، متوفر.\nأحجزه لك؟"
    )
    assert ("send", console.shop.merchant_id, conversation) in console.hints.told
    assert (await browser.post(f"/conversations/{conversation}/hand-back")).status == 303
    assert await of(console, "select state from conversation where id = $1", conversation) == "bot"


async def test_a_reply_that_is_refused_stays_in_the_field(console) -> None:
    conversation = await one_talk(console)
    browser = await console.signed_in()
    for text, status in (("  ", 422), ("<b>" + "ط" * 4096, 422)):
        form = {"text": text, "key": "a" * 32}
        page = await browser.post(f"/conversations/{conversation}/reply", form)
        assert page.status == status
        assert 'role="alert"' in page.text
    assert "&lt;b&gt;طططط" in page.text
    assert await of(console, "select count(*) from outbox") == 0


async def test_a_person_settles_unknown_sends_and_dead_letters_once(console) -> None:
    await fill(console.database, console.shop)
    browser = await console.signed_in()
    send = await of(console, "select id from outbox where state = 'unknown'")
    letter = await of(console, "select id from dead_letter where settled_at is null")
    assert (await browser.post(f"/sends/{send}", {"verdict": "resend"})).status == 404
    assert (await browser.post(f"/sends/{send}", {"verdict": "sent"})).status == 303
    assert (await browser.post(f"/sends/{send}", {"verdict": "again"})).status == 404
    assert await of(console, "select state from outbox where id = $1", send) == "accepted"
    spy = await console.signed_in(console.other)
    assert (await spy.post(f"/dead-letters/{letter}", {"verdict": "discard"})).status == 404
    assert (await browser.post(f"/dead-letters/{letter}", {"verdict": "discard"})).status == 303
    assert await of(console, "select settlement from dead_letter where id = $1", letter) == (
        "discard"
    )


async def test_a_webhook_that_was_set_aside_waits_until_a_person_has_read_it(console) -> None:
    await fill(console.database, console.shop)
    browser, spy = await console.signed_in(), await console.signed_in(console.other)
    aside = await of(console, "select min(id) from journal where set_aside")
    assert (await spy.post(f"/set-aside/{aside}")).status == 404
    assert (await browser.post(f"/set-aside/{aside}")).status == 303
    assert (await browser.post(f"/set-aside/{aside}")).status == 404
    assert await of(console, "select body is not null from journal where id = $1", aside)
    assert await of(console, "select count(*) from audit where action = 'webhook.read'") == 1


async def test_lists_are_searched_in_any_spelling_and_kept_apart_by_tab(console) -> None:
    made = await fill(console.database, console.shop)
    browser = await console.signed_in()

    async def found(query: str) -> set[int]:
        page = (await browser.get(f"/?{query}")).text
        return {int(row) for row in re.findall(r'id="row-(\d+)"', page)}

    assert await found("") == set(made.values())
    assert await found("q=احمد") == {made["handed"]}
    assert await found("q=771 222") == {made["closed_window"]}
    # As it is written at home, in whatever digits; as it is stored: 964771222….
    assert await found("q=٠٧٧١ ٢٢٢") == {made["closed_window"]}
    assert await found("q=00964۷۷۱۲۲۲") == {made["closed_window"]}
    assert await found("q=SHIP") == {made["english"]}
    assert await found("q=مقاس 42") == {made["answered"]}
    assert await found("q=%25_") == set(made.values())
    assert await found("tab=mine") == {made["english"]}
    assert await found("tab=unassigned") == {made["handed"], made["dead"]}
    assert await found("tab=waiting") == {made["handed"], made["answering"], made["answered"]}


async def test_older_conversations_and_messages_have_pages(console) -> None:
    async with console.database.deed(console.shop.merchant_id) as connection:
        for number in range(45):
            talk = await Talk.begin(connection, console.shop, f"زبون {number}", f"96477{number:08}")
            await talk.says("مرحبا", ago(1000 - number))
        for number in range(90):
            await talk.says(f"رسالة رقم {number}", ago(900 - number), note="echo")
    browser = await console.signed_in()
    seen: list[str] = []
    path = "/"
    while path:
        page = (await browser.get(path)).text
        seen += re.findall(r'id="row-(\d+)"', page)
        older = re.search(r'href="(/\?before=\d+)"', page)
        path = older[1] if older else ""
    assert len(seen) == len(set(seen)) == 45
    page = (await browser.get(f"/conversations/{talk.id}")).text
    older = re.search(r'href="(\?older=\d+)"', page)
    assert older
    both = page + (await browser.get(f"/conversations/{talk.id}{older[1]}")).text
    both = re.sub("</?bdi[^>]*>", "", both)
    assert all(re.search(rf"رسالة رقم {number}\s*<", both) for number in range(90))


async def test_parts_are_the_page_without_its_frame(console) -> None:
    conversation = await one_talk(console)
    browser = await console.signed_in()
    whole = await browser.get(f"/conversations/{conversation}")
    parts = await browser.get(f"/conversations/{conversation}", hudhud_parts="1")
    regions = re.findall(r'id="([a-z-]+)"[^>]* data-region', whole.text)
    assert regions == re.findall(r'id="([a-z-]+)"[^>]* data-region', parts.text)
    assert {"strip", "list", "thread-head", "brief", "messages", "window", "side-of"} == set(
        regions
    )
    assert '<nav class="rail"' not in parts.text
    browser.cookies.clear()
    gone = await browser.get("/", hudhud_parts="1")
    assert gone.status == 401


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nothing", "/live-not", "/account"])
async def test_every_answer_carries_the_headers(console, path) -> None:
    browser = await console.signed_in()
    headers = (await browser.get(path)).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


async def test_static_files_are_kept_for_ever_under_their_version_only(console, browser_of) -> None:
    stranger = browser_of(console.app)
    page = (await stranger.get("/sign-in")).text
    address = re.search(r'href="(/static/[0-9a-f]{12}/)console.css"', page)
    assert address
    for name in ("console.css", "tokens.css", "fonts/readex-pro-arabic.woff2"):
        answer = await stranger.get(address[1] + name)
        assert answer.status == 200
        assert "immutable" in answer.headers["cache-control"]
    assert "immutable" not in (await stranger.get("/static/0/console.css")).headers["cache-control"]
    assert (await stranger.get(address[1] + "../page.py")).status == 404


async def test_without_postgresql_the_page_says_what_is_safe(console) -> None:
    browser = await console.signed_in()
    await console.database.close()
    page = await browser.get("/")
    assert page.status == 503
    assert page.headers["retry-after"] == "5"
    assert "hudhud doctor" in page.text
