"""Documents: added, replaced, removed and searched, from the console, the command line, the API."""

from __future__ import annotations

import hashlib
from typing import Final, NamedTuple

from hudhud import text
from hudhud.core.knowledge.cutting import passages as cut_passages
from hudhud.core.knowledge.formats.block import Kind
from hudhud.core.knowledge.reading import DOCUMENT_BYTES_MAX, kind_of, read
from hudhud.errors import BadInputError, DocumentRefusedError, NotFoundError
from hudhud.events import emit
from hudhud.model import Passage
from hudhud.store import catalogue
from hudhud.store.knowledge import documents as rows
from hudhud.store.pool import Database

__all__ = ["DOCUMENT_BYTES_MAX", "Added", "add", "remove", "search"]

DOCUMENTS_MAX: Final = 500
NAME_CHARS_MAX: Final = 120
SOURCE_CHARS_MAX: Final = 255
FOUND_MAX: Final = 10


class Added(NamedTuple):
    """What came of it: the document, and how many passages were made of it."""

    document_id: int
    passages: int


async def add(
    database: Database,
    merchant_id: int,
    *,
    name: str,
    body: bytes,
    source: str = "",
    kind: Kind | None = None,
) -> Added:
    """Read a document and keep its passages; one of the same name is replaced, all or nothing.

    One that cannot be read is kept with its reason, unless an older one of its name can.

    Args:
        database: the pool.
        merchant_id: whose.
        name: what people call it; customers may see it as the source of an answer.
        body: the file as it is.
        source: the file's own name; empty when it was pasted.
        kind: what it is; None looks at it.

    Raises:
        BadInputError: it has no name, or a longer one than `NAME_CHARS_MAX`; or there are
            `DOCUMENTS_MAX` already.
        DocumentRefusedError: it cannot be read, and why.
        StoreUnavailableError: PostgreSQL is away.
    """
    name = " ".join(name.replace("\0", "").split())
    if not 1 <= len(name) <= NAME_CHARS_MAX:
        raise BadInputError(f"A document needs a name of 1 to {NAME_CHARS_MAX} characters.")
    source = source.replace("\0", "")[-SOURCE_CHARS_MAX:]
    async with database.reading(merchant_id) as connection:
        if await rows.count(connection, merchant_id) >= DOCUMENTS_MAX:
            raise BadInputError(f"There are {DOCUMENTS_MAX} documents; remove one first.")
    sha256 = hashlib.sha256(body).hexdigest()
    try:
        kind = kind or kind_of(source, body)
        # No transaction is open meanwhile: a document may take half a minute.
        cut = [
            (each.heading, each.text, each.page) for each in cut_passages(await read(body, kind))
        ]
    except DocumentRefusedError as error:
        async with database.deed(merchant_id) as connection:
            await rows.refuse(
                connection,
                merchant_id,
                name=name,
                kind=kind or "text",
                source=source,
                size_bytes=len(body),
                sha256=sha256,
                reason=error.code,
            )
        emit("document.refused", "warning", merchant=merchant_id, why=error.code)
        raise
    async with database.deed(merchant_id) as connection:
        document_id = await rows.put(
            connection,
            merchant_id,
            name=name,
            kind=kind,
            source=source,
            size_bytes=len(body),
            sha256=sha256,
            passages=cut,
        )
    emit("document.added", document=document_id, kind=kind, passages=len(cut), bytes=len(body))
    return Added(document_id, len(cut))


async def remove(database: Database, merchant_id: int, document_id: int) -> str:
    """Remove a document with its passages, and return its name.

    Raises:
        NotFoundError: this merchant has no such document.
        StoreUnavailableError: PostgreSQL is away.
    """
    async with database.deed(merchant_id) as connection:
        name = await rows.remove(connection, document_id)
    if name is None:
        raise NotFoundError(f"Document {document_id}.")
    emit("document.removed", document=document_id)
    return name


async def search(
    database: Database, merchant_id: int, words: str, *, limit: int
) -> tuple[Passage, ...]:
    """Passages that fit these words, in any spelling, best first; no words find nothing.

    Raises:
        StoreUnavailableError: PostgreSQL is away.
    """
    said = text.search_terms(words)
    shelf = await catalogue.shelf_of(database, merchant_id, (said,))
    return tuple(shelf.passages(said, limit=min(limit, FOUND_MAX)))
