"""One run of a peer: where its processes, its outbox and everything that was sent come together."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from bench.peers.catalogue import HERE, Peer
from bench.peers.environment import Home
from bench.peers.judging import Answer
from bench.peers.outbox import File, Outbox, kept_list, table
from bench.peers.part import Part, listening, stopped
from bench.peers.restate_server import RestateServer, restate_server
from bench.peers.trickle import trickle
from bench.processes import bare_environ
from bench.work import Signed, Work, signed

READY_S_MAX = 60.0
# Without one more answer for so long, what is open stays open.
STALL_S_MAX = 30.0
LOOK_S, TAIL = 0.02, 500
OWN = 50_000_000  # our own messages and customers begin here, far from those of the work


@dataclass(slots=True)
class Run:
    """A peer at work.

    `sent` holds of each conversation the messages that want an answer; those of `paced` came so
    slowly that their order is known.
    """

    peer: Peer
    home: Home
    work: Work
    folder: Path
    outbox: Outbox
    environ: Mapping[str, str]
    server: RestateServer | None = None
    sent: dict[str, list[str]] = field(default_factory=dict)
    paced: set[str] = field(default_factory=set)

    def start(self, command: Sequence[str], name: str, *, answer_s: float = 0.0) -> Part:
        """Start one of its processes; an answer takes it `answer_s`."""
        with_sql = self.work.with_sql or self.peer.always_sql
        app = Path(self.peer.app_sql if with_sql else self.peer.app).stem
        blanks = {"app": app, "port": self.work.port, "url": self.work.valkey_url}
        program, *arguments = (word.format(**blanks) for word in command)
        return Part(
            [self.home.program(program), *arguments],
            folder=self.home.folder if self.peer.node else HERE / self.home.name,
            environ={**self.environ, "ANSWER_S": str(answer_s)},
            log=self.folder / f"{self.home.name}-{name}.log",
        )

    async def worker(self, *, answer_s: float = 0.0) -> Part:
        """Start its worker.

        Raises:
            RuntimeError: it did not come up, or the Restate server would not know it.
        """
        worker = self.start(self.peer.worker, "worker", answer_s=answer_s)
        if self.server is not None:
            await listening(self.server.worker_port, worker, within_s=READY_S_MAX)
            await self.server.register()
        return worker

    @asynccontextmanager
    async def working(self, *, answer_s: float = 0.0) -> AsyncIterator[Part]:
        """A worker and what has to run beside it, for the length of a block."""
        async with AsyncExitStack() as stack:
            for number, command in enumerate(self.peer.beside):
                await stack.enter_async_context(stopped(self.start(command, f"beside{number}")))
            worker = await self.worker(answer_s=answer_s)
            yield await stack.enter_async_context(stopped(worker))

    def own(self, count: int, *, burst: int, conversations: int) -> list[Signed]:
        """Webhooks besides those of the work, of customers who never wrote before."""
        first = OWN + sum(map(len, self.sent.values()))
        return self.noted(
            signed(
                count,
                account="700000000000",
                secret=self.work.app_secret,
                conversations=conversations,
                burst=burst,
                first=first,
                first_customer=first,
            )
        )

    def noted(self, webhooks: Sequence[Signed]) -> list[Signed]:
        """The same webhooks, which from now on want an answer."""
        for webhook in webhooks:
            conversation, message = ids(webhook)
            self.sent.setdefault(conversation, []).append(message)
        return list(webhooks)

    async def trickle(self, webhooks: Sequence[Signed], *, per_s: float) -> dict[str, float]:
        """Send these slowly; when each message was taken, in seconds of the epoch.

        Raises:
            RuntimeError: an answer was not 200.
        """
        self.paced.update(ids(webhook)[0] for webhook in webhooks)
        taken = await trickle(self.work.port, webhooks, path=self.work.path, per_s=per_s)
        return {ids(one)[1]: at for one, at in zip(webhooks, taken, strict=True)}

    async def answered(
        self, webhooks: Sequence[Signed], *, within_s: float, stall_s: float = STALL_S_MAX
    ) -> bool:
        """Wait until these are answered; whether they were, in time.

        Args:
            webhooks: which.
            within_s: how long at most.
            stall_s: how long at most without one more answer.
        """
        wanted = {ids(webhook)[1] for webhook in webhooks}
        clock = time.monotonic
        ends, seen, moved = clock() + within_s, 0, clock()
        while True:
            found: Sequence[Answer] = await self.outbox.read()
            if wanted.issubset(one for answer in found for one in answer.messages):
                return True
            if len(found) > seen:
                seen, moved = len(found), clock()
            if clock() > min(ends, moved + stall_s):
                return False
            await asyncio.sleep(LOOK_S)

    def tails(self) -> str:
        """The end of what its processes said."""
        logs = sorted(self.folder.glob("*.log"))
        return " | ".join(path.read_text(errors="replace")[-TAIL:] for path in logs)

    async def memory_bytes(self) -> int | None:
        """What the engine holds in memory now; None when its memory is not where things wait."""
        if self.server is not None:
            return self.server.part.rss_bytes
        return await self.outbox.memory_bytes()


@asynccontextmanager
async def opened(peer: Peer, home: Home, work: Work, folder: Path) -> AsyncIterator[Run]:
    """A run on the engines of the work, its web process listening.

    Raises:
        RuntimeError: the web process did not come up.
    """
    async with AsyncExitStack() as stack:
        server = None
        environ = {
            **bare_environ(),
            "APP_SECRET": work.app_secret,
            "WINDOW_S": str(work.window_ms / 1000),
            "BURST": str(work.burst),
            "PORT": str(work.port),
            "QUEUE_URL": work.valkey_url,
            "DATABASE_URL": work.database_url,
        }
        if peer.server:
            server = await stack.enter_async_context(restate_server(home, folder, environ))
            environ = {**environ, **server.environ}
        outbox: Outbox
        if work.with_sql or peer.always_sql:
            outbox = await stack.enter_async_context(table(work.database_url))
        elif server is not None:
            outbox = File(server.outbox)
        else:
            outbox = await stack.enter_async_context(kept_list(work.valkey_url))
        run = Run(peer, home, work, folder, outbox, environ, server)
        web = await stack.enter_async_context(stopped(run.start(peer.web, "web")))
        await listening(work.port, web, within_s=READY_S_MAX)
        yield run


def ids(webhook: Signed) -> tuple[str, str]:
    """Conversation and message of a webhook of the bench."""
    said = msgspec.json.decode(webhook.body)
    message = said["entry"][0]["changes"][0]["value"]["messages"][0]
    return message["from"], message["id"]
