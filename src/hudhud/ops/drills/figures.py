"""The figures of one drill: what a report prints. Pure, but for the machine's name."""

from __future__ import annotations

import math
import os
import platform
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from hudhud.ops.drills.faults import FAULTS
from hudhud.ops.drills.ground import LEASE_S, SWEEP_S
from hudhud.ops.drills.history import Struck
from hudhud.ops.drills.judge import MARK
from hudhud.ops.drills.plan import Wanted
from hudhud.ops.drills.seen import Miss, Seen
from hudhud.ops.drills.shops import BATCH_MAX, WINDOW_S

SETTLE_S_MAX = LEASE_S + SWEEP_S + WINDOW_S + 2.0
DIRECT_S_MAX = 5.0
OVERDUE_MS = 1000
OVERDUE_MAX = 5
MISSES_TOLD_MAX = 50


class Ran(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of fault: how often it was planned, struck and killed, and why it could not."""

    planned: int
    struck: int
    kills: int
    why_not: tuple[str, ...] = ()


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """What only the running drill can see. Seconds.

    `settle_s`: from the last fault and the last redelivery until nothing waited on us; `rest_s`
    until nothing waited at all, providers' back-off and unknown sends included; None: never.
    """

    settle_s: float | None
    rest_s: float | None
    took_s: float
    drain_code: int
    supervisor_starts: int
    operator_deeds: int
    spool_on: str


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a drill found. `clean` decides the exit code.

    `named` are the answers that themselves say which messages they answer.
    """

    clean: bool
    wanted: Wanted
    machine: str
    messages: int
    batches: int
    by_responder: int
    by_person: int
    named: int
    dead_letters: int
    redeliveries: int
    faults: int
    kills: int
    lost: int
    twice: int
    out_of_order: int
    broken: int
    messages_per_s: float
    settle_s_max: float
    direct_answer_s: tuple[float, ...]
    measured: Measured
    ran: Mapping[str, Ran]
    misses: tuple[str, ...]


def report(
    wanted: Wanted, seen: Seen, misses: Sequence[Miss], measured: Measured, planned: Sequence[str]
) -> Report:
    """Put the figures of a drill together.

    Args:
        wanted: what was asked for.
        seen: its history.
        misses: what the checker found.
        measured: what only the running drill saw.
        planned: the names of the planned faults.
    """
    kinds = Counter(miss.kind for miss in misses)
    outcomes = Counter(batch.outcome for batch in seen.batches.values())
    ran = {name: _ran(name, planned, seen.struck) for name in sorted(FAULTS)}
    direct = tuple(direct_answers_s(seen))
    told = [f"{miss.kind}: {miss.what}" for miss in misses] + list(_late(measured, direct))
    return Report(
        clean=not told,
        wanted=wanted,
        machine=f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        messages=len(seen.messages),
        batches=sum(outcomes.values()) - outcomes["withdrawn"],
        by_responder=outcomes["answered"],
        by_person=outcomes["handed_over"] + outcomes["by_person"],
        named=sum(bool(MARK.search(calls[0].text)) for calls in seen.accepted.values()),
        dead_letters=len(seen.letters),
        redeliveries=seen.redeliveries,
        faults=sum(one.struck for one in ran.values()),
        kills=sum(one.kills for one in ran.values()),
        lost=kinds["lost"],
        twice=kinds["twice"],
        out_of_order=kinds["out_of_order"],
        broken=kinds["broken"],
        messages_per_s=round(len(seen.messages) / measured.took_s, 1),
        settle_s_max=SETTLE_S_MAX,
        direct_answer_s=direct,
        measured=measured,
        ran=ran,
        misses=tuple(told[:MISSES_TOLD_MAX]),
    )


def direct_answers_s(seen: Seen) -> list[float]:
    """How late the first answer came, each time that Valkey was killed in a calm moment.

    Seconds from the moment at which its batch was due (the inbox's window after the first 200, or
    the fifth message's 200) until the provider accepted it. Batches due before the kill do not
    count; nor does a kill while something was struck that answers need, or while more than
    OVERDUE_MAX answers were overdue: then the new ones wait behind them.
    """
    answers = list(_answers(seen))
    found = []
    for fault in seen.struck:
        if fault.fault != "valkey_kill" or fault.why_not:
            continue
        overdue = sum(
            due_ms < fault.at_ms - OVERDUE_MS and answered_ms > fault.at_ms
            for answered_ms, due_ms in answers
        )
        if overdue > OVERDUE_MAX or any(_disturbs(fault, other) for other in seen.struck):
            continue
        after = [
            (answered_ms, due_ms)
            for answered_ms, due_ms in answers
            if fault.at_ms < due_ms < fault.until_ms and answered_ms > due_ms
        ]
        if after:
            answered_ms, due_ms = min(after)
            found.append(round((answered_ms - due_ms) / 1000, 2))
    return found


def _answers(seen: Seen) -> Iterator[tuple[int, int]]:
    """When the provider accepted the answer to each batch, and when the batch was due."""
    members: defaultdict[int | None, list[int]] = defaultdict(list)
    for message in seen.messages.values():
        if message.stored is not None:
            members[message.stored.batch].append(message.acknowledged_ms)
    for row in seen.rows.values():
        calls, taken_ms = seen.accepted.get(row.id), sorted(members.get(row.batch, ()))
        if calls and taken_ms and not row.part and row.author == "assistant":
            full_ms = taken_ms[BATCH_MAX - 1] if len(taken_ms) >= BATCH_MAX else math.inf
            yield calls[0].at_ms, int(min(full_ms, taken_ms[0] + WINDOW_S * 1000))


def _disturbs(fault: Struck, other: Struck) -> bool:
    together = other.at_ms < fault.until_ms and fault.at_ms < other.until_ms
    return together and FAULTS[other.fault].target not in ("valkey", "clock", "web")


def _ran(name: str, planned: Sequence[str], struck: Sequence[Struck]) -> Ran:
    ours = [one for one in struck if one.fault == name]
    done = [one for one in ours if not one.why_not]
    return Ran(
        planned=planned.count(name),
        struck=len(done),
        kills=len(done) if FAULTS[name].kills else 0,
        why_not=tuple(sorted({one.why_not for one in ours if one.why_not})),
    )


def _late(measured: Measured, direct: Sequence[float]) -> list[str]:
    told = []
    if measured.settle_s is None or measured.rest_s is None:
        told.append("late: something still waited when the drill gave up")
    elif measured.settle_s > SETTLE_S_MAX:
        told.append(f"late: nothing waited only after {measured.settle_s:.1f} s")
    told += [
        f"late: without Valkey the first answer came after {late_s:.1f} s"
        for late_s in direct
        if late_s > DIRECT_S_MAX
    ]
    if measured.drain_code != 0:
        told.append(f"broken: the drain ended with exit code {measured.drain_code}")
    return told
