"""The API for programs: tokens, problems in sentences, one merchant's things only."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from console_seed import fill, letter

from hudhud.core import access, setting_up
from hudhud.web.api import bearer
from hudhud.web.api.app import ROUTES


@dataclass
class Program:
    """Asks as a program does."""

    browser: Any
    token: str

    async def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        named = {"authorization": f"Bearer {self.token}"} if self.token else {}
        sent = json.dumps(body).encode() if body is not None else b""
        return await self.browser.ask(method, f"/api/v1{path}", headers=named | headers, body=sent)

    async def get(self, path: str) -> Any:
        answer = await self.ask("GET", path)
        assert answer.status == 200, answer.text
        return json.loads(answer.body)

    async def post(self, path: str, body: Any = None) -> Any:
        answer = await self.ask("POST", path, body)
        assert answer.status == 200, answer.text
        return json.loads(answer.body)

    async def problem(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        answer = await self.ask(method, path, body, **headers)
        assert answer.headers["content-type"] == "application/problem+json"
        told = json.loads(answer.body)
        assert told["status"] == answer.status
        assert told["title"].endswith(".")
        return told | {"headers": answer.headers}


async def program(console: Any, key: str = "one") -> Program:
    email = f"sara@{key}.example"
    token = await setting_up.api_token(console.database, console.secret, email, name="tests")
    return Program(console.browser(), token)


async def of(console: Any, sql: str, *values: object) -> Any:
    async with console.database.reading(console.shop.merchant_id) as connection:
        return await connection.fetchval(sql, *values)


async def test_without_a_valid_token_nothing_is_told(console: Any) -> None:
    await fill(console.database, console.shop)
    signed_in = await console.signed_in()
    for stranger in (Program(signed_in, ""), Program(console.browser(), "x" * 43)):
        for method, path in (
            ("GET", "/queue"), ("GET", "/dead-letters"), ("POST", "/dead-letters/1/retry"),
        ):  # fmt: skip
            told = await stranger.problem(method, path)
            assert (told["status"], told["type"]) == (401, "urn:hudhud:token-refused")
            assert told["headers"]["www-authenticate"] == "Bearer"


async def test_a_token_is_stored_as_a_hash_and_ends_when_it_is_revoked(console: Any) -> None:
    ours = await program(console)
    await ours.get("/queue")
    (stored,) = await setting_up.api_tokens(console.database, "sara@one.example")
    assert ours.token not in str(stored)
    assert await of(console, "select token_hash from api_token") == access.token_hash(
        console.secret, ours.token
    )
    await setting_up.revoke_token(console.database, "sara@one.example", stored["id"])
    assert (await ours.problem("GET", "/queue"))["status"] == 401


async def test_guesses_have_a_limit_that_does_not_shut_out_who_was_in(console: Any) -> None:
    known = await program(console)
    await known.get("/queue")
    guesser = Program(console.browser(), "wrong")
    statuses = [
        (await guesser.ask("GET", "/queue")).status for _ in range(access.GUESSES_PER_ADDRESS + 1)
    ]
    assert statuses == [401] * access.GUESSES_PER_ADDRESS + [429]
    told = await guesser.problem("GET", "/queue")
    assert int(told["headers"]["retry-after"]) > 0
    await known.get("/queue")


async def test_an_operator_has_so_many_requests_a_minute(console: Any) -> None:
    ours = await program(console)
    state = console.app.routes[0].app.state
    for _ in range(bearer.REQUESTS_PER_MINUTE):
        state.doors.requests.wait_s(str(console.shop.operator_id), state.context.clock())
    told = await ours.problem("GET", "/queue")
    assert (told["status"], told["type"]) == (429, "urn:hudhud:too-many-requests")
    assert 0 < int(told["headers"]["retry-after"]) <= 60
    await (await program(console, "two")).get("/queue")


async def test_a_merchant_reads_and_settles_its_own_letters_only(console: Any) -> None:
    await fill(console.database, console.shop)
    ours, spy = await program(console), await program(console, "two")
    letter = (await ours.get("/dead-letters"))["dead_letters"][0]["id"]
    assert (await spy.get("/dead-letters"))["count"] == 0
    assert (await spy.get("/queue"))["waiting"] == []
    for method, path, body in (
        ("GET", "", None), ("POST", "/retry", None), ("POST", "/discard", {}),
        ("POST", "/edit", {"text": "x"}), ("POST", "/answer", {"text": "x", "key": "k"}),
    ):  # fmt: skip
        told = await spy.problem(method, f"/dead-letters/{letter}{path}", body)
        assert told["status"] == 404
    assert await spy.post("/dead-letters/retry", {"ids": [letter]}) == {"count": 0, "settled": []}
    told = await spy.post("/dead-letters/discard", {"matching": {}})
    assert told == {"count": 0, "settled": []}
    assert await of(console, "select settled_at from dead_letter where id = $1", letter) is None


async def test_a_letter_is_read_answered_and_settled_once(console: Any) -> None:
    await fill(console.database, console.shop)
    ours = await program(console)
    listed = await ours.get("/dead-letters?kind=batch&reason=connection REFUSED&limit=1")
    assert (listed["count"], listed["next"]) == (1, None)
    letter = listed["dead_letters"][0]["id"]
    found = await ours.get(f"/dead-letters/{letter}")
    assert (found["kind"], found["body"], found["history"]) == (
        "batch", "بكم الشال الصوفي <b>الأحمر</b>؟", []
    )  # fmt: skip
    assert (await ours.problem("POST", f"/dead-letters/{letter}/answer", {"text": "نعم"}))[
        "status"
    ] == 422
    said = {"text": "٤٥٬٠٠٠ دينار", "key": "ticket-7"}
    await ours.post(f"/dead-letters/{letter}/answer", said)
    assert (await ours.problem("POST", f"/dead-letters/{letter}/answer", said))["status"] == 404
    again = await ours.post(f"/dead-letters/{letter}/retry")
    assert again == {"id": letter, "settlement": "answered", "settled_now": False}
    found = await ours.get(f"/dead-letters/{letter}")
    assert [row["operator_name"] for row in found["history"]] == ["سارة"]
    assert ("send", console.shop.merchant_id, found["conversation_id"]) in console.hints.told


async def test_many_letters_are_settled_by_ids_or_by_what_matches(console: Any) -> None:
    await letter(console.database, console.shop, 1)
    await letter(console.database, console.shop, 2)
    ours = await program(console)
    first, second = (row["id"] for row in (await ours.get("/dead-letters"))["dead_letters"])
    page = await ours.get("/dead-letters?limit=١")
    assert (page["next"], page["count"]) == (first, 2)
    page = await ours.get(f"/dead-letters?limit=1&after={first}")
    assert [row["id"] for row in page["dead_letters"]] == [second]
    told = await ours.post("/dead-letters/retry", {"ids": [first, first]})
    assert told["settled"] == [{"id": first, "settlement": "retry", "settled_now": True}]
    told = await ours.post("/dead-letters/discard", {"matching": {"kind": "batch", "older_s": 60}})
    assert [one["id"] for one in told["settled"]] == [second]
    assert (await ours.get("/dead-letters?state=settled"))["count"] == 2


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/nothing", None, 404),
        ("DELETE", "/queue", None, 405),
        ("GET", "/dead-letters/99999999999999999999", None, 404),
        ("GET", "/dead-letters?state=lost", None, 422),
        ("GET", "/dead-letters?colour=red", None, 422),
        ("GET", "/dead-letters?limit=0", None, 422),
        ("GET", "/dead-letters?inbox_id=99999999999999999999", None, 422),
        ("POST", "/dead-letters/retry", {}, 422),
        ("POST", "/dead-letters/retry", {"ids": [1], "matching": {}}, 422),
        ("POST", "/dead-letters/retry", {"ids": [0]}, 422),
        ("POST", "/dead-letters/retry", {"ids": list(range(1, 1002))}, 422),
        ("POST", "/dead-letters/retry", ["nothing"], 422),
        ("POST", "/dead-letters/1/edit", {"text": "x" * 70_000}, 413),
        ("POST", "/dead-letters/1/answer", {"text": "x", "key": "k" * 65}, 422),
        ("GET", "/queue/conversations/7", None, 404),
    ],
)
async def test_what_cannot_be_taken_is_a_problem_in_a_sentence(
    console: Any, method: str, path: str, body: Any, status: int
) -> None:
    told = await (await program(console)).problem(method, path, body)
    assert told["status"] == status


async def test_without_postgresql_the_api_says_when_to_come_again(console: Any) -> None:
    ours = await program(console)
    await console.database.close()
    told = await ours.problem("GET", "/queue")
    assert (told["status"], told["headers"]["retry-after"]) == (503, "5")


def test_the_page_about_the_api_names_every_address_and_no_other() -> None:
    page = (Path(__file__).parents[2] / "docs/reference/api.md").read_text(encoding="utf-8")
    heads = re.findall(r"^## (`.+)$", page, re.MULTILINE)
    told = {tuple(one.split()) for head in heads for one in re.findall(r"`([^`]+)`", head)}
    served = {
        (method, route.path.replace(":int", ""))
        for route in ROUTES
        for method in route.methods or ()
        if method != "HEAD"
    }
    assert told == served
    for block in re.findall(r"```json\n(.*?)```", page, re.DOTALL):
        json.loads(block)
