"""`hudhud drill chaos`: customers write while everything is killed; then everything is counted."""

from __future__ import annotations

import asyncio
import math
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from hudhud.ops.drills import full_disk, history
from hudhud.ops.drills.field import Field
from hudhud.ops.drills.figures import Measured, Report, report
from hudhud.ops.drills.ground import Ground, prepared, register
from hudhud.ops.drills.history import Tail
from hudhud.ops.drills.installation import running
from hudhud.ops.drills.judge import judged
from hudhud.ops.drills.model import answering
from hudhud.ops.drills.nemesis import Nemesis
from hudhud.ops.drills.operator import Operator
from hudhud.ops.drills.plan import Burst, Plan, account_of
from hudhud.ops.drills.rest import Waiting, stored, waiting
from hudhud.ops.drills.seen import seen

FIRST_WA_ID = 9647800000000
LOOK_S = 0.1
TELL_S = 10.0
REST_S_MAX = 180.0
# As unruly as Meta: it comes again on anything but 200, ever later, and sometimes on 200 too.
BEHAVIOUR = {
    "retry_first_ms": 200,
    "retry_most_ms": 2000,
    "attempts_max": 1000,
    "again_share": 0.05,
    "shuffle_ms": 400,
    "mix": [
        "normal",
        "never_read",
        "late",
        "out_of_order",
        "read_first",
        "missing",
        "none",
        "twice",
    ],
}

Tell = Callable[[str], None]


async def run(plan: Plan, tell: Tell, keep: Path | None = None) -> Report:
    """Carry out a plan, and judge it.

    Args:
        plan: what is said and what is struck.
        tell: takes a line of progress.
        keep: where the history goes; a drill with a miss leaves it in the temporary folder anyway.

    Raises:
        EngineError: the packaged engines cannot run here, or one did not come back.
        ChildFailedError: a process did not come up.
    """
    own = full_disk.own_namespace()
    async with answering() as model, prepared(model.url) as ground:
        await ground.ask("PUT", "/behaviour", BEHAVIOUR)
        with full_disk.small(ground.folder / "spool", may_mount=own) as spool_on:
            async with running(ground) as installation:
                await register(ground)
                field = Field(ground, installation, model, spool_on)
                drill = _Drill(plan, field, tell)
                measured = await drill.carry_out()
        await drill.write_down()
        found = seen(history.read(ground.history))
        told = report(
            plan.wanted, found, judged(found), measured, [strike.fault for strike in plan.strikes]
        )
        if keep is None and not told.clean:
            keep = Path(tempfile.gettempdir()) / f"hudhud-drill-{plan.wanted.seed}.jsonl"
        if keep is not None:
            shutil.copyfile(ground.history, keep)
            shutil.copyfile(ground.log, keep.with_suffix(".log"))
            tell(f"The history is in {keep}, what the processes said beside it (.log).")
    return told


class _Drill:
    """One drill under way."""

    def __init__(self, plan: Plan, field: Field, tell: Tell) -> None:
        self.plan = plan
        self.field = field
        self.tell = tell
        self.tail = Tail(field.ground.history)
        self.nemesis = Nemesis(field)
        self.operator = Operator(field, self.tail)

    async def carry_out(self) -> Measured:
        """Play the plan to its end, and wait until all is at rest."""
        start = time.monotonic()
        helpers = [asyncio.create_task(work()) for work in (self.operator.work, self._progress)]
        try:
            async with asyncio.TaskGroup() as playing:
                playing.create_task(self.nemesis.strike_all(self.plan.strikes, start))
                playing.create_task(speak(self.field.ground, self.plan.bursts, start))
            settle_s, rest_s = await self._at_rest(time.time(), helpers)
        except BaseExceptionGroup as several:
            raise _first(several) from several
        finally:
            for helper in helpers:
                helper.cancel()
            await asyncio.gather(*helpers, return_exceptions=True)
        took_s = time.monotonic() - start
        # What was killed last may still be on its way back; a drain is for what runs.
        await self.field.installation.ready()
        return Measured(
            settle_s=settle_s,
            rest_s=rest_s,
            took_s=round(took_s, 1),
            drain_code=await self.field.installation.drain(),
            supervisor_starts=self.field.installation.starts,
            operator_deeds=self.operator.deeds,
            spool_on=self.field.spool_on,
        )

    async def write_down(self) -> None:
        """Put behind what passed outside: the faults, what was tried again, and what is stored."""
        path = self.field.ground.history
        await self.field.ground.silence()
        self.tail.look()
        last = history.append(path, self.tail.last, [*self.nemesis.struck, *self.operator.retried])
        history.append(path, last, [record async for record in stored(self.field.ground)])

    async def _at_rest(
        self, calm_at: float, helpers: Sequence[asyncio.Task[None]]
    ) -> tuple[float | None, float | None]:
        """Seconds until nothing waited on us, and at all, after the last fault or redelivery."""
        settled_at: float | None = None
        fewest: float = math.inf
        deadline = time.monotonic() + REST_S_MAX
        while time.monotonic() < deadline:
            for helper in helpers:
                if helper.done():
                    helper.result()  # without its operator a drill waits for ever
            found = await waiting(self.field.ground)
            self.tail.look()
            if found is not None and found.all < fewest:
                # Late, but coming: what is judged only half done proves nothing.
                fewest, deadline = found.all, time.monotonic() + REST_S_MAX
            if found is None or found.webhooks or found.on_us:
                settled_at = None
            elif settled_at is None:
                settled_at = time.time()
            if found is not None and not found.all:
                since = max(calm_at, self.tail.redelivered_ms / 1000)
                settled_s = max(0.0, (settled_at or since) - since)
                return round(settled_s, 2), round(max(0.0, time.time() - since), 2)
            await asyncio.sleep(LOOK_S)
        self.tell(f"Still waiting: {await waiting(self.field.ground)}")
        return None, None

    async def _progress(self) -> None:
        start = time.monotonic()
        while True:
            await asyncio.sleep(TELL_S)
            found = await waiting(self.field.ground)
            self.tell(_progress(time.monotonic() - start, self.tail, self.nemesis, found))


def _first(several: BaseException) -> BaseException:
    # Faults strike in a group within the group: the reader wants the one error behind it.
    while isinstance(several, BaseExceptionGroup):
        several = several.exceptions[0]
    return several


async def speak(ground: Ground, bursts: Sequence[Burst], start: float) -> None:
    """Let the customers write, each burst at its moment after `start` (monotonic seconds)."""
    for burst in bursts:
        await asyncio.sleep(max(0.0, start + burst.at_s - time.monotonic()))
        await ground.ask("POST", "/say", _said(ground, burst))


def _said(ground: Ground, burst: Burst) -> dict[str, Any]:
    account = ground.inboxes[account_of(burst.contact)].account
    wa_id = str(FIRST_WA_ID + burst.contact)
    messages = [
        {"wa_id": wa_id, "text": text, "wamid": f"wamid.drill.{burst.first + place}"}
        for place, text in enumerate(burst.texts)
    ]
    return {"phone_number_id": account, "messages": messages, "delivery": burst.delivery}


def _progress(at_s: float, tail: Tail, nemesis: Nemesis, found: Waiting | None) -> str:
    waits = "unknown" if found is None else ", ".join(found.told()) or "nothing"
    return (
        f"{at_s:5.0f} s  said {tail.said}, taken {tail.acknowledged}, answers {tail.answers}, "
        f"faults {len(nemesis.struck)}; waiting: {waits}"
    )
