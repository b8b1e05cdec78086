"""`/dead-letters`: list, read, edit, answer, retry, discard; one or many (Q6)."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from hudhud.core import dead_letters
from hudhud.core.dead_letters import CHOSEN_MAX, Actor, Verdict
from hudhud.errors import BadInputError, NotFoundError
from hudhud.store.letters import reading
from hudhud.store.letters.reading import RowId, Which
from hudhud.store.letters.settling import Settled
from hudhud.web.api.bearer import (
    ID_MAX,
    body_of,
    context_of,
    id_of,
    json,
    operator_of,
    query_of,
)

LISTED = 50
KEY_CHARS_MAX = 64


class Asked(Which, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A list: the conditions, after which id it begins, and how many at most."""

    after: Annotated[int, msgspec.Meta(ge=0, le=ID_MAX)] = 0
    limit: Annotated[int, msgspec.Meta(ge=1, le=reading.LISTED_MAX)] = LISTED


class Chosen(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Letters by their ids, or every open one that matches; not both, and not neither."""

    ids: Annotated[list[RowId], msgspec.Meta(max_length=CHOSEN_MAX)] | None = None
    matching: Which | None = None


class Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be said; `key` names one answer, so that it is sent once."""

    text: str
    key: Annotated[str, msgspec.Meta(max_length=KEY_CHARS_MAX)] = ""


class Nothing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A deed that needs no word."""


async def listed(request: Request) -> Response:
    """Letters, the oldest first; `next` is the `after` of the following page."""
    asked = query_of(request, Asked)
    merchant_id = operator_of(request).merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        rows = await reading.listed(
            connection, merchant_id, asked, after=asked.after, limit=asked.limit + 1
        )
        count = await reading.count(connection, merchant_id, asked)
    letters = [dict(row) for row in rows[: asked.limit]]
    following = letters[-1]["id"] if len(rows) > asked.limit else None
    return json({"dead_letters": letters, "count": count, "next": following})


async def show(request: Request) -> Response:
    """One letter with its history."""
    merchant_id = operator_of(request).merchant_id
    return json(await dead_letters.read(context_of(request).database, merchant_id, id_of(request)))


async def edit(request: Request) -> Response:
    """Change the words of a refused reply; a retry sends them."""
    words, operator = await body_of(request, Words), operator_of(request)
    changed = await dead_letters.edit(
        context_of(request).database,
        operator.merchant_id,
        id_of(request),
        words.text,
        Actor.operator(operator.id),
    )
    return json({"id": id_of(request), "changed": changed})


async def answer(request: Request) -> Response:
    """Answer it as the operator whose token this is; they hold the conversation from then on."""
    words, operator = await body_of(request, Words), operator_of(request)
    if not words.key.replace("\0", ""):
        raise BadInputError("Name this answer with a `key` of your own, so that it is sent once.")
    context = context_of(request)
    await dead_letters.answer(
        context.database,
        context.hints,
        operator.merchant_id,
        id_of(request),
        operator.id,
        words.text,
        key=f"api:{operator.id}:{words.key}".replace("\0", ""),
    )
    return json({"id": id_of(request), "settlement": "answered"})


async def retry(request: Request) -> Response:
    """Try one letter again."""
    return await _one(request, "retry")


async def discard(request: Request) -> Response:
    """Close one letter."""
    return await _one(request, "discard")


async def retry_many(request: Request) -> Response:
    """Try many again."""
    return await _many(request, "retry")


async def discard_many(request: Request) -> Response:
    """Close many."""
    return await _many(request, "discard")


async def _one(request: Request, verdict: Verdict) -> Response:
    # A repeated request is answered with how the letter stands, not with an error.
    await body_of(request, Nothing)
    done = await _settled(request, [id_of(request)], verdict)
    if done:
        return json(_told(done[0]))
    merchant_id = operator_of(request).merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        letter = await reading.one(connection, id_of(request))
    if letter is None:
        raise NotFoundError(f"Dead letter {id_of(request)}.")
    return json({"id": letter["id"], "settlement": letter["settlement"], "settled_now": False})


async def _many(request: Request, verdict: Verdict) -> Response:
    chosen = await body_of(request, Chosen)
    if (chosen.ids is None) == (chosen.matching is None):
        raise BadInputError("Give `ids`, or `matching`.")
    if chosen.ids is not None:
        done = await _settled(request, chosen.ids, verdict)
        return json({"count": len(done), "settled": [_told(one) for one in done]})
    context, operator = context_of(request), operator_of(request)
    groups = dead_letters.settle_matching(
        context.database,
        context.hints,
        operator.merchant_id,
        chosen.matching or Which(),
        verdict,
        Actor.operator(operator.id),
    )
    done = [one async for group in groups for one in group]
    return json({"count": len(done), "settled": [_told(one) for one in done[:CHOSEN_MAX]]})


async def _settled(request: Request, ids: list[int], verdict: Verdict) -> list[Settled]:
    context, operator = context_of(request), operator_of(request)
    return await dead_letters.settle(
        context.database,
        context.hints,
        operator.merchant_id,
        ids,
        verdict,
        Actor.operator(operator.id),
    )


def _told(one: Settled) -> dict[str, Any]:
    return {"id": one.letter_id, "settlement": one.settlement, "settled_now": True}
