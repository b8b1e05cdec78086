"""Every product, found by the search that customers get: what is out of stock, or off sale."""

from __future__ import annotations

from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from hudhud.store.catalogue import entries, shelf_of
from hudhud.store.pool import Connection, Database
from hudhud.text import search_terms
from hudhud.text import words as words_of
from hudhud.web.console.conversations import number
from hudhud.web.console.page import context_of, reader_of, show

WORDS_CHARS_MAX = 100
SHOWN = 60
FOUND_MAX = 60
PAGES_MAX = 10_000
SHOWS: tuple[entries.Show, ...] = ("all", "on", "out", "off")


class Shown(NamedTuple):
    """One product as the list shows it."""

    row: Any
    small: str


async def list_page(request: Request) -> Response:
    """The list, or what some words find."""
    context, operator = context_of(request), request.state.operator
    asked = request.query_params
    words = asked.get("q", "").strip().replace("\0", "")[:WORDS_CHARS_MAX]
    chosen: entries.Show = next((one for one in SHOWS if one == asked.get("show")), "all")
    page = min(number(asked.get("page", "")) or 1, PAGES_MAX)
    ranked = await _ranked(context.database, operator.merchant_id, words) if words else None
    async with context.database.reading(operator.merchant_id) as connection:
        reader = await reader_of(request, connection)
        ids = None
        if ranked is not None:
            ids = await _with_the_rest(connection, operator.merchant_id, ranked, words)
        rows = await entries.page(
            connection,
            operator.merchant_id,
            show=chosen,
            ids=ids,
            limit=SHOWN + 1,
            offset=(page - 1) * SHOWN,
        )
        counts = await entries.counts(connection, operator.merchant_id)
    now = context.clock()
    shown = [
        Shown(
            row,
            context.links.to(operator.merchant_id, row["public_id"], now, part="small")
            if row["thumbnail_key"]
            else "",
        )
        for row in rows[:SHOWN]
    ]
    values: dict[str, Any] = {
        "shown": shown,
        "counts": counts,
        "words": words,
        "chosen": chosen,
        "page": page,
    }
    values |= {"more": len(rows) > SHOWN, "shows": SHOWS}
    return show(request, "catalogue/list.html", reader.say, reader=reader, **values)


async def _ranked(database: Database, merchant_id: int, words: str) -> list[int]:
    """What a customer who says these words is offered, best first."""
    terms = search_terms(words)
    shelf = await shelf_of(database, merchant_id, [terms])
    return [found.id for found in shelf.products(terms, limit=FOUND_MAX)]


async def _with_the_rest(
    connection: Connection, merchant_id: int, ranked: list[int], words: str
) -> list[int]:
    """And what carries the words as they stand, off sale too; a whole number means that one."""
    if meant := await entries.known(connection, merchant_id, [words]):
        return [one.id for one in meant]
    said = await entries.saying(connection, merchant_id, words_of(words), limit=FOUND_MAX)
    return list(dict.fromkeys([*ranked, *said]))
