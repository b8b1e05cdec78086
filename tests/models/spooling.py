"""One life of a host's intake in virtual time: two web processes, one folder, one PostgreSQL.

Everything is the product's own (Intake, Spool, Replay) but the disk and the door to PostgreSQL,
which are away, slow, locked or dead as chance says. A provider posts again whatever was not
answered 200, as Meta does.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hudhud.core.intake.accept import Intake
from hudhud.core.intake.door import Commit, Fate
from hudhud.core.intake.record import Record
from hudhud.core.intake.replay import Replay
from hudhud.core.intake.spool import SUFFIX, Spool
from hudhud.errors import HudhudError, SpoolUnavailableError
from hudhud.model import Alias, InboundMessage
from hudhud.store.intake import Webhook
from models.lossy_folder import Disk, LossyFolder

TIMEOUT_S = 1.0
HORIZON_S = 8.0
SETTLED_S = 120.0


def webhook(body: bytes, *, accepted_at: datetime | None = None) -> Webhook:
    """`sender:number` as a webhook of one message."""
    sender, _, number = body.decode().partition(":")
    message = InboundMessage(
        external_id=number,
        account="1",
        aliases=(Alias("phone", sender),),
        kind="text",
        text=number,
        provider_at=datetime(2026, 11, 21, tzinfo=UTC),
    )
    return Webhook(
        merchant_id=1, inbox_id=1, body=body, messages=((1, message),), accepted_at=accepted_at
    )


async def _take(intake: Intake, body: bytes) -> None:
    await intake.take(webhook(body), "whatsapp", timeout_s=TIMEOUT_S)


async def _enter(intake: Intake, body: bytes) -> None:
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def tell(error: HudhudError | None) -> None:
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(None)

    if intake.enter(webhook(body), "whatsapp", tell, timeout_s=TIMEOUT_S):
        await done
    else:
        await _take(intake, body)


@dataclass
class Store:
    """PostgreSQL as the door sees it: what is in, in order; when it is away, slow or locked."""

    chance: random.Random
    rows: list[bytes] = field(default_factory=list)
    away: bool = False
    slow: bool = False
    locked: set[str] = field(default_factory=set)

    async def takes_writes(self, **_: object) -> bool:
        await asyncio.sleep(0.001)
        return not self.away

    def lost(self) -> bool:
        """Whether it went away meanwhile."""
        return self.away

    @asynccontextmanager
    async def held(self) -> AsyncIterator[Commit]:
        yield self.commit

    async def commit(self, group: Sequence[Webhook]) -> list[Fate]:
        if self.away:
            # The answer was lost, or the commit was: nobody knows (trap 13).
            for hook in group if self.chance.random() < 0.3 else []:
                self._put(hook)
            return ["away"] * len(group)
        await asyncio.sleep(self.chance.uniform(1.5, 4) if self.slow else 0.003)
        if self.lost():
            return ["away"] * len(group)
        fates: list[Fate] = []
        for hook in group:
            stuck = hook.body.decode().partition(":")[0] in self.locked
            fates.append("locked" if stuck else "taken")
            if not stuck:
                self._put(hook)
        return fates

    def _put(self, hook: Webhook) -> None:
        if hook.body not in self.rows:
            self.rows.append(hook.body)


class Host:
    """Two web processes over one disk; each may die and come back."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.disk = Disk(chance)
        self.store = Store(chance)
        self.starts = 0
        self.webs = [self.started() for _ in range(2)]
        self.first_posted: dict[bytes, float] = {}
        self.answered: dict[bytes, float] = {}
        self._moment = 0

    def started(self) -> tuple[Intake, LossyFolder, set[asyncio.Task[None]]]:
        self.starts += 1
        folder = LossyFolder(self.disk)
        spool = Spool(Path("spool"), bytes_max=10**6, folder=folder, writer=str(self.starts))

        async def route(record: Record) -> Webhook:
            return webhook(record.body, accepted_at=record.accepted_at)

        store: Any = self.store
        intake = Intake(store, spool, Replay(spool, route, group_max=2), lambda _: None)
        intake.door = store
        intake.start()
        return intake, folder, set()

    async def die(self, *places: int) -> None:
        """End processes as SIGKILL does; none of their tasks takes another step."""
        for place in places:
            intake, folder, posts = self.webs[place]
            intake._line._untold.clear()
            intake._line.tell = lambda *_: None  # type: ignore[method-assign]
            mine: list[asyncio.Task[Any]] = [*posts, *intake._tasks, *intake._spooling]
            mine += [task for task in (intake.spool._flusher, intake._emptying) if task]
            for task in mine:
                task.cancel()
            await asyncio.gather(*mine, return_exceptions=True)
            folder.die()

    async def strike(self, what: int) -> None:
        place = self.chance.randrange(2)
        if what == 0:
            self.store.away = not self.store.away
        elif what == 1:
            self.store.slow = not self.store.slow
        elif what == 2:
            self.store.locked = {"a"} if not self.store.locked else set()
        elif what in {3, 4}:
            await self.die(place)
            self.webs[place] = self.started()
        elif what == 5:
            # The whole host; the store is elsewhere.
            await self.die(0, 1)
            self.disk.lose_power()
            self.webs = [self.started() for _ in self.webs]
        else:
            bad = self.chance.choice((None, "write", "sync", "sync_names", "create", "rename"))
            self.disk.fails = lambda deed: deed == bad

    def tick(self) -> int:
        """A clock that never stands still, so that "before" is never a tie."""
        self._moment += 1
        return self._moment

    async def post(self, body: bytes) -> None:
        """Post until 200, as the provider does."""
        self.first_posted.setdefault(body, self.tick())
        while body not in self.answered:
            intake, _, posts = self.chance.choice(self.webs)
            enters = self.chance.random() < 0.5  # by either way
            task = asyncio.create_task((_enter if enters else _take)(intake, body), name="post")
            posts.add(task)
            await asyncio.wait([task])
            posts.discard(task)
            if not task.cancelled():
                error = task.exception()
                if error is None:
                    self.answered[body] = self.tick()
                    return
                assert isinstance(error, SpoolUnavailableError), error
            await asyncio.sleep(self.chance.uniform(0.2, 1))

    async def sender(self, name: str, count: int) -> None:
        for number in range(count):
            await asyncio.sleep(self.chance.expovariate(2))
            body = f"{name}:{number}".encode()
            if self.chance.random() < 0.7:
                await self.post(body)  # the next one is written after this one's 200
            else:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(0.05):
                        await asyncio.shield(asyncio.ensure_future(self.post(body)))

    async def nemesis(self) -> None:
        loop = asyncio.get_running_loop()
        ends = loop.time() + HORIZON_S
        while loop.time() < ends:
            await asyncio.sleep(self.chance.expovariate(1.2))
            await self.strike(self.chance.randrange(7))
        self.store.away = self.store.slow = False
        self.store.locked.clear()
        self.disk.fails = lambda _deed: False

    async def settled(self) -> None:
        """Wait until nothing waits in the folder."""
        async with asyncio.timeout(SETTLED_S):
            while any(name.endswith(SUFFIX) for name in self.disk.names):
                await asyncio.sleep(0.1)


async def live(chance: random.Random) -> None:
    """One life; what was answered 200 is in the store once all is well, and in order."""
    host = Host(chance)
    senders = [asyncio.ensure_future(host.sender(name, 6)) for name in "ab"]
    nemesis = asyncio.ensure_future(host.nemesis())
    await asyncio.gather(*senders, nemesis)
    async with asyncio.timeout(SETTLED_S):
        while len(host.answered) < len(host.first_posted):
            await asyncio.sleep(0.1)
    await host.settled()
    for intake, folder, _ in host.webs:
        await intake.stop()
        folder.die()
    judge(host)


def judge(host: Host) -> None:
    """Law 2 and Q4, from outside: nothing lost; whose 200 came first is in first."""
    place = {body: number for number, body in enumerate(host.store.rows)}
    lost = [body for body in host.answered if body not in place]
    assert lost == [], f"answered 200 and lost: {lost}"
    for one, done in host.answered.items():
        for other, posted in host.first_posted.items():
            if one[:1] == other[:1] and done < posted:
                assert place[one] < place[other], f"{other!r} overtook {one!r}"
