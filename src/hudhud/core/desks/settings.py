"""What a merchant chooses for one inbox: when people take over, and what it says of itself (S7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from hudhud.errors import BadInputError
from hudhud.events import emit
from hudhud.store.desks import desks, escalation
from hudhud.store.desks.escalation import EscalationSettings
from hudhud.store.pool import Database
from hudhud.text import fold

KEYWORDS_MAX = 50
KEYWORD_CHARS_MAX = 60
HAND_BACK_MINUTES_MAX = 10_080
TEXT_CHARS_MAX = 1000
GREETING_DAYS_MAX = 365
# Reasons for which a merchant may want another desk than the usual one.
REASONS = (
    *("asked_for_person", "keyword", "complaint", "wants_to_order", "order_status"),
    *("cancel_order", "unknown_product", "unknown_topic", "unknown_detail", "not_understood"),
    *("asked_again", "same_answer", "out_of_scope", "low_confidence", "collecting_failed"),
    *("model_asked", "responder_failed", "voice_note", "unseen_message", "closed"),
)


async def change(
    database: Database, merchant_id: int, inbox_id: int, chosen: Mapping[str, Any], *, actor: str
) -> EscalationSettings:
    """Change some of them; the next claim goes by them.

    Args:
        database: the pool.
        merchant_id: whose inbox.
        inbox_id: which.
        chosen: fields of `EscalationSettings`, as plain values; of `welcome` some too.
        actor: who, for the audit.

    Raises:
        NotFoundError: this merchant has no such inbox.
        BadInputError: beyond a limit, or a desk that is not there; nothing is changed.
    """
    async with database.deed(merchant_id) as connection:
        before = await escalation.settings_of(connection, inbox_id)
        wanted = _wanted(before, chosen)
        codes = {one.code for one in await desks.of_merchant(connection, merchant_id)}
        if problem := _problem(wanted, codes):
            raise BadInputError(problem)
        if wanted != before:
            await escalation.write(connection, inbox_id, wanted)
            await desks.audit(
                *(connection, merchant_id, actor, "inbox.escalation"),
                inbox=inbox_id,
                changed=sorted(chosen),
            )
            emit("inbox.set", inbox=inbox_id, changed=sorted(chosen))
    return wanted


async def read(database: Database, merchant_id: int, inbox_id: int) -> EscalationSettings:
    """How they stand.

    Raises:
        NotFoundError: this merchant has no such inbox.
    """
    async with database.reading(merchant_id) as connection:
        return await escalation.settings_of(connection, inbox_id)


def _wanted(before: EscalationSettings, chosen: Mapping[str, Any]) -> EscalationSettings:
    now = msgspec.to_builtins(before)
    # What is left out of `welcome` stays; an empty text takes one away.
    welcome = {**now["welcome"], **chosen.get("welcome", {})}
    told = {**now, **chosen, "welcome": welcome}
    told["escalation_keywords"] = keywords_of(told["escalation_keywords"])
    told["escalation_desks"] = {k: v for k, v in told["escalation_desks"].items() if v}
    try:
        return msgspec.convert(told, EscalationSettings)
    except msgspec.ValidationError as error:
        raise BadInputError(str(error)) from None


def keywords_of(told: Any) -> list[str]:
    """Keywords without repetition: two spellings of one word are one."""
    kept: dict[str, str] = {}
    for word in told:
        plain = " ".join(str(word).split())
        if fold(plain):
            kept.setdefault(fold(plain), plain)
    return list(kept.values())


def _problem(wanted: EscalationSettings, codes: set[str]) -> str | None:
    words = wanted.escalation_keywords
    said = wanted.welcome
    texts = (said.greeting_ar, said.greeting_en, said.away_ar, said.away_en)
    minutes = wanted.hand_back_minutes
    problems = (
        (not 0 <= wanted.escalation_threshold <= 1, "The threshold is from 0 to 1."),
        (
            len(words) > KEYWORDS_MAX or max(map(len, words), default=0) > KEYWORD_CHARS_MAX,
            f"At most {KEYWORDS_MAX} keywords of {KEYWORD_CHARS_MAX} letters.",
        ),
        (
            minutes is not None and not 1 <= minutes <= HAND_BACK_MINUTES_MAX,
            f"Back after 1 to {HAND_BACK_MINUTES_MAX} minutes, or never.",
        ),
        (not set(wanted.escalation_desks) <= set(REASONS), "There is no such reason."),
        (not set(wanted.escalation_desks.values()) <= codes, "There is no such desk."),
        (max(map(len, texts)) > TEXT_CHARS_MAX, f"A text has up to {TEXT_CHARS_MAX} letters."),
        (
            not 0 <= wanted.welcome.greeting_days <= GREETING_DAYS_MAX,
            f"Greet again after 0 (never) to {GREETING_DAYS_MAX} days.",
        ),
    )
    return next((sentence for wrong, sentence in problems if wrong), None)
