"""The nemesis: carries out the plan's faults, each at its moment, and notes what it did."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

import aiohttp
import asyncpg
import psutil

from hudhud.errors import ChildFailedError
from hudhud.events import emit
from hudhud.ops.drills import engine_faults, process_faults, service_faults
from hudhud.ops.drills.faults import FAULTS
from hudhud.ops.drills.field import CannotRunError, Field
from hudhud.ops.drills.plan import Strike

Deed = Callable[[Field, Strike], Awaitable[str]]

DEEDS: dict[str, Deed] = {
    "web_kill": partial(process_faults.kill, part="web"),
    "web_stop": partial(process_faults.stop, part="web"),
    "worker_kill": partial(process_faults.kill, part="worker"),
    "worker_stop": partial(process_faults.stop, part="worker"),
    "supervisor_kill": process_faults.kill_supervisor,
    "supervisor_stop": process_faults.stop_supervisor,
    "valkey_kill": engine_faults.kill_valkey,
    "valkey_flush": engine_faults.flush_valkey,
    "valkey_full": engine_faults.fill_valkey,
    "valkey_pause": engine_faults.pause_valkey,
    "postgresql_kill": engine_faults.kill_postgresql,
    "postgresql_restart": engine_faults.restart_postgresql,
    "postgresql_cut": engine_faults.cut_postgresql,
    "spool_full": engine_faults.fill_spool,
    "provider_500": service_faults.fail_provider,
    "provider_timeout": service_faults.hang_provider,
    "provider_429": service_faults.slow_provider,
    "ai_hang": partial(service_faults.spoil_model, manner="hang"),
    "ai_fail": partial(service_faults.spoil_model, manner="fail"),
    "ai_garbage": partial(service_faults.spoil_model, manner="garbage"),
    "clock_ahead": engine_faults.skew_clock,
}


# What a fault may meet because another one is under way; the report says so. An engine that does
# not come back is not among them: it ends the drill.
MISSED = (
    CannotRunError,
    ChildFailedError,
    OSError,
    TimeoutError,
    aiohttp.ClientError,
    asyncpg.InterfaceError,
    asyncpg.PostgresError,
    psutil.Error,
)


class Nemesis:
    """Strikes; `struck` holds a record of each fault for the history."""

    def __init__(self, field: Field) -> None:
        """Strike on this field."""
        self.field = field
        self.struck: list[dict[str, Any]] = []
        self._targets = {fault.target: asyncio.Lock() for fault in FAULTS.values()}

    async def strike_all(self, strikes: Sequence[Strike], start: float) -> None:
        """Carry out all of them, each at its moment after `start` (monotonic seconds)."""
        async with asyncio.TaskGroup() as striking:
            for strike in strikes:
                striking.create_task(self._strike(strike, start))

    async def _strike(self, strike: Strike, start: float) -> None:
        await asyncio.sleep(max(0.0, start + strike.at_s - time.monotonic()))
        # On a busy machine the fault before may last longer than its plan: an engine recovers.
        async with self._targets[FAULTS[strike.fault].target]:
            self.struck.append(await self._struck(strike))

    async def _struck(self, strike: Strike) -> dict[str, Any]:
        record: dict[str, Any] = {"what": "struck", "fault": strike.fault, "at_ms": _now_ms()}
        try:
            record["victim"] = await DEEDS[strike.fault](self.field, strike)
        except MISSED as error:
            record["why_not"] = str(error) or type(error).__name__
            emit("drill.fault_missed", "warning", fault=strike.fault, why=record["why_not"])
        return {**record, "until_ms": _now_ms()}


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
