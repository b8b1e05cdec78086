"""What a merchant may choose for one inbox: when a batch is due, whether it absorbs, its pace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from hudhud.errors import BadInputError
from hudhud.events import emit
from hudhud.store import inboxes
from hudhud.store.inboxes import InboxSettings
from hudhud.store.pool import Database

WINDOW_MS_MAX = 600_000
BATCH_MAX_MAX = 1000
SENDS_PER_S_MIN, SENDS_PER_S_MAX = 0.01, 10_000.0


async def change(
    database: Database,
    merchant_id: int,
    inbox_id: int,
    chosen: Mapping[str, Any],
    *,
    actor: str,
) -> InboxSettings:
    """Change some of them; the next message and the next claim go by them.

    Args:
        database: the pool.
        merchant_id: whose inbox.
        inbox_id: which.
        chosen: fields of `InboxSettings`; those that are not named stay as they are.
        actor: who, for the audit.

    Raises:
        NotFoundError: this merchant has no such inbox.
        BadInputError: beyond a limit; nothing is changed.
        StoreUnavailableError: PostgreSQL is away.
    """
    async with database.deed(merchant_id) as connection:
        before = await inboxes.settings_of(connection, inbox_id)
        wanted = msgspec.structs.replace(before, **chosen)
        if problem := _problem(wanted):
            raise BadInputError(problem)
        if wanted != before:
            await inboxes.set_settings(connection, inbox_id, wanted, actor=actor)
            emit("inbox.set", inbox=inbox_id, changed=sorted(chosen))
    return wanted


def _problem(wanted: InboxSettings) -> str | None:
    if not 0 <= wanted.window_ms <= WINDOW_MS_MAX:
        return f"The window must be from 0 to {WINDOW_MS_MAX // 1000} seconds."
    if not 1 <= wanted.batch_max <= BATCH_MAX_MAX:
        return f"A batch must be due at 1 to {BATCH_MAX_MAX} messages."
    per_s = wanted.sends_per_s
    if per_s is not None and not SENDS_PER_S_MIN <= per_s <= SENDS_PER_S_MAX:
        return f"A number may send {SENDS_PER_S_MIN} to {SENDS_PER_S_MAX:.0f} messages a second."
    return None
