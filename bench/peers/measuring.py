"""What a peer's run is made of: the work itself, then on request lateness, a kill, memory."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from bench.client import Posted, post
from bench.figures import percentile
from bench.peers.catalogue import Peer
from bench.peers.environment import Home
from bench.peers.judging import judge, late_ms
from bench.peers.part import stopped
from bench.peers.run import READY_S_MAX, Run, ids, opened
from bench.work import Outcome, Signed, Work

WORK_S_MAX = 600.0
AGAIN_S, TRIES_MAX = 0.5, 60
KILL_S_MAX = 75.0
KILL_AFTER_S = 2.3
KILL_ANSWER_S = 0.9  # as fast a model as there is, and some are under way when it strikes
KILL_PER_S, KILL_COUNT = 50.0, 200
SLOW_PER_S, SLOW_COUNT = 100.0, 400  # what every one of them keeps up with
# Never a whole burst: no later message makes up for a timer that was lost.
SLOW_BURST = 2
MEMORY_COUNT, MEMORY_UNIT = 4_000, 10_000


async def measure(peer: Peer, home: Home, work: Work, folder: Path, *, user_lines: int) -> Outcome:
    """Let a peer that is installed do its work; see `bench.peers.run`.

    Raises:
        RuntimeError: it did not come up, refused a webhook, or answered nobody.
    """
    async with opened(peer, home, work, folder) as run:
        late = after_kill_s = memory = None
        async with run.working():
            posted, messages_per_s = await _work(run)
            if work.late:
                late = await _late(run)
        if work.kill:
            after_kill_s = await _kill(run)
        answers = await run.outbox.read()
        verdict = judge(run.sent, answers, paced=run.paced)
        if not (work.with_sql or peer.always_sql):
            memory = await _memory(run)
    return Outcome(
        enqueued_per_s=posted.per_s,
        messages_per_s=messages_per_s,
        p50_ms=percentile(posted.waits_ms, 0.5),
        p99_ms=percentile(posted.waits_ms, 0.99),
        late_ms=late,
        after_kill_s=after_kill_s,
        memory_bytes=memory,
        user_lines=user_lines,
        versions={peer.package: home.version},
        lost=verdict.lost,
        twice=verdict.twice,
        disordered=verdict.disordered,
    )


async def _work(run: Run) -> tuple[Posted, float]:
    """Webhooks a second, and messages a second until the last answer."""
    work = run.work
    await _warm(run)
    webhooks = run.noted(work.webhooks)
    epoch = time.time() - time.monotonic()
    posted = await post(work.port, webhooks, path=work.path, in_flight=work.in_flight)
    await run.answered(webhooks, within_s=WORK_S_MAX)
    wanted = {ids(webhook)[1] for webhook in webhooks}
    answers = [one for one in await run.outbox.read() if not wanted.isdisjoint(one.messages)]
    count = len(wanted.intersection(one for answer in answers for one in answer.messages))
    last = max((answer.at for answer in answers), default=math.inf)
    return posted, count / (last - epoch - posted.began_s)


async def _warm(run: Run) -> None:
    """A few customers first, so that connections are open and the worker is there.

    Raises:
        RuntimeError: nobody answered them.
    """
    burst = run.work.burst
    first = run.own(burst * 20, burst=burst, conversations=20)
    for _ in range(TRIES_MAX):  # as a provider does: what was refused comes again
        if await _taken(run, first):
            break
        await asyncio.sleep(AGAIN_S)
    if not await run.answered(first, within_s=READY_S_MAX):
        raise RuntimeError(f"{run.home.name} answers nobody: {run.tails()}")


async def _taken(run: Run, webhooks: Sequence[Signed]) -> bool:
    try:
        await post(run.work.port, webhooks, path=run.work.path, in_flight=4)
    except RuntimeError:  # its worker has yet to make what its web process needs
        return False
    return True


async def _late(run: Run) -> tuple[float, float]:
    """How late its answers are begun when it has little to do: p50 and p99, milliseconds."""
    work = run.work
    webhooks = run.own(SLOW_COUNT, burst=SLOW_BURST, conversations=SLOW_COUNT // SLOW_BURST)
    taken_at = await run.trickle(webhooks, per_s=SLOW_PER_S)
    await run.answered(webhooks, within_s=KILL_S_MAX)
    answers = await run.outbox.read()
    late = late_ms(taken_at, answers, burst=work.burst, window_ms=work.window_ms)
    return percentile(late, 0.5), percentile(late, 0.99)


async def _kill(run: Run) -> float:
    """Seconds from a kill -9 of the worker to the begin of the last answer; another is started."""
    webhooks = run.own(KILL_COUNT, burst=SLOW_BURST, conversations=KILL_COUNT // SLOW_BURST)
    async with AsyncExitStack() as stack:
        worker = await stack.enter_async_context(run.working(answer_s=KILL_ANSWER_S))
        await _warm(run)
        async with asyncio.TaskGroup() as group:
            group.create_task(run.trickle(webhooks, per_s=KILL_PER_S))
            await asyncio.sleep(KILL_AFTER_S)
            worker.kill()
            killed = time.time()
            await stack.enter_async_context(stopped(await run.worker(answer_s=KILL_ANSWER_S)))
        if not await run.answered(webhooks, within_s=KILL_S_MAX, stall_s=KILL_S_MAX):
            return math.inf
    wanted = {ids(one)[1] for one in webhooks}
    answers = [one for one in await run.outbox.read() if not wanted.isdisjoint(one.messages)]
    return max(answer.at for answer in answers) + KILL_ANSWER_S - killed


async def _memory(run: Run) -> int | None:
    """What the engine grows by while 10 000 messages wait and nobody works."""
    burst = run.work.burst
    before = await run.memory_bytes()
    webhooks = run.own(MEMORY_COUNT, burst=burst, conversations=MEMORY_COUNT // burst)
    await post(run.work.port, webhooks, path=run.work.path, in_flight=run.work.in_flight)
    after = await run.memory_bytes()
    if before is None or after is None:
        return None
    return (after - before) * MEMORY_UNIT // MEMORY_COUNT
