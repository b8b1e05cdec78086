"""Numbers are registered once and kept; the simulator is open to this machine alone."""

from __future__ import annotations

import asyncio
import stat
from contextlib import ExitStack
from pathlib import Path

import aiohttp
import pytest
from simulated import CUSTOMER, NUMBER, TOKEN, Simulated, Sink, running

from hudhud.errors import BadInputError, PortTakenError
from hudhud.settings import Settings
from hudhud.simulator import numbers, state
from hudhud.simulator.app import serve
from hudhud.simulator.live import LISTENERS_MAX, Listeners
from hudhud.simulator.pages import COOKIE
from hudhud.simulator.records import Inbound
from hudhud.simulator.state import Message, World


async def test_a_registered_number_has_proved_its_webhook_and_shows_no_secret(
    simulator: Simulated, sink: Sink
):
    answer = await simulator.register(sink)
    assert answer["verified"] is True
    _, listed = await simulator.ask("GET", "/simulator/numbers")
    assert [n["phone_number_id"] for n in listed] == [NUMBER]
    assert TOKEN not in str(listed)
    assert sink.verify_token not in str(listed)


async def test_a_restart_keeps_the_registrations(data_dir: Path, sink: Sink):
    settings = Settings(data_dir=data_dir)
    async with running(settings) as url, aiohttp.ClientSession() as http:
        await Simulated(http, url).register(sink)
    path = numbers.numbers_path(data_dir)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    async with running(settings) as url, aiohttp.ClientSession() as http:
        again = Simulated(http, url)
        await again.say(text="بعد التشغيل")
        await sink.until(lambda: len(sink.messages) == 1)
        await again.text()
    assert sink.unsigned == 0


async def test_a_file_that_cannot_be_read_is_begun_anew(tmp_path: Path):
    path = numbers.numbers_path(tmp_path)
    path.parent.mkdir()
    path.write_text("{broken")
    assert numbers.load(path) == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"token": " "},
        {"phone_number_id": "../etc"},
        {"webhook_url": "file:///etc/passwd"},
        {"surprise": 1},
    ],
)
async def test_a_registration_that_makes_no_sense_is_refused(
    simulator: Simulated, sink: Sink, changes: dict[str, object]
):
    body = {
        "phone_number_id": NUMBER,
        "display_phone_number": "",
        "name": "",
        "token": TOKEN,
        "app_secret": "s",
        "verify_token": "v",
        "webhook_url": sink.url,
    }
    status, answer = await simulator.ask("POST", "/simulator/numbers", body | changes)
    assert status == 400
    assert answer["error"]


async def test_an_unregistered_number_is_gone(shop: Simulated):
    assert (await shop.ask("DELETE", f"/simulator/numbers/{NUMBER}"))[0] == 204
    assert (await shop.send(type="text", text={"body": "نص"}))[0] == 401
    path = f"/simulator/phones/{CUSTOMER}/say"
    status, _ = await shop.ask("POST", path, {"phone_number_id": NUMBER, "text": "هلا"})
    assert status == 404


async def test_a_page_of_another_site_is_turned_away(shop: Simulated):
    evil = {"Origin": "https://evil.example"}
    async with shop.http.post(f"{shop.url}/simulator/reset", headers=evil) as answer:
        assert answer.status == 403
    async with shop.http.get(f"{shop.url}/", headers={"Host": "evil.example"}) as answer:
        assert answer.status == 403
    async with shop.http.post(f"{shop.url}/simulator/reset", headers={"Origin": shop.url}) as ok:
        assert ok.status == 204


async def test_the_page_is_arabic_first_english_by_choice_and_runs_no_inline_script(
    shop: Simulated,
):
    await shop.say(text="مرحبا")
    async with shop.http.get(f"{shop.url}/") as answer:
        arabic = await answer.text()
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert '<html lang="ar" dir="rtl">' in arabic
    assert "<script>" not in arabic
    async with shop.http.get(f"{shop.url}/", cookies={COOKIE: "en"}) as answer:
        assert '<html lang="en" dir="ltr">' in await answer.text()
    async with shop.http.get(f"{shop.url}/language/en", allow_redirects=False) as answer:
        assert answer.cookies[COOKIE].value == "en"
    _, seen = await shop.ask("GET", "/simulator/state")
    assert [m["text"] for m in seen["phones"][0]["messages"]] == ["مرحبا"]


async def test_reset_forgets_all_but_the_numbers(shop: Simulated):
    await shop.say(text="مرحبا")
    await shop.fault("http_500", probability=1.0)
    await shop.ask("POST", "/simulator/reset")
    _, state_now = await shop.ask("GET", "/simulator/state")
    assert (state_now["phones"], state_now["faults"]) == ([], [])
    assert [n["phone_number_id"] for n in state_now["numbers"]] == [NUMBER]


