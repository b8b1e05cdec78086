"""A responder that asks nobody: what the bench measures is everything around it."""

from __future__ import annotations

import asyncio

import msgspec

from hudhud.model import Answer, Tools, Turn


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How long it pretends to think; 0 answers at once."""

    delay_s: float = 0.0


def service(_options: Options) -> str:
    """Nobody outside is asked, so no breaker stands before it."""
    return ""


async def answer(
    turn: Turn,
    options: Options,
    *,
    deadline_s: float,
    tools: Tools,  # noqa: ARG001 - the Responder's shape
) -> Answer:
    """Answer with the number of messages in the batch; never fails.

    Args:
        turn: the batch.
        options: how long to wait first.
        deadline_s: seconds after which nobody waits for it any more.
        tools: not needed here.
    """
    if options.delay_s:
        await asyncio.sleep(min(options.delay_s, deadline_s))
    return Answer(text=f"رسائلك: {len(turn.messages)}", source="bench:instant")
