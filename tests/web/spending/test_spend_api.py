"""What models cost, and the URL that answers, for programs: their own merchant's only."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hudhud.core import setting_up


async def ask(
    console: Any, method: str, path: str, body: Any = None, *, key: str = "one"
) -> tuple[int, Any]:
    email = f"sara@{key}.example"
    token = await setting_up.api_token(console.database, console.secret, email, name="tests")
    sent = b"" if body is None else json.dumps(body).encode()
    headers = {"authorization": f"Bearer {token}"}
    answer = await console.browser().ask(method, f"/api/v1{path}", headers=headers, body=sent)
    return answer.status, json.loads(answer.body)


async def test_a_program_reads_what_was_spent_and_sets_the_limit(console: Any) -> None:
    status, told = await ask(console, "GET", "/spend")
    assert (status, told["limit_minor"], told["days"]) == (200, None, [])
    status, told = await ask(console, "PUT", "/spend", {"limit_minor": 500})
    assert (status, told["limit_minor"], told["own_limit"]) == (200, 500, True)
    assert (await ask(console, "GET", "/spend", key="two"))[1]["limit_minor"] is None
    assert (await ask(console, "PUT", "/spend", {"limit_minor": None}))[1]["limit_minor"] is None


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "/spend", {"limit_minor": -1}),
        ("PUT", "/spend", {}),
        ("PUT", "/spend", {"limit_minor": "5"}),
        ("GET", "/spend?days=0", None),
        ("GET", "/spend?days=1000", None),
    ],
)
async def test_what_cannot_be_is_a_problem(console: Any, method: str, path: str, body: Any) -> None:
    assert (await ask(console, method, path, body))[0] in (400, 422)


async def test_a_program_sets_the_url_that_answers_and_hears_a_secret_once(console: Any) -> None:
    async with console.database.reading(console.shop.merchant_id) as connection:
        inbox = await connection.fetchval("select min(id) from inbox")
    path = f"/inboxes/{inbox}/own-url"
    status, told = await ask(console, "POST", path, {"url": "https://flows.example/x"})
    assert (status, told["secrets"]) == (200, 1)
    assert told["new"].startswith("whsec_")
    _, told = await ask(console, "GET", path)
    assert told == {"url": "https://flows.example/x", "secrets": 1, "new": ""}
    assert (await ask(console, "POST", path, {"secret": "new"}))[1]["secrets"] == 2
    assert (await ask(console, "POST", path, {"secret": "drop"}))[1]["secrets"] == 1
    assert (await ask(console, "POST", path, {"url": "http://10.0.0.1/"}))[0] == 422
    assert (await ask(console, "POST", path, {"url": ""}))[1]["url"] == ""
    assert (await ask(console, "GET", path, key="two"))[0] == 404
