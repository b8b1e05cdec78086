from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from hudhud.queue.client import connect
from hudhud.queue.signals import Signals
from hudhud.web.live import CLIENTS_PER_OPERATOR_MAX, Live


async def said(stream: AsyncIterator[bytes]) -> dict:
    async with asyncio.timeout(20):
        while True:
            line = (await anext(stream)).decode()
            if line.startswith("data: "):
                return json.loads(line.removeprefix("data: "))


async def test_a_change_reaches_the_pages_of_its_merchant_only(queue_url) -> None:
    valkey = await connect(queue_url)
    signals = Signals(valkey)
    live = Live(signals, asyncio.Event(), look_again_s=30)
    mine, theirs = live.stream(1, 10), live.stream(2, 20)
    assert await said(mine) == {"refresh": True}
    assert await said(theirs) == {"refresh": True}
    await signals.publish(2, {"conversations": [8]})
    await signals.publish(1, {"conversations": [7]})
    assert await said(mine) == {"conversations": [7]}
    assert await said(theirs) == {"conversations": [8]}
    await mine.aclose()
    await theirs.aclose()
    await signals.close()
    await valkey.close()


async def test_a_slow_browser_is_still_told_who_types(queue_url) -> None:
    valkey = await connect(queue_url)
    signals = Signals(valkey)
    live, heard = Live(signals, asyncio.Event(), look_again_s=30), signals.listen(1)
    slow = live.stream(1, 10)
    assert await said(slow) == {"refresh": True}
    assert await anext(heard) == {"refresh": True}
    await signals.publish(1, {"conversations": [7]})
    await signals.publish(1, {"typing": [7, "visitor"]})
    await signals.publish(1, {"conversations": [8]})
    while await anext(heard) != {"conversations": [8]}:
        pass
    for _ in range(9):  # whatever heard the last one has had its turn
        await asyncio.sleep(0)
    assert await said(slow) == {"refresh": True, "typing": [7, "visitor"]}
    await slow.aclose()
    await heard.aclose()
    await signals.close()
    await valkey.close()


async def test_without_valkey_a_page_is_told_to_look_again() -> None:
    live = Live(None, asyncio.Event(), look_again_s=0.01)
    stream = live.stream(1, 10)
    assert await said(stream) == {"again": True}
    assert await said(stream) == {"again": True}
    await stream.aclose()


async def test_an_operator_has_so_many_streams_and_a_closed_one_gives_its_place_back() -> None:
    live = Live(None, asyncio.Event(), look_again_s=0.01)
    streams = [live.stream(1, 10) for _ in range(CLIENTS_PER_OPERATOR_MAX)]
    for stream in streams:
        await said(stream)
    assert live.full(10)
    assert not live.full(11)
    await streams[0].aclose()
    assert not live.full(10)
    for stream in streams:
        await stream.aclose()


async def test_a_drain_ends_every_stream_at_once() -> None:
    closing = asyncio.Event()
    live = Live(None, closing, look_again_s=60)
    stream = live.stream(1, 10)
    await anext(stream)
    rest = asyncio.ensure_future(anext(stream, b"ended"))
    await asyncio.sleep(0)
    closing.set()
    async with asyncio.timeout(20):
        assert await rest == b"ended"
