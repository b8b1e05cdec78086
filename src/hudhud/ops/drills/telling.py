"""A drill's report and plan as lines for a person. Pure text."""

from __future__ import annotations

from collections.abc import Iterator

from hudhud.ops.drills.figures import DIRECT_S_MAX, Report
from hudhud.ops.drills.plan import Plan


def report_lines(report: Report) -> Iterator[str]:
    """The figures, how often each fault ran, and every miss in words."""
    wanted, measured = report.wanted, report.measured
    yield f"Drill: seed {wanted.seed}, {wanted.contacts} contacts, {report.machine}"
    for name, value, more in (
        ("messages", report.messages, f"{report.messages_per_s} a second, start to rest"),
        ("batches", report.batches, f"{report.by_responder} answered by responders"),
        ("by a person", report.by_person, f"{measured.operator_deeds} deeds of the operator"),
        ("named", report.named, "answers that say themselves which messages they answer"),
        ("dead letters", report.dead_letters, "each named its fault and was tried again"),
        ("redeliveries", report.redeliveries, ""),
        ("faults", report.faults, f"{report.kills} of them killed a process"),
        ("lost", report.lost, ""),
        ("twice", report.twice, ""),
        ("out of order", report.out_of_order, ""),
        ("broken", report.broken, ""),
    ):
        yield f"  {name:<13}{value:>8}   {more}".rstrip()
    yield (
        f"  at rest      {_seconds(measured.settle_s):>8}   after the last fault and redelivery "
        f"(at most {report.settle_s_max:g} s); {_seconds(measured.rest_s)} with what a provider "
        "or a person held"
    )
    direct = ", ".join(f"{late_s:g}" for late_s in report.direct_answer_s) or "not measured"
    yield f"  without Valkey: first answer {direct} s after due (at most {DIRECT_S_MAX:g} s)"
    yield f"  spool on {measured.spool_on}; supervisor started {measured.supervisor_starts} times"
    yield ""
    yield from _faults(report)
    yield ""
    yield from (f"✗ {miss}" for miss in report.misses)
    yield "✓ Nothing lost, nothing twice, nothing out of order." if report.clean else "✗ Missed."


def plan_lines(plan: Plan) -> Iterator[str]:
    """The plan's faults in the order of time, and how much is said."""
    said = sum(len(burst.texts) for burst in plan.bursts)
    yield f"{said} messages in {len(plan.bursts)} bursts, {len(plan.strikes)} faults"
    for strike in plan.strikes:
        lasts = f" for {strike.for_s:g} s" if strike.for_s else ""
        yield f"{strike.at_s:>8.2f} s  {strike.fault}{lasts}"


def _faults(report: Report) -> Iterator[str]:
    for name, ran in report.ran.items():
        why = f"   could not: {'; '.join(ran.why_not)}" if ran.why_not else ""
        yield f"  {name:<20}{ran.struck:>4} of {ran.planned}{why}"


def _seconds(value: float | None) -> str:
    return "never" if value is None else f"{value:.1f} s"
