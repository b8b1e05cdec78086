"""The short way through HTTP: what it takes it answers as ASGI would, and nothing falls between."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from doors import BODY_BYTES_MAX, POSTINGS, SECRET, Door, _signed, opened
from starlette.types import Receive, Scope, Send

from hudhud.errors import SpoolUnavailableError
from hudhud.settings import Settings
from hudhud.web import asgi
from hudhud.web.doorway import BODY_BYTES_MAX as SHORT_BYTES_MAX

STORED = "select count(*) from message"


@dataclass
class Server:
    """Our own server before one inbox; `asked` are the requests that came as far as ASGI."""

    door: Door
    port: int
    server: asgi.Server
    asked: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"/webhooks/{self.door.posting.channel}/{self.door.key}"

    def good(self, text: str = "مرحبا") -> bytes:
        """The body of one good message."""
        return json.dumps(self.door.posting.around([self.door.good(text)])).encode()

    def request(self, body: bytes, *heads: str, path: str = "", length: bool = True) -> bytes:
        """One POST, signed."""
        lines = [f"POST {path or self.path} HTTP/1.1", "Host: us", *heads]
        lines += [f"{name}: {value}" for name, value in _signed(body).items()]
        lines += [f"Content-Length: {len(body)}"] if length else []
        return "\r\n".join([*lines, "", ""]).encode() + (body if length else b"")

    @asynccontextmanager
    async def knocking(self) -> AsyncIterator[Knocking]:
        """One connection."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        yield Knocking(reader, writer)
        writer.close()

    async def post(self, request: bytes) -> Answer:
        """One request over a connection of its own."""
        async with self.knocking() as knocking:
            return await knocking.ask(request)

    async def stored(self) -> int:
        (row,) = await self.door.rows(STORED)
        return int(row[0])


@dataclass
class Answer:
    status: int
    heads: dict[str, str]
    body: bytes


@dataclass
class Knocking:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def ask(self, request: bytes) -> Answer:
        self.writer.write(request)
        return await self.hear()

    async def hear(self) -> Answer:
        head = (await asyncio.wait_for(self.reader.readuntil(b"\r\n\r\n"), 20)).decode()
        first, *lines = head.strip().split("\r\n")
        heads = {name.lower(): value for name, _, value in (ln.partition(": ") for ln in lines)}
        body = await self.reader.readexactly(int(heads.get("content-length", 0)))
        return Answer(int(first.split()[1]), heads, body)


@pytest.fixture(params=["whatsapp", "evolution"])
async def server(
    request: pytest.FixtureRequest, database_url: Any, tmp_path: Path
) -> AsyncIterator[Server]:
    listening = socket.create_server(("127.0.0.1", 0))
    asked: list[str] = []
    async with opened(POSTINGS[request.param], database_url, tmp_path) as door:

        async def application(scope: Scope, receive: Receive, send: Send) -> None:
            asked.append(scope["method"])
            await door.webhooks(scope, receive, send)

        configured = asgi._configuration(application, door.webhooks, Settings())
        serving = asgi.Server(configured)
        task = asyncio.create_task(serving.serve(sockets=[listening]))
        one = Server(door, listening.getsockname()[1], serving, asked)
        # The first finds an inbox that nobody asked for before: it waits, so it goes through ASGI.
        assert (await one.post(one.request(one.good()))).status == 200
        assert asked == ["POST"]
        asked.clear()
        yield one
        serving.should_exit = True
        await task


async def test_a_plain_webhook_is_stored_and_answered_without_asgi(server: Server) -> None:
    answer = await server.post(server.request(server.good()))
    assert (answer.status, answer.body, server.asked) == (200, b"", [])
    assert answer.heads.keys() == {"date", "content-length"}
    assert await server.stored() == 2


async def test_one_connection_carries_webhook_after_webhook_in_pieces(server: Server) -> None:
    async with server.knocking() as knocking:
        for _ in range(3):
            for byte in server.request(server.good()):
                knocking.writer.write(bytes([byte]))
                await knocking.writer.drain()
            assert (await knocking.hear()).status == 200
    assert server.asked == []
    assert await server.stored() == 4


async def test_whoever_does_not_wait_for_his_answers_gets_them_all(server: Server) -> None:
    bodies = [server.good() for _ in range(4)]
    get = f"GET {server.path}?hub.mode=x HTTP/1.1\r\nHost: us\r\n\r\n".encode()
    requests = [server.request(body) for body in bodies]
    async with server.knocking() as knocking:
        knocking.writer.write(b"".join([*requests[:2], get, *requests[2:]]))
        statuses = [(await knocking.hear()).status for _ in range(5)]
        assert statuses == [200, 200, 401, 200, 200]
        assert (await knocking.ask(server.request(server.good()))).status == 200
    assert await server.stored() == 6


