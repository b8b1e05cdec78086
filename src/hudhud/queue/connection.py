"""The connection to a Valkey server: kept open, distrusted after any failure, never waited for.

Valkey only knows who goes next (law 1), so the client's first duty is to say "not now" quickly.
While it is distrusted every call fails at once; in the background a probe, or a new connection,
wins the trust back. PostgreSQL carries the work in the meantime.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

from hudhud.errors import QueueUnavailableError
from hudhud.events import emit
from hudhud.queue.address import Address
from hudhud.queue.dial import CONNECT_S, dial
from hudhud.queue.link import CALL_S, CALLERS_OWN, LOST, Link, Push, Word
from hudhud.queue.script import Script, named
from hudhud.queue.shards import TAGS, tagged

HEARTBEAT_S: Final = 0.5
BACKOFF_FIRST_S: Final = 0.02
BACKOFF_MAX_S: Final = 0.5
# The slot is with another server, or on its way to one: the next opening finds it.
ON_THE_MOVE: Final = ("MOVED", "ASK", "TRYAGAIN")

# Where the server is now, given the last refusal, which may name it.
Find = Callable[[str], Awaitable[Address]]

_PROBE: Final = named("probe")


def _nothing(*_: Any) -> None:
    return


class Connection:
    """One connection for all callers of a process; it comes back by itself."""

    def __init__(
        self,
        find: Find,
        *,
        tag: str = TAGS[0],
        part: str = "",
        heartbeat_s: float | None = HEARTBEAT_S,
        on_push: Push = _nothing,
        on_open: Callable[[], None] = _nothing,
    ) -> None:
        """Say how the server is found; `start` opens.

        Args:
            find: asked before each opening, for a cluster or a sentinel may answer otherwise.
            tag: a hash tag that the server serves, for the keys of the probe.
            part: how events name it; without a name it wins and loses trust in silence.
            heartbeat_s: seconds between two probes of an idle connection; None on one that
                blocks, where a probe would stand behind the blocking call.
            on_push: gets each message of a subscription.
            on_open: called after each successful opening.
        """
        self.tag = tag
        self.client_id = 0
        self.refusal = ""
        self._find = find
        self._part = part
        self._heartbeat_s = heartbeat_s
        self._on_push = on_push
        self._on_open = on_open
        self._link: Link | None = None
        self._doubt = asyncio.Event()
        self._tried = asyncio.Event()
        self._trusted = asyncio.Event()
        self._keeper: asyncio.Task[None] | None = None

    @property
    def healthy(self) -> bool:
        """Whether the last thing that we know of Valkey is good: open, answering, writable."""
        return self._trusted.is_set()

    def sibling(
        self,
        *,
        heartbeat_s: float | None = HEARTBEAT_S,
        on_push: Push = _nothing,
        on_open: Callable[[], None] = _nothing,
    ) -> Connection:
        """Make a second connection to the same place, for blocking calls or a subscription."""
        return Connection(
            self._find,
            tag=self.tag,
            heartbeat_s=heartbeat_s,
            on_push=on_push,
            on_open=on_open,
        )

    async def start(self) -> None:
        """Begin to keep the connection; returns once the first attempt went well or failed."""
        if self._keeper is None:
            self._keeper = asyncio.create_task(self._keep())
        await self._tried.wait()

    async def close(self) -> None:
        """Stop keeping the connection; whatever waits fails now."""
        self._trusted.clear()
        self._doubt.set()  # our own closing is no news that anybody should read
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
        if self._link is not None and self._trusted.is_set():
            return self._link.call(*words, deadline_s=deadline_s)
        refused = asyncio.get_running_loop().create_future()
        refused.set_exception(QueueUnavailableError(self.refusal))
        return refused

    def tell(self, *words: Word) -> None:
        """Send a command that has no answer of its own; nothing happens when disconnected."""
        if self._link is not None and self._trusted.is_set():
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

        A slot that is served elsewhere is followed there: a refused script has done nothing.

        Args:
            script: what to run.
            keys: all with one hash tag, so that a cluster can run it (trap 20).
            arguments: ARGV.
            deadline_s: seconds for each of at most two calls, and for following between them.

        Raises:
            QueueUnavailableError: distrusted, refused or too late.
        """
        try:
            return await self.begin(script, keys, arguments, deadline_s=deadline_s)
        except QueueUnavailableError as error:
            if error.detail.startswith(ON_THE_MOVE):
                await self._back(deadline_s)
            elif not error.detail.startswith(CALLERS_OWN):
                raise
        words = (len(keys), *keys, *arguments)
        return await self.send("EVAL", script.text, *words, deadline_s=deadline_s)

    def begin(
        self,
        script: Script,
        keys: Sequence[str],
        arguments: Sequence[Word],
        *,
        deadline_s: float = CALL_S,
    ) -> asyncio.Future[Any]:
        """Ask for a script as `send` does, by its hash alone: who is refused takes `run`."""
        words = (len(keys), *keys, *arguments)
        return self.send("EVALSHA", script.sha, *words, deadline_s=deadline_s)

    async def _back(self, deadline_s: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(deadline_s):
                await self._trusted.wait()

    async def _keep(self) -> None:
        loop = asyncio.get_running_loop()
        backoff_s = BACKOFF_FIRST_S
        while True:
            began_at = loop.time()
            try:
                async with asyncio.timeout(CONNECT_S):
                    link = self._link = await self._open()
            except (OSError, TimeoutError, QueueUnavailableError) as error:
                detail = error.detail if isinstance(error, QueueUnavailableError) else str(error)
                self._distrust(detail or f"no connection within {CONNECT_S:.0f} s")
                self._tried.set()
            else:
                self._trust()
                self._on_open()
                self._tried.set()
                try:
                    await self._watch(link)
                finally:
                    link.abort()
                # One that ends as soon as it was opened is not worth a storm of openings.
                if loop.time() - began_at > BACKOFF_MAX_S:
                    backoff_s = BACKOFF_FIRST_S
            # Jitter: a hundred processes must not come back in one instant.
            await asyncio.sleep(backoff_s * random.uniform(0.5, 1))  # noqa: S311 - no secret
            backoff_s = min(backoff_s * 2, BACKOFF_MAX_S)

    async def _open(self) -> Link:
        at = await self._find(self.refusal)
        link = Link(self._on_push, self._distrust)
        hello = await dial(at, link)
        try:
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
            except QueueUnavailableError as error:
                self._distrust(error.detail)
                return
            self._trust()

    async def _probe(self, link: Link) -> None:
        # A write: one that is full or became a replica still answers PING, and loses every hint.
        keys = (tagged(self.tag, "probe:due"), tagged(self.tag, "probe:woken"))
        await link.call("EVAL", _PROBE.text, len(keys), *keys, deadline_s=CALL_S)

    def _trust(self) -> None:
        self._doubt.clear()
        if not self._trusted.is_set():
            self._trusted.set()
            if self._part:
                emit("queue.trusted", part=self._part)

    def _distrust(self, reason: str) -> None:
        is_news = not self._doubt.is_set()
        self._doubt.set()
        self._trusted.clear()
        # A link that is thrown away says so as well; what was wrong with it is worth more.
        if is_news or not reason.startswith(LOST):
            self.refusal = reason
        if is_news and self._part:
            emit("queue.distrusted", level="warning", part=self._part, reason=reason)
