"""What a visitor may read: their own conversation, from a sequence number on."""

from __future__ import annotations

from typing import Any

import asyncpg
from starlette.responses import JSONResponse, Response

from hudhud.store import visits
from hudhud.web.chat.asked import Asked
from hudhud.web.chat.refusing import Refused

_DIGITS_MAX = 18


async def messages(asked: Asked) -> Response:
    """The messages after a number, where to resume, and whether an answer is being made."""
    given = asked.request.query_params.get("after", "0")
    if not (given.isascii() and given.isdigit() and len(given) <= _DIGITS_MAX):
        raise Refused(422, "misread")
    inbox, visitor, after = asked.inbox, asked.visitor, int(given)
    async with asked.context.database.reading(inbox.merchant_id) as connection:
        found = await visits.conversation(
            connection, inbox.merchant_id, inbox.id, visitor=visitor.id, user=visitor.user
        )
        if found is None:
            return JSONResponse({"messages": [], "next": 0, "more": False, "answering": False})
        rows, resume, more = await visits.messages(connection, found["id"], after=after)
    return JSONResponse(
        {
            "messages": [_shown(row) for row in rows],
            "next": resume,
            "more": more,
            "answering": bool(found["answering"]),
        }
    )


def _shown(row: asyncpg.Record) -> dict[str, Any]:
    inbound = row["direction"] == "in"
    # The browser's own id of it stands behind the visitor's.
    own = (row["external_id"] or "").rpartition(":")[2] if inbound else ""
    return {
        "seq": row["seq"],
        "id": own or f"m{row['seq']}",
        "from": "visitor" if inbound else row["author"],
        "kind": row["kind"],
        "text": row["body"],
        "at": row["accepted_at"].timestamp(),
    }
