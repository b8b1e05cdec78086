"""One claimed batch becomes one ending: answered, noted, with a person, again later, or dead.

There is no sixth way out, and none of them is silence (law 6).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import msgspec

from hudhud import registry
from hudhud.core.context import gather
from hudhud.core.retry import again_in_s
from hudhud.errors import HudhudError, ResponderFailedError
from hudhud.events import emit
from hudhud.model import Answer, Turn
from hudhud.responders.phrases import say
from hudhud.settings import Settings
from hudhud.store.conversations import Claim, Finish, Setting
from hudhud.store.pool import Database
from hudhud.text import language

TRIES = 2  # the first, and the one retry of S4, both inside the deadline
REASON_CHARS_MAX = 300


async def answer(
    database: Database,
    settings: Settings,
    claim: Claim,
    setting: Setting | None,
    parts: Callable[[str], tuple[str, ...]],
    *,
    ai_on: bool,
) -> Finish:
    """Answer one claimed batch. Never raises but for cancellation.

    Args:
        database: the worker's pool.
        settings: deadlines and limits.
        claim: the batch and its lease.
        setting: what was loaded for it; None when the conversation is gone.
        parts: how the channel cuts a text (its limits).
        ai_on: the switch of Q9; off, every batch goes to a person.
    """
    if not claim.messages:
        return Finish(claimed=claim.claimed, outcome="nothing")
    if claim.claimed.attempt > settings.attempts_max:
        reason = f"{claim.crashes} workers died with it, or every attempt failed"
        return Finish(claimed=claim.claimed, outcome="dead", reason=reason)
    if setting is None or setting.assistant is None or not ai_on:
        return _to_person(claim, "ai_off" if not ai_on else "no_assistant", parts)
    try:
        turn = await gather(database, claim, setting)
        started = time.monotonic()
        reply = await ask(turn, settings)
        seconds = round(time.monotonic() - started, 3)
        return _ending(claim, reply, parts, seconds)
    except ResponderFailedError as error:
        emit("responder.failed", "warning", conversation=turn.conversation_id, why=error.detail)
        return _to_person(claim, "responder_failed", parts)
    except Exception as error:  # noqa: BLE001 - whatever broke, the batch must end (law 6)
        emit("answer.failed", "error", exc_info=True, error=type(error).__name__)
        return failed(claim, error, settings)


async def ask(turn: Turn, settings: Settings) -> Answer:
    """Ask the assistant's responder, and once more when it fails while time is left.

    Raises:
        ResponderFailedError: no usable answer within the deadline.
    """
    module = registry.adapter("responders", turn.assistant.responder)
    options = msgspec.convert(_options(turn, settings), module.Options)
    ends = time.monotonic() + settings.responder_deadline_s
    failure: HudhudError = ResponderFailedError("no time was left")
    for _ in range(TRIES):
        left_s = ends - time.monotonic()
        if left_s <= 0:
            break
        try:
            reply: Answer = await module.answer(turn, options, deadline_s=left_s)
        except ResponderFailedError as error:
            failure = error
        else:
            return reply
    raise failure


def failed(claim: Claim, error: BaseException, settings: Settings) -> Finish:
    """After an unexpected failure: again later, or a dead letter with its reason (Q6)."""
    why = f"{type(error).__name__}: {error}"[:REASON_CHARS_MAX]
    wait_s = again_in_s(claim.claimed.attempt, attempts_max=settings.attempts_max)
    if wait_s is None:
        return Finish(claimed=claim.claimed, outcome="dead", reason=why)
    return Finish(claimed=claim.claimed, outcome="retry", reason=why, retry_ms=wait_s * 1000)


def _ending(
    claim: Claim, reply: Answer, parts: Callable[[str], tuple[str, ...]], seconds: float
) -> Finish:
    texts = parts(reply.text)
    if not texts and reply.hand_over is None and reply.noted is None:
        return _to_person(claim, "empty_answer", parts)
    outcome = "handed_over" if reply.hand_over is not None else "answered" if texts else "noted"
    if outcome == "handed_over" and not texts:
        texts = parts(_notice(claim))
    return Finish(
        claimed=claim.claimed,
        outcome=outcome,  # type: ignore[arg-type] # one of the three literals above
        parts=texts,
        reason=reply.hand_over or reply.noted,
        source=reply.source or None,
        trace={**reply.trace, "responder_s": seconds},
        collected=reply.collected,
    )


def _to_person(claim: Claim, reason: str, parts: Callable[[str], tuple[str, ...]]) -> Finish:
    return Finish(
        claimed=claim.claimed, outcome="handed_over", parts=parts(_notice(claim)), reason=reason
    )


def _notice(claim: Claim) -> str:
    return say("to_person", language(" ".join(message.text for message in claim.messages)))


def _options(turn: Turn, settings: Settings) -> dict[str, Any]:
    # What the assistant leaves open, the installation's own settings fill.
    if turn.assistant.responder != "llm":
        return turn.assistant.options
    defaults = {
        "model": settings.llm_model,
        "base_url": settings.llm_base_url,
        "api_key": settings.llm_api_key,
    }
    return {**{k: v for k, v in defaults.items() if v}, **turn.assistant.options}
