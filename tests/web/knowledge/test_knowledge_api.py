"""Documents and questions for programs: the same deeds, with a problem where one is refused."""

from __future__ import annotations

import json
from typing import Any

from hudhud.core import setting_up


async def program(console: Any, key: str = "one"):
    token = await setting_up.api_token(
        console.database, console.secret, f"sara@{key}.example", name="tests"
    )
    browser, headers = console.browser(), {"authorization": f"Bearer {token}"}

    async def ask(method: str, path: str, body: bytes | dict[str, str] = b"") -> tuple[int, Any]:
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        answer = await browser.ask(method, f"/api/v1{path}", headers=headers, body=sent)
        return answer.status, json.loads(answer.body)

    return ask


async def test_a_document_comes_goes_and_is_its_merchants_alone(console):
    ours, other = await program(console), await program(console, "two")
    status, told = await ours(
        "POST", "/documents?name=Rules&file=a.md", b"# Pool\n\nA cap is needed."
    )
    assert (status, told["passages"]) == (200, 1)
    place = f"/documents/{told['id']}"
    assert (await ours("GET", place))[1]["passages"][0]["heading"] == "Pool"
    status, found = await ours("GET", "/passages?words=pool+cap")
    assert found["passages"][0]["source"] == "Rules"
    assert (await other("GET", place))[0] == (await other("DELETE", place))[0] == 404
    assert (await other("GET", "/passages?words=pool"))[1]["passages"] == []
    assert (await other("GET", "/documents"))[1]["documents"] == []
    status, told = await ours("POST", "/documents?name=Bad&file=a.pdf", b"%PDF-1.7 no")
    assert (status, told["type"]) == (422, "urn:hudhud:document-refused")
    assert (await ours("DELETE", place))[1]["removed"] == "Rules"
    assert [one["status"] for one in (await ours("GET", "/documents"))[1]["documents"]] == [
        "refused"
    ]


async def test_a_question_is_written_once_for_each_topic(console):
    ours, other = await program(console), await program(console, "two")
    written = {"topic": "wifi", "question_en": "Wifi?", "answer_en": "Free."}
    status, told = await ours("POST", "/faqs", written)
    assert (status, told["topic"], told["answer_en"]) == (200, "wifi", "Free.")
    place = f"/faqs/{told['id']}"
    assert (await ours("POST", "/faqs", written))[1]["type"] == "urn:hudhud:already-there"
    assert (await ours("POST", "/faqs", {"topic": "x"}))[0] == 422
    assert (await ours("PUT", place, {**written, "answer_en": "No."}))[1]["answer_en"] == "No."
    assert (await other("PUT", place, written))[0] == (await other("DELETE", place))[0] == 404
    assert [one["topic"] for one in (await ours("GET", "/faqs"))[1]["faqs"]] == ["wifi"]
    assert (await ours("DELETE", place))[0] == 200
    assert (await ours("GET", "/faqs"))[1] == {"faqs": [], "unanswered": []}
