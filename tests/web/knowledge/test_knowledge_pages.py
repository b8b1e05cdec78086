"""Knowledge in the console: documents added, shown, replaced, removed; questions answered."""

from __future__ import annotations

import re
from typing import Any

from console_seed import fill

from hudhud.store.knowledge import documents as rows


async def upload(
    browser: Any, *, name: str = "", text: str = "", file: tuple[str, bytes] | None = None
):
    edge = "a-boundary-of-the-tests"
    parts = [
        f'name="{key}"\r\n\r\n{value}'.encode() for key, value in (("name", name), ("text", text))
    ]
    called, body = file or ("", b"")
    parts.append(f'name="file"; filename="{called}"\r\n\r\n'.encode() + body)
    sent = b"".join(
        b"--%s\r\nContent-Disposition: form-data; %s\r\n" % (edge.encode(), part) for part in parts
    )
    headers = {
        "origin": "http://shop.test",
        "content_type": f"multipart/form-data; boundary={edge}",
    }
    return await ask(browser, "/knowledge/documents", sent + f"--{edge}--\r\n".encode(), headers)


async def ask(browser: Any, path: str, body: bytes, headers: dict[str, str]):
    """As `Browser.ask`, whose forms are of another type."""
    kind = headers.pop("content_type")
    original = browser.app

    async def typed(scope: Any, receive: Any, send: Any) -> None:
        kept = [(k, v) for k, v in scope["headers"] if k != b"content-type"]
        scope["headers"] = [*kept, (b"content-type", kind.encode())]
        await original(scope, receive, send)

    browser.app = typed
    try:
        return await browser.ask("POST", path, headers=headers, body=body)
    finally:
        browser.app = original


async def listed(console: Any, shop: Any) -> list[rows.StoredDocument]:
    async with console.database.reading(shop.merchant_id) as connection:
        return await rows.listed(connection, shop.merchant_id)


async def test_a_document_is_added_searched_shown_and_removed(console):
    browser = await console.signed_in()
    answer = await upload(
        browser, name="سياسة", file=("a.md", "# الإلغاء\n\nقبل يوم <b>كامل</b>".encode())
    )
    assert answer.status == 303
    place = answer.headers["location"].partition("?")[0]
    page = await browser.get(place)
    assert "قبل يوم" in page.text
    assert "<b>كامل</b>" not in page.text
    passage = re.search(r'id="p-(\d+)"', page.text)[1]
    link = f"/knowledge/passages/{passage}"
    assert (await browser.get(link)).headers["location"] == f"{place}#p-{passage}"
    found = await browser.get("/knowledge?words=الغاء")
    assert link in found.text
    stranger = await console.signed_in(console.other)
    assert (await stranger.get(place)).status == 404
    assert (await stranger.post(f"{place}/remove")).status == 404
    assert (await stranger.get(f"/knowledge/passages/{passage}")).headers[
        "location"
    ] == "/knowledge?gone"
    assert "سياسة" not in (await stranger.get("/knowledge?words=الغاء")).text
    assert (await browser.post(f"{place}/remove")).status == 303
    assert await listed(console, console.shop) == []


async def test_what_cannot_be_read_is_said_and_what_was_pasted_is_kept(console):
    browser = await console.signed_in()
    answer = await upload(browser, name="دليل", file=("a.pdf", b"%PDF-1.7 nothing"))
    assert (answer.status, "الملف تالف" in answer.text) == (422, True)
    answer = await upload(browser, text="نص بلا اسم")
    assert (answer.status, "نص بلا اسم</textarea>" in answer.text) == (422, True)
    ((name, status),) = [(one.name, one.status) for one in await listed(console, console.shop)]
    assert (name, status) == ("دليل", "refused")


async def test_another_site_adds_nothing(console):
    browser = await console.signed_in()
    headers = {"origin": "http://evil.test", "content_type": "multipart/form-data; boundary=x"}
    assert (await ask(browser, "/knowledge/documents", b"--x--\r\n", headers)).status == 403
    assert await listed(console, console.shop) == []


async def test_a_question_is_answered_changed_and_removed(console):
    browser = await console.signed_in()
    form = {"question_ar": "عندكم واي فاي؟", "answer_ar": "نعم، مجاني", "topic": ""}
    assert (await browser.post("/knowledge/questions/new", form)).status == 303
    page = await browser.get("/knowledge/questions?saved")
    assert "نعم، مجاني" in page.text
    faq = re.search(r'href="(/knowledge/questions/\d+)"', page.text)[1]
    assert (await browser.post(faq, {**form, "answer_ar": "نعم"})).status == 303
    edit = await browser.get(faq)
    assert ">نعم</textarea>" in edit.text
    topic = re.search(r'name="topic"[^>]*value="([^"]+)"', edit.text)[1]
    again = await browser.post("/knowledge/questions/new", {**form, "topic": topic})
    assert (again.status, "لهذا الموضوع جواب من قبل" in again.text) == (422, True)
    assert (await browser.post("/knowledge/questions/new", {"topic": "x"})).status == 422
    stranger = await console.signed_in(console.other)
    for path in (faq, f"{faq}/remove"):
        assert (await stranger.post(path, form)).status == 404
    assert (await browser.post(f"{faq}/remove")).status == 303
    assert "نعم</" not in (await browser.get("/knowledge/questions")).text


async def test_what_nobody_could_answer_is_shown_and_begins_the_question(console):
    talk = next(iter((await fill(console.database, console.shop)).values()))
    async with console.database.deed(console.shop.merchant_id) as connection:
        batch = await connection.fetchval(
            """insert into batch (merchant_id, conversation_id, no, outcome, reason)
               values ($1, $2, 99, 'handed_over', 'unknown_topic:wifi') returning id""",
            *(console.shop.merchant_id, talk),
        )
        await connection.execute(
            """insert into message (merchant_id, conversation_id, inbox_id, direction, author, kind,
                   body, provider_at, accepted_at, wakes, batch_id)
               values ($1, $2, $3, 'in', 'contact', 'text', 'عندكم واي فاي؟', now(), now(), true,
                   $4)""",
            *(console.shop.merchant_id, talk, console.shop.inbox_id, batch),
        )
    browser = await console.signed_in()
    page = await browser.get("/knowledge/questions")
    assert "عندكم واي فاي؟" in page.text
    form = await browser.get(f"/knowledge/questions/new?asked={batch}")
    assert re.search(r'name="question_ar"[^>]*value="عندكم واي فاي؟"', form.text)
    stranger = await console.signed_in(console.other)
    assert "واي فاي" not in (await stranger.get("/knowledge/questions")).text
    assert "واي فاي" not in (await stranger.get(f"/knowledge/questions/new?asked={batch}")).text
