"""What a provider tells of its phones: kept, and an event when one is lost or back."""

from __future__ import annotations

from hudhud.events import emit
from hudhud.store.intake import Webhook
from hudhud.store.linking import links
from hudhud.store.pool import Database


async def note_links(database: Database, webhook: Webhook) -> None:
    """Keep what one webhook says of them; it is no message, and comes by storms.

    Raises:
        StoreUnavailableError: PostgreSQL is away; the provider comes again.
    """
    async with database.deed(webhook.merchant_id) as connection:
        told = [
            (inbox_id, link)
            for inbox_id, link in webhook.links
            if await links.note(
                connection,
                webhook.merchant_id,
                inbox_id,
                linked=link.linked,
                reason=link.reason,
                told_at=link.provider_at,
            )
        ]
    for inbox_id, link in told:
        if link.linked:
            emit("inbox.linked", inbox=inbox_id)
        else:
            emit("inbox.unlinked", "error", inbox=inbox_id, reason=link.reason)
