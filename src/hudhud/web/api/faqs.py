"""`/faqs`: questions that the merchant answered once for all, and what nothing answers."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from hudhud.core.knowledge import faqs
from hudhud.errors import NotFoundError
from hudhud.model import Faq
from hudhud.store.knowledge import faqs as rows
from hudhud.web.api.bearer import body_of, context_of, id_of, json, operator_of


class Written(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question and its answer; one language is enough. An empty topic is made up."""

    topic: str = ""
    question_ar: str = ""
    question_en: str = ""
    answer_ar: str = ""
    answer_en: str = ""


async def listed(request: Request) -> Response:
    """All of them, and the newest that went to a person because nothing answers it."""
    merchant_id = operator_of(request).merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        found = await rows.listed(connection, merchant_id)
        unanswered = await rows.unanswered(connection, merchant_id)
    asked = [msgspec.structs.asdict(one) for one in unanswered]
    return json({"faqs": [_told(one) for one in found], "unanswered": asked})


async def add(request: Request) -> Response:
    """Write a new one."""
    return await _put(request, 0)


async def change(request: Request) -> Response:
    """Write one anew, as a whole."""
    return await _put(request, id_of(request))


async def remove(request: Request) -> Response:
    """Remove one."""
    merchant_id = operator_of(request).merchant_id
    await faqs.remove(context_of(request).database, merchant_id, id_of(request))
    return json({"id": id_of(request), "removed": True})


async def _put(request: Request, faq_id: int) -> Response:
    written = await body_of(request, Written)
    context, merchant_id = context_of(request), operator_of(request).merchant_id
    wanted = Faq(id=faq_id, **msgspec.structs.asdict(written))
    faq_id = await faqs.put(context.database, merchant_id, wanted)
    async with context.database.reading(merchant_id) as connection:
        found = await rows.one(connection, merchant_id, faq_id)
    if found is None:
        raise NotFoundError(f"Question {faq_id}.")
    return json(_told(found))


def _told(faq: Faq) -> dict[str, Any]:
    told = msgspec.structs.asdict(faq)
    told.pop("score")
    return told
