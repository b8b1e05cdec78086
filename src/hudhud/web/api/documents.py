"""`/documents` and `/passages`: what the merchant wrote, read, listed, searched."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hudhud.core.knowledge import documents
from hudhud.errors import NotFoundError
from hudhud.store.knowledge import documents as rows
from hudhud.web.api.bearer import context_of, id_of, json, operator_of, query_of
from hudhud.web.body import read_body

WORDS_CHARS_MAX = 400


class Named(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a document is called; `file` is the name of its file, by which its kind is known."""

    name: str
    file: str = ""


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is searched."""

    words: Annotated[str, msgspec.Meta(max_length=WORDS_CHARS_MAX)]
    limit: Annotated[int, msgspec.Meta(ge=1, le=documents.FOUND_MAX)] = 3


async def listed(request: Request) -> Response:
    """Every document."""
    merchant_id = operator_of(request).merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        found = await rows.listed(connection, merchant_id)
    return json({"documents": [_told(one) for one in found]})


async def add(request: Request) -> Response:
    """Read the body, the file as it is, as the document of this name."""
    named = query_of(request, Named)
    body = await read_body(request.scope, request.receive, documents.DOCUMENT_BYTES_MAX)
    if body is None:
        raise HTTPException(413)
    added = await documents.add(
        context_of(request).database,
        operator_of(request).merchant_id,
        name=named.name,
        body=body,
        source=named.file,
    )
    return json({"id": added.document_id, "passages": added.passages})


async def show(request: Request) -> Response:
    """One document with its passages."""
    merchant_id = operator_of(request).merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        found = await rows.one(connection, id_of(request))
        if found is None:
            raise NotFoundError(f"Document {id_of(request)}.")
        passages = await rows.passages_of(connection, found.id)
    told = [msgspec.structs.asdict(one) for one in passages]
    return json({**_told(found), "passages": told})


async def remove(request: Request) -> Response:
    """Remove one with its passages."""
    merchant_id = operator_of(request).merchant_id
    name = await documents.remove(context_of(request).database, merchant_id, id_of(request))
    return json({"id": id_of(request), "removed": name})


async def search(request: Request) -> Response:
    """The passages that words find, best first."""
    asked, merchant_id = query_of(request, Asked), operator_of(request).merchant_id
    found = await documents.search(
        context_of(request).database, merchant_id, asked.words, limit=asked.limit
    )
    return json({"passages": [msgspec.structs.asdict(one) for one in found]})


def _told(one: rows.StoredDocument) -> dict[str, Any]:
    return msgspec.structs.asdict(one)
