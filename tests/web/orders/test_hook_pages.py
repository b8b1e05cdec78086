"""Webhooks on their page and over the API: the secret once, and only one's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from ordering import ordered, program, stocked, talk

from hudhud.core.hooks import endpoints as hooks

URL = "https://till.example/hudhud"


async def stored(console: Any) -> list[Any]:
    async with console.database.reading(console.shop.merchant_id) as connection:
        return list(await connection.fetch("select * from webhook_endpoint order by id"))


async def write(console: Any, statement: str) -> None:
    async with console.database.deed(console.shop.merchant_id) as connection:
        await connection.execute(statement)


async def test_one_is_added_and_its_secret_is_shown_once(console: Any) -> None:
    browser = await console.signed_in()
    assert "لا أحد يُخطَر بعد" in (await browser.get("/hooks")).text
    form = [("url", URL), ("event", "order.placed"), ("event", "order.cancelled")]
    page = (await browser.post("/hooks", form)).text
    (secret,) = re.findall(r"whsec_[\w+/=]+", page)
    page = (await browser.get("/hooks")).text
    assert secret not in page
    assert URL in page
    (row,) = await stored(console)
    assert row["events"] == ["order.cancelled", "order.placed"]
    again = await browser.post("/hooks", form)
    assert (again.status, "هذا العنوان موجود" in again.text) == (422, True)
    for url in ("http://till.example/", "https://10.0.0.1/", "https://a:b@till.example/"):
        wrong = await browser.post("/hooks", [("url", url)])
        assert (wrong.status, f'value="{url}"' in wrong.text) == (422, True), url
    assert len(await stored(console)) == 1


async def test_no_page_lies_where_providers_knock(console: Any) -> None:
    """A whole process hears what begins with `/webhooks/` as a provider's (web/asgi.py)."""

    def paths(routes: Any, before: str = "") -> Iterator[str]:
        for route in routes:
            path = before + getattr(route, "path", "")
            yield path
            yield from paths(getattr(route, "routes", None) or (), path)

    every = list(paths(console.app.routes))
    assert any(path.startswith("/hooks/") for path in every)
    assert [path for path in every if path.startswith("/webhooks")] == []


async def test_a_secret_is_changed_on_the_page_and_the_old_one_signs_until_it_is_dropped(
    console: Any,
) -> None:
    browser = await console.signed_in()
    form = [("url", URL)]
    (first,) = re.findall(r"whsec_[\w+/=]+", (await browser.post("/hooks", form)).text)
    page = (await browser.post("/hooks/1", {"deed": "secret"})).text
    (second,) = re.findall(r"whsec_[\w+/=]+", page)
    assert second != first
    assert "يوقّع الآن سرّان" in page
    page = (await browser.get("/hooks")).text
    assert second not in page
    assert "إبقاء السر الجديد وحده" in page
    assert (await browser.post("/hooks/1", {"deed": "drop"})).status == 303
    assert "يوقّع الآن سرّان" not in (await browser.get("/hooks")).text
    assert (await browser.post("/hooks/9", {"deed": "secret"})).status == 404


async def test_a_page_says_how_each_does_and_what_waits(
    console: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stocked(console)
    browser = await console.signed_in()
    await browser.post("/hooks", [("url", URL)])
    await ordered(console, await talk(console))
    await write(
        console,
        "update webhook_endpoint set last_error = 'HTTP <500>.', failures = 3,"
        " failing_since = now() - interval '10 min'",
    )
    page = (await browser.get("/hooks")).text
    assert "تغيير واحد ينتظره" in page
    assert "يُعاد الآن" in page
    assert "HTTP &lt;500&gt;." in page
    await write(console, "update webhook_endpoint set failing_since = now() - interval '2 h'")
    assert "متعطل" in (await browser.get("/hooks")).text

    async def refuses(*_: Any) -> str:
        return "HTTP 418."

    monkeypatch.setattr(hooks, "try_out", refuses)
    assert "HTTP 418." in (await browser.post("/hooks/1", {"deed": "test"})).text
    for deed, active in (("pause", False), ("resume", True)):
        assert (await browser.post("/hooks/1", {"deed": deed})).status == 303
        assert (await stored(console))[0]["active"] is active
    assert (await browser.post("/hooks/1", {"deed": "replay", "event": "x"})).status == 422
    assert (await browser.post("/hooks/1", {"deed": "replay", "event": "1"})).status == 303
    assert (await browser.post("/hooks/1", {"deed": "lose"})).status == 404
    assert (await browser.post("/hooks/1", {"deed": "remove"})).status == 303
    assert await stored(console) == []


async def test_programs_do_the_same_and_nobody_reaches_anothers(console: Any) -> None:
    ours, theirs = await program(console), await program(console, "two")
    status, made = await ours.ask("POST", "/webhooks", {"url": URL, "events": ["order.placed"]})
    assert (status, made["secret"][:6], made["health"]) == (201, "whsec_", "well")
    _, told = await ours.ask("GET", "/webhooks")
    assert "secret" not in told["webhooks"][0]
    assert "secrets" not in told["webhooks"][0]
    assert (await ours.ask("POST", "/webhooks", {"url": URL}))[0] == 409
    unknown = {"url": "https://b.test", "events": ["x"]}
    assert (await ours.ask("POST", "/webhooks", unknown))[0] == 422
    path = f"/webhooks/{made['id']}"
    assert (await ours.ask("POST", path, {"active": False}))[1]["health"] == "paused"
    assert (await ours.ask("POST", f"{path}/replay", {"event": 0}))[0] == 422
    assert (await ours.ask("POST", f"{path}/replay", {"event": 1}))[1]["last_event"] == 0
    _, changed = await ours.ask("POST", f"{path}/secret", {})
    assert (changed["signing"], changed["secret"] == made["secret"]) == (2, False)
    _, changed = await ours.ask("POST", f"{path}/secret", {"drop_old": True})
    assert (changed["signing"], "secret" in changed) == (1, False)
    other = await console.signed_in(console.other)
    assert URL not in (await other.get("/hooks")).text
    assert (await other.post(f"/hooks/{made['id']}", {"deed": "remove"})).status == 404
    for address, body in (
        (path, {"active": True}),
        (f"{path}/replay", {"event": 1}),
        (f"{path}/secret", {}),
    ):
        assert (await theirs.ask("POST", address, body))[0] == 404
    assert (await theirs.ask("POST", f"{path}/test", {}))[0] == 404
    assert (await theirs.ask("DELETE", path))[0] == 404
    answer = await ours.browser.ask("DELETE", f"/api/v1{path}", headers=ours.headers)
    assert answer.status == 204
    assert await stored(console) == []
