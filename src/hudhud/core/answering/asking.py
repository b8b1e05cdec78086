"""Who is asked for an answer, in which order, and how long each of them has."""

from __future__ import annotations

import time
from contextlib import nullcontext

import msgspec

from hudhud import registry
from hudhud.core.outside.breakers import Breakers
from hudhud.core.outside.services import options_of, responder_service, second_of
from hudhud.errors import BreakerOpenError, HudhudError, ResponderFailedError
from hudhud.events import emit
from hudhud.model import Answer, Tools, Turn
from hudhud.settings import Settings

TRIES = 2  # the first, and the one retry of S4, both inside the deadline
SECOND_S = 1.0  # what a second responder has at least, when the first used up the deadline


async def ask(turn: Turn, settings: Settings, breakers: Breakers, tools: Tools) -> Answer:
    """Ask the assistant's responder, and once more when it fails while time is left.

    When that one cannot answer, or its breaker is open, the assistant's second responder is asked
    once; what is left of the deadline, or a moment at least, is its time.

    Raises:
        ResponderFailedError: no usable answer within the deadline.
        BreakerOpenError: who should have answered is not to be asked now.
    """
    ends = time.monotonic() + settings.responder_deadline_s
    try:
        return await _asked(turn, settings, breakers, tools, ends=ends, tries=TRIES)
    except (ResponderFailedError, BreakerOpenError) as error:
        second = second_of(turn.assistant)
        if second is None:
            raise
        emit("responder.second", "warning", conversation=turn.conversation_id, why=error.detail)
    ends = max(ends, time.monotonic() + SECOND_S)
    second_turn = msgspec.structs.replace(turn, assistant=second)
    return await _asked(second_turn, settings, breakers, tools, ends=ends, tries=1)


async def _asked(
    turn: Turn,
    settings: Settings,
    breakers: Breakers,
    tools: Tools,
    *,
    ends: float,
    tries: int,
) -> Answer:
    module = registry.adapter("responders", turn.assistant.responder)
    options = options_of(turn.assistant, settings)
    service = responder_service(turn.assistant.responder, options)
    failure: HudhudError = ResponderFailedError("no time was left")
    for _ in range(tries):
        left_s = ends - time.monotonic()
        if left_s <= 0:
            break
        guard = breakers.calling(service, deadline_s=left_s) if service else nullcontext()
        try:
            async with guard:
                reply: Answer = await module.answer(turn, options, deadline_s=left_s, tools=tools)
        except (ResponderFailedError, BreakerOpenError) as error:
            failure = error
        else:
            return reply
    raise failure