@pytest.mark.parametrize("heads", [["Expect: 100-continue"], ["Connection: close"]])
async def test_what_asks_for_more_than_an_answer_goes_through_asgi(
    server: Server, heads: list[str]
) -> None:
    async with server.knocking() as knocking:
        answer = await knocking.ask(server.request(server.good(), *heads))
        if answer.status == 100:
            answer = await knocking.hear()
        assert answer.status == 200
    assert server.asked == ["POST"]
    assert await server.stored() == 2


async def test_a_body_whose_length_nobody_told_goes_through_asgi(server: Server) -> None:
    body = server.good()
    head = server.request(body, "Transfer-Encoding: chunked", length=False)
    answer = await server.post(head + b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body))
    assert (answer.status, server.asked) == (200, ["POST"])
    assert await server.stored() == 2


async def test_a_long_body_is_read_to_its_end_and_a_longer_one_refused(server: Server) -> None:
    long = server.good("م" * 4000) + b" " * SHORT_BYTES_MAX
    assert (await server.post(server.request(long))).status == 200
    longest = server.good() + b" " * BODY_BYTES_MAX
    assert (await server.post(server.request(longest))).status == 413
    assert server.asked == ["POST", "POST"]
    assert await server.stored() == 2


async def test_strangers_are_told_what_asgi_tells_them(server: Server) -> None:
    forged = server.request(server.good()).replace(b"sha256=", b"sha256=0")
    forged = forged.replace(SECRET.encode(), b"a" * len(SECRET))
    nobody = server.request(server.good(), path=f"/webhooks/{server.door.posting.channel}/nobody")
    other = server.request(server.good(), path=f"/webhooks/messenger/{server.door.key}")
    for request in (forged, nobody, other):
        answer = await server.post(request)
        assert (answer.status, answer.body) == (401, b"not verified")
    assert await server.stored() == 1


async def test_a_locked_conversation_is_spooled_and_answered(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def locked(group: Any, **_: Any) -> Any:
        return ["locked"] * len(group)

    with monkeypatch.context() as patch:
        patch.setattr(server.door.webhooks.intake.door, "commit", locked)
        answer = await server.post(server.request(server.good()))
        assert (answer.status, server.asked) == (200, [])
    while await server.stored() < 2:  # out of the spool
        await asyncio.sleep(0.05)


async def test_what_nothing_here_can_keep_is_asked_back(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake = server.door.webhooks.intake

    async def away(group: Any, **_: Any) -> Any:
        return ["away"] * len(group)

    async def full(_: Any) -> None:
        raise SpoolUnavailableError("full")

    with monkeypatch.context() as patch:
        patch.setattr(intake.door, "commit", away)
        patch.setattr(intake.spool, "append", full)
        at_once = await server.post(server.request(server.good()))
        assert server.asked == []
        through_asgi = await server.post(server.request(server.good()))  # it is distrusted now
        assert server.asked == ["POST"]
    assert at_once.status == through_asgi.status == 503
    assert at_once.heads.keys() == through_asgi.heads.keys()
    assert at_once.body == through_asgi.body
    assert int(at_once.heads["retry-after"]) > 0


async def test_a_door_that_breaks_is_asked_again_through_asgi(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> bool:
        raise ValueError("a mistake of ours")

    monkeypatch.setattr(server.door.webhooks, "at_once", broken)
    assert (await server.post(server.request(server.good()))).status == 200
    assert server.asked == ["POST"]
    assert await server.stored() == 2


async def test_who_hangs_up_before_the_answer_has_written_all_the_same(server: Server) -> None:
    async with server.knocking() as knocking:
        knocking.writer.write(server.request(server.good()))
        await knocking.writer.drain()
        knocking.writer.transport.abort()
    while await server.stored() < 2:
        await asyncio.sleep(0.02)
    assert (await server.post(server.request(server.good()))).status == 200


async def test_a_server_that_stops_answers_what_it_has_taken(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = server.door.webhooks.intake.door.commit
    came, go = asyncio.Event(), asyncio.Event()

    async def slow(group: Any, **more: Any) -> Any:
        came.set()
        await go.wait()
        return await commit(group, **more)

    monkeypatch.setattr(server.door.webhooks.intake.door, "commit", slow)
    async with server.knocking() as knocking:
        knocking.writer.write(server.request(server.good()))
        await came.wait()
        server.server.should_exit = True
        while server.server.servers and server.server.servers[0].is_serving():
            await asyncio.sleep(0.02)
        go.set()
        answer = await knocking.hear()
        assert (answer.status, answer.heads["connection"]) == (200, "close")
        assert await knocking.reader.read() == b""
    assert await server.stored() == 2
