"""The customers' side: a process of its own that sends prepared requests over raw sockets.

Closed: so many are in flight, the next one leaves when an answer has come. Open: each leaves at
its own moment, whatever became of the others, and its wait counts from that moment, so that a
server that stalls cannot hide it (no coordinated omission).
"""

from __future__ import annotations

import argparse
import asyncio
import random
import select
import selectors
import socket
import sys
import tempfile
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from bench.work import Signed, read_requests, write_requests

ROOT = Path(__file__).parents[1]
ANSWER_BYTES_MAX = 65_536
STALL_S_MAX = 30.0
CONNECTIONS_READY, CONNECTIONS_MAX = 32, 256
IDLE_S_MAX = 2.0  # a server closes what is idle for longer, uvicorn after five seconds
OK = b"HTTP/1.1 200"
END, LENGTH = b"\r\n\r\n", b"content-length:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What the customers saw: every webhook was answered 200, each after so many milliseconds.

    `began_s` and `ended_s` are moments of the machine's monotonic clock; `own_late_ms` is how late
    they left at p99 (open only), which the waits contain. `spooled` of them were
    durable in the spool at the end, and in the database only later.
    """

    began_s: float
    ended_s: float
    waits_ms: list[float]
    own_late_ms: float = 0.0
    spooled: int = 0

    @property
    def per_s(self) -> float:
        """Webhooks a second."""
        return len(self.waits_ms) / (self.ended_s - self.began_s)


async def post(
    port: int,
    webhooks: Sequence[Signed],
    *,
    path: str,
    in_flight: int = 64,
    per_s: float = 0.0,
) -> Posted:
    """Send all of them from a process of its own.

    Args:
        port: of the server, on 127.0.0.1.
        webhooks: in the order in which they leave.
        path: of the route.
        in_flight: of the closed model.
        per_s: of the open model, as a Poisson process; 0 means closed.

    Raises:
        RuntimeError: an answer was not 200, or none came any more.
    """
    with tempfile.NamedTemporaryFile(prefix="hudhud-bench-") as kept:
        await asyncio.to_thread(write_requests, Path(kept.name), webhooks, path)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bench.client", kept.name),
            *(str(port), str(in_flight), str(per_s)),
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            out, error = await process.communicate()
        except asyncio.CancelledError:
            process.kill()
            raise
    if process.returncode:
        raise RuntimeError(f"The client failed: {error.decode()[-500:]}")
    return msgspec.json.decode(out, type=Posted)


def closed(port: int, requests: Sequence[bytes], in_flight: int) -> Posted:
    """Keep so many in flight until all are answered.

    Raises:
        RuntimeError: an answer was not 200, or none came any more.
    """
    waiting = iter(requests)
    waits: list[float] = []
    clock = time.monotonic
    with selectors.DefaultSelector() as selector:
        left_at = {}
        began = clock()
        for _, request in zip(range(in_flight), waiting, strict=False):
            connection = _connect(port)
            selector.register(connection, selectors.EVENT_READ, connection)
            left_at[connection] = clock()
            connection.sendall(request)
        while left_at:
            ready = selector.select(STALL_S_MAX)
            if not ready:
                raise RuntimeError("no answer comes any more")
            for key, _ in ready:
                answered: socket.socket = key.data
                _read(answered)
                now = clock()
                waits.append((now - left_at[answered]) * 1000)
                following = next(waiting, None)
                if following is None:
                    del left_at[answered]
                    selector.unregister(answered)
                    answered.close()
                else:
                    left_at[answered] = now
                    answered.sendall(following)
    return Posted(began_s=began, ended_s=clock(), waits_ms=waits)


def opened(port: int, requests: Sequence[bytes], per_s: float) -> Posted:
    """Let each leave at its moment; when every connection is busy it waits, and that counts.

    Raises:
        RuntimeError: an answer was not 200, or none came any more.
    """
    gaps = random.Random(1)
    free = [(_connect(port), time.monotonic()) for _ in range(CONNECTIONS_READY)]
    waits: list[float] = []
    lates: list[float] = []
    under_way: dict[socket.socket, float] = {}
    clock = time.monotonic
    moments = deque[float]()
    moment = began = clock()
    for _ in requests:
        moment += gaps.expovariate(per_s)
        moments.append(moment)
    following = iter(requests)
    while moments or under_way:
        now = clock()
        while moments and moments[0] <= now and len(under_way) < CONNECTIONS_MAX:
            connection, intended = _idle(free, port, now), moments.popleft()
            lates.append((now - intended) * 1000)
            under_way[connection] = intended
            connection.sendall(next(following))
            now = clock()
        room = moments and len(under_way) < CONNECTIONS_MAX
        until_s = max(0.0, moments[0] - now) if room else STALL_S_MAX
        # select, not epoll: epoll counts in whole milliseconds, four webhooks at 4 000 a second.
        ready, _, _ = select.select(list(under_way), [], [], until_s)
        if not ready and until_s == STALL_S_MAX:
            raise RuntimeError("no answer comes any more")
        for connection in ready:
            _read(connection)
            waits.append((clock() - under_way.pop(connection)) * 1000)
            free.append((connection, clock()))
    own_late_ms = sorted(lates)[int(len(lates) * 0.99)]
    return Posted(began_s=began, ended_s=clock(), waits_ms=waits, own_late_ms=own_late_ms)


def _idle(free: list[tuple[socket.socket, float]], port: int, now: float) -> socket.socket:
    while free:
        connection, since = free.pop()
        if now - since < IDLE_S_MAX:
            return connection
        connection.close()
    return _connect(port)


def _connect(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=STALL_S_MAX)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _read(connection: socket.socket) -> None:
    answer = connection.recv(ANSWER_BYTES_MAX)
    while not _whole(answer):
        more = connection.recv(ANSWER_BYTES_MAX)
        if not more:
            raise RuntimeError("the server hung up")
        answer += more
    if not answer.startswith(OK):
        raise RuntimeError(answer[:200].decode("utf-8", "replace"))


def _whole(answer: bytes) -> bool:
    head = answer.find(END)
    if head < 0:
        return False
    at = answer.lower().find(LENGTH, 0, head)
    if at < 0:  # only answers that say their length can be kept apart on one connection
        raise RuntimeError("an answer without its length")
    length = int(answer[at + len(LENGTH) : answer.find(b"\r\n", at)])
    return len(answer) >= head + len(END) + length


def main() -> None:
    """The client's process: prints what it saw as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("requests", type=Path)
    parser.add_argument("port", type=int)
    parser.add_argument("in_flight", type=int)
    parser.add_argument("per_s", type=float)
    given = parser.parse_args()
    requests = read_requests(given.requests)
    if given.per_s:
        posted = opened(given.port, requests, given.per_s)
    else:
        posted = closed(given.port, requests, given.in_flight)
    sys.stdout.buffer.write(msgspec.json.encode(posted))


if __name__ == "__main__":
    main()
