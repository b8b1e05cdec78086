"""The simulated Evolution API against the product's own channel: each release, each kind."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import msgspec
import pytest
from aiohttp import web
from simulated import CUSTOMER, DEADLINE_S, Simulated

from hudhud.channels import evolution
from hudhud.errors import SendNotMadeError, SendRejectedError, SendUnknownError
from hudhud.model import (
    Alias,
    Attachment,
    Buttons,
    Card,
    Cards,
    Choice,
    LinkButton,
    Media,
    Menu,
    Outgoing,
    Place,
    Reaction,
    Section,
)
from hudhud.simulator.files import FILES
from hudhud.simulator.providers.evolution.kinds import KINDS

NAME = "shop-1"
OPTIONS = evolution.Options(
    instance_name=NAME, api_url="http://x", apikey="KEY", webhook_secret="S", jwt_key="J"
)
LINK = "https://shop.example/x"
CONTENTS = [
    None,
    Media(type="image", link=LINK, caption="c"),
    Media(type="audio", link=LINK),
    Media(type="sticker", link=LINK),
    Media(type="document", link=LINK, file_name="f.pdf"),
    Place(latitude=1.0, longitude=2.0, name="n"),
    Cards(cards=(Card(name="سارة", phone="+964770"),)),
    Buttons(text="t", buttons=(Choice(id="1", title="a"),)),
    LinkButton(text="t", title="a", link=LINK),
    Menu(text="t", button="b", sections=(Section(rows=(Choice(id="1", title="r"),)),)),
]


class Taken:
    """An endpoint that keeps what comes, and answers what it is told to."""

    def __init__(self) -> None:
        self.url, self.answers = "", list[int]()
        self.came: list[tuple[str, dict[str, str], bytes]] = []

    async def take(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.came.append((request.path, headers, await request.read()))
        return web.Response(status=self.answers.pop(0) if self.answers else 200)

    async def until(self, count: int) -> None:
        async with asyncio.timeout(DEADLINE_S):
            while len(self.came) < count:
                await asyncio.sleep(0.005)

    @property
    def events(self) -> list[str]:
        return [json.loads(raw)["event"] for _, _, raw in self.came]


@pytest.fixture
async def taken() -> AsyncIterator[Taken]:
    taken, app = Taken(), web.Application()
    app.router.add_post("/{rest:.*}", taken.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    taken.url = f"http://127.0.0.1:{runner.addresses[0][1]}/webhooks/evolution/key"
    yield taken
    await runner.cleanup()


async def registered(simulator: Simulated, taken: Taken, **manner: Any) -> evolution.Options:
    more = {"headers": {"x-hudhud-secret": "S"}, **manner}
    asked = {"phone_number_id": NAME, "token": "KEY", "challenge": False, "more": more}
    asked |= {"provider": "evolution", "webhook_url": taken.url, "name": "متجر"}
    asked |= {"app_secret": "-", "verify_token": "-", "display_phone_number": "964780"}
    status, answer = await simulator.ask("POST", "/simulator/numbers", asked)
    assert status == 200, answer
    await simulator.behave(retry_first_ms=10, retry_most_ms=20, statuses="never_read")
    version = manner.get("version", "v2")
    return msgspec.structs.replace(OPTIONS, api_url=simulator.url, version=version)


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as http:
        yield http


def outgoing(content: Any = None) -> Outgoing:
    return Outgoing(to=Alias("phone", CUSTOMER), text="أهلا", tag="1.1.1", content=content)


@pytest.mark.parametrize("version", ["v2", "v1"])
@pytest.mark.parametrize("content", CONTENTS, ids=lambda c: type(c).__name__)
async def test_all_that_may_leave_reaches_the_phone_and_is_told(
    simulator: Simulated, taken: Taken, http: Any, version: str, content: Any
):
    options = await registered(simulator, taken, version=version)
    external_id = await evolution.send(http, options, outgoing(content), timeout_s=5)
    (bubble,) = (await simulator.phone())["messages"]
    assert bubble["wamid"] == external_id
    assert bubble["face"]
    await taken.until(3)
    parsed = [evolution.parse(raw) for _, _, raw in taken.came]
    told = [(s.external_id, s.status) for one in parsed for s in one.statuses]
    assert told == [(external_id, "sent"), (external_id, "sent"), (external_id, "delivered")]
    assert taken.events[0] == "send.message"


async def test_a_reaction_stands_on_the_message_it_is_about(
    simulator: Simulated, taken: Taken, http: Any
):
    options = await registered(simulator, taken)
    (about,) = await simulator.say(phone_number_id=NAME, text="x")
    await evolution.send(http, options, outgoing(Reaction(about=about, emoji="👍")), timeout_s=5)
    assert (await simulator.phone())["messages"][0]["reaction"] == "👍"


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("manner", [{}, {"upper": True, "by_events": True, "base64": True}])
async def test_every_kind_is_believed_and_read(
    simulator: Simulated, taken: Taken, kind: str, manner: Any
):
    options = await registered(simulator, taken, **manner)
    if KINDS[kind].about:
        (about,) = await simulator.say(phone_number_id=NAME, text="x")
        await simulator.say(phone_number_id=NAME, kind=kind, text="y", message_id=about)
        await taken.until(2)
    else:
        await simulator.say(phone_number_id=NAME, kind=kind, text="y")
        await taken.until(1)
    path, headers, raw = taken.came[-1]
    assert evolution.verify(options, raw, headers)
    event = json.loads(raw)["event"].lower().replace("_", ".")
    where = "/" + event.replace(".", "-") if manner else ""
    assert path == f"/webhooks/evolution/key{where}"
    stored = evolution.redacted(raw)
    if kind in ("contacts_storm", "qr_code"):
        assert stored is None
        return
    assert stored is not None
    assert b"KEY" not in stored
    parsed = evolution.parse(stored)
    assert parsed == evolution.parse(raw)
    if kind == "connection":
        assert not parsed.links[0].linked
    elif kind == "story":
        assert [one.reason for one in parsed.unread] == ["field:broadcast"]
    else:
        (message,) = parsed.messages
        assert message.direction == ("out" if kind == "owner" else "in")
        assert message.aliases == (Alias("phone", CUSTOMER),)


async def test_a_token_of_the_instance_is_believed(simulator: Simulated, taken: Taken):
    options = await registered(simulator, taken, headers={"jwt_key": "J"})
    await simulator.say(phone_number_id=NAME, text="x")
    await taken.until(1)
    _, headers, raw = taken.came[0]
    assert "x-hudhud-secret" not in headers
    assert evolution.verify(options, raw, headers)
    assert not evolution.verify(msgspec.structs.replace(options, jwt_key="other"), raw, headers)


async def test_a_file_is_fetched_and_a_message_is_read_and_typed_to(
    simulator: Simulated, taken: Taken, http: Any
):
    for version in ("v2", "v1"):
        options = await registered(simulator, taken, version=version)
        (id_,) = await simulator.say(phone_number_id=NAME, kind="image")
        file = Attachment(kind="image", source=json.dumps({"id": id_}))
        found = await evolution.locate(http, options, file, timeout_s=5)
        assert (found.data, found.mime) == (FILES["image"].data, "image/png")
        await evolution.show_typing(http, options, id_, timeout_s=5)
        phone = await simulator.phone()
        assert phone["messages"][-1]["tick"] == "read"
        assert NAME in phone["typing"]
        wrong = msgspec.structs.replace(options, apikey="wrong")
        with pytest.raises(SendRejectedError):
            await evolution.locate(http, wrong, file, timeout_s=5)


async def test_an_unlinked_phone_sends_nothing_until_its_code_is_scanned(
    simulator: Simulated, taken: Taken, http: Any
):
    options = await registered(simulator, taken, state="close")
    with pytest.raises(SendNotMadeError):
        await evolution.send(http, options, outgoing(), timeout_s=5)
    link = await evolution.link_of(http, options, timeout_s=5)
    assert (link.linked, link.qr_code[:2]) == (False, "2@")
    await simulator.ask("PUT", f"/simulator/instances/{NAME}", {"state": "open"})
    assert (await evolution.link_of(http, options, timeout_s=5)).linked
    assert taken.events == ["connection.update"]


async def test_the_webhook_goes_where_it_was_set_to(simulator: Simulated, taken: Taken, http: Any):
    options = await registered(simulator, taken, by_events=True)
    await evolution.point_webhook(http, options, f"{taken.url}2")
    await simulator.say(phone_number_id=NAME, text="x")
    await taken.until(1)
    path, headers, raw = taken.came[0]
    assert path == "/webhooks/evolution/key2"
    assert evolution.verify(options, raw, headers)


@pytest.mark.parametrize(("answer", "tries"), [(500, 3), (503, 3), (401, 1), (404, 1), (422, 1)])
async def test_it_comes_again_after_our_trouble_and_never_after_a_refusal(
    simulator: Simulated, taken: Taken, answer: int, tries: int
):
    await registered(simulator, taken)
    taken.answers = [answer, answer]
    await simulator.say(phone_number_id=NAME, text="x")
    await taken.until(tries)

    async def waiting() -> int:
        return int((await simulator.ask("GET", "/simulator/waiting"))[1]["webhooks"])

    async with asyncio.timeout(DEADLINE_S):
        while await waiting():
            await asyncio.sleep(0.01)
    assert len(taken.came) == tries


@pytest.mark.parametrize(
    ("kind", "error", "arrives"),
    [
        ("http_400_after", SendUnknownError, 1),
        ("http_500_after", SendUnknownError, 1),
        ("http_201_before", SendRejectedError, 0),
        ("cut_after", SendUnknownError, 1),
        ("cut_before", SendUnknownError, 0),
    ],
)
async def test_each_failure_says_what_is_known_and_no_more(
    simulator: Simulated, taken: Taken, http: Any, kind: str, error: Any, arrives: int
):
    options = await registered(simulator, taken)
    await simulator.fault(kind)
    with pytest.raises(error) as caught:
        await evolution.send(http, options, outgoing(), timeout_s=5)
    bubbles = (await simulator.phone())["messages"] if arrives else []
    assert [one["wamid"] for one in bubbles] == [
        getattr(caught.value, "external_id", None)
    ] * arrives


@pytest.mark.parametrize("number", ["12", "+12"])
async def test_a_number_without_whatsapp_is_refused(
    simulator: Simulated, taken: Taken, http: Any, number: str
):
    options = await registered(simulator, taken)
    to = msgspec.structs.replace(outgoing(), to=Alias("phone", number))
    with pytest.raises(SendRejectedError) as caught:
        await evolution.send(http, options, to, timeout_s=5)
    assert caught.value.code == "no_whatsapp"
