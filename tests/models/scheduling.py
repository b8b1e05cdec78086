"""One life of a schedule: hints come and move sooner, takers sleep, wake, drain and die."""

from __future__ import annotations

import asyncio
import random
from typing import Any

from hudhud.queue.client import Valkey
from hudhud.queue.schedule import Schedule
from hudhud.queue.taker import REREAD_S
from models.valkey import Client, Server

HINTS = 12
MERCHANT = 7
# A few answers of the server; where a taker died, the others read all heads once a second.
LATE_S = 0.1


class Life:
    """Three workers of one schedule, and what they took."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.server = Server(chance)
        self.deaths = chance.choice((0, 0, 1, 2, 4))
        self.due: dict[int, float] = {}
        self.taken: dict[int, float] = {}
        self.workers = [self.started() for _ in range(3)]

    def started(self) -> tuple[Client, Schedule, asyncio.Task[None]]:
        client = Client(self.server)
        part: Any = client
        schedule = Schedule(Valkey([part]), "reply")
        return client, schedule, asyncio.ensure_future(self.work(schedule))

    async def work(self, schedule: Schedule) -> None:
        now = asyncio.get_running_loop().time
        while True:
            for _, conversation in await schedule.take(self.chance.randint(1, 3), wait_s=1.0):
                assert now() >= self.due[conversation], "taken before its time"
                self.taken[conversation] = now()

    async def hint(self) -> None:
        now = asyncio.get_running_loop().time
        hinting = Schedule(Valkey([self.client()]), "reply")
        for number in range(HINTS):
            await asyncio.sleep(self.chance.expovariate(2))
            conversation = self.chance.randrange(64) + 64 * number
            in_s = self.chance.choice((0.0, 0.3, 2.0, 8.0))
            for _ in range(self.chance.randint(1, 2)):
                self.due[conversation] = min(self.due.get(conversation, 1e9), now() + in_s)
                await hinting.hint([(MERCHANT, conversation, round(in_s * 1000))])
                in_s /= 4
        await asyncio.sleep(9)

    def client(self) -> Any:
        return Client(self.server)

    async def nemesis(self) -> None:
        for _ in range(self.deaths):
            await asyncio.sleep(self.chance.uniform(0, 4))
            place = self.chance.randrange(3)
            client, schedule, working = self.workers[place]
            if self.chance.random() < 0.5:
                client.die()
                working.cancel()
            else:
                working.cancel()
                await schedule.close()
            self.workers[place] = self.started()


async def live(chance: random.Random) -> None:
    """Whatever is hinted is taken once it is due, and at most a reading later."""
    life = Life(chance)
    await asyncio.gather(life.hint(), life.nemesis())
    late_s_max = LATE_S + (REREAD_S if life.deaths else 0)
    async with asyncio.timeout(late_s_max):
        while len(life.taken) < len(life.due):
            await asyncio.sleep(0.05)
    for client, schedule, working in life.workers:
        working.cancel()
        await schedule.close()
        client.die()
    for conversation, at in life.due.items():
        late_s = life.taken[conversation] - at
        assert late_s <= late_s_max, f"{conversation} slept {late_s:.2f} s"
