"""What becomes of one send, by each way in which it can end (law 5, CORRECTNESS 16)."""

from __future__ import annotations

import asyncio
import socket
import time

import aiohttp
import msgspec
import pytest
from aiohttp.abc import AbstractResolver
from prometheus_client import REGISTRY
from whatsapp_hooks import NUMBER, OPTIONS, SARA, SARA_USER
from whatsapp_provider import accepted, answer, provider, refused

from hudhud.channels.connector import Connector
from hudhud.channels.graph.errors_table import meaning
from hudhud.channels.whatsapp import parts, send, show_typing
from hudhud.errors import SendNotMadeError, SendRejectedError, SendUnknownError
from hudhud.model import Alias, Outgoing

PAUSE_S = 0.4
OUT = Outgoing(to=Alias("phone", SARA), text="أهلا", tag="o-7-1")


async def sending(*answers: bytes, outgoing: Outgoing = OUT, timeout_s: float = 5):
    async with provider(*answers) as (meta, http):
        wamid = await send(http, meta.options, outgoing, timeout_s=timeout_s)
        return wamid, meta.asked


@pytest.mark.clause("5.tag")
async def test_a_text_is_sent_once_with_its_tag_and_token():
    wamid, asked = await sending(accepted())
    assert wamid == "wamid.NEW"
    ((line, headers, body),) = asked
    assert line == f"POST /v23.0/{NUMBER}/messages"
    assert headers["authorization"] == "Bearer tok-1"
    assert body == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": SARA,
        "type": "text",
        "text": {"body": "أهلا", "preview_url": False},
        "biz_opaque_callback_data": "o-7-1",
    }


@pytest.mark.clause("4.recipient")
@pytest.mark.parametrize("kind", ["wa_user", "wa_parent_user"])
async def test_a_user_id_never_stands_in_to(kind):
    outgoing = msgspec.structs.replace(OUT, to=Alias(kind, SARA_USER))
    _, ((_, _, body),) = await sending(accepted(), outgoing=outgoing)
    assert (body["recipient"], "to" in body) == (SARA_USER, False)


@pytest.mark.clause("5.quote")
async def test_a_quote_names_the_message():
    outgoing = msgspec.structs.replace(OUT, reply_to="wamid.Q")
    _, ((_, _, body),) = await sending(accepted(), outgoing=outgoing)
    assert body["context"] == {"message_id": "wamid.Q"}


@pytest.mark.parametrize(
    ("code", "retry", "after_s"),
    [
        (190, True, 300),
        (0, True, 300),
        (230, True, 300),
        (131056, True, 4),
        (130429, True, 15),
        (131000, True, 15),
        (131026, False, None),
        (131047, False, None),
        (100, False, None),
        (999999, False, None),
        ("x" * 9000, False, None),
        ("9" * 9000, False, None),
        ("²", False, None),
        (None, False, None),
    ],
)
async def test_an_error_of_meta_is_judged_by_its_code(code, retry, after_s):
    with pytest.raises(SendRejectedError) as caught:
        await sending(refused(code))
    assert (caught.value.retry, caught.value.retry_after_s) == (retry, after_s)
    assert caught.value.scope == meaning(str(code)).scope
    assert caught.value.code == (str(code) if isinstance(code, int) else caught.value.code)
    assert len(caught.value.code) <= 256
    assert len(caught.value.detail) <= 500


async def test_the_code_counts_more_than_the_status_around_it():
    for status in (200, 500):
        with pytest.raises(SendRejectedError) as caught:
            await sending(refused(131016, status))
        assert caught.value.retry


async def test_meta_names_the_moment_to_come_back():
    error = {"error": {"code": 130429}}
    with pytest.raises(SendRejectedError) as caught:
        await sending(answer(429, error, Retry_After="77"))
    assert caught.value.retry_after_s == 77
    with pytest.raises(SendRejectedError) as caught:
        await sending(answer(429, error, Retry_After="9" * 30))
    assert caught.value.retry_after_s == 3600


