"""One life of a few conversations in virtual time: contacts, workers that die or stall, people.

Time goes in ticks; whatever the model measures itself (window, lease, retry) ends between two
ticks, so that the same calls can be made on a real clock without a doubt about what is due.
"""

from __future__ import annotations

import asyncio
import random
from typing import Any, NamedTuple

from models.conversation import OPEN, Model

TICK_S = 2.0
TICKS = 12
CONTACTS = 3
CLOSING_S = 2000.0
SENDS = (
    *("accepted", "accepted", "queued", "rejected"),
    *("lost_answer", "died_before", "died_after"),
)


class Call(NamedTuple):
    """One call that was made: when, which deed, with what, and what the model answered."""

    at_s: float
    deed: str
    args: tuple[Any, ...]
    answer: Any


class Life:
    """Everything that happens between the first message and the moment when nothing waits."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.model = Model(CONTACTS)
        self.calls: list[Call] = []
        self.said = [0] * CONTACTS
        self.sent: list[tuple[int, int, int]] = []
        self.answers: list[tuple[int, int, tuple[int, ...]]] = []
        self.overtaken = 0
        self.calm = False
        self._zero = asyncio.get_running_loop().time()

    @property
    def now(self) -> float:
        return asyncio.get_running_loop().time() - self._zero

    def call(self, deed: str, *args: Any) -> Any:
        answer = getattr(self.model, deed)(self.now, *args)
        self.calls.append(Call(self.now, deed, args, answer))
        if args:
            self.model.check(self.now, args[0])
        return answer

    def likely(self, share: float) -> bool:
        return self.chance.random() < share

    async def ticks(self, most: int) -> None:
        await asyncio.sleep(TICK_S * self.chance.randint(1, most))

    async def contact(self, c: int) -> None:
        for _ in range(self.chance.randint(2, 6)):
            await self.ticks(5)
            count = self.chance.choice((1, 1, 1, 2, 4))
            numbers = tuple(range(self.said[c] + 1, self.said[c] + count + 1))
            self.said[c] += count
            self.call("accept", c, *numbers)
            if self.likely(0.3):
                self.call("accept", c, *numbers[:1])  # the provider comes again

    async def worker(self) -> None:
        while not self.calm or self.busy:
            await self.ticks(2)
            for c in range(CONTACTS):
                if not self.due(c) and not self.likely(0.05):
                    continue
                verdict, fence, numbers = self.call("claim", c, False)
                if verdict == "alone":
                    verdict, fence, numbers = self.call("claim", c, True)
                if verdict == "claimed":
                    await self.answer(c, fence, numbers)

    def due(self, c: int) -> bool:
        k = self.model.all[c]
        expired = k.lease_until is not None and k.lease_until <= self.now
        return k.state == "bot" and (expired or (k.lease_until is None and k.due_at <= self.now))

    async def answer(self, c: int, fence: int, numbers: tuple[int, ...]) -> None:
        for _ in range(self.chance.randint(0, 9) if not self.calm else 0):
            await self.ticks(1)
            if self.likely(0.5) and not self.call("renew", c, fence):
                break
        if not self.calm and self.likely(0.15):
            return  # this worker died
        outcome = "nothing" if not numbers else self.outcome()
        parts = self.chance.randint(1, 2) if outcome in {"answered", "handed_over"} else 0
        written = self.call("finish", c, fence, outcome, parts, 2 * self.chance.randint(0, 3) + 1)
        k = self.model.all[c]
        self.overtaken += not written and k.state == "bot" and k.lease_until is not None
        if written and outcome in {"answered", "handed_over"}:
            self.answers.append((c, fence, numbers))
        if self.likely(0.1):
            # The answer to the first one was lost, so it is tried again (trap 13).
            assert not self.call("finish", c, fence, outcome, parts, 1)

    def outcome(self) -> str:
        if self.calm:
            return "answered"
        rare = ("retry", "released", "noted", "handed_over", "dead")
        return self.chance.choice((*["answered"] * 6, *rare))

    async def deliverer(self) -> None:
        while not self.calm or self.busy:
            await self.ticks(2)
            for c, k in enumerate(self.model.all):
                waits = any(row.state == "queued" for row in k.outbox)
                begun = self.call("begin", c) if waits or self.likely(0.05) else None
                if begun is not None:
                    await self.send(c, *begun)

    async def send(self, c: int, place: int, attempt: int) -> None:
        what = (
            "accepted"
            if self.calm
            else self.chance.choice(
                (
                    "accepted",
                    "accepted",
                    "lost_answer",
                    "died_before",
                    "died_after",
                    "queued",
                    "rejected",
                )
            )
        )
        if what in {"accepted", "lost_answer", "died_after"}:
            self.sent.append((c, place, attempt))
            if what != "accepted" or self.likely(0.3):
                asyncio.get_running_loop().call_later(
                    TICK_S * self.chance.randint(1, 30), self.status, c, place, attempt
                )
        if what.startswith("died"):
            return
        await self.ticks(1)
        ending = "unknown" if what == "lost_answer" else what
        self.call("end", c, place, attempt, ending, 2 * self.chance.randint(0, 2) + 1)

    def status(self, c: int, place: int, attempt: int) -> None:
        self.call("status", c, place, attempt)

    async def people(self) -> None:
        while not self.calm:
            await self.ticks(8)
            c = self.chance.randrange(CONTACTS)
            if self.model.all[c].state == "bot":
                if self.likely(0.4):
                    self.call("take_over", c)
            elif self.likely(0.5):
                self.call("reply", c)
            else:
                self.call("hand_back", c)
            if self.likely(0.5):
                self.call("sweep")

    async def closing(self) -> None:
        """All is well: statuses arrive, people decide, nobody dies any more."""
        while self.busy:
            await self.ticks(4)
            self.call("sweep")
            for c, k in enumerate(self.model.all):
                if k.state == "human" and not k.waiting():
                    self.call("hand_back", c)
                elif k.state == "human":
                    self.call("reply", c)
                for place, row in enumerate(k.outbox):
                    left = any(s[:2] == (c, place) for s in self.sent)
                    if row.state == "unknown" and not left:
                        self.call("settle", c, place)

    @property
    def busy(self) -> bool:
        return any(
            k.state != "bot" or k.waiting() or any(row.state in OPEN for row in k.outbox)
            for k in self.model.all
        )


async def live(chance: random.Random) -> Life:
    """One life, judged at its end; its calls can be made again elsewhere."""
    life = Life(chance)
    workers = [
        asyncio.ensure_future(deed())
        for deed in (life.worker, life.worker, life.deliverer, life.deliverer)
    ]
    people = asyncio.ensure_future(life.people())
    await asyncio.gather(*(life.contact(c) for c in range(CONTACTS)))
    await asyncio.sleep(TICK_S * TICKS)
    life.calm = True
    async with asyncio.timeout(CLOSING_S):
        await people
        await asyncio.gather(life.closing(), *workers)
    judge(life)
    return life


def judge(life: Life) -> None:
    """Nothing lost, nothing twice, in order: as the contacts and the provider saw it."""
    once = [entry[:2] for entry in life.sent]
    assert len(once) == len(set(once)), f"sent twice: {life.sent}"
    for c, k in enumerate(life.model.all):
        assert sorted(k.messages) == list(range(1, life.said[c] + 1))
        assert None not in k.messages.values()
        places = [batch or 0 for _, batch in sorted(k.messages.items())]
        assert all(k.batches[batch - 1] != "withdrawn" for batch in places)
        # A person who withdraws an older answer answers its messages anew; else Q4 holds.
        if "withdrawn" not in k.batches:
            assert places == sorted(places), f"out of order: {k}"
