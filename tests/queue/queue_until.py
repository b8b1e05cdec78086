"""Waits for what another process or connection brings about, with a deadline."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable


async def until(holds: Callable[[], bool | Awaitable[bool]], deadline_s: float = 20.0) -> None:
    async with asyncio.timeout(deadline_s):
        while True:
            held = holds()
            if await held if inspect.isawaitable(held) else held:
                return
            await asyncio.sleep(0.002)
