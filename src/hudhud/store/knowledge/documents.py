"""Documents of a merchant, each by its name, with the passages that were made of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from hudhud.model import Passage
from hudhud.store.pool import Connection
from hudhud.text import without_article, words

LISTED_MAX = 500
# Between the headings above a passage.
BELOW = " › "
# Pages show so many of one document; all of them are searched.
PASSAGES_SHOWN_MAX = 3000
_COLUMNS = (
    "d.id, d.name, d.kind, d.source, d.status, d.reason, d.bytes, d.sha256, d.created_at,"
    " d.changed_at, (select count(*) from passage p where p.document_id = d.id) as passages"
)


class StoredDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One document. `source` is the file that it came as, empty when it was pasted."""

    id: int
    name: str
    kind: str
    source: str
    status: str
    reason: str | None
    bytes: int
    sha256: str
    created_at: datetime
    changed_at: datetime
    passages: int


class StoredPassage(msgspec.Struct, frozen=True, kw_only=True):
    """One passage at its place (from 0) in its document; `page` is 0 where there are none."""

    id: int
    place: int
    page: int
    heading: str
    body: str


async def listed(connection: Connection, merchant_id: int) -> list[StoredDocument]:
    """A merchant's documents by name, at most LISTED_MAX."""
    rows = await connection.fetch(
        f"select {_COLUMNS} from document d where d.merchant_id = $1 order by d.name limit $2",
        *(merchant_id, LISTED_MAX),
    )
    return [StoredDocument(**row) for row in rows]


async def one(connection: Connection, document_id: int) -> StoredDocument | None:
    """One of them; None when this merchant has no such."""
    row = await connection.fetchrow(
        f"select {_COLUMNS} from document d where d.id = $1", document_id
    )
    return StoredDocument(**row) if row else None


async def passages_of(connection: Connection, document_id: int) -> list[StoredPassage]:
    """The passages of one document, in their order."""
    rows = await connection.fetch(
        "select id, place, page, heading, body from passage where document_id = $1"
        " order by place limit $2",
        *(document_id, PASSAGES_SHOWN_MAX),
    )
    return [StoredPassage(**row) for row in rows]


async def of_passage(connection: Connection, passage_id: int) -> int | None:
    """The document that a passage is of; None once it is there no more."""
    found: int | None = await connection.fetchval(
        "select document_id from passage where id = $1", passage_id
    )
    return found


async def put(
    connection: Connection,
    merchant_id: int,
    *,
    name: str,
    kind: str,
    source: str,
    size_bytes: int,
    sha256: str,
    passages: Iterable[tuple[str, str, int]],
) -> int:
    """Write a document with its passages (heading, text, page); one of this name is replaced.

    Whoever replaces the same document meanwhile waits; nobody sees half of either.
    """
    document_id: int = await connection.fetchval(
        """insert into document as d (merchant_id, name, kind, source, status, bytes, sha256)
           values ($1, $2, $3, $4, 'ready', $5, $6)
           on conflict (merchant_id, name) do update set kind = excluded.kind,
               source = excluded.source, status = 'ready', reason = null, bytes = excluded.bytes,
               sha256 = excluded.sha256, changed_at = now()
           returning id""",
        *(merchant_id, name, kind, source, size_bytes, sha256),
    )
    await connection.execute("delete from passage where document_id = $1", document_id)
    cut = list(passages)
    headings, bodies, pages = ([each[part] for each in cut] for part in range(3))
    await connection.execute(
        """insert into passage (merchant_id, document_id, place, heading, body, page, folded)
           select $1, $2, u.place - 1, u.heading, u.body, u.page, u.folded
           from unnest($3::text[], $4::text[], $5::integer[], $6::text[])
               with ordinality u(heading, body, page, folded, place)""",
        *(merchant_id, document_id, headings, bodies, pages),
        [folded(name, heading, body) for heading, body, _ in cut],
    )
    return document_id


async def refuse(
    connection: Connection,
    merchant_id: int,
    *,
    name: str,
    kind: str,
    source: str,
    size_bytes: int,
    sha256: str,
    reason: str,
) -> bool:
    """Note that a document could not be read; one of this name that could be stays as it is."""
    noted = await connection.fetchval(
        """insert into document as d
               (merchant_id, name, kind, source, status, reason, bytes, sha256)
           values ($1, $2, $3, $4, 'refused', $5, $6, $7)
           on conflict (merchant_id, name) do update set kind = excluded.kind,
               source = excluded.source, reason = excluded.reason, bytes = excluded.bytes,
               sha256 = excluded.sha256, changed_at = now() where d.status = 'refused'
           returning id""",
        *(merchant_id, name, kind, source, reason, size_bytes, sha256),
    )
    return noted is not None


async def remove(connection: Connection, document_id: int) -> str | None:
    """Remove a document with its passages; its name, or None when there is no such."""
    name: str | None = await connection.fetchval(
        "delete from document where id = $1 returning name", document_id
    )
    return name


async def count(connection: Connection, merchant_id: int) -> int:
    """How many documents a merchant has."""
    found: int = await connection.fetchval(
        "select count(*) from document where merchant_id = $1", merchant_id
    )
    return found


async def passages(
    connection: Connection, merchant_id: int, *, ids: Sequence[int] | None = None, limit: int
) -> list[Passage]:
    """Passages of a merchant by id, or those of these ids; no more than `limit`."""
    rows = await connection.fetch(
        "select p.id, d.name as source, p.heading, p.body as text"
        " from passage p join document d on d.id = p.document_id where p.merchant_id = $1"
        " and ($2::bigint[] is null or p.id = any ($2)) order by p.id limit $3",
        *(merchant_id, ids, limit),
    )
    return [Passage(**row) for row in rows]


def folded(name: str, heading: str, body: str) -> str:
    """Two lines in the one spelling: its own heading, then its words and what it stands under.

    The name of a document and its upper headings are of many passages: they tell less.
    """
    above, _, own = heading.rpartition(BELOW)
    return f"{_bare(own)}\n{_bare(f'{body} {above} {name}')}"


def _bare(text: str) -> str:
    """Folded words without their articles, as `text.search_terms` gives those of an asking."""
    return " ".join(without_article(word) for word in words(text))
