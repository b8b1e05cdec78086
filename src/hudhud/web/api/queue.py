"""`/queue`: the report of what waits (Q7), the same that the console and the command show."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from hudhud.core.report import report, told
from hudhud.store.report import conversation_counts
from hudhud.web.api.bearer import context_of, id_of, json, operator_of


async def show(request: Request) -> Response:
    """Everything of this merchant that waits, and the counters of its inboxes."""
    context = context_of(request)
    found = await report(
        context.database, context.settings.data_dir, merchant_id=operator_of(request).merchant_id
    )
    return json(told(found))


async def conversation(request: Request) -> Response:
    """The counters of one conversation."""
    async with context_of(request).database.reading(operator_of(request).merchant_id) as connection:
        counts = await conversation_counts(connection, id_of(request))
    return json(msgspec.structs.asdict(counts))
