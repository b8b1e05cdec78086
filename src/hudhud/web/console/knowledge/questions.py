"""Answered questions: the list, one of them, and what customers asked that nothing answers."""

from __future__ import annotations

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core.knowledge import faqs
from hudhud.errors import AlreadyThereError, BadInputError, NotFoundError
from hudhud.model import Faq
from hudhud.responders.phrases import topic_name, topics
from hudhud.store.knowledge import faqs as rows
from hudhud.text import Language, language
from hudhud.web.console.page import context_of, form_of, reader_of, show

FIELDS = ("topic", "question_ar", "question_en", "answer_ar", "answer_en")
_EMPTY = dict.fromkeys(FIELDS, "")


async def list_page(request: Request) -> Response:
    """Every answered question, and what nobody could answer."""
    context, operator = context_of(request), request.state.operator
    async with context.database.reading(operator.merchant_id) as connection:
        reader = await reader_of(request, connection)
        listed = await rows.listed(connection, operator.merchant_id)
        unanswered = await rows.unanswered(connection, operator.merchant_id)
    return show(
        request,
        "knowledge/questions.html",
        reader.say,
        reader=reader,
        faqs=listed,
        unanswered=unanswered,
        named=lambda topic: _named(topic, reader.say.language),
        saved="saved" in request.query_params,
    )


async def new_page(request: Request) -> Response:
    """A form for a new one; `asked` names the batch whose words it begins with."""
    return await _form(request, await _asked(request))


async def edit_page(request: Request) -> Response:
    """A form with what is there."""
    context, operator = context_of(request), request.state.operator
    async with context.database.reading(operator.merchant_id) as connection:
        faq = await rows.one(connection, operator.merchant_id, request.path_params["id"])
    if faq is None:
        raise HTTPException(404)
    return await _form(request, {name: getattr(faq, name) for name in FIELDS}, faq_id=faq.id)


async def save(request: Request) -> Response:
    """Write it down; what cannot be keeps what was typed, and says what is wrong."""
    form = await form_of(request)
    faq_id = request.path_params.get("id", 0)
    values = {name: form.get(name, "") for name in FIELDS}
    try:
        await faqs.put(
            context_of(request).database,
            request.state.operator.merchant_id,
            msgspec.convert({"id": faq_id, **values}, Faq),
        )
    except NotFoundError:
        raise HTTPException(404) from None
    except AlreadyThereError:
        return await _form(request, values, faq_id=faq_id, wrong="faq.wrong.topic")
    except BadInputError:
        return await _form(request, values, faq_id=faq_id, wrong="faq.wrong")
    return RedirectResponse("/knowledge/questions?saved", 303)


async def remove(request: Request) -> Response:
    """Remove it."""
    await form_of(request)
    try:
        await faqs.remove(
            context_of(request).database,
            request.state.operator.merchant_id,
            request.path_params["id"],
        )
    except NotFoundError:
        raise HTTPException(404) from None
    return RedirectResponse("/knowledge/questions?saved", 303)


async def _form(
    request: Request, values: dict[str, str], *, faq_id: int = 0, wrong: str = ""
) -> Response:
    context, operator = context_of(request), request.state.operator
    async with context.database.reading(operator.merchant_id) as connection:
        reader = await reader_of(request, connection)
    return show(
        request,
        "knowledge/question.html",
        reader.say,
        reader=reader,
        status=422 if wrong else 200,
        values=values,
        faq_id=faq_id,
        wrong=wrong,
        topics=[(topic, _named(topic, reader.say.language)) for topic in topics()],
        limits=faqs,
    )


async def _asked(request: Request) -> dict[str, str]:
    """What a customer asked, in the field of its language."""
    asked = request.query_params.get("asked", "")
    if not asked.isdigit():
        return _EMPTY
    context, operator = context_of(request), request.state.operator
    async with context.database.reading(operator.merchant_id) as connection:
        unanswered = await rows.unanswered(connection, operator.merchant_id)
    said = next((one.said for one in unanswered if one.batch_id == int(asked)), "")
    words = " ".join(said.split())[: faqs.QUESTION_CHARS_MAX]
    return {**_EMPTY, f"question_{language(words)}": words}


def _named(topic: str, spoken: Language) -> str:
    return topic_name(topic, spoken).replace("_", " ")
