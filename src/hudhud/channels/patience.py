"""A deadline for what the other side has to do, not for what we did not look at meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

# A timer that comes later than this was held up by ourselves.
HELD_UP_S: Final = 0.05
# What came meanwhile lies in our socket, and is read within this.
LOOK_S: Final = 0.25


@asynccontextmanager
async def within(timeout_s: float) -> AsyncIterator[None]:
    """Give the block so many seconds, and a last look at its sockets if we were held up.

    After a pause of the process, or a long thought in it, deadlines are over and answers lie
    unread. uvloop runs timers before it reads: each send under way would be `unknown` though
    its answer is here, and five of them open the number's breaker (R1) for a minute.

    Args:
        timeout_s: seconds, from now.

    Raises:
        TimeoutError: they are over, and nothing had come.
    """
    loop = asyncio.get_running_loop()
    ends_at = loop.time() + timeout_s
    async with asyncio.timeout(None) as limit:

        def over() -> None:
            now = loop.time()
            limit.reschedule(now + (LOOK_S if now - ends_at > HELD_UP_S else 0.0))

        timer = loop.call_at(ends_at, over)
        try:
            yield
        finally:
            timer.cancel()
