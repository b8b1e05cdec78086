"""A visitor's way through the web chat of a running house, and what is refused on it."""

from __future__ import annotations

import asyncio
import gzip
import hmac
import io
import json
from pathlib import Path
from typing import Any

import pytest

import webchats
from hudhud.simulator.files import FILES
from shops import Shop, until
from webchats import SITE

WIDGET_BYTES_MAX = 15 * 1024


async def chat(shop: Shop, **given: str) -> str:
    """The address of a new web chat of this shop."""
    return webchats.address(shop, await webchats.connected(shop, **given))


async def ask(
    shop: Shop, url: str, body: Any = None, *, token: str = "", origin: str = SITE
) -> Any:
    headers = {"origin": origin, "authorization": f"Bearer {token}"}
    method = "GET" if body is None else "POST"
    async with shop.http.request(method, url, json=body, headers=headers) as answer:
        told = await answer.json() if answer.status != 204 else None
        return answer.status, told, answer.headers


async def visitor(shop: Shop, url: str) -> str:
    status, told, headers = await ask(shop, f"{url}/session", {})
    assert (status, headers["access-control-allow-origin"]) == (200, SITE)
    return str(told["token"])


@pytest.mark.clause("5.7.once")
async def test_a_burst_is_answered_once_and_the_same_message_three_times_is_stored_once(shop: Shop):
    url = await chat(shop)
    token = await visitor(shop, url)
    texts = ["السلام عليكم", "بكم القميص الكتان الصيفي؟"]
    messages = [{"id": f"message-{n}", "text": text} for n, text in enumerate(texts)]
    for _ in range(3):
        status, _, _ = await ask(shop, f"{url}/messages", {"messages": messages}, token=token)
        assert status == 200

    async def answered() -> Any:
        _, told, _ = await ask(shop, f"{url}/messages?after=0", token=token)
        return any(one["from"] == "assistant" for one in told["messages"]) and told

    told = await until(answered, "the visitor reads an answer")
    own = [one["text"] for one in told["messages"] if one["from"] == "visitor"]
    assert own == texts
    assert await shop.value("select count(*) from batch where merchant_id = $1") == 1
    _, later, _ = await ask(shop, f"{url}/messages?after={told['after']}", token=token)
    seen = {one["seq"] for one in told["messages"]}
    assert [one for one in later["messages"] if one["seq"] not in seen] == []


@pytest.mark.clause("5.7.origins")
async def test_a_foreign_site_and_another_visitor_read_nothing(shop: Shop):
    url = await chat(shop)
    token, other = await visitor(shop, url), await visitor(shop, url)
    body = {"messages": [{"id": "message-1", "text": "سر"}]}
    assert (await ask(shop, f"{url}/messages", body, token=token))[0] == 200
    assert (await ask(shop, f"{url}/messages", token=other))[1]["messages"] == []
    assert (await ask(shop, f"{url}/messages", token=token[:-1] + "g"))[0] == 401
    status, _, headers = await ask(
        shop, f"{url}/messages", token=token, origin="https://evil.example"
    )
    assert status == 403
    assert "access-control-allow-origin" not in headers


@pytest.mark.clause("5.7.size")
async def test_the_widget_is_small(shop: Shop):
    async with shop.http.get(f"{await chat(shop)}/widget.js") as answer:
        assert answer.status == 200
        assert 2000 < len(gzip.compress(await answer.read())) <= WIDGET_BYTES_MAX


@pytest.mark.clause("5.7.read")
async def test_what_the_visitor_has_read_is_a_status_of_it_and_told_once(shop: Shop):
    url = await chat(shop)
    token = await visitor(shop, url)
    body = {"messages": [{"id": "message-1", "text": "بكم القميص الكتان الصيفي؟"}]}
    assert (await ask(shop, f"{url}/messages", body, token=token))[0] == 200

    async def answered() -> Any:
        _, told, _ = await ask(shop, f"{url}/messages?after=0&wait=5", token=token)
        return [one["seq"] for one in told["messages"] if one["from"] == "assistant"]

    (seq,) = await until(answered, "the visitor reads an answer")
    for _ in range(2):
        status, _, _ = await ask(shop, f"{url}/seen", {"until": seq}, token=token)
        assert status == 204
    states = "select status from delivery_status where merchant_id = $1"
    assert [row["status"] for row in await shop.rows(states)] == ["read"]
    assert await shop.value("select read_at is not null from outbox where merchant_id = $1")


