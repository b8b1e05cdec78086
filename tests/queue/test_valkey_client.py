from __future__ import annotations

import asyncio
import os
import signal
import socket
import time

import pytest
import uvloop
from queue_until import until

from free_ports import free_port
from hudhud.errors import BadInputError, QueueUnavailableError
from hudhud.ops.engines import ValkeyEngine
from hudhud.queue import address, script
from hudhud.queue.client import Valkey, connect

# Long before the deadline of those who wait, and before a heartbeat could have told them.
DEADLINE_S = 30.0
AT_ONCE_S = 1.0


async def test_answers_come_back_to_their_callers(client: Valkey):
    async def echo(word: str) -> bool:
        return await client.send("ECHO", word) == word.encode()

    assert all(await asyncio.gather(*(echo(f"word {i}") for i in range(1000))))


async def test_calls_of_one_turn_leave_in_one_write(client: Valkey):
    link = client.parts[0]._link
    writes = []
    transport = link._transport

    class Counting:
        def write(self, data: bytes) -> None:
            writes.append(data)
            transport.write(data)

        def __getattr__(self, name: str):
            return getattr(transport, name)

    link._transport = Counting()
    await asyncio.gather(*(client.send("ECHO", i) for i in range(64)))
    assert len(writes) == 1


async def test_a_killed_server_fails_what_waits_at_once(
    own_engine: ValkeyEngine, own_client: Valkey
):
    waiting = [own_client.send("BLPOP", "nothing", 0, deadline_s=DEADLINE_S) for _ in range(8)]
    await asyncio.sleep(0)
    own_engine.kill()
    killed_at = time.monotonic()
    failures = await asyncio.gather(*waiting, return_exceptions=True)
    assert time.monotonic() - killed_at < AT_ONCE_S
    assert {type(failure) for failure in failures} == {QueueUnavailableError}


async def test_a_killed_server_fails_new_calls_at_once(
    own_engine: ValkeyEngine, own_client: Valkey
):
    own_engine.kill()
    await until(lambda: not own_client.healthy, AT_ONCE_S)
    asked_at = time.monotonic()
    with pytest.raises(QueueUnavailableError):
        await own_client.send("PING", deadline_s=DEADLINE_S)
    assert time.monotonic() - asked_at < AT_ONCE_S


async def test_a_restarted_server_is_found_again(own_engine: ValkeyEngine, own_client: Valkey):
    own_engine.kill()
    await until(lambda: not own_client.healthy)
    await asyncio.to_thread(own_engine.restart)
    await until(lambda: own_client.healthy)
    assert await own_client.send("PING") == b"PONG"


async def test_a_restarted_server_is_given_the_scripts_again(
    own_engine: ValkeyEngine, own_client: Valkey
):
    depth = script.named("depth")
    assert await own_client.run(depth, ("key",), ()) == [0, 0, 0]
    await asyncio.to_thread(own_engine.restart)
    await until(lambda: own_client.healthy)
    assert await own_client.run(depth, ("key",), ()) == [0, 0, 0]


async def test_flushed_scripts_are_given_again(client: Valkey):
    depth = script.named("depth")
    assert await client.run(depth, ("key",), ()) == [0, 0, 0]
    await client.send("SCRIPT", "FLUSH")
    assert await client.run(depth, ("key",), ()) == [0, 0, 0]
    assert client.healthy


async def test_a_server_that_is_away_does_not_keep_a_process_from_starting(short_dir):
    async with asyncio.timeout(20):
        valkey = await connect(f"unix://{short_dir}/nobody.sock")
    assert not valkey.healthy
    with pytest.raises(QueueUnavailableError):
        await valkey.send("PING")
    await valkey.close()


async def test_a_stopped_server_is_distrusted_after_the_deadline_and_trusted_again(
    own_engine: ValkeyEngine, own_client: Valkey
):
    os.kill(own_engine.pid, signal.SIGSTOP)
    try:
        asked_at = time.monotonic()
        with pytest.raises(QueueUnavailableError, match="no answer within 50 ms"):
            await own_client.send("PING", deadline_s=0.05)
        assert time.monotonic() - asked_at < 0.05 + AT_ONCE_S
        assert not own_client.healthy
        asked_at = time.monotonic()
        with pytest.raises(QueueUnavailableError):
            await own_client.send("PING", deadline_s=DEADLINE_S)
        assert time.monotonic() - asked_at < AT_ONCE_S
    finally:
        os.kill(own_engine.pid, signal.SIGCONT)
    await until(lambda: own_client.healthy)


async def test_a_silent_server_is_noticed_without_any_call(
    own_engine: ValkeyEngine, own_client: Valkey
):
    os.kill(own_engine.pid, signal.SIGSTOP)
    try:
        await until(lambda: not own_client.healthy)
    finally:
        os.kill(own_engine.pid, signal.SIGCONT)
    await until(lambda: own_client.healthy)


