"""`hudhud demo`: the incident and thirty bursts through real signed HTTP, judged from outside.

Everything is of its own and temporary: engines, data folder, ports, keys. Nothing is left running.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Sequence

from hudhud.events import emit
from hudhud.ops.demo_ledger import at_rest, judged
from hudhud.ops.demo_script import CUSTOMERS, Customer
from hudhud.ops.demo_stage import Stage, staged
from hudhud.ops.demo_telling import ledger_lines, transcript
from hudhud.settings import Settings

# The issue grants a minute; what is not at rest by then is a miss and is told as one.
REST_S_MAX = 15.0
LOOK_S = 0.2
Said = list[list[str]]


async def run(settings: Settings) -> int:
    """Play the demo and print transcripts and ledger.

    Args:
        settings: only the log level counts; the demo touches neither data nor ports of yours.

    Returns: 0 when every message was answered once and every check held, 1 otherwise.

    Raises:
        EngineError: the packaged engines cannot run here.
        ChildFailedError: a process did not become ready.
    """
    started = time.monotonic()
    _print("هدهد · Hudhud demo", "", "Starting PostgreSQL, Valkey, web, worker and simulator …")
    async with staged(settings.log_level) as stage:
        begun = time.monotonic()
        last_s = max(line.at_s for customer in CUSTOMERS for line in customer.lines)
        _print(
            f"Ready after {begun - started:.1f} s. {len(CUSTOMERS)} customers write for "
            f"{last_s:.1f} s; each batch closes 8 s after its first message, or at the fifth.",
            "",
        )
        said = await _play(stage, CUSTOMERS)
        await _until_rest(stage, CUSTOMERS)
        ledger = await judged(stage, CUSTOMERS, said)
        for customer in ledger.customers:
            _print(*transcript(customer), "")
    _print(*ledger_lines(ledger, time.monotonic() - started))
    return 0 if ledger.clean else 1


async def _play(stage: Stage, customers: Sequence[Customer]) -> list[Said]:
    start = time.monotonic()
    return await asyncio.gather(
        *(_speak(stage, customer, place, start) for place, customer in enumerate(customers))
    )


async def _speak(stage: Stage, customer: Customer, place: int, start: float) -> Said:
    """Say one customer's lines at their times; returns the wamids of each line."""
    said: Said = []
    for at_s in sorted({line.at_s for line in customer.lines}):
        await asyncio.sleep(max(0.0, start + at_s - time.monotonic()))
        together = [line for line in customer.lines if line.at_s == at_s]
        if any(line.kind == "reaction" for line in together):
            await _until_answered(stage, place)
        wamids = await stage.say(customer, place, together)
        said += [[wamid] for wamid in wamids]
    return said


async def _until_answered(stage: Stage, place: int) -> None:
    """A reaction is about what we said last: on a slow machine that may still be on its way."""
    deadline = time.monotonic() + REST_S_MAX
    while not await stage.heard(place) and time.monotonic() < deadline:  # noqa: ASYNC110 - a phone
        await asyncio.sleep(LOOK_S)


async def _until_rest(stage: Stage, customers: Sequence[Customer]) -> None:
    wanted = sum(len(customer.batches) for customer in customers)
    deadline = time.monotonic() + REST_S_MAX
    while not await at_rest(stage, wanted):
        if time.monotonic() > deadline:
            emit("demo.not_at_rest", "error", seconds=REST_S_MAX)
            return
        await asyncio.sleep(LOOK_S)


def _print(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()
