"""`/answers`: why an answer was given (the trace of one batch)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from hudhud.errors import NotFoundError
from hudhud.store.tracing import reading
from hudhud.web.api.bearer import context_of, id_of, json, operator_of

TOLD = ("id", "conversation_id", "no", "outcome", "reason", "source", "claimed_at", "finished_at")


async def show(request: Request) -> Response:
    """One batch: what was written, what was answered, its trace, and what its tools changed.

    Raises:
        NotFoundError: this merchant has no such batch.
    """
    merchant_id, batch_id = operator_of(request).merchant_id, id_of(request)
    async with context_of(request).database.reading(merchant_id) as connection:
        batch = await reading.batch(connection, batch_id)
        if batch is None:
            raise NotFoundError(f"Answer {batch_id}.")
        rows = await reading.messages(connection, batch["conversation_id"], batch_id)
        calls = await reading.calls(connection, batch["conversation_id"], batch["no"])
    told = {name: batch[name] for name in TOLD}
    messages, changed = [dict(row) for row in rows], [dict(row) for row in calls]
    trace = batch["trace"] or {}
    return json({**told, "messages": messages, "trace": trace, "changed": changed})
