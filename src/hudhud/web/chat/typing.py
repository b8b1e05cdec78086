"""That the visitor types, told to the merchant's pages: best effort, never stored."""

from __future__ import annotations

from starlette.responses import Response

from hudhud.store import visits
from hudhud.web.chat.asked import Asked
from hudhud.web.live import typed


async def typing(asked: Asked) -> Response:
    """Whoever looks at the conversation sees it for a moment."""
    inbox, visitor, signals = asked.inbox, asked.visitor, asked.context.signals
    if signals is not None:
        async with asked.context.database.reading(inbox.merchant_id) as connection:
            found = await visits.conversation(
                connection, inbox.merchant_id, inbox.id, visitor=visitor.id, user=visitor.user
            )
        if found is not None:
            await typed(signals, inbox.merchant_id, found["id"], by="visitor")
    return Response(status_code=204)
