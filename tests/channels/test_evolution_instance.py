"""Evolution API: the instance itself, and the door before its webhooks (PLATFORM_FACTS part 9)."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from test_evolution import OPTIONS, said, webhook
from whatsapp_provider import answer, provider

from hudhud.channels import evolution
from hudhud.errors import SpoolUnavailableError, StoreUnavailableError
from hudhud.model import Inbox
from hudhud.web.webhooks import Webhooks


@pytest.mark.clause("9.set")
async def test_the_webhook_is_set_with_our_proof_as_each_version_wants_it():
    url = "https://shop.example/webhooks/evolution/key"
    for version in ("v2", "v1"):
        async with provider(answer(201, {"webhook": {}})) as (evo, http):
            options = msgspec.structs.replace(OPTIONS, api_url=evo.url, version=version)
            await evolution.point_webhook(http, options, url)
            ((line, _, body),) = evo.asked
        assert line == "POST /webhook/set/shop-1"
        told = body["webhook"] if version == "v2" else body
        assert (told["url"], told["enabled"]) == (url, True)
        assert {"MESSAGES_UPSERT", "SEND_MESSAGE", "CONNECTION_UPDATE"} <= set(told["events"])
        proofs = {"x-hudhud-secret": "HEADER-SECRET", "jwt_key": "JWT-KEY"}
        assert told.get("headers") == (proofs if version == "v2" else None)


@pytest.mark.clause("9.events")
@pytest.mark.parametrize("state", ["open", "connecting", "close"])
def test_the_connection_is_news_of_the_account(state):
    data = {"instance": "shop-1", "state": state, "statusReason": 428}
    for event in ("connection.update", "CONNECTION_UPDATE"):
        parsed = evolution.parse(webhook(event, data, date_time="2026-11-21T10:00:00.000Z"))
        (link,) = parsed.links
        assert (link.account, link.linked, link.reason) == ("shop-1", state == "open", "428")
        assert link.provider_at is not None
        assert (parsed.messages, parsed.statuses, parsed.unread) == ((), (), ())
    assert evolution.parse(webhook("connection.update", data, date_time="x")).links


@pytest.mark.clause("9.events")
@pytest.mark.parametrize(
    "event",
    ["APPLICATION_STARTUP", "CALL", "TYPEBOT_START", "LOGOUT_INSTANCE", "REMOVE_INSTANCE", "NEW"],
)
def test_what_is_no_message_is_kept_and_needs_nobody(event):
    parsed = evolution.parse(webhook(event, {"a": 1}))
    assert [one.reason for one in parsed.unread] == [f"field:{event.lower().replace('_', '.')}"]


@pytest.mark.clause("9.retry")
@pytest.mark.parametrize("trouble", [StoreUnavailableError(), SpoolUnavailableError()])
async def test_our_own_trouble_asks_evolution_back_and_a_wrong_secret_does_not(trouble):
    # Evolution tries ten times after a 5xx and never again after a 401. Who cannot prove himself is
    # a stranger and not our trouble (clause 10.3: 401, and nothing stored); ours is never a 4xx.
    seen = []
    for headers in ({b"x-hudhud-secret": b"HEADER-SECRET"}, {b"x-hudhud-secret": b"wrong"}, {}):
        for event in ("messages.upsert", "connection.update"):
            data = said({"conversation": "x"}) | {"state": "close"}
            seen.append(await knocked(Door(trouble), webhook(event, data), headers))
    assert seen == [503, 503, 401, 401, 401, 401]
    assert await knocked(Door(trouble, knows=False), b"{}", {}) == 503


class Door:
    """An inbox that is known or not, before an intake that is in trouble."""

    def __init__(self, trouble: Exception, *, knows: bool = True) -> None:
        self.trouble, self.knows, self.door, self.database = trouble, knows, self, self

    async def by_key(self, _key: str) -> Inbox:
        if not self.knows:
            raise StoreUnavailableError
        options = msgspec.to_builtins(OPTIONS)
        return Inbox(
            id=1, merchant_id=1, key="key", channel="evolution", name="n", account="shop-1",
            options=options, window_ms=1, batch_max=1, assistant_id=None,
        )  # fmt: skip

    async def take(self, *_: Any, **__: Any) -> None:
        raise self.trouble

    def deed(self, *_: Any) -> Any:
        raise self.trouble


async def knocked(door: Any, body: bytes, headers: dict[bytes, bytes]) -> int:
    hooks = Webhooks(door, door, body_bytes_max=10_000, accept_timeout_s=1)
    path = "/webhooks/evolution/key/messages-upsert"
    scope = {"type": "http", "method": "POST", "path": path, "headers": list(headers.items())}
    answers: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        answers.append(message)

    await hooks({**scope, "query_string": b""}, receive, send)
    return int(answers[0]["status"])