async def test_phones_are_opened_renamed_and_dropped(shop: Simulated):
    await shop.ask("POST", "/simulator/phones", {"wa_id": CUSTOMER, "name": "نورة"})
    assert [p["name"] for p in (await shop.ask("GET", "/simulator/phones"))[1]] == ["نورة"]
    assert (await shop.ask("DELETE", f"/simulator/phones/{CUSTOMER}"))[0] == 204
    assert (await shop.ask("GET", f"/simulator/phones/{CUSTOMER}"))[0] == 404
    assert (await shop.ask("POST", "/simulator/phones", {"wa_id": "+1"}))[0] == 400


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": ""},
        {"kind": "telepathy"},
        {"text": "ن" * 4097},
        {"kind": "revoke"},
        {"messages": [1]},
        {"text": "نص", "delivery": "by-pigeon"},
    ],
)
async def test_what_cannot_be_said_is_refused(shop: Simulated, body: dict[str, object]):
    path = f"/simulator/phones/{CUSTOMER}/say"
    status, answer = await shop.ask("POST", path, {"phone_number_id": NUMBER} | body)
    assert status == 400
    assert answer["error"]


async def test_events_tell_what_happens_and_end_with_the_server(data_dir: Path, sink: Sink):
    async with aiohttp.ClientSession() as http:
        async with running(Settings(data_dir=data_dir)) as url:
            shop = Simulated(http, url)
            await shop.register(sink)
            stream = await http.get(f"{url}/simulator/events")
            assert (await stream.content.readline()).strip() == b"event: hello"
            await shop.say(text="مرحبا")
            async with asyncio.timeout(20):
                while b"event: message" not in await stream.content.readline():
                    pass
        async with asyncio.timeout(20):
            await stream.content.read()


async def test_a_taken_port_is_said_plainly(data_dir: Path, simulator: Simulated):
    port = int(simulator.url.rpartition(":")[2])
    with pytest.raises(PortTakenError, match="HUDHUD_SIMULATOR_PORT"):
        await serve(Settings(data_dir=data_dir, simulator_port=port))


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(state, "PHONES_MAX", 3)
    monkeypatch.setattr(state, "INBOUND_MAX", 3)
    world = World({})
    for n in range(10):
        phone = world.phone(str(n))
        world.show(phone, _message(world, str(n)))
        world.record_inbound(_inbound(world, str(n)))
    assert list(world.phones) == ["7", "8", "9"]
    assert list(world.inbound) == ["7", "8", "9"]
    assert world.message("0") is None
    for _ in range(state.MESSAGES_PER_PHONE_MAX):
        world.show(phone, _message(world, f"more-{world.last_seq}"))
    assert len(phone.messages) == state.MESSAGES_PER_PHONE_MAX
    assert world.message("9") is None


async def test_a_listener_that_does_not_keep_up_is_ended():
    listeners = Listeners()
    with listeners.listen() as backlog:
        for n in range(backlog.maxsize + 1):
            listeners.tell("n", n)
        backlog_end = [backlog.get_nowait() for _ in range(backlog.qsize())][-1]
    assert backlog_end is None
    with ExitStack() as full:
        for _ in range(LISTENERS_MAX):
            full.enter_context(listeners.listen())
        assert full.enter_context(listeners.listen()).get_nowait() is None


def test_only_so_many_numbers_are_kept(monkeypatch: pytest.MonkeyPatch, sink_free_url: str):
    monkeypatch.setattr(numbers, "NUMBERS_MAX", 1)
    asked = numbers.Registration(
        phone_number_id="1",
        display_phone_number="",
        name="",
        token="t",
        app_secret="s",
        verify_token="v",
        webhook_url=sink_free_url,
    )
    known = {"1": numbers.registered({}, asked)}
    asked.phone_number_id = "2"
    with pytest.raises(BadInputError):
        numbers.registered(known, asked)


@pytest.fixture
def sink_free_url() -> str:
    return "http://127.0.0.1:9/webhooks"


def _message(world: World, wamid: str) -> Message:
    return Message(
        seq=world.next_seq(),
        wamid=wamid,
        wa_id="9",
        phone_number_id=NUMBER,
        mine=True,
        kind="text",
        text="نص",
        at_ms=1,
        stamp_s=1,
    )


def _inbound(world: World, wamid: str) -> Inbound:
    return Inbound(
        seq=world.next_seq(),
        wamid=wamid,
        wa_id="9",
        phone_number_id=NUMBER,
        kind="text",
        text="نص",
        stamp_s=1,
        said_ms=1,
    )
