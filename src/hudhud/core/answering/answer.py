"""One claimed batch becomes one ending: answered, noted, with a person, again later, or dead.

There is no sixth way out, and none of them is silence (law 6).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec

from hudhud.core import summaries
from hudhud.core.answering import escalating
from hudhud.core.answering.asking import ask
from hudhud.core.answering.checking import Recorded, looked_over
from hudhud.core.answering.ending import Ending
from hudhud.core.answering.escalating import Decision
from hudhud.core.context import gather
from hudhud.core.knowledge.embeddings import nearer
from hudhud.core.media.listening import listened
from hudhud.core.outside.breakers import Breakers
from hudhud.core.outside.services import options_of, responder_service
from hudhud.core.retry import Dead, decide
from hudhud.core.spending.purse import Purse
from hudhud.core.tools import Toolbox
from hudhud.errors import (
    BadInputError,
    BreakerOpenError,
    HudhudError,
    LeaseLostError,
    ResponderFailedError,
    SpendExceededError,
)
from hudhud.events import emit
from hudhud.model import Answer, Content, HandOver, Hours, Turn
from hudhud.responders import examples
from hudhud.responders.shelf import vocabulary
from hudhud.settings import Settings
from hudhud.store.conversations import Claim, Finish
from hudhud.store.lookups import Setting, declared
from hudhud.store.pool import Database

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
    ending = Ending(claim=claim, hours=_hours(setting), parts=parts, checked=checked)
    if setting is None or not ai_on:
        return ending.given("ai_off" if not ai_on else "no_assistant")
    try:
        return await _made(database, settings, setting, ending, breakers)
    except tuple(_REASONS) as error:
        return _unanswered(ending, error)
    except Exception as error:  # noqa: BLE001 - whatever broke, the batch must end (law 6)
        emit("answer.failed", "error", exc_info=True, error=type(error).__name__)
        return failed(claim, error, settings)


async def _made(
    database: Database, settings: Settings, setting: Setting, ending: Ending, breakers: Breakers
) -> Finish:
    if setting.of(declared.ASSISTANT) is None:
        return ending.given("no_assistant")
    heard = await listened(database, settings, ending.claim)
    if heard is None:
        return ending.given("voice_note", text=ending.unheard())
    await examples.ready()
    turn = await gather(database, heard, setting, history_tokens=settings.history_tokens)
    turn = await nearer(database, breakers, settings, turn)
    if away := ending.left_to_people():
        return ending.given("closed", turn=turn, text=away, trace={"away": True})
    known = setting.of(declared.ESCALATION)
    asked_for = escalating.before(known, turn.messages, vocabulary(turn.products))
    if asked_for is not None and _asks_outside(turn, settings):
        # A model would be asked, and paid, for what a person says anyway.
        return ending.given(asked_for.reason, turn=turn)
    tools = Recorded(Toolbox(database, heard, turn))
    purse = Purse(database, settings, turn.merchant_id, turn.conversation_id)
    started = time.monotonic()
    try:
        reply = looked_over(turn, await ask(turn, settings, breakers, tools, purse), tools.calls)
    except (ResponderFailedError, BreakerOpenError, SpendExceededError, LeaseLostError) as error:
        return _unanswered(ending, error, turn)
    seconds = round(time.monotonic() - started, 3)
    await summaries.want(database, settings, turn)
    decided = asked_for or escalating.after(known, turn, reply)
    wish = next((c.wanted for c in tools.calls if isinstance(c.wanted, HandOver) and c.done), None)
    return _judged(ending, turn, reply, decided, seconds, wish)


def _judged(
    ending: Ending,
    turn: Turn,
    reply: Answer,
    decided: Decision | None,
    seconds: float,
    wish: HandOver | None,
) -> Finish:
    trace = {**reply.trace, "responder_s": seconds}
    if reply.confidence is not None:
        trace["confidence"] = reply.confidence
    if reply.hand_over is not None or wish is not None:
        # The merchant's own word says more than that it was not understood.
        named = decided.reason if decided is not None and decided.keyword else None
        reason = named or reply.hand_over or "model_asked"
        return ending.given(reason, turn=turn, reply=reply, wish=wish, trace=trace)
    if decided is None:
        return ending.answered(turn, reply, trace)
    kept = reply if decided.answers else Answer(collected=reply.collected)
    return ending.given(decided.reason, turn=turn, reply=kept, trace=trace)


def _unanswered(ending: Ending, error: HudhudError, turn: Turn | None = None) -> Finish:
    if isinstance(error, LeaseLostError):
        # Whoever has the conversation now answers it; the fence lets nothing of this be written.
        return Finish(claimed=ending.claim.claimed, outcome="released")
    conversation = ending.claim.claimed.conversation_id
    emit("responder.failed", "warning", conversation=conversation, why=error.detail)
    trace = {"asked": error.asked} if error.asked else {}
    return ending.given(_REASONS[type(error)], turn=turn, trace=trace)


def _hours(setting: Setting | None) -> Hours:
    try:
        return Hours() if setting is None else setting.of(declared.HOURS)
    except msgspec.ValidationError as error:
        emit("context.look_up_failed", "warning", look_up="hours", error=type(error).__name__)
        return Hours()


def _asks_outside(turn: Turn, settings: Settings) -> bool:
    try:
        options = options_of(turn.assistant, settings)
    except msgspec.ValidationError:
        return True  # nobody can be asked so; a person was wanted in any case
    return bool(responder_service(turn.assistant.responder, options))


def failed(claim: Claim, error: BaseException, settings: Settings) -> Finish:
    """After an unexpected failure: again later, or a dead letter with its reason (Q6)."""
    why = f"{type(error).__name__}: {error}"[:REASON_CHARS_MAX]
    now = datetime.now(UTC)
    decided = decide(error, claim.claimed.attempt, now, attempts_max=settings.attempts_max)
    if isinstance(decided, Dead):
        return Finish(claimed=claim.claimed, outcome="dead", reason=why)
    wait_ms = (decided.at - now).total_seconds() * 1000
    return Finish(claimed=claim.claimed, outcome="retry", reason=why, retry_ms=wait_ms)
