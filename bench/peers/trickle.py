"""Webhooks at a steady pace, and when each was taken: what lateness is counted from."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from bench.work import Signed

ANSWER_S_MAX = 30.0
OK = b"HTTP/1.1 200"


async def trickle(port: int, webhooks: Sequence[Signed], *, path: str, per_s: float) -> list[float]:
    """Send each at its moment, whatever became of the others.

    Returns:
        Of each webhook the moment of its 200, in seconds of the epoch.

    Raises:
        RuntimeError: an answer was not 200.
    """
    began = asyncio.get_running_loop().time()
    sends = (
        _send(port, webhook.request(path), began + number / per_s)
        for number, webhook in enumerate(webhooks)
    )
    return await asyncio.gather(*sends)


async def _send(port: int, request: bytes, moment: float) -> float:
    await asyncio.sleep(moment - asyncio.get_running_loop().time())
    async with asyncio.timeout(ANSWER_S_MAX):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        head = await reader.readline()
    taken = time.time()
    writer.close()
    if not head.startswith(OK):
        raise RuntimeError(head.decode("utf-8", "replace"))
    return taken
