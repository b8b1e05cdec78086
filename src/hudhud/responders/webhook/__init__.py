"""An inbox's own URL answers: it gets the batch, signed, and gives the contract back (S10)."""

from hudhud.model import Answer, Tools, Turn
from hudhud.responders.webhook.options import SECRETS, Options, service

__all__ = ["SECRETS", "Options", "answer", "service"]


async def answer(turn: Turn, options: Options, *, deadline_s: float, tools: Tools) -> Answer:
    """Post the batch, and read the answer; see `answering.answer`."""
    # Pages sign and post as well, and need nothing of what reads a batch: 4 MB of a web process.
    from hudhud.responders.webhook import answering  # noqa: PLC0415 - the reason above

    return await answering.answer(turn, options, deadline_s=deadline_s, tools=tools)
