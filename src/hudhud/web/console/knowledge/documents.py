"""Knowledge: the merchant's documents, what was made of each, and what a search finds in them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core.knowledge import documents
from hudhud.errors import BadInputError, DocumentRefusedError, NotFoundError
from hudhud.store.knowledge import documents as rows
from hudhud.web import sessions
from hudhud.web.console.page import FORM_BYTES_MAX, context_of, form_of, reader_of, show

WORDS_CHARS_MAX = 200
FOUND = 5
_FIELDS_MAX = 10
_TEXT_BYTES_MAX = 4 * 1024 * 1024


class Given(NamedTuple):
    """What the form held: a file, or words that were pasted."""

    name: str
    source: str
    text: str
    body: bytes


async def list_page(request: Request) -> Response:
    """Every document, and what words find in them."""
    return await _page(request)


async def add(request: Request) -> Response:
    """Read what was given, and show what came of it; what was pasted is kept when it is refused."""
    given = await _given(request)
    try:
        added = await documents.add(
            context_of(request).database,
            request.state.operator.merchant_id,
            name=given.name or Path(given.source).stem,
            body=given.body or given.text.encode(),
            source=given.source,
        )
    except DocumentRefusedError as error:
        return await _page(request, typed=given, wrong=f"knowledge.refused.{error.code}")
    except BadInputError:
        return await _page(request, typed=given, wrong="knowledge.wrong.name")
    return RedirectResponse(f"/knowledge/documents/{added.document_id}?added", 303)


async def document_page(request: Request) -> Response:
    """One document with its passages, as the assistant finds them."""
    context, operator = context_of(request), request.state.operator
    async with context.database.reading(operator.merchant_id) as connection:
        reader = await reader_of(request, connection)
        found = await rows.one(connection, request.path_params["id"])
        if found is None:
            raise HTTPException(404)
        passages = await rows.passages_of(connection, found.id)
    return show(
        request,
        "knowledge/document.html",
        reader.say,
        reader=reader,
        document=found,
        passages=passages,
        added="added" in request.query_params,
    )


async def remove(request: Request) -> Response:
    """Remove it with its passages."""
    await form_of(request)
    try:
        await documents.remove(
            context_of(request).database,
            request.state.operator.merchant_id,
            request.path_params["id"],
        )
    except NotFoundError:
        raise HTTPException(404) from None
    return RedirectResponse("/knowledge", 303)


async def passage(request: Request) -> Response:
    """Where a passage that an answer came from stands; a document that was replaced has others."""
    context, operator = context_of(request), request.state.operator
    passage_id = request.path_params["id"]
    async with context.database.reading(operator.merchant_id) as connection:
        document_id = await rows.of_passage(connection, passage_id)
    if document_id is None:
        return RedirectResponse("/knowledge?gone", 303)
    return RedirectResponse(f"/knowledge/documents/{document_id}#p-{passage_id}", 303)


async def _page(request: Request, *, typed: Given | None = None, wrong: str = "") -> Response:
    context, operator = context_of(request), request.state.operator
    words = request.query_params.get("words", "")[:WORDS_CHARS_MAX]
    async with context.database.reading(operator.merchant_id) as connection:
        reader = await reader_of(request, connection)
        listed = await rows.listed(connection, operator.merchant_id)
    found = await documents.search(context.database, operator.merchant_id, words, limit=FOUND)
    return show(
        request,
        "knowledge/documents.html",
        reader.say,
        reader=reader,
        status=422 if wrong else 200,
        documents=listed,
        words=words,
        found=found,
        typed=typed,
        wrong=wrong,
        gone="gone" in request.query_params,
        bytes_max=documents.DOCUMENT_BYTES_MAX,
    )


async def _given(request: Request) -> Given:
    """Read the form.

    Raises:
        HTTPException: 403 when another site sent it, 413 when it is too large.
    """
    if not sessions.from_our_page(request, context_of(request).settings):
        raise HTTPException(403)
    size = request.headers.get("content-length", "")
    if not size.isdigit() or int(size) > documents.DOCUMENT_BYTES_MAX + FORM_BYTES_MAX:
        raise HTTPException(413)
    async with request.form(
        max_files=1, max_fields=_FIELDS_MAX, max_part_size=_TEXT_BYTES_MAX
    ) as form:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        file = form.get("file")
        named = isinstance(file, UploadFile) and file.filename
        return Given(
            name=fields.get("name", ""),
            source=(file.filename or "") if isinstance(file, UploadFile) and named else "",
            text=fields.get("text", ""),
            body=await file.read() if isinstance(file, UploadFile) and named else b"",
        )
