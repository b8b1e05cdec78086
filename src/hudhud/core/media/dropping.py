"""Retention of files: out of sight in PostgreSQL, then out of the storage, then forgotten."""

from __future__ import annotations

from hudhud.core.app import App
from hudhud.errors import StorageUnavailableError
from hudhud.events import emit
from hudhud.store import media

DROPPED_MAX = 100


async def drop_old(app: App) -> bool:
    """Drop one step of the files that are older than `settings.media_keep_days`.

    Whoever dies between the steps leaves files that the next call finds again.

    Args:
        app: the open parts.

    Returns: whether there may be more.

    Raises:
        StoreUnavailableError: PostgreSQL does not answer.
    """
    found = await media.drop(
        app.database, keep_days=app.settings.media_keep_days, limit=DROPPED_MAX
    )
    gone = []
    for file in found:
        try:
            for key in file.keys:
                await app.storage.drop(key)
        except StorageUnavailableError as error:
            emit("media.not_dropped", "warning", media=file.id, error=error.detail)
            break
        gone.append(file)
    if gone:
        await media.forget(app.database, [file.id for file in gone])
        emit("media.dropped", count=len(gone))
    for merchant_id, conversation_id in {(f.merchant_id, f.conversation_id) for f in gone}:
        app.hints.changed(merchant_id, conversation_id)
    return len(gone) == DROPPED_MAX
