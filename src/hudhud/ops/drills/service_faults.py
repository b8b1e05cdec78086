"""The provider and the model misbehave."""

from __future__ import annotations

import asyncio
from typing import Any

from hudhud.ops.drills.field import Field
from hudhud.ops.drills.model import Manner
from hudhud.ops.drills.plan import Strike

SHARE = 0.5
HOLD_MS = 6_000
HALF = 0.5


async def fail_provider(field: Field, strike: Strike) -> str:
    """A bare 500, before or after the message was accepted: nobody can tell which."""
    kind = "http_500_after" if strike.chance < HALF else "http_500_before"
    await _provider(field, strike, kind=kind)
    return kind


async def hang_provider(field: Field, strike: Strike) -> str:
    """No answer in time, or a cut connection, after the message was accepted or before."""
    kinds = ("timeout_after", "timeout_before", "cut_after", "cut_before")
    kind = kinds[int(strike.chance * len(kinds))]
    await _provider(field, strike, kind=kind, hold_ms=HOLD_MS)
    return kind


async def slow_provider(field: Field, strike: Strike) -> str:
    """130429: this number sends too much."""
    await _provider(field, strike, kind="130429")
    return "130429"


async def spoil_model(field: Field, strike: Strike, manner: Manner) -> str:
    """The model hangs, fails or writes garbage for a while."""
    field.model.manner = manner
    try:
        await asyncio.sleep(strike.for_s)
    finally:
        field.model.manner = "well"
    return manner


async def _provider(field: Field, strike: Strike, **fault: Any) -> None:
    made = await field.ground.ask("POST", "/faults", {**fault, "probability": SHARE})
    try:
        await asyncio.sleep(strike.for_s)
    finally:
        await field.ground.ask("DELETE", f"/faults/{made['id']}")
