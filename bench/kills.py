"""After kill -9: of a worker, whose leases have to expire, and of the engine, which stays away.

No supervisor runs, so nobody frees the dead worker's leases before their time.
"""

from __future__ import annotations

import asyncio
from datetime import datetime

from bench.arguments import Chosen
from bench.figures import Figure, Goal, Row
from bench.ground import STALL_S_MAX, Ground, ground
from hudhud.model import Inbox

PER_S = 200
SECONDS = 5
KILL_AFTER = 400  # messages: work is under way, and more comes
LOOK_S = 0.02
BURST = 5
LEASE_S = 5.0
ANSWER_S = 0.4  # long enough that the dead worker held some
LAST = """
select extract(epoch from max(b.finished_at) - $2)::float8 from batch b where b.id in (
    select batch_id from message where inbox_id = $1 and direction = 'in' and accepted_at < $2)
"""
FIRST = """
select extract(epoch from min(b.finished_at) - $2)::float8 from batch b where b.id in (
    select batch_id from message where inbox_id = $1 and direction = 'in'
    group by 1 having min(accepted_at) > $2)
"""
# A send that the dead one had begun is known only to the provider, whose statuses settle it.
BEGUN = "select count(*) from outbox where inbox_id = $1 and state in ('sending', 'unknown')"


async def measure(chosen: Chosen) -> list[Row]:
    """The row `kills`.

    Raises:
        RuntimeError: a message was not answered.
    """
    worker_s, engine_s, begun = [], [], []
    async with ground(chosen.place("kills"), HUDHUD_LEASE_S=f"{LEASE_S:g}") as on:
        for _ in range(chosen.rounds):
            inbox = await on.inbox(batch_max=BURST, delay_s=ANSWER_S)
            worker_s.append(await _worker_killed(on, inbox))
            begun.append(float(await on.one(BEGUN, inbox.id)))
            engine_s.append(await _engine_killed(on, await on.inbox(batch_max=BURST)))
    figures = [
        Figure(
            f"kill -9 of a worker → last batch done, lease {LEASE_S:g} s",
            "s",
            worker_s,
            Goal("≤", LEASE_S + 1),
        ),
        Figure("kill -9 of Valkey, which stays dead → first answer", "s", engine_s, Goal("≤", 5)),
        Figure("sends that the dead worker had begun", "sends", begun),
    ]
    notes = [
        f"{PER_S} messages/s; two workers, one of which is killed; an answer takes {ANSWER_S} s"
    ]
    return [Row("kills", "After kill -9", figures, notes)]


async def _worker_killed(on: Ground, inbox: Inbox) -> float:
    with on.web(), on.workers(2) as workers:
        async with asyncio.TaskGroup() as group:
            group.create_task(_customers(on, inbox))
            await _under_way(on, inbox)
            workers[0].kill()
            killed_at: datetime = await on.one("select clock_timestamp()")
        await on.answered(inbox, sent=False)
    return float(await on.one(LAST, inbox.id, killed_at))


async def _engine_killed(on: Ground, inbox: Inbox) -> float:
    try:
        with on.web(), on.workers():
            async with asyncio.TaskGroup() as group:
                group.create_task(_customers(on, inbox))
                await _under_way(on, inbox)
                await asyncio.to_thread(on.valkey.kill)
                killed_at: datetime = await on.one("select clock_timestamp()")
            await on.answered(inbox)
    finally:
        await asyncio.to_thread(on.valkey.restart)
    return float(await on.one(FIRST, inbox.id, killed_at))


async def _under_way(on: Ground, inbox: Inbox) -> None:
    async with asyncio.timeout(STALL_S_MAX):
        while await on.stored(inbox) < KILL_AFTER:  # noqa: ASYNC110 - a database
            await asyncio.sleep(LOOK_S)


async def _customers(on: Ground, inbox: Inbox) -> None:
    count = PER_S * SECONDS
    webhooks = on.webhooks(inbox, count, conversations=count // BURST, burst=BURST, newcomers=True)
    await on.post(inbox, webhooks, per_s=PER_S)
