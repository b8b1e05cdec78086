"""Plays one conversation with one assistant: the product's own way of answering, in memory alone.

What is read is real: the inbox's settings, the catalogue, the documents. Cart, orders, fields and
history are the play's own; nothing is written, nothing is sent, no stock moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import msgspec

from hudhud.core.answering import escalating
from hudhud.core.answering.asking import ask
from hudhud.core.answering.checking import Recorded, looked_over
from hudhud.core.context import gather
from hudhud.core.outside.breakers import Breakers
from hudhud.core.rehearsing.result import Played
from hudhud.core.rehearsing.script import Script
from hudhud.core.spending.purse import Purse
from hudhud.core.tools import Toolbox
from hudhud.core.tools.memory import Memory
from hudhud.errors import BreakerOpenError, ResponderFailedError, SpendExceededError
from hudhud.model import Answer, Assistant, Escalation, Past, PlaceOrder, Said, Turn
from hudhud.model.turn import Author
from hudhud.responders.shelf import vocabulary
from hudhud.settings import Settings
from hudhud.store.assistants.newcomer import claimed_of
from hudhud.store.conversations import Claim
from hudhud.store.lookups import Setting, declared
from hudhud.store.pool import Database

_SPENT = SpendExceededError.__name__.removesuffix("Error")


@dataclass(frozen=True, slots=True)
class Stage:
    """Where it is played: the process, and what is known of a newcomer."""

    database: Database
    settings: Settings
    breakers: Breakers
    merchant_id: int
    known: Setting


@dataclass(slots=True)
class _Play:
    """One conversation as far as it went."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    history: list[Said] = field(default_factory=list)
    memory: Memory = field(default_factory=Memory)
    collected: dict[str, str] = field(default_factory=dict)
    past: list[Past] = field(default_factory=list)


async def play(stage: Stage, assistant: Assistant, script: Script) -> list[Played]:
    """Play a conversation; fewer answers than turns when a person took over.

    Raises:
        SpendExceededError: a model was to be asked, and the merchant's day is spent.
        StoreUnavailableError: PostgreSQL stayed away.
    """
    on, played = _Play(), []
    for burst in script.turns:
        one = await _turn(stage, assistant, on, burst.says)
        played.append(one)
        if one.outcome == "handed_over":
            break
    return played


async def _turn(stage: Stage, assistant: Assistant, on: _Play, says: Sequence[str]) -> Played:
    turn = await _gathered(stage, assistant, on, says)
    tools = Recorded(Toolbox(stage.database, None, turn, memory=on.memory))
    reply, reason, lost = await _replied(stage, _escalation(stage, on), turn, tools)
    outcome = "handed_over" if reason else "noted" if reply.noted else "answered"
    on.memory.next_turn()
    on.collected |= {**reply.collected, **on.memory.collected}
    on.history += [*turn.messages, _said(on, "assistant", reply.words, len(turn.messages))]
    on.past.insert(
        0, Past(outcome=outcome, reason=reason, confidence=reply.confidence, at=turn.now)
    )
    placed = [one.result for one in tools.calls if one.done and isinstance(one.wanted, PlaceOrder)]
    return Played(
        text=reply.words,
        outcome=outcome,
        reason=reason or "",
        source=reply.source,
        collected=dict(on.collected),
        tools=[str(one.wanted.__struct_config__.tag) for one in tools.calls if one.done],
        lost=lost,
        order={line.sku: line.count for order in placed for line in order.lines},
    )


async def _replied(
    stage: Stage, known: Escalation | None, turn: Turn, tools: Recorded
) -> tuple[Answer, str | None, bool]:
    wanted = escalating.before(known, turn.messages, vocabulary(turn.products))
    purse = Purse(stage.database, stage.settings, turn.merchant_id, turn.conversation_id)
    try:
        made = await ask(turn, stage.settings, stage.breakers, tools, purse)
    except (ResponderFailedError, BreakerOpenError) as error:
        resting = isinstance(error, BreakerOpenError)
        return Answer(), "responder_resting" if resting else "responder_failed", True
    steps = made.trace["asked"]
    if any(step.get("failed") == _SPENT for step in steps):
        raise SpendExceededError
    if steps[-1]["responder"] != turn.assistant.responder:
        # Who stands in is not who is rehearsed: a model that is away would play like the other.
        return Answer(), "responder_failed", True
    reply = looked_over(turn, made, tools.calls)
    decided = wanted or escalating.after(known, turn, reply)
    if reply.hand_over is not None:
        return reply, reply.hand_over, False
    if decided is None:
        return reply, None, False
    kept = reply if decided.answers else Answer(collected=reply.collected)
    return kept, decided.reason, False


async def _gathered(stage: Stage, assistant: Assistant, on: _Play, says: Sequence[str]) -> Turn:
    messages = tuple(_said(on, "contact", words, place) for place, words in enumerate(says))
    told = {name: value for name, value in stage.known.found.items() if name not in _OURS}
    claim = Claim(
        verdict="claimed",
        claimed=claimed_of(stage.merchant_id, messages[-1].id),
        crashes=0,
        wait_ms=0,
        messages=messages,
        last_external_id=None,
        setting=None,
        now=on.now,
    )
    bare = Setting(
        found={
            **told,
            "assistant": msgspec.to_builtins(assistant),
            "collected": on.collected,
            "history": [
                (one.id, one.author, one.kind, one.text, one.at.isoformat()) for one in on.history
            ],
        }
    )
    turn = await gather(stage.database, claim, bare)
    return msgspec.structs.replace(turn, cart=on.memory.cart, orders=tuple(on.memory.orders))


# Of the play itself, not of whoever wrote before.
_OURS = frozenset(
    look_up.name
    for look_up in (
        declared.ASSISTANT,
        declared.COLLECTED,
        declared.HISTORY,
        declared.BY_PERSON,
        declared.CART,
        declared.ORDERS,
    )
)


def _escalation(stage: Stage, on: _Play) -> Escalation | None:
    known = stage.known.of(declared.ESCALATION)
    return None if known is None else msgspec.structs.replace(known, past=tuple(on.past))


def _said(on: _Play, author: Author, text: str, place: int) -> Said:
    at = len(on.history) + place + 1
    return Said(id=at, author=author, kind="text", text=text, at=on.now)
