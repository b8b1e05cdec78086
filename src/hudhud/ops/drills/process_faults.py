"""Hudhud's own processes die or stand still."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import psutil

from hudhud.ops.drills.field import CannotRunError, Field
from hudhud.ops.drills.installation import Part
from hudhud.ops.drills.plan import Strike


async def kill(field: Field, strike: Strike, part: Part) -> str:
    """SIGKILL one of them; the supervisor starts it again."""
    victim = _victim(field.installation.processes(part), strike)
    _signal(victim, "kill")
    return f"{part} {victim.pid}"


async def stop(field: Field, strike: Strike, part: Part) -> str:
    """SIGSTOP one of them, and SIGCONT when the time is over."""
    victim = _victim(field.installation.processes(part), strike)
    await _held(field, victim, strike.for_s)
    return f"{part} {victim.pid}"


async def kill_supervisor(field: Field, strike: Strike) -> str:
    """SIGKILL the supervisor; its children must end with it, and an init starts it again."""
    victim = _victim(_living(field), strike)
    _signal(victim, "kill")
    return f"supervisor {victim.pid}"


async def stop_supervisor(field: Field, strike: Strike) -> str:
    """SIGSTOP the supervisor: nobody starts again what dies meanwhile."""
    victim = _victim(_living(field), strike)
    await _held(field, victim, strike.for_s)
    return f"supervisor {victim.pid}"


def _living(field: Field) -> list[psutil.Process]:
    supervisor = field.installation.supervisor
    return [supervisor] if supervisor else []


def _victim(living: Sequence[psutil.Process], strike: Strike) -> psutil.Process:
    if not living:
        raise CannotRunError("none of them lived at that moment")
    return living[int(strike.chance * len(living))]


async def _held(field: Field, victim: psutil.Process, for_s: float) -> None:
    with field.somebody_stands_still():
        _signal(victim, "suspend")
        try:
            await asyncio.sleep(for_s)
        finally:
            _signal(victim, "resume")


def _signal(victim: psutil.Process, deed: str) -> None:
    try:
        getattr(victim, deed)()
    except psutil.NoSuchProcess:
        return  # another fault was faster
