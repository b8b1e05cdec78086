"""A greeting for who is new, and what is said outside of the hours: parts of one answer. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from hudhud.core.hours.opening import standing
from hudhud.core.hours.saying import back_words
from hudhud.core.hours.zones import zone_of
from hudhud.model import DeskHours, Hours, Turn
from hudhud.text import Language


def greeting(hours: Hours, turn: Turn, now: datetime, language: Language) -> str:
    """What is said first to who writes for the first time, or again after days of silence."""
    welcome = hours.welcome
    text = _in(language, welcome.greeting_ar, welcome.greeting_en)
    if not turn.history:
        # What a long message pushed out of the window was said all the same.
        return "" if turn.left_out or turn.summary else text
    again = timedelta(days=welcome.greeting_days)
    return text if again and now - turn.history[-1].at >= again else ""


def away(hours: Hours, now: datetime, language: Language) -> str:
    """What is said outside of the merchant's hours, once while they are closed; else nothing."""
    text = _in(language, hours.welcome.away_ar, hours.welcome.away_en)
    if not text or hours.plan is None:
        return ""
    found = standing(hours.plan, zone_of(hours.zone), now, later_days=hours.hijri_days)
    told = hours.away_at is not None and (found.since is None or hours.away_at >= found.since)
    return "" if found.open or told else text


def back(hours: Hours, reason: str, desk: str, now: datetime, language: Language) -> str:
    """When the people of a desk are there again; nothing while they are there, or when unknown.

    Args:
        hours: of the merchant and its desks.
        reason: why it is given to people; the inbox may name a desk for it.
        desk: the code of a desk that was named, empty for none.
        now: the moment of the hand-over.
        language: of the contact.
    """
    taking = desk_for(hours, reason, desk)
    plan = (taking.plan if taking is not None else None) or hours.plan
    if plan is None:
        return ""
    found = standing(plan, zone_of(hours.zone), now, later_days=hours.hijri_days)
    if found.open or found.until is None:
        return ""
    return back_words(hours, found.until, now, language)


def desk_for(hours: Hours, reason: str, desk: str) -> DeskHours | None:
    """The desk that takes it, as SQL `note_hand_over` chooses: named, by reason, or the usual."""
    by_code = {one.code: one for one in hours.desks}
    named = by_code.get(desk) or by_code.get(hours.reasons.get(reason.partition(":")[0], ""))
    return named or next((one for one in hours.desks if one.usual), None)


def _in(language: Language, arabic: str, english: str) -> str:
    return (english or arabic) if language == "en" else (arabic or english)
