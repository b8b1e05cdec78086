"""One claimed batch becomes one ending: answered, noted, with a person, again later, or dead.

There is no sixth way out, and none of them is silence (law 6).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from hudhud.core.answering.asking import ask
from hudhud.core.context import gather
from hudhud.core.media.listening import listened
from hudhud.core.outside.breakers import Breakers
from hudhud.core.retry import Dead, decide
from hudhud.core.spending.purse import Purse
from hudhud.core.tools import Toolbox
from hudhud.errors import (
    BadInputError,
    BreakerOpenError,
    HudhudError,
    ResponderFailedError,
    SpendExceededError,
)
from hudhud.events import emit
from hudhud.model import Answer, Content
from hudhud.responders.phrases import kind_name, say
from hudhud.settings import Settings
from hudhud.store.conversations import Claim, Finish, Rich
from hudhud.store.lookups import Setting, declared
from hudhud.store.pool import Database
from hudhud.text import Language, language

REASON_CHARS_MAX = 300
_REASONS: dict[type[HudhudError], str] = {
    ResponderFailedError: "responder_failed",
    BreakerOpenError: "responder_resting",
    SpendExceededError: "spend_exceeded",
    BadInputError: "content_refused",  # by the channel, before anything was written
}


async def answer(
    database: Database,
    settings: Settings,
    claim: Claim,
    parts: Callable[[str], tuple[str, ...]],
    *,
    checked: Callable[[Content], str],
    breakers: Breakers,
    ai_on: bool,
) -> Finish:
    """Answer one claimed batch. Never raises but for cancellation.

    Args:
        database: the worker's pool.
        settings: deadlines and limits.
        claim: the batch and its lease, and what was loaded for it.
        parts: how the channel cuts a text (its limits).
        checked: whether the channel takes what is more than words, and how pages show it.
        breakers: of this process; no model is asked but through its own (R1).
        ai_on: the switch of Q9; off, every batch goes to a person.
    """
    if not claim.messages:
        return Finish(claimed=claim.claimed, outcome="nothing")
    if claim.claimed.attempt > settings.attempts_max:
        reason = f"{claim.crashes} workers died with it, or every attempt failed"
        return Finish(claimed=claim.claimed, outcome="dead", reason=reason)
    setting = claim.setting
    if setting is None or not ai_on:
        return _to_person(claim, "ai_off" if not ai_on else "no_assistant", parts)
    try:
        return await _made(database, settings, claim, setting, parts, checked, breakers)
    except tuple(_REASONS) as error:
        conversation = claim.claimed.conversation_id
        emit("responder.failed", "warning", conversation=conversation, why=error.detail)
        return _to_person(claim, _REASONS[type(error)], parts, asked=error.asked)
    except Exception as error:  # noqa: BLE001 - whatever broke, the batch must end (law 6)
        emit("answer.failed", "error", exc_info=True, error=type(error).__name__)
        return failed(claim, error, settings)


async def _made(
    database: Database,
    settings: Settings,
    claim: Claim,
    setting: Setting,
    parts: Callable[[str], tuple[str, ...]],
    checked: Callable[[Content], str],
    breakers: Breakers,
) -> Finish:
    if setting.of(declared.ASSISTANT) is None:
        return _to_person(claim, "no_assistant", parts)
    heard = await listened(database, settings, claim)
    if heard is None:
        return _to_person(claim, "voice_note", parts, notice=_unheard(claim))
    turn = await gather(database, heard, setting)
    started = time.monotonic()
    reply = await ask(
        *(turn, settings, breakers, Toolbox(database, heard, turn)),
        Purse(database, settings, turn),
    )
    seconds = round(time.monotonic() - started, 3)
    return _ending(claim, reply, (*parts(reply.text), *_rich(reply, checked)), parts, seconds)


def failed(claim: Claim, error: BaseException, settings: Settings) -> Finish:
    """After an unexpected failure: again later, or a dead letter with its reason (Q6)."""
    why = f"{type(error).__name__}: {error}"[:REASON_CHARS_MAX]
    now = datetime.now(UTC)
    decided = decide(error, claim.claimed.attempt, now, attempts_max=settings.attempts_max)
    if isinstance(decided, Dead):
        return Finish(claimed=claim.claimed, outcome="dead", reason=why)
    wait_ms = (decided.at - now).total_seconds() * 1000
    return Finish(claimed=claim.claimed, outcome="retry", reason=why, retry_ms=wait_ms)


def _rich(reply: Answer, checked: Callable[[Content], str]) -> list[Rich]:
    return [
        Rich(kind=content.tag, body=checked(content), send=content) for content in reply.contents
    ]


def _ending(
    claim: Claim,
    reply: Answer,
    said: tuple[str | Rich, ...],
    parts: Callable[[str], tuple[str, ...]],
    seconds: float,
) -> Finish:
    if not said and reply.hand_over is None and reply.noted is None:
        return _to_person(claim, "empty_answer", parts)
    outcome = "handed_over" if reply.hand_over is not None else "answered" if said else "noted"
    if outcome == "handed_over" and not said:
        said = parts(_notice(claim))
    return Finish(
        claimed=claim.claimed,
        outcome=outcome,  # type: ignore[arg-type] # one of the three literals above
        parts=said,
        reason=reply.hand_over or reply.noted,
        source=reply.source or None,
        trace={**reply.trace, "responder_s": seconds},
        collected=reply.collected,
    )


def _to_person(
    claim: Claim,
    reason: str,
    parts: Callable[[str], tuple[str, ...]],
    *,
    notice: str = "",
    asked: tuple[dict[str, object], ...] = (),
) -> Finish:
    said = parts(notice or _notice(claim))
    return Finish(
        claimed=claim.claimed,
        outcome="handed_over",
        parts=said,
        reason=reason,
        trace={"asked": asked} if asked else {},
    )


def _notice(claim: Claim) -> str:
    return say("to_person", _language(claim))


def _unheard(claim: Claim) -> str:
    spoken = _language(claim)
    return say("unseen", spoken, kind=kind_name("voice", spoken))


def _language(claim: Claim) -> Language:
    return language(" ".join(message.text for message in claim.messages))