async def test_an_unknown_code_that_meta_calls_transient_is_tried_again():
    with pytest.raises(SendRejectedError) as caught:
        await sending(refused(987, is_transient=True))
    assert caught.value.retry


async def test_the_details_of_meta_are_told():
    with pytest.raises(SendRejectedError, match=r"This person .* old version") as told:
        await sending(refused(131026, error_data={"details": "old version"}))
    assert told.value.code == "131026"


@pytest.mark.clause("5.unknown")
@pytest.mark.parametrize(
    "ending",
    [
        b"cut",
        b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{",
        b"nonsense\r\n\r\n",
        answer(500, b"<html>"),
        answer(502, b""),
        answer(503, {"status": "down"}),
        answer(408, b""),
        refused(1, 500),
        answer(200, b"<html>"),
        answer(200, b"\xff"),
        answer(200, b"[" * 5000),
        answer(200, []),
        answer(200, {}),
        answer(200, {"messages": [{"id": ""}]}),
        answer(200, b'{"messages":[{"id":"w"}],"x":"' + b"y" * 70_000 + b'"}'),
    ],
)
async def test_whatever_may_have_left_is_unknown(ending):
    with pytest.raises(SendUnknownError):
        await sending(ending)


async def test_silence_after_the_request_is_unknown():
    with pytest.raises(SendUnknownError):
        await sending(b"silence", timeout_s=0.3)


@pytest.mark.parametrize(
    ("status", "retry", "scope"),
    [
        (401, False, "message"),
        (404, False, "message"),
        (413, False, "message"),
        (425, True, "message"),
        (429, True, "number"),
    ],
)
async def test_a_bare_refusal_did_not_leave(status, retry, scope):
    with pytest.raises(SendRejectedError) as caught:
        await sending(answer(status, b"no"))
    found = (caught.value.code, caught.value.retry, caught.value.scope)
    assert found == (f"http_{status}", retry, scope)


async def test_a_redirect_is_not_followed_because_the_token_would_follow_too():
    async with provider(answer(307, b"", Location="/elsewhere")) as (meta, http):
        with pytest.raises(SendRejectedError) as caught:
            await send(http, meta.options, OUT, timeout_s=5)
        assert (caught.value.code, len(meta.asked)) == ("http_307", 1)


async def test_a_refused_connection_did_not_leave():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        closed = msgspec.structs.replace(
            OPTIONS, api_url=f"http://127.0.0.1:{taken.getsockname()[1]}"
        )
        async with aiohttp.ClientSession() as http:
            with pytest.raises(SendNotMadeError):
                await send(http, closed, OUT, timeout_s=5)


async def test_a_failed_handshake_did_not_leave():
    async def plain(_reader, writer):
        writer.write(b"HTTP/1.1 400 This is not TLS\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(plain, "127.0.0.1", 0)
    url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server, aiohttp.ClientSession() as http:
        with pytest.raises(SendNotMadeError, match="SSL"):
            await send(http, msgspec.structs.replace(OPTIONS, api_url=url), OUT, timeout_s=5)


class Nowhere(AbstractResolver):
    """Finds no name; or never ends, when it is told to."""

    def __init__(self, *, ends: bool) -> None:
        self.ends = ends

    async def resolve(self, host, port=0, family=socket.AF_INET):  # noqa: ARG002 - aiohttp's names
        if not self.ends:
            await asyncio.Event().wait()
        raise OSError(host)

    async def close(self) -> None:
        pass


@pytest.mark.parametrize("ends", [True, False])
async def test_a_name_that_is_not_found_in_time_did_not_leave(ends):
    connector = Connector(resolver=Nowhere(ends=ends))
    nowhere = msgspec.structs.replace(OPTIONS, api_url="http://graph.example")
    async with aiohttp.ClientSession(connector=connector) as http:
        with pytest.raises(SendNotMadeError):
            await send(http, nowhere, OUT, timeout_s=0.4)


async def test_what_waited_for_a_free_connection_did_not_leave():
    one = Connector(limit=1)
    async with provider(b"silence") as (meta, _), aiohttp.ClientSession(connector=one) as http:
        first, second = await asyncio.gather(
            send(http, meta.options, OUT, timeout_s=0.4),
            send(http, meta.options, OUT, timeout_s=0.2),
            return_exceptions=True,
        )
    assert (type(first), type(second)) == (SendUnknownError, SendNotMadeError)


async def test_what_waited_for_a_free_connection_and_got_it_may_have_left():
    async def once_only(reader, writer):
        for reply in (answer(200, {"messages": [{"id": "w"}]}, Connection="keep-alive"), b""):
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            await reader.readexactly(int(head.split(b"content-length: ")[1].split()[0]))
            writer.write(reply)
        await reader.read()
        writer.close()

    server = await asyncio.start_server(once_only, "127.0.0.1", 0)
    there = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    options = msgspec.structs.replace(OPTIONS, api_url=there)
    async with server, aiohttp.ClientSession(connector=Connector(limit=1)) as http:
        first, second = await asyncio.gather(
            send(http, options, OUT, timeout_s=5),
            send(http, options, OUT, timeout_s=0.3),
            return_exceptions=True,
        )
    assert (first, type(second)) == ("w", SendUnknownError)


async def test_a_connection_that_came_while_this_process_was_paused_is_used():
    class Slow(Nowhere):
        async def resolve(self, host, port=0, family=socket.AF_INET):  # noqa: ARG002 - as above
            asyncio.get_running_loop().call_soon(time.sleep, PAUSE_S)
            await asyncio.sleep(0)
            return await aiohttp.ThreadedResolver().resolve("127.0.0.1", port, family)

    async with provider(accepted()) as (meta, _):
        port = meta.url.rpartition(":")[2]
        there = msgspec.structs.replace(OPTIONS, api_url=f"http://graph.example:{port}")
        connector = Connector(resolver=Slow(ends=True))
        async with aiohttp.ClientSession(connector=connector) as http:
            assert await send(http, there, OUT, timeout_s=PAUSE_S / 2) == "wamid.NEW"


async def test_an_address_that_is_none_is_refused_for_good():
    broken = msgspec.structs.replace(OPTIONS, api_url="http://[")
    async with aiohttp.ClientSession() as http:
        with pytest.raises(SendRejectedError) as caught:
            await send(http, broken, OUT, timeout_s=1)
    assert (caught.value.code, caught.value.retry) == ("api_url", False)


async def test_no_error_tells_a_secret():
    for ending in (b"cut", refused(190), answer(500, b"")):
        with pytest.raises((SendUnknownError, SendRejectedError)) as caught:
            await sending(ending)
        assert OPTIONS.token not in f"{caught.value}"


@pytest.mark.clause("5.read")
async def test_typing_marks_the_message_as_read():
    async with provider(answer(200, {"success": True})) as (meta, http):
        await show_typing(http, meta.options, "wamid.IN", timeout_s=5)
    ((line, _, body),) = meta.asked
    assert line == f"POST /v23.0/{NUMBER}/messages"
    assert body == {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": "wamid.IN",
        "typing_indicator": {"type": "text"},
    }


def failures() -> float:
    return REGISTRY.get_sample_value("hudhud_events_total", {"event": "typing.failed"}) or 0.0


@pytest.mark.parametrize("ending", [b"cut", refused(131009), answer(500, b"")])
async def test_typing_that_fails_costs_nothing_and_is_counted(ending):
    before = failures()
    async with provider(ending) as (meta, http):
        await show_typing(http, meta.options, "wamid.IN", timeout_s=5)
    assert failures() == before + 1


def test_a_long_reply_is_cut_within_the_limit_and_loses_no_word():
    reply = "قميص أزرق بسعر ٢٥ ألف. " * 400
    cut = parts(reply)
    assert len(cut) > 1
    assert max(map(len, cut)) <= 4096
    assert " ".join(cut).split() == reply.split()
    assert (parts("قصير"), parts("")) == (("قصير",), ())


def test_a_cut_never_falls_inside_a_letter():
    family = "👨‍👩‍👧"
    cut = parts(family * 2000)
    assert all(len(part) % len(family) == 0 for part in cut)
