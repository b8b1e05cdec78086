"""Look-ups asked for by themselves, after the claim: one round trip for all that are named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from hudhud.model import Claimed
from hudhud.store.lookups.declared import HISTORY_MAX
from hudhud.store.lookups.look_up import Setting
from hudhud.store.pool import Database

_CONTEXT = "select * from context($1, $2, $3, $4, $5)"


async def look_up(
    database: Database,
    claimed: Sequence[Claimed],
    names: Sequence[str],
    *,
    timeout_s: float,
    history_max: int = HISTORY_MAX,
) -> dict[int, Setting]:
    """Look these up for conversations that are claimed; by conversation what was found.

    Args:
        database: the worker's pool.
        claimed: whose.
        names: of look-ups.
        timeout_s: seconds that PostgreSQL has for all of it.
        history_max: most earlier messages of each.

    Raises:
        StoreUnavailableError: PostgreSQL does not answer in time.
    """
    rows = await database.call(
        _CONTEXT,
        [one.merchant_id for one in claimed],
        [one.conversation_id for one in claimed],
        [one.closed_id for one in claimed],
        list(names),
        history_max,
        timeout_s=timeout_s,
    )
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    failed: dict[int, dict[str, str]] = defaultdict(dict)
    took_ms: dict[str, float] = {}
    for conversation_id, name, value, why, ms in rows:
        if conversation_id is None:
            took_ms[name] = ms
        elif why is not None:
            failed[conversation_id][name] = why
        else:
            found[conversation_id][name] = value
    return {
        one.conversation_id: Setting(
            found=found[one.conversation_id],
            failed=failed[one.conversation_id],
            took_ms=took_ms,
        )
        for one in claimed
    }