async def test_a_full_server_is_distrusted_though_it_answers(
    own_engine: ValkeyEngine, own_client: Valkey
):
    await own_client.send("CONFIG", "SET", "maxmemory", 1)
    with pytest.raises(QueueUnavailableError, match="OOM"):
        await own_client.send("SET", "key", "value")
    await until(lambda: not own_client.healthy)
    newcomer = await connect(own_engine.url)
    assert not newcomer.healthy
    await newcomer.close()
    reader, writer = await asyncio.open_unix_connection(own_engine.url.removeprefix("unix://"))
    writer.write(b"CONFIG SET maxmemory 0\r\n")
    assert await reader.readline() == b"+OK\r\n"
    writer.close()
    await until(lambda: own_client.healthy)


class Busy(asyncio.Protocol):
    """Another connection, whose data keeps the whole loop busy for 300 ms."""

    def data_received(self, data: bytes) -> None:
        del data
        # Valkey looks at what waits ten times a second: by then it has answered for sure.
        time.sleep(0.3)


@pytest.mark.parametrize("new_event_loop", [asyncio.new_event_loop, uvloop.new_event_loop])
def test_a_held_up_process_reads_before_it_blames_the_server(queue_url: str, new_event_loop):
    async def held_up() -> None:
        client = await connect(queue_url)
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        transport, _ = await asyncio.get_running_loop().create_connection(Busy, sock=ours)
        answered_in_10_ms = client.send("BLPOP", "nothing", 0.01, deadline_s=0.05)
        await asyncio.sleep(0)
        theirs.send(b"work")
        try:
            assert await answered_in_10_ms is None
            assert client.healthy
        finally:
            transport.abort()
            theirs.close()
            await client.close()

    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(held_up())


async def test_an_abandoned_call_does_not_shift_the_answers(client: Valkey):
    abandoned = client.send("ECHO", "abandoned")
    kept = client.send("ECHO", "kept")
    abandoned.cancel()
    assert await kept == b"kept"


async def test_too_many_waiting_calls_are_refused(client: Valkey, monkeypatch):
    monkeypatch.setattr("hudhud.queue.link.CALLS_PENDING_MAX", 2)
    calls = [client.send("PING") for _ in range(3)]
    *answers, refused = await asyncio.gather(*calls, return_exceptions=True)
    assert answers == [b"PONG", b"PONG"]
    assert isinstance(refused, QueueUnavailableError)


async def test_closing_fails_what_waits(queue_url: str):
    valkey = await connect(queue_url)
    waiting = valkey.send("BLPOP", "nothing", 0, deadline_s=30)
    await valkey.close()
    with pytest.raises(QueueUnavailableError):
        await waiting


async def test_another_database_and_a_password_are_used(
    own_engine: ValkeyEngine, own_client: Valkey
):
    await own_client.send("SET", "where", "0")
    await own_client.send("CONFIG", "SET", "requirepass", "p@ss")
    other = await connect(own_engine.url.replace("unix://", "unix://:p%40ss@") + "?db=1")
    assert await other.send("GET", "where") is None
    await other.close()


async def test_a_wrong_password_is_not_healthy(own_engine: ValkeyEngine, own_client: Valkey):
    await own_client.send("CONFIG", "SET", "requirepass", "p@ss")
    refused = await connect(own_engine.url.replace("unix://", "unix://:wrong@"))
    assert not refused.healthy
    await refused.close()


async def test_a_call_over_tcp_is_answered_too(own_client: Valkey):
    port = free_port()
    await own_client.send("CONFIG", "SET", "port", port)
    over_tcp = await connect(f"valkey://127.0.0.1:{port}/0")
    assert await over_tcp.send("PING") == b"PONG"
    await over_tcp.close()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("redis://queue", address.Address(host="queue")),
        ("valkey://queue:1/2", address.Address(host="queue", port=1, database=2)),
        (
            "rediss://me:p%40ss@queue",
            address.Address(host="queue", tls=True, user="me", password="p@ss"),
        ),
        ("valkeys://[::1]:7000", address.Address(host="::1", port=7000, tls=True)),
        ("unix:///run/a%20b.sock?db=3", address.Address(path="/run/a b.sock", database=3)),
    ],
)
def test_every_kind_of_address_is_read(url: str, expected: address.Address):
    assert address.read(url) == expected


@pytest.mark.parametrize("url", ["http://queue", "valkey://queue:port", "redis://queue/x", "unix:"])
def test_a_wrong_address_is_refused_without_repeating_it(url: str):
    with pytest.raises(BadInputError) as refused:
        address.read(url.replace("//", "//user:secret@"))
    assert "secret" not in refused.value.sentence


def test_a_password_is_not_shown():
    assert "secret" not in repr(address.read("valkey://user:secret@queue"))
