"""Assistants for programs: drafted, rehearsed, refused with a problem, published, brought back."""

from __future__ import annotations

import json
from typing import Any

from hudhud.core import setting_up
from hudhud.ops.sample.sample import sample
from hudhud.store import assistants, catalogue

SCRIPT = """
name: أرقام
turns:
  - says: ["بكم قميص كتان صيفي؟"]
    expects: {matches: "[٠-٩]{2}"}
"""


class Program:
    """A bearer of a token, and what it is answered."""

    def __init__(self, browser: Any, token: str) -> None:
        self.browser = browser
        self.headers = {"authorization": f"Bearer {token}"}

    async def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        sent = json.dumps(body).encode() if body is not None else b""
        answer = await self.browser.ask(method, f"/api/v1{path}", headers=self.headers, body=sent)
        return answer.status, json.loads(answer.body) if answer.body else None


async def program(console: Any, key: str = "one") -> Program:
    email = f"sara@{key}.example"
    token = await setting_up.api_token(console.database, console.secret, email, name="tests")
    return Program(console.browser(), token)


async def made(console: Any) -> int:
    merchant_id = console.shop.merchant_id
    async with console.database.deed(merchant_id) as connection:
        await catalogue.add_products(connection, merchant_id, sample().products)
        return await assistants.add(connection, merchant_id, name="هدهد", responder="catalogue")


async def test_a_program_drafts_rehearses_and_publishes(console: Any) -> None:
    path = f"/assistants/{await made(console)}"
    ours = await program(console)
    assert await ours.ask("POST", f"{path}/scripts", {"script": SCRIPT}) == (
        201,
        {"name": "أرقام", "turns": 1},
    )
    wanted = {"responder": "catalogue", "options": {"digits": "latin"}, "tools": ["hand_over"]}
    status, told = await ours.ask("PUT", f"{path}/draft", wanted)
    assert (status, told["options"], told["tools"]) == (200, {"digits": "latin"}, ["hand_over"])
    status, told = await ours.ask("POST", f"{path}/publish", {})
    assert (status, told["type"]) == (409, "urn:hudhud:regressed")
    status, told = await ours.ask("POST", f"{path}/rehearse", {})
    assert (status, told["regressed"]) == (200, 1)
    assert (await ours.ask("POST", f"{path}/publish", {}))[0] == 409
    assert await ours.ask("POST", f"{path}/publish", {"forced": "so"}) == (200, {"version": 2})
    assert await ours.ask("POST", f"{path}/publish", {"version": 1}) == (200, {"version": 1})
    _, told = await ours.ask("GET", path)
    assert (told["published"]["version"], told["draft"]) == (1, None)
    assert [one["forced"] for one in told["versions"]] == ["so", None]
    assert told["rehearsal"]["regressed"] == 1


async def test_a_key_goes_in_and_never_comes_out(console: Any) -> None:
    path = f"/assistants/{await made(console)}"
    ours = await program(console)
    wanted = {"responder": "llm", "options": {"model": "openai:m", "api_key": "sk-canary"}}
    status, told = await ours.ask("PUT", f"{path}/draft", wanted)
    assert (status, told["options"]) == (200, {"model": "openai:m"})
    assert "sk-canary" not in str(await ours.ask("GET", path))
    assert "sk-canary" not in str(await ours.ask("GET", "/assistants"))
    assert await ours.ask("DELETE", f"{path}/draft") == (204, None)


async def test_another_merchants_assistant_is_no_address(console: Any) -> None:
    path = f"/assistants/{await made(console)}"
    other = await program(console, "two")
    assert (await other.ask("GET", "/assistants"))[1] == {"assistants": []}
    for method, deed, body in (
        ("GET", "", None),
        ("PUT", "/draft", {"responder": "catalogue"}),
        ("DELETE", "/draft", None),
        ("POST", "/publish", {}),
        ("POST", "/scripts", {"script": SCRIPT}),
        ("POST", "/rehearse", {}),
    ):
        assert (await other.ask(method, path + deed, body))[0] == 404, deed
