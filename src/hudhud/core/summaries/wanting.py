"""Says that a conversation outgrew its window; whoever makes the summary does it later."""

from __future__ import annotations

from hudhud.core.outside.services import chain
from hudhud.errors import StoreUnavailableError
from hudhud.events import emit
from hudhud.model import Turn
from hudhud.settings import Settings
from hudhud.store.pool import Database
from hudhud.store.summaries import rows

MODEL = "llm"


async def want(database: Database, settings: Settings, turn: Turn) -> None:
    """Have a summary made, where a model answers and something fell out of what it reads.

    An answer does not fail for it: the newest messages are what it has, as before.
    """
    if not turn.left_out or MODEL not in {a.responder for a in chain(turn.assistant, settings)}:
        return
    try:
        async with database.deed(turn.merchant_id) as connection:
            await rows.want(connection, turn.merchant_id, turn.conversation_id)
    except StoreUnavailableError as error:
        emit("summary.not_wanted", "warning", why=error.detail)
