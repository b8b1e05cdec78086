"""Instagram and Messenger of the simulator: what their phones send, what their endpoint takes."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import msgspec
import pytest
from simulated import CUSTOMER, NUMBER, SECRET, TOKEN, Simulated, Sink

from hudhud.channels import instagram, messenger
from hudhud.simulator.graph.thread_checks import check_call
from hudhud.simulator.providers.threads.kinds import OF_INSTAGRAM, OF_MESSENGER
from hudhud.simulator.providers.threads.platform import INSTAGRAM, MESSENGER

CHANNELS = {"instagram": instagram, "messenger": messenger}
ACCOUNT = {"instagram": "instagram_id", "messenger": "page_id"}
KINDS = {"instagram": OF_INSTAGRAM, "messenger": OF_MESSENGER}
# What the product calls what the phone calls otherwise.
CALLED = {
    "instagram": {"like": "like_heart", "reel": "ig_reel", "quick_reply": "text", "echo": "text"},
    "messenger": {"file": "document", "quick_reply": "text", "echo": "text"},
}


async def account(simulator: Simulated, sink: Sink, provider: str) -> None:
    assert (await simulator.register(sink, provider=provider, waba_id="777"))["verified"]
    await simulator.behave(retry_first_ms=10, retry_most_ms=20)


def options(simulator: Simulated, provider: str, **changes: str) -> Any:
    given = {
        ACCOUNT[provider]: NUMBER,
        "token": TOKEN,
        "app_secret": SECRET,
        "verify_token": "v",
        "api_url": simulator.url,
    }
    return msgspec.convert(given | changes, CHANNELS[provider].Options)


async def graph(
    simulator: Simulated, method: str, path: str, body: Any = None
) -> tuple[int, dict[str, Any]]:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    url = f"{simulator.url}/v23.0/{path}"
    async with simulator.http.request(method, url, json=body, headers=headers) as answer:
        return answer.status, await answer.json()


async def scoped(simulator: Simulated, sink: Sink) -> str:
    """A customer wrote; the id under which the account knows them."""
    await simulator.say(text="مرحبا")
    await sink.until(lambda: bool(sink.bodies))
    return str(sink.bodies[0]["entry"][0]["messaging"][0]["sender"]["id"])


@pytest.mark.parametrize("provider", KINDS)
async def test_everything_that_a_phone_sends_is_understood(
    simulator: Simulated, sink: Sink, provider: str
) -> None:
    await account(simulator, sink, provider)
    person = await scoped(simulator, sink)
    await simulator.behave(statuses="none")
    sent = {"recipient": {"id": person}, "message": {"text": "نعم"}}
    await graph(simulator, "POST", "me/messages", sent)
    for place, kind in enumerate(KINDS[provider], 2):
        await simulator.say(kind=kind, text="كم سعره؟")
        await sink.until(lambda place=place: len(sink.bodies) == place)
        read = CHANNELS[provider].parse(json.dumps(sink.bodies[-1]).encode())
        assert not read.unread, kind
        if kind == "read":
            assert [s.status for s in (*read.statuses, *read.watermarks)] == ["read"]
            continue
        (message,) = read.messages
        assert message.kind == CALLED[provider].get(kind, kind)
        assert message.account == NUMBER
        assert message.aliases[0].value == f"{NUMBER}:{person}"
        assert message.direction == ("out" if kind == "echo" else "in")
    assert not sink.unsigned


async def test_the_owner_and_the_customer_say_nothing_without_words(
    simulator: Simulated, sink: Sink
) -> None:
    await account(simulator, sink, "instagram")
    for kind in ("text", "echo"):
        body = {"phone_number_id": NUMBER, "kind": kind}
        status, answer = await simulator.ask("POST", f"/simulator/phones/{CUSTOMER}/say", body)
        assert (status, "1 to 2000" in answer["error"]) == (400, True)


async def test_one_webhook_holds_the_events_of_two_people_and_the_standby_of_a_third(
    simulator: Simulated, sink: Sink
) -> None:
    await account(simulator, sink, "instagram")
    says = [
        {"wa_id": CUSTOMER, "text": "كم؟"},
        {"wa_id": "966500000002", "text": "مرحبا"},
        {"wa_id": CUSTOMER, "kind": "story_mention"},
        {"wa_id": "966500000003", "text": "لتطبيق آخر", "standby": "yes"},
    ]
    talk = {"phone_number_id": NUMBER, "messages": says, "delivery": "one_webhook"}
    assert (await simulator.ask("POST", "/simulator/say", talk))[0] == 200
    await sink.until(lambda: bool(sink.bodies))
    first, second = sink.bodies[0]["entry"]
    assert [len(first["messaging"]), len(second["standby"])] == [3, 1]
    read = instagram.parse(json.dumps(sink.bodies[0]).encode())
    assert [m.note for m in read.messages] == [None, None, None, "standby"]
    assert len({m.aliases for m in read.messages}) == 3


@pytest.mark.parametrize("provider", ["instagram", "messenger"])
async def test_an_account_is_checked_to_the_last_step(
    simulator: Simulated, sink: Sink, provider: str
) -> None:
    await account(simulator, sink, provider)
    channel = CHANNELS[provider]
    steps = await channel.check(simulator.http, options(simulator, provider))
    assert {step.name: step.holds for step in steps} == dict.fromkeys(
        ("reachable", "token", "account", "app_secret", "subscription"), True
    )
    wrong = options(simulator, provider, app_secret="another")
    failed = [s.name for s in await channel.check(simulator.http, wrong) if not s.holds]
    assert failed == ["app_secret"]
    stranger = options(simulator, provider, **{ACCOUNT[provider]: "1"})
    failed = [s.name for s in await channel.check(simulator.http, stranger) if not s.holds]
    assert failed == ["account"]
    expired = options(simulator, provider, token="old")
    failed = [s.name for s in await channel.check(simulator.http, expired) if not s.holds]
    assert failed == ["token"]


@pytest.mark.parametrize("provider", ["instagram", "messenger"])
async def test_an_echo_a_delivery_and_a_reading_follow_a_send(
    simulator: Simulated, sink: Sink, provider: str
) -> None:
    await account(simulator, sink, provider)
    person = await scoped(simulator, sink)
    message = {"text": "أهلًا", "metadata": "hudhud:1.2.1"}
    body = {"recipient": {"id": person}, "messaging_type": "RESPONSE", "message": message}
    status, answer = await graph(simulator, "POST", "me/messages", body)
    assert (status, answer["recipient_id"]) == (200, person)
    mid = answer["message_id"]
    count = {"instagram": 3, "messenger": 4}[provider]
    await sink.until(lambda: len(sink.bodies) == count)
    read = [CHANNELS[provider].parse(json.dumps(b).encode()) for b in sink.bodies[1:]]
    if provider == "instagram":
        (echo,), (seen,) = read[0].messages, read[1].statuses
        assert (echo.external_id, echo.note, echo.text) == (mid, "echo", "أهلًا")
        assert (seen.external_id, seen.status) == (mid, "read")
    else:
        told = [(s.external_id, s.status, s.tag) for p in read for s in p.statuses]
        assert told == [(mid, "sent", "1.2.1"), (mid, "delivered", None)]
        assert [m.status for p in read for m in p.watermarks] == ["delivered", "read"]
    assert (await simulator.phone())["messages"][-1]["tick"] == "read"


async def test_seen_and_typing_reach_the_phone(simulator: Simulated, sink: Sink) -> None:
    await account(simulator, sink, "instagram")
    (mid,) = await simulator.say(text="مرحبا")
    async with aiohttp.ClientSession() as http:
        await instagram.show_typing(http, options(simulator, "instagram"), mid, timeout_s=5)
    phone = await simulator.phone()
    assert phone["messages"][-1]["tick"] == "read"
    assert phone["typing"][NUMBER] > phone["now_ms"]
    kinds = [call["kind"] for call in (await simulator.history())["calls"]]
    assert kinds == ["mark_seen", "typing_on"]


DAY_S = 24 * 3600


@pytest.mark.parametrize(
    ("provider", "age_s", "tag", "code"),
    [
        ("instagram", DAY_S - 60, None, None),
        ("instagram", DAY_S + 60, None, 2534022),
        ("instagram", DAY_S + 60, "HUMAN_AGENT", None),
        ("instagram", 7 * DAY_S, "HUMAN_AGENT", 2534022),
        ("messenger", DAY_S + 60, None, 2018278),
        ("messenger", DAY_S + 60, "HUMAN_AGENT", None),
    ],
)
async def test_the_window_is_24_hours_and_a_persons_7_days(
    simulator: Simulated, sink: Sink, provider: str, age_s: int, tag: str | None, code: int | None
) -> None:
    await account(simulator, sink, provider)
    await simulator.say(text="مرحبا", age_s=age_s)
    await sink.until(lambda: bool(sink.bodies))
    person = sink.bodies[0]["entry"][0]["messaging"][0]["sender"]["id"]
    kind = {"messaging_type": "MESSAGE_TAG", "tag": tag} if tag else {}
    body = {"recipient": {"id": person}, "message": {"text": "أهلًا"}, **kind}
    status, answer = await graph(simulator, "POST", "me/messages", body)
    if code is None:
        assert status == 200, answer
    else:
        assert (answer["error"]["code"], answer["error"]["error_subcode"]) == (10, code)
        assert "error_data" not in answer["error"]


async def test_nobody_is_written_to_who_never_wrote(simulator: Simulated, sink: Sink) -> None:
    await account(simulator, sink, "messenger")
    person = await scoped(simulator, sink)
    body = {"recipient": {"id": person + "9"}, "message": {"text": "أهلًا"}}
    status, answer = await graph(simulator, "POST", "me/messages", body)
    assert (status, answer["error"]["error_subcode"]) == (400, 2018001)


async def test_a_file_lies_where_its_webhook_says(simulator: Simulated, sink: Sink) -> None:
    await account(simulator, sink, "instagram")
    await simulator.say(kind="image")
    await sink.until(lambda: bool(sink.bodies))
    (picture,) = instagram.parse(json.dumps(sink.bodies[0]).encode()).messages[0].attachments
    async with simulator.http.get(picture.source) as answer:
        assert (answer.status, answer.content_type) == (200, "image/png")


TEXT = {"recipient": {"id": "1"}, "message": {"text": "نعم"}}
REPLY = {"content_type": "text", "title": "نعم", "payload": "y"}
BUTTON = {"type": "postback", "title": "نعم", "payload": "y"}


def message(**parts: Any) -> dict[str, Any]:
    return {"recipient": {"id": "1"}, "message": parts}


def generic(count: int = 1, **changes: Any) -> dict[str, Any]:
    element = {"title": "ثوب", "subtitle": "كتان", "buttons": [BUTTON]} | changes
    payload = {"template_type": "generic", "elements": [element] * count}
    return message(attachment={"type": "template", "payload": payload})


def test_what_is_well_made_is_taken() -> None:
    file = {"type": "image", "payload": {"url": "https://a.example/1.jpg"}}
    link = {"type": "web_url", "title": "افتح", "url": "https://a.example"}
    button = {"template_type": "button", "text": "أي؟", "buttons": [link]}
    for platform in (INSTAGRAM, MESSENGER):
        for body in (
            TEXT,
            message(text="أي؟", quick_replies=[REPLY] * 13),
            message(attachment=file),
            message(attachment={"type": "template", "payload": button}),
            generic(10),
            {"recipient": {"id": "1"}, "sender_action": "typing_on"},
        ):
            assert check_call(platform, body) is None, body
    assert check_call(INSTAGRAM, message(text="ن" * 500)) is None
    assert check_call(MESSENGER, message(text="ن" * 2000)) is None


@pytest.mark.parametrize(
    "body",
    [
        None,
        {"message": {"text": "نعم"}},
        {"recipient": {"id": "1"}},
        message(text=" "),
        message(text="ن" * 501),
        message(text="نعم", attachment={"type": "image", "payload": {"url": "https://a.example"}}),
        message(text="أي؟", quick_replies=[REPLY] * 14),
        message(text="أي؟", quick_replies=[REPLY | {"title": "ن" * 21}]),
        message(text="أي؟", quick_replies=[REPLY | {"payload": "y" * 1001}]),
        message(attachment={"type": "image", "payload": {"url": "ftp://a.example"}}),
        message(attachment={"type": "poem", "payload": {}}),
        generic(11),
        generic(title="ن" * 81),
        generic(buttons=[BUTTON] * 4),
        generic(subtitle="", buttons=[]),
        {**TEXT, "messaging_type": "MESSAGE_TAG", "tag": "MARKETING"},
        {**TEXT, "sender_action": "typing_on"},
        {"recipient": {"id": "1"}, "sender_action": "sing"},
        {"recipient": {"id": "1"}, "sender_action": "react", "payload": {"message_id": "1"}},
    ],
)
def test_what_meta_would_refuse_is_refused(body: Any) -> None:
    refusal = check_call(INSTAGRAM, body)
    assert refusal is not None
    assert refusal.code == 100
