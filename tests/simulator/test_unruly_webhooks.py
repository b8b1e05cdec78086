"""Webhooks and statuses as unruly as Meta's, and the file that drills are judged by."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from simulated import NUMBER, Simulated, Sink, Wait, running

from hudhud.settings import Settings
from hudhud.simulator.state import Behaviour
from hudhud.simulator.statuses import SCRIPTS


async def test_an_answered_webhook_may_come_once_more(shop: Simulated, sink: Sink) -> None:
    await shop.behave(again_share=1)
    (wamid,) = await shop.say(text="مرحبا")
    await sink.until(lambda: [m["id"] for m in sink.messages] == [wamid, wamid])


async def test_a_webhook_that_comes_once_more_comes_until_it_is_answered(
    shop: Simulated, sink: Sink
) -> None:
    await shop.behave(again_share=1)
    sink.answers = [200, 500, 500]
    await shop.say(text="مرحبا")
    await sink.until(lambda: len(sink.messages) == 4)


async def test_webhooks_side_by_side_overtake_one_another(shop: Simulated, sink: Sink) -> None:
    await shop.behave(shuffle_ms=200)
    wamids = await shop.say(messages=[{"text": f"{n}"} for n in range(30)], delivery="at_once")
    await sink.until(lambda: len(sink.messages) == 30)
    came = [m["id"] for m in sink.messages]
    assert sorted(came) == sorted(wamids)
    assert came != wamids


async def test_the_waiting_count_knows_webhooks_that_will_come_again(
    shop: Simulated, sink: Sink, eventually: Wait
) -> None:
    async def waiting() -> int:
        return int((await shop.ask("GET", "/simulator/waiting"))[1]["webhooks"])

    sink.always = 503
    await shop.say(text="مرحبا")
    assert await waiting() == 1
    sink.always = 200

    async def nothing() -> bool:
        return await waiting() == 0

    await eventually(nothing)


async def test_a_mix_of_status_scripts_must_name_what_there_is(shop: Simulated) -> None:
    assert (await shop.ask("PUT", "/simulator/behaviour", {"mix": ["none", "nonsense"]}))[0] == 400
    await shop.behave(mix=["none", "twice"])


@pytest.mark.parametrize(("chance", "name"), [(0.0, "none"), (0.49, "none"), (0.99, "late")])
def test_each_script_of_a_mix_has_its_share(chance: float, name: str) -> None:
    assert Behaviour(mix=("none", "late")).script(chance) == SCRIPTS[name]
    assert Behaviour().script(chance) == SCRIPTS["normal"]


async def test_the_file_holds_every_exchange_in_order(data_dir: Path, sink: Sink) -> None:
    path = data_dir / "history.jsonl"
    settings = Settings(data_dir=data_dir, simulator_history=str(path))
    async with running(settings) as url, aiohttp.ClientSession() as http:
        simulator = Simulated(http, url)
        await simulator.register(sink)
        await simulator.behave(retry_first_ms=10)
        sink.answers = [500]
        (wamid,) = await simulator.say(text="مرحبا")
        await sink.until(lambda: len(sink.messages) == 2)
        await simulator.fault("130429")
        await simulator.send(type="text", text={"body": "لا"}, biz_opaque_callback_data="1.2.1")
        await simulator.fault("http_500_after")
        await simulator.send(type="text", text={"body": "نعم"}, biz_opaque_callback_data="1.2.2")
    lines: list[dict[str, Any]] = [json.loads(line) for line in path.read_text().splitlines()]
    assert [line["n"] for line in lines] == list(range(1, len(lines) + 1))
    assert [line["what"] for line in lines] == [
        *("said", "posted", "returned", "posted", "returned"),
        *("called", "called"),
    ]
    assert [line["status"] for line in lines if line["what"] == "returned"] == [500, 200]
    assert {line.get("attempt") for line in lines} == {None, 1, 2}
    assert lines[0]["wamid"] == lines[1]["wamids"][0] == wamid
    assert lines[0]["account"] == NUMBER
    called = [(line["tag"], line["outcome"], line["code"]) for line in lines[-2:]]
    assert called == [("1.2.1", "refused", 130429), ("1.2.2", "accepted", None)]
