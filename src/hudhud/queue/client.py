"""The connection to Valkey: kept open, distrusted after any failure, never waited for in vain.

Valkey only knows who goes next (law 1), so the client's first duty is to say "not now" quickly.
While it is distrusted every call fails at once; in the background a probe, or a new connection,
wins the trust back. PostgreSQL carries the work in the meantime.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import ssl
from collections.abc import Callable, Sequence
from typing import Any

from hudhud.errors import QueueUnavailableError
from hudhud.events import emit
from hudhud.queue import address as addresses
from hudhud.queue.address import Address
from hudhud.queue.link import NO_SCRIPT, Link, Push, Word
from hudhud.queue.script import Script

CALL_S = 1.0
HINT_S = 0.05
CONNECT_S = 1.0
HEARTBEAT_S = 0.5
BACKOFF_FIRST_S = 0.02
BACKOFF_MAX_S = 0.5
PROBE_KEY = "hudhud:probe"
PROBE_KEPT_MS = 60_000


def _nothing(*_: Any) -> None:
    return


async def connect(url: str) -> Valkey:
    """Connect, or begin to try: a Valkey that is away does not keep a process from starting (Q8).

    Args:
        url: `valkey://`, `redis://`, `rediss://`, `valkeys://` or `unix:///path`.

    Raises:
        BadInputError: the URL is none of these.
    """
    valkey = Valkey(addresses.read(url))
    await valkey.start()
    return valkey


class Valkey:
    """One connection for all callers of a process; it comes back by itself."""

    def __init__(
        self,
        address: Address,
        *,
        heartbeat_s: float | None = HEARTBEAT_S,
        on_push: Push = _nothing,
        on_open: Callable[[], None] = _nothing,
    ) -> None:
        """Name the server; `start` opens.

        Args:
            address: where Valkey is.
            heartbeat_s: seconds between two probes of an idle connection; None on one that
                blocks, where a probe would stand behind the blocking call.
            on_push: gets each message of a subscription.
            on_open: called after each successful opening.
        """
        self.client_id = 0
        self._address = address
        self._heartbeat_s = heartbeat_s
        self._on_push = on_push
        self._on_open = on_open
        self._link: Link | None = None
        self._doubt = asyncio.Event()
        self._tried = asyncio.Event()
        self._healthy = False
        self._keeper: asyncio.Task[None] | None = None

    @property
    def healthy(self) -> bool:
        """Whether the last thing that we know of Valkey is good: open, answering, writable."""
        return self._healthy

    def sibling(
        self,
        *,
        heartbeat_s: float | None = HEARTBEAT_S,
        on_push: Push = _nothing,
        on_open: Callable[[], None] = _nothing,
    ) -> Valkey:
        """Make a second connection to the same server, for blocking calls or a subscription."""
        return Valkey(self._address, heartbeat_s=heartbeat_s, on_push=on_push, on_open=on_open)

    async def start(self) -> None:
        """Begin to keep the connection; returns once the first attempt went well or failed."""
        if self._keeper is None:
            self._keeper = asyncio.create_task(self._keep())
        await self._tried.wait()

    async def close(self) -> None:
        """Stop keeping the connection; whatever waits fails now."""
        self._healthy = False  # our own closing is no failure that anybody should read about
        if self._keeper is not None:
            self._keeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeper

    def send(self, *words: Word, deadline_s: float = CALL_S) -> asyncio.Future[Any]:
        """Send one command without waiting; several sent in one turn leave in one write.

        Returns:
            A future that resolves within `deadline_s` seconds; with QueueUnavailableError at
            once when Valkey is distrusted.
        """
        if self._link is not None and self._healthy:
            return self._link.call(*words, deadline_s=deadline_s)
        refused = asyncio.get_running_loop().create_future()
        refused.set_exception(QueueUnavailableError())
        return refused

    def tell(self, *words: Word) -> None:
        """Send a command that has no answer of its own; nothing happens when disconnected."""
        if self._link is not None and self._healthy:
            self._link.tell(*words)

    async def run(
        self,
        script: Script,
        keys: Sequence[str],
        arguments: Sequence[Word],
        *,
        deadline_s: float = CALL_S,
    ) -> Any:
        """Run a script by its hash; a Valkey that lost its scripts is given this one again.

        Args:
            script: what to run.
            keys: all in one shard, so that a cluster can run it (trap 20).
            arguments: ARGV.
            deadline_s: seconds for each of at most two calls.

        Raises:
            QueueUnavailableError: distrusted, refused or too late.
        """
        words = (len(keys), *keys, *arguments)
        try:
            return await self.send("EVALSHA", script.sha, *words, deadline_s=deadline_s)
        except QueueUnavailableError as error:
            if not error.detail.startswith(NO_SCRIPT):
                raise
        return await self.send("EVAL", script.text, *words, deadline_s=deadline_s)

    async def _keep(self) -> None:
        backoff_s = BACKOFF_FIRST_S
        while True:
            try:
                async with asyncio.timeout(CONNECT_S):
                    link = self._link = await self._open()
            except (OSError, TimeoutError, QueueUnavailableError) as error:
                self._distrust(str(error) or "no connection within 1 s")
                self._tried.set()
                # Jitter: a hundred processes must not come back in one instant.
                await asyncio.sleep(backoff_s * random.uniform(0.5, 1))  # noqa: S311 - no secret
                backoff_s = min(backoff_s * 2, BACKOFF_MAX_S)
                continue
            backoff_s = BACKOFF_FIRST_S
            self._trust()
            self._on_open()
            self._tried.set()
            try:
                await self._watch(link)
            finally:
                link.abort()

    async def _open(self) -> Link:
        loop = asyncio.get_running_loop()
        at = self._address
        link = Link(self._on_push, self._distrust)

        def protocol() -> Link:
            return link

        try:
            if at.path:
                await loop.create_unix_connection(protocol, at.path)
            else:
                tls = ssl.create_default_context() if at.tls else None
                await loop.create_connection(protocol, at.host, at.port, ssl=tls)
            login = ("AUTH", at.user, at.password) if at.password else ()
            steps = [link.call("HELLO", 3, *login, "SETNAME", "hudhud", deadline_s=CONNECT_S)]
            if at.database:
                steps.append(link.call("SELECT", at.database, deadline_s=CONNECT_S))
            hello, *_ = await asyncio.gather(*steps)
            self.client_id = int(hello[b"id"])
            await self._probe(link)
        except BaseException:
            link.abort()
            raise
        return link

    async def _watch(self, link: Link) -> None:
        """Probe at each heartbeat and after each failure; return when the link is of no use."""
        while not link.lost.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._heartbeat_s):
                    await self._doubt.wait()
            try:
                await self._probe(link)
            except QueueUnavailableError:
                return
            self._trust()

    async def _probe(self, link: Link) -> None:
        # A write: one that is full or became a replica still answers PING, and loses every hint.
        await link.call("SET", PROBE_KEY, 1, "PX", PROBE_KEPT_MS, deadline_s=CALL_S)

    def _trust(self) -> None:
        self._doubt.clear()
        if not self._healthy:
            self._healthy = True
            emit("queue.trusted")

    def _distrust(self, reason: str) -> None:
        self._doubt.set()
        if self._healthy or not self._tried.is_set():
            self._healthy = False
            emit("queue.distrusted", level="warning", reason=reason)
