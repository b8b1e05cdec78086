"""What is posted: the batch, and all that a responder may read to answer it; pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from hudhud.model import Said, Turn

VERSION = 1
PRODUCTS_MAX, FAQS_MAX, PASSAGES_MAX = 12, 8, 8


def body_of(turn: Turn, *, answer_within_s: float) -> bytes:
    """The turn as JSON; nothing of an assistant's options is in it, for they hold secrets.

    Args:
        turn: what a responder may read.
        answer_within_s: seconds after which an answer is of no use.
    """
    missing = [field for field in turn.assistant.fields if field.name not in turn.collected]
    return msgspec.json.encode(
        {
            "version": VERSION,
            "answer_within_s": round(answer_within_s, 3),
            "merchant": turn.merchant_name,
            "inbox": {"name": turn.inbox.name, "channel": turn.inbox.channel},
            "conversation": turn.conversation_id,
            "contact": {"name": turn.contact_name},
            "assistant": {
                "name": turn.assistant.name,
                "instructions": turn.assistant.instructions,
            },
            "messages": _said(turn.messages),
            "history": _said(turn.history),
            "summary": turn.summary,
            "collected": turn.collected,
            "missing": [
                {"name": field.name, "kind": field.kind, "choices": list(field.choices)}
                for field in missing
            ],
            "products": turn.products[:PRODUCTS_MAX],
            "faqs": turn.faqs[:FAQS_MAX],
            "passages": turn.passages[:PASSAGES_MAX],
            "cart": turn.cart,
            "orders": turn.orders,
        }
    )


def _said(said: Iterable[Said]) -> list[dict[str, Any]]:
    return [
        {"id": one.id, "author": one.author, "kind": one.kind, "text": one.text, "at": one.at}
        for one in said
    ]
