"""Answered questions: written, changed and removed, from console, command line and API."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from hudhud import text
from hudhud.errors import BadInputError, NotFoundError
from hudhud.events import emit
from hudhud.model import Faq
from hudhud.store.knowledge import faqs as rows
from hudhud.store.pool import Database

TOPIC_CHARS_MAX: Final = 40
QUESTION_CHARS_MAX: Final = 300
ANSWER_CHARS_MAX: Final = 2000
FAQS_MAX: Final = 1000
# A topic that nobody named is called by the first words of its question.
_NAMED_BY = 3
_BETWEEN = re.compile(r"[^\w]+")


async def put(database: Database, merchant_id: int, wanted: Faq) -> int:
    """Write one down: a new one (its id is 0), or one that is there anew; return its id.

    Args:
        database: the pool.
        merchant_id: whose.
        wanted: at least an answer and a question or a topic, in one language; the customer's
            language is answered where both are there.

    Raises:
        BadInputError: something is missing or too long; its sentence says what.
        AlreadyThereError: the topic is answered already.
        NotFoundError: this merchant has no question of this id.
        StoreUnavailableError: PostgreSQL is away.
    """
    faq = _checked(wanted)
    async with database.deed(merchant_id) as connection:
        if faq.id:
            if not await rows.change(connection, faq):
                raise NotFoundError(f"Question {faq.id}.")
            faq_id = faq.id
        else:
            if len(await rows.listed(connection, merchant_id)) >= FAQS_MAX:
                raise BadInputError(f"There are {FAQS_MAX} questions; remove one first.")
            faq_id = await rows.add(connection, merchant_id, faq)
    if faq.id:
        emit("faq.changed", faq=faq_id)
    else:
        emit("faq.added", faq=faq_id)
    return faq_id


async def remove(database: Database, merchant_id: int, faq_id: int) -> None:
    """Remove one.

    Raises:
        NotFoundError: this merchant has no question of this id.
        StoreUnavailableError: PostgreSQL is away.
    """
    async with database.deed(merchant_id) as connection:
        if not await rows.remove(connection, faq_id):
            raise NotFoundError(f"Question {faq_id}.")
    emit("faq.removed", faq=faq_id)


def _checked(wanted: Faq) -> Faq:
    clean = {
        name: getattr(wanted, name).replace("\0", "").replace("\r\n", "\n").strip()
        for name in ("question_ar", "question_en", "answer_ar", "answer_en")
    }
    for name, value in clean.items():
        limit = QUESTION_CHARS_MAX if name.startswith("question") else ANSWER_CHARS_MAX
        if len(value) > limit:
            raise BadInputError(f"{name} has more than {limit} characters.")
    if not (clean["answer_ar"] or clean["answer_en"]):
        raise BadInputError("An answer is missing.")
    asked = f"{clean['question_ar']} {clean['question_en']}"
    said = text.search_terms(asked) or text.words(asked)
    topic = _topic(wanted.topic) or _topic(" ".join(said[:_NAMED_BY]))
    if not topic:
        raise BadInputError("A question or a topic is missing.")
    return msgspec.structs.replace(wanted, topic=topic, **clean)


def _topic(named: str) -> str:
    return _BETWEEN.sub("_", named.strip().lower()).strip("_")[:TOPIC_CHARS_MAX]