PNG = FILES["image"].data


async def give(shop: Shop, url: str, data: bytes, mime: str, *, token: str) -> tuple[int, Any]:
    headers = {"origin": SITE, "authorization": f"Bearer {token}", "content-type": mime}
    async with shop.http.post(f"{url}/files?name=a.png", data=data, headers=headers) as answer:
        return answer.status, await answer.json()


@pytest.mark.clause("5.7.files")
async def test_a_file_of_a_visitor_is_kept_like_any_other_and_seen_by_its_link(shop: Shop):
    url = await chat(shop)
    token = await visitor(shop, url)
    status, given = await give(shop, url, PNG, "image/png", token=token)
    assert status == 200
    body = {"messages": [{"id": "message-1", "text": "", "files": [given["file"]]}]}
    assert (await ask(shop, f"{url}/messages", body, token=await visitor(shop, url)))[0] == 422
    assert (await ask(shop, f"{url}/messages", body, token=token))[0] == 200

    async def stored() -> Any:
        _, told, _ = await ask(shop, f"{url}/messages?after=0", token=token)
        return [file for one in told["messages"] for file in one.get("files", ()) if "link" in file]

    (file,) = await until(stored, "the file is stored and has a link")
    assert (file["kind"], file["name"]) == ("image", "a.png")
    async with shop.http.get(f"{shop.house.web_url}{file['link']}") as answer:
        assert (answer.status, await answer.read()) == (200, PNG)
    kept = "select state, thumbnail_key is not null from media where merchant_id = $1"
    assert [tuple(row) for row in await shop.rows(kept)] == [("stored", True)]
    uploads = Path(shop.house.folder) / "media" / "uploads"
    await until(lambda: _empty(uploads), "what was uploaded is let go of")


async def _empty(folder: Path) -> bool:
    return not list(folder.glob("*"))


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (b"<svg onload=alert(1)>", "image/svg+xml"),
        (b"<script>alert(1)</script>", "text/html"),
        (PNG, "video/mp4"),
        (b"MZ\x90\x00", "application/pdf"),
        (b"PK\x03\x04", "application/zip"),
        (b"", "image/png"),
    ],
)
async def test_what_a_file_is_not_it_is_not_taken_as(shop: Shop, data: bytes, mime: str):
    url = await chat(shop)
    status, told = await give(shop, url, data, mime, token=await visitor(shop, url))
    assert (status, told["error"]) == (422, "not_taken")
    assert await _empty(Path(shop.house.folder) / "media" / "uploads")


@pytest.mark.clause("5.7.resume")
async def test_what_was_under_way_when_a_browser_read_on_is_told_when_it_was_sent(shop: Shop):
    url = await chat(shop)
    token = await visitor(shop, url)
    said = [{"id": "message-1", "text": "بكم القميص الكتان الصيفي؟"}]
    assert (await ask(shop, f"{url}/messages", {"messages": said}, token=token))[0] == 200

    async def answered() -> Any:
        _, told, _ = await ask(shop, f"{url}/messages?after=0", token=token)
        return [one["seq"] for one in told["messages"] if one["from"] == "assistant"]

    (seq,) = await until(answered, "the answer is there")
    state = "update outbox set state = $2 where merchant_id = $1 returning id"
    await shop.rows(state, "unknown")
    said = [{"id": "message-2", "text": "مرحبا"}]
    assert (await ask(shop, f"{url}/messages", {"messages": said}, token=token))[0] == 200
    _, told, _ = await ask(shop, f"{url}/messages?after=0", token=token)
    assert [one["from"] for one in told["messages"]] == ["visitor", "visitor"]
    assert (told["after"] > seq, told["missing"]) == (True, [seq])
    await shop.rows(state, "accepted")
    place = f"after={told['after']}&missing={seq}"
    _, later, _ = await ask(shop, f"{url}/messages?{place}", token=token)
    assert later["messages"][0]["seq"] == seq
    assert later["missing"] == []


