"""Learning beside the event loop: a second or two in which leases must go on being renewed."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache

from hudhud.memory import give_back
from hudhud.responders.examples.judging import judge
from hudhud.responders.examples.tongue import arabic_in_latin


async def ready() -> None:
    """Return when opinions cost little; the first caller of a process begins what they all await.

    Not at a process's start: what answers nobody has no need of the memory.
    """
    learning = _learning()
    if not learning.done():
        await asyncio.to_thread(learning.result)


@cache
def _learning() -> Future[None]:
    pool = ThreadPoolExecutor(1, "examples")
    learning = pool.submit(_learn)
    pool.shutdown(wait=False)
    return learning


def _learn() -> None:
    judge("سلام")
    arabic_in_latin("salam")
    give_back()  # counting leaves holes among what stays
