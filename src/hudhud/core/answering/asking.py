"""Who is asked for an answer, in which order, how long each of them has, and who pays."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

import msgspec

from hudhud import registry
from hudhud.core import tracing
from hudhud.core.answering.watched import Watched
from hudhud.core.outside.breakers import Breakers
from hudhud.core.outside.services import chain, options_of, responder_service
from hudhud.core.spending.purse import Purse, price_of
from hudhud.errors import (
    BreakerOpenError,
    HudhudError,
    ResponderFailedError,
    SpendExceededError,
)
from hudhud.events import emit
from hudhud.model import Answer, Assistant, Tools, Turn, Usage
from hudhud.settings import Settings

TRIES = 2  # the first, and the one retry of S4 where it can help, both inside the deadline
SECOND_S = 1.0  # what each later responder has at least, when those before used up the deadline
DETAIL_CHARS_MAX = 200
Steps = list[dict[str, Any]]


async def ask(
    turn: Turn, settings: Settings, breakers: Breakers, tools: Tools, purse: Purse
) -> Answer:
    """Ask the assistant's responder, and once more when it fails while time is left; then the next.

    Who refused the question, or named a moment to come back, is not asked the same at once.

    The next of the chain is asked when one fails, when its breaker is open, or when what the
    merchant may spend is spent. It has what is left of the deadline, or a moment at least. Who
    changed something with a tool and then fails is followed by nobody but a person: the next one
    would read a turn that is not true any more.

    The answer's trace says under `asked` who was asked, and what each of them cost.

    Args:
        turn: what each of them reads.
        settings: the deadline, and what assistants leave open.
        breakers: of this process.
        tools: what they may do besides talking.
        purse: pays for it.

    Raises:
        ResponderFailedError: no usable answer within the deadline.
        BreakerOpenError: who should have answered last is not to be asked now.
        SpendExceededError: it costs, and the merchant's day is spent.
    """
    ends = time.monotonic() + settings.responder_deadline_s
    watched, steps = Watched(tools), Steps()
    asker = _Asker(settings, breakers, watched, purse, steps)
    failure: HudhudError = ResponderFailedError("nobody is to be asked")
    for place, assistant in enumerate(_chain(turn.assistant, settings)):
        if place:
            emit(
                "responder.second",
                "warning",
                conversation=turn.conversation_id,
                responder=assistant.responder,
                why=failure.detail,
            )
            ends = max(ends, time.monotonic() + SECOND_S)
        its_turn = msgspec.structs.replace(turn, assistant=assistant)
        try:
            reply = await asker.ask(its_turn, ends=ends, tries=1 if place else TRIES)
        except (ResponderFailedError, BreakerOpenError, SpendExceededError) as error:
            failure = error
            if watched.changed:
                break
        else:
            return msgspec.structs.replace(reply, trace={**reply.trace, "asked": steps})
    failure.asked = tuple(steps)
    raise failure


def _chain(assistant: Assistant, settings: Settings) -> Sequence[Assistant]:
    try:
        return chain(assistant, settings)
    except msgspec.ValidationError as error:
        # Options that this release does not take: a person, not a batch that comes again for ever.
        raise ResponderFailedError(str(error), service="well") from error


class _Asker:
    """Asks one of a chain, through its breaker and out of the purse."""

    def __init__(
        self, settings: Settings, breakers: Breakers, tools: Tools, purse: Purse, steps: Steps
    ) -> None:
        self.settings, self.breakers, self.tools = settings, breakers, tools
        self.purse, self.steps = purse, steps

    async def ask(self, turn: Turn, *, ends: float, tries: int) -> Answer:
        options = options_of(turn.assistant, self.settings)
        failure: HudhudError = ResponderFailedError("no time was left")
        for _ in range(tries):
            left_s = ends - time.monotonic()
            if left_s <= 0:
                break
            step: dict[str, Any] = {"responder": turn.assistant.responder}
            self.steps.append(step)
            began = time.monotonic()
            try:
                with tracing.step("responder", responder=turn.assistant.responder):
                    reply = await self._once(turn, options, left_s, step)
            except (ResponderFailedError, BreakerOpenError, SpendExceededError) as error:
                failure = error
                step["failed"] = type(error).__name__.removesuffix("Error")
                step["why"] = error.detail[:DETAIL_CHARS_MAX]
            else:
                return reply
            finally:
                step["ms"] = round((time.monotonic() - began) * 1000)
            if not (isinstance(failure, ResponderFailedError) and failure.again):
                break
        raise failure

    async def _once(self, turn: Turn, options: Any, left_s: float, step: dict[str, Any]) -> Answer:
        module = registry.adapter("responders", turn.assistant.responder)
        service = responder_service(turn.assistant.responder, options)
        price = price_of(options)
        await self.purse.open(price)
        guard = self.breakers.calling(service, deadline_s=left_s) if service else nullcontext()
        try:
            async with guard:
                reply: Answer = await module.answer(
                    turn, options, deadline_s=left_s, tools=self.tools
                )
        except ResponderFailedError as error:
            if any(error.tokens):
                usage = Usage(tokens_in=error.tokens[0], tokens_out=error.tokens[1])
                step["cost_minor"] = await self.purse.pay(options.model, usage, price)
            raise
        if reply.usage is None:
            return reply
        step["cost_minor"] = await self.purse.pay(options.model, reply.usage, price)
        told = {**reply.trace.get("model", {}), "cost_minor": step["cost_minor"]}
        return msgspec.structs.replace(reply, trace={**reply.trace, "model": told})
