"""Why this answer: what Hudhud read, found and did for it, how long that took, what it cost."""

from __future__ import annotations

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hudhud.store.tracing import reading
from hudhud.web.console.page import context_of, reader_of, show
from hudhud.web.why import why


async def answer_page(request: Request) -> Response:
    """One answer and its trace."""
    context, operator = context_of(request), request.state.operator
    async with context.database.reading(operator.merchant_id) as connection:
        reader = await reader_of(request, connection)
        batch = await reading.batch(connection, request.path_params["id"])
        if batch is None:
            raise HTTPException(404)
        rows = await reading.messages(connection, batch["conversation_id"], batch["id"])
        ledger = await reading.calls(connection, batch["conversation_id"], batch["no"])
    written = [row for row in rows if row["direction"] == "in"]
    said = [row for row in rows if row["direction"] == "out"]
    told = why(batch["trace"], said, batch["claimed_at"])
    return show(
        request,
        "answers/answer.html",
        reader.say,
        reader=reader,
        batch=batch,
        written=written,
        said=said,
        why=told,
        raw=_json(batch["trace"] or {}),
        ledger=_json([dict(row) for row in ledger]) if ledger else "",
        currency=context.settings.spend_currency,
        paid=[one for one in told.asked if one.cost_minor],
    )


def _json(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