@pytest.mark.clause("5.7.live")
async def test_a_stream_tells_how_it_stands_and_then_what_is_new(shop: Shop):
    url = await chat(shop)
    token = await visitor(shop, url)
    assert (await ask(shop, f"{url}/events?after=0", token=token))[0] == 204
    body = {"messages": [{"id": "message-1", "text": "بكم القميص الكتان الصيفي؟"}]}
    assert (await ask(shop, f"{url}/messages", body, token=token))[0] == 200
    headers = {"origin": SITE, "authorization": f"Bearer {token}"}
    seen: list[str] = []
    async with asyncio.timeout(20), shop.http.get(f"{url}/events", headers=headers) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        async for line in stream.content:
            if line.startswith(b"data: "):
                seen += [one["from"] for one in json.loads(line[6:]).get("messages", ())]
            if "assistant" in seen:
                break
    assert seen == ["visitor", "assistant"]


@pytest.mark.clause("5.7.pace")
async def test_who_writes_too_often_is_told_when_to_come_again(shop: Shop):
    url = await chat(shop)
    token = await visitor(shop, url)
    codes = []
    for number in range(40):
        body = {"messages": [{"id": f"message-{number}", "text": "مرحبا"}]}
        status, told, headers = await ask(shop, f"{url}/messages", body, token=token)
        codes.append(status)
        if status == 429:
            assert int(headers["retry-after"]) >= 1
            assert headers["access-control-expose-headers"] == "retry-after"
            assert set(told["say"]) == {"ar", "en"}
            break
    assert codes[:20] == [200] * 20
    assert codes[-1] == 429


@pytest.mark.clause("5.7.identity")
async def test_a_user_is_who_the_site_signed_and_finds_the_same_chat_elsewhere(shop: Shop):
    url = await chat(shop, identity_secret="the-site-signs-with-it")
    proof = hmac.digest(b"the-site-signs-with-it", b"42", "sha256").hex()
    unproved = {"user": "42", "signature": "0" * 64}
    assert (await ask(shop, f"{url}/session", unproved))[0] == 403
    proved = {"user": "42", "signature": proof}
    _, phone, _ = await ask(shop, f"{url}/session", proved)
    _, desk, _ = await ask(shop, f"{url}/session", proved)
    body = {"messages": [{"id": "message-1", "text": "من الهاتف"}]}
    assert (await ask(shop, f"{url}/messages", body, token=phone["token"]))[0] == 200
    _, told, _ = await ask(shop, f"{url}/messages", token=desk["token"])
    assert [one["text"] for one in told["messages"]] == ["من الهاتف"]


NUL = b'{"messages": [{"id": "abcdefgh", "text": "a\\u0000b"}]}'
ODD = {
    "messages": [
        b"",
        b"[]",
        b"\xff\xfe",
        b'{"messages": []}',
        b'{"messages": [{"id": "short", "text": "a"}]}',
        b'{"messages": [{"id": "abcdefgh", "text": " "}]}',
        b'{"messages": [{"id": "abcdefgh", "text": "\\ud800"}]}',
        b'{"messages": [{"id": "abcdefgh", "text": 1}]}',
        b'{"messages": [{"id": "abcdefgh", "text": "", "files": ["x.y"]}]}',
        b'{"messages": ' + b"[" * 5000,
        b'{"messages": [{"id": "abcdefgh", "text": "' + b"a" * 5000 + b'"}]}',
        b"a" * 3_000_000,
    ],
    "session": [b"", b"null", b'{"token": 7}', b'{"user": "a\\u0000"}', b'{"user": "1"}'],
    "seen": [b"", b'{"until": "x"}', b'{"until": 0}', b'{"until": 1e300}'],
    "messages?after=-1": [None],
    "messages?after=9999999999999999999999": [None],
    "messages?after=1&missing=a,b": [None],
    "events?after=%D9%A3": [None],
}


async def test_what_nobody_should_post_is_refused_and_never_our_fault(shop: Shop):
    url = await chat(shop)
    headers = {"origin": SITE, "authorization": f"Bearer {await visitor(shop, url)}"}
    for path, bodies in ODD.items():
        for body in bodies:
            method = "GET" if body is None else "POST"
            data = None if body is None else io.BytesIO(body)
            async with shop.http.request(
                method, f"{url}/{path}", data=data, headers=headers
            ) as answer:
                assert 400 <= answer.status < 500, (path, (body or b"")[:60], answer.status)
    async with shop.http.post(f"{url}/messages", data=io.BytesIO(NUL), headers=headers) as answer:
        assert answer.status == 200
    bodies = "select body from message where merchant_id = $1"
    assert [row["body"] for row in await shop.rows(bodies)] == ["a\ufffdb"]
