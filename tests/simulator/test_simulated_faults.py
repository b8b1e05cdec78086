"""Failures on demand: each kind does what its name says, as often as it was asked to."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from simulated import CUSTOMER, NUMBER, Simulated, Sink

from hudhud.errors import BadInputError
from hudhud.simulator.faults import Call, FaultOrder, decide, ordered

TEXT = {"type": "text", "text": {"body": "نص"}}
NO_ANSWER = (aiohttp.ClientError, TimeoutError)


@pytest.fixture
async def open_shop(shop: Simulated) -> Simulated:
    await shop.say(text="مرحبا")
    return shop


@pytest.mark.parametrize(
    ("code", "http"), [(130429, 429), (131056, 429), (131047, 400), (190, 401), (131016, 503)]
)
async def test_a_code_is_answered_once_and_then_all_is_well(
    open_shop: Simulated, code: int, http: int
):
    await open_shop.fault(str(code))
    status, answer = await open_shop.send(**TEXT)
    assert (status, answer["error"]["code"]) == (http, code)
    await open_shop.text()
    assert len((await open_shop.phone())["messages"]) == 2


async def test_a_bare_500_says_nothing_and_takes_nothing(open_shop: Simulated):
    await open_shop.fault("http_500")
    status, answer = await open_shop.send(**TEXT)
    assert (status, answer) == (500, "Internal Server Error")
    assert len((await open_shop.phone())["messages"]) == 1


async def test_a_500_after_acceptance_has_reached_the_phone(open_shop: Simulated, sink: Sink):
    await open_shop.fault("http_500_after")
    status, _ = await open_shop.send(**TEXT, biz_opaque_callback_data="tag")
    assert status == 500
    assert len((await open_shop.phone())["messages"]) == 2
    await sink.until(lambda: any(s["biz_opaque_callback_data"] == "tag" for s in sink.statuses))


@pytest.mark.parametrize(("kind", "shown"), [("cut_before", 1), ("cut_after", 2)])
async def test_a_cut_connection_gives_no_answer(open_shop: Simulated, kind: str, shown: int):
    await open_shop.fault(kind)
    with pytest.raises(aiohttp.ClientError):
        await open_shop.send(**TEXT)
    assert len((await open_shop.phone())["messages"]) == shown
    (call,) = (await open_shop.history())["calls"]
    assert (call["fault"], call["http_status"]) == (kind, None)
    await open_shop.text()


@pytest.mark.parametrize(("kind", "shown"), [("timeout_before", 1), ("timeout_after", 2)])
async def test_a_timeout_holds_the_caller_until_it_gives_up(
    open_shop: Simulated, kind: str, shown: int
):
    await open_shop.fault(kind)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await open_shop.send(**TEXT)
    assert len((await open_shop.phone())["messages"]) == shown


async def test_a_held_connection_is_cut_in_the_end(open_shop: Simulated):
    await open_shop.fault("timeout_after", hold_ms=50)
    with pytest.raises(aiohttp.ClientError):
        await open_shop.send(**TEXT)


async def test_a_message_accepted_and_never_answered_is_told_by_its_tag(
    open_shop: Simulated, sink: Sink
):
    await open_shop.fault("timeout_after", hold_ms=20)
    with pytest.raises(NO_ANSWER):
        await open_shop.send(**TEXT, biz_opaque_callback_data="lost-and-found")
    tagged = "lost-and-found"
    await sink.until(lambda: tagged in {s.get("biz_opaque_callback_data") for s in sink.statuses})
    (sent,) = (await open_shop.history())["sends"]
    assert (sent["tag"], sent["outcome"], sent["http_status"]) == (tagged, "accepted", None)


async def test_a_fault_strikes_as_many_calls_as_it_was_asked_to(open_shop: Simulated):
    await open_shop.fault("130429", calls=3)
    answers = [(await open_shop.send(**TEXT))[0] for _ in range(5)]
    assert answers == [429, 429, 429, 200, 200]
    assert (await open_shop.ask("GET", "/simulator/faults"))[1] == []


async def test_a_fault_of_another_number_or_customer_strikes_nobody_here(open_shop: Simulated):
    await open_shop.fault("130429", phone_number_id="999")
    await open_shop.fault("131056", wa_id="966500000002")
    await open_shop.text()
    await open_shop.fault("131056", wa_id=CUSTOMER, phone_number_id=NUMBER)
    assert (await open_shop.send(**TEXT))[0] == 429


async def test_a_read_call_is_struck_only_when_asked_for(open_shop: Simulated, sink: Sink):
    await sink.until(lambda: len(sink.messages) == 1)
    read = {"status": "read", "message_id": sink.messages[0]["id"]}
    await open_shop.fault("130429")
    assert (await open_shop.send(**read))[0] == 200
    await open_shop.fault("131016", operation="read")
    assert (await open_shop.send(**read))[0] == 503


async def test_faults_can_be_taken_back(open_shop: Simulated):
    first = await open_shop.fault("130429", probability=1.0)
    await open_shop.fault("http_500", probability=1.0)
    assert (await open_shop.ask("DELETE", f"/simulator/faults/{first['id']}"))[0] == 204
    assert (await open_shop.ask("DELETE", f"/simulator/faults/{first['id']}"))[0] == 404
    assert (await open_shop.send(**TEXT))[0] == 500
    assert (await open_shop.ask("DELETE", "/simulator/faults"))[0] == 204
    await open_shop.text()


@pytest.mark.parametrize("kind", ["earthquake", "99", ""])
async def test_an_unknown_fault_is_refused_by_name(shop: Simulated, kind: str):
    status, answer = await shop.ask("POST", "/simulator/faults", {"kind": kind})
    assert status == 400
    assert "timeout_after" in answer["error"]


def test_chance_decides_whether_a_fault_strikes():
    fault = ordered(FaultOrder(kind="http_500", probability=0.3), 1)
    call = Call(operation="send", phone_number_id=NUMBER, wa_id=CUSTOMER)
    assert decide([fault], call, 0.29) is fault
    assert decide([fault], call, 0.3) is None
    assert fault.calls_left is None


def test_a_fault_says_what_it_is():
    with pytest.raises(BadInputError):
        ordered(FaultOrder(kind="flood"), 1)
    assert ordered(FaultOrder(kind=130429), 1).code == 130429
    assert ordered(FaultOrder(kind="timeout"), 1).after
