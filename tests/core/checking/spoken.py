"""Turns and answers of the sample shop, as the checks are given them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec

from hudhud.core.answering.checking import Call, Vetted, vetted
from hudhud.model import Answer, Said, Turn
from hudhud.ops.sample.sample import sample

SHOP = sample()
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def turn(*texts: str, **more: Any) -> Turn:
    """A customer of the sample shop writes these; the search found everything it sells."""
    told: dict[str, Any] = {
        "merchant_id": 1,
        "merchant_name": SHOP.merchant.name_ar,
        "conversation_id": 1,
        "contact_name": "رغد",
        "assistant": msgspec.structs.replace(SHOP.assistants[0], responder="llm"),
        "messages": tuple(
            Said(id=n, author="contact", kind="text", text=text, at=NOW)
            for n, text in enumerate(texts, 1)
        ),
        "products": SHOP.products,
        "faqs": SHOP.faqs,
        "now": NOW,
    }
    return Turn(**(told | more))


def look(asked: str | Turn, answer: str, *calls: Call, **more: Any) -> Vetted:
    """What becomes of an answer to this."""
    of = turn(asked) if isinstance(asked, str) else asked
    return vetted(of, Answer(text=answer, source="model:openai:m", **more), calls)
