"""What the person who takes over should know at a glance; made from the turn alone. Pure."""

from __future__ import annotations

from typing import Any

from hudhud.model import Answer, Said, Turn

ASKED_MAX = 5
WORDS_CHARS_MAX = 300
LINES_MAX = 20
NOTE_CHARS_MAX = 500


def summary(turn: Turn, reply: Answer, *, note: str = "") -> dict[str, Any]:
    """Who it is, what was asked, what is known already, and what they were about to buy.

    Args:
        turn: what an answer would have been made from.
        reply: the answer; what it collected counts already.
        note: the model's own words, when it wished for a person.

    Returns:
        Plain values for the page and the API; what is not known is left out.
    """
    collected = {**turn.collected, **reply.collected}
    order = turn.orders[0] if turn.orders else None
    told: dict[str, Any] = {
        "name": collected.get("name") or turn.contact_name,
        "asked": asked(turn.messages, turn.history),
        "collected": collected,
        "cart": [
            {"name_ar": line.name_ar, "name_en": line.name_en, "count": line.count}
            for line in turn.cart.lines[:LINES_MAX]
        ],
        "order": None if order is None else {"number": order.number, "state": order.state},
        "note": note.strip()[:NOTE_CHARS_MAX],
    }
    return {name: value for name, value in told.items() if value}


def asked(messages: tuple[Said, ...], history: tuple[Said, ...] = ()) -> list[str]:
    """The contact's last words, the oldest first; the whole batch before anything earlier."""
    theirs = [said for said in (*history, *messages) if said.author == "contact" and said.text]
    return [said.text[:WORDS_CHARS_MAX] for said in theirs[-ASKED_MAX:]]
