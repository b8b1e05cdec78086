"""The conversation list, alone or beside a thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from hudhud.store import conversation_lists
from hudhud.store.conversation_lists import LIST_MAX, SEARCH_CHARS_MAX, TABS, Tab
from hudhud.store.pool import Connection
from hudhud.web.console.page import context_of, reader_of, show

ID_DIGITS_MAX = 18


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list, and how it was asked for."""

    rows: list[Any]
    tab: Tab
    words: str
    before: int | None
    older: int | None

    def query(self, **changes: str | int | None) -> str:
        """The question that keeps the list as it is, with some changes."""
        asked = {"tab": self.tab if self.tab != "all" else None, "q": self.words or None}
        asked.update({key: str(value) if value else None for key, value in changes.items()})
        kept = {key: value for key, value in asked.items() if value and value != "all"}
        return "?" + urlencode(kept) if kept else ""


async def conversations_page(request: Request) -> Response:
    """The list; a thread is chosen from it."""
    merchant_id = request.state.operator.merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        reader = await reader_of(request, connection)
        listed = await read_list(request, connection)
    return show(
        request, "conversations.html", reader.say, reader=reader, listed=listed, chosen=None
    )


async def read_list(request: Request, connection: Connection) -> Listed:
    """Read the list as the address asks for it."""
    operator, asked = request.state.operator, request.query_params
    tab = cast("Tab", asked["tab"]) if asked.get("tab") in TABS else "all"
    words = asked.get("q", "").strip().replace("\0", "")[:SEARCH_CHARS_MAX]
    before = number(asked.get("before", ""))
    rows = await conversation_lists.listed(
        connection, operator.merchant_id, operator.id, tab=tab, words=words, before=before
    )
    more = len(rows) > LIST_MAX
    rows = rows[:LIST_MAX]
    return Listed(rows, tab, words, before, rows[-1]["id"] if more else None)


def number(text: str) -> int | None:
    """An id from an address, or None."""
    fits = text.isascii() and text.isdigit() and len(text) <= ID_DIGITS_MAX
    return int(text) if fits else None
