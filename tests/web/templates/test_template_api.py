"""Templates for programs: listed, sent, refused with a problem (409, 422), never a fault."""

from __future__ import annotations

import json
from typing import Any

from approved import PAUSED, READY, SCOPE, keep, stamp
from console_seed import fill, letter

from hudhud.core import setting_up

DAY_S = 86_400.0


class Program:
    def __init__(self, browser: Any, token: str) -> None:
        self.browser = browser
        self.headers = {"authorization": f"Bearer {token}"}

    async def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        sent = json.dumps(body).encode() if body is not None else b""
        answer = await self.browser.ask(method, f"/api/v1{path}", headers=self.headers, body=sent)
        return answer.status, json.loads(answer.body)


async def program(console: Any, key: str = "one") -> Program:
    email = f"sara@{key}.example"
    token = await setting_up.api_token(console.database, console.secret, email, name="tests")
    return Program(console.browser(), token)


async def test_templates_are_listed_with_what_is_to_be_filled(console: Any) -> None:
    ids = await keep(console.database, console.shop, READY, PAUSED)
    ours, other = await program(console), await program(console, "two")
    _, told = await ours.ask("GET", "/templates")
    by_name = {one["name"]: one for one in told["templates"]}
    assert by_name["order_ready"]["standing"] == "ready"
    assert by_name["order_ready"]["form"]["body_places"] == ["1", "2"]
    assert by_name["winter_sale"]["standing"] == "paused"
    assert told["syncs"][0]["scope"] == SCOPE
    assert (await ours.ask("GET", f"/templates/{ids['order_ready']}"))[1] == by_name["order_ready"]
    assert (await other.ask("GET", "/templates"))[1]["templates"] == []
    assert (await other.ask("GET", f"/templates/{ids['order_ready']}"))[0] == 404
    assert await ours.ask("POST", "/templates/sync") == (202, {"asked": 1})
    assert await other.ask("POST", "/templates/sync") == (202, {"asked": 0})


async def test_outside_the_window_text_is_a_conflict_and_a_template_is_queued_once(
    console: Any,
) -> None:
    talk = next(iter((await fill(console.database, console.shop)).values()))
    await keep(console.database, console.shop, READY, PAUSED)
    await stamp(console.database, console.shop, talk, last_in_at=2 * DAY_S)
    ours, other = await program(console), await program(console, "two")
    path = f"/conversations/{talk}/messages"
    status, told = await ours.ask("POST", path, {"key": "1", "text": "طلبك جاهز"})
    assert (status, told["type"]) == (409, "urn:hudhud:window-closed")
    order = {"kind": "template", "name": "order_ready", "language": "ar"}
    status, told = await ours.ask("POST", path, {"key": "2", "content": order | {"body": ["x"]}})
    assert (status, told["type"]) == (422, "urn:hudhud:template-unfit")
    paused = order | {"name": "winter_sale"}
    status, told = await ours.ask("POST", path, {"key": "3", "content": paused})
    assert (status, told["type"]) == (422, "urn:hudhud:template-unfit")
    fit = order | {"body": ["سعاد", "1043"], "buttons": {"1": "1043"}}
    for _ in range(2):
        status, told = await ours.ask("POST", path, {"key": "4", "content": fit})
        assert (status, told) == (202, {"conversation_id": talk, "queued": True})
    assert (await other.ask("POST", path, {"key": "5", "content": fit}))[0] == 404
    for wrong in ({"key": "6"}, {"key": "7", "text": "x", "content": fit}, {"text": "x"}):
        assert (await ours.ask("POST", path, wrong))[0] == 422
    async with console.database.reading(console.shop.merchant_id) as connection:
        sql = "select count(*) from message where author = 'operator' and kind = 'template'"
        assert await connection.fetchval(sql) == 1


async def test_answering_a_dead_letter_outside_the_window_is_a_conflict(console: Any) -> None:
    one = await letter(console.database, console.shop)
    async with console.database.reading(console.shop.merchant_id) as connection:
        sql = "select conversation_id from dead_letter where id = $1"
        talk = await connection.fetchval(sql, one)
    await stamp(console.database, console.shop, talk, last_in_at=2 * DAY_S)
    ours = await program(console)
    status, told = await ours.ask(
        "POST", f"/dead-letters/{one}/answer", {"text": "تفضّل", "key": "late"}
    )
    assert (status, told["type"]) == (409, "urn:hudhud:window-closed")
    # Nothing of the answer is kept: the letter is still open.
    assert (await ours.ask("GET", f"/dead-letters/{one}"))[1]["settled_at"] is None
    # A retry is taken; the reply is refused again just before it would leave.
    assert (await ours.ask("POST", f"/dead-letters/{one}/retry"))[0] == 200


async def test_a_dead_letters_page_keeps_what_was_written_outside_the_window(
    console: Any,
) -> None:
    one = await letter(console.database, console.shop)
    async with console.database.reading(console.shop.merchant_id) as connection:
        sql = "select conversation_id from dead_letter where id = $1"
        talk = await connection.fetchval(sql, one)
    await stamp(console.database, console.shop, talk, last_in_at=2 * DAY_S)
    browser = await console.signed_in()
    form = {"verdict": "answer", "text": "تفضّل عندنا", "key": "e" * 32}
    page = await browser.post(f"/dead-letters/{one}", form)
    assert page.status == 409
    assert "تفضّل عندنا</textarea>" in page.text
