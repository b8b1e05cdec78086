"""When an inbox gives a conversation to people, and what it says of itself, as stored (S7)."""

from __future__ import annotations

import msgspec

from hudhud.errors import NotFoundError
from hudhud.model import Welcome
from hudhud.store.pool import Connection


class EscalationSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What a merchant chooses for one inbox.

    `escalation_enabled` off: nothing is looked up and nothing decided; only who answers gives away.
    `escalation_threshold`: below this confidence (0 to 1) an answer is not said. `escalation_desks`
    names a desk for a reason. `hand_back_minutes`: after so long a silence of the person the
    assistant answers again; None: never by itself.
    """

    escalation_enabled: bool
    escalation_threshold: float
    escalation_keywords: tuple[str, ...]
    escalation_desks: dict[str, str]
    hand_back_minutes: int | None
    welcome: Welcome


async def settings_of(connection: Connection, inbox_id: int) -> EscalationSettings:
    """The settings of one inbox.

    Raises:
        NotFoundError: this merchant has no such inbox.
    """
    row = await connection.fetchrow(
        """select escalation_enabled, escalation_threshold, escalation_keywords, escalation_desks,
               hand_back_minutes, welcome from inbox where id = $1""",
        inbox_id,
    )
    if row is None:
        raise NotFoundError(f"Inbox {inbox_id}.")
    return msgspec.convert(dict(row), EscalationSettings)


async def write(connection: Connection, inbox_id: int, wanted: EscalationSettings) -> None:
    """Replace them; the next claim goes by them."""
    await connection.execute(
        """update inbox set escalation_enabled = $2, escalation_threshold = $3,
               escalation_keywords = $4, escalation_desks = $5, hand_back_minutes = $6, welcome = $7
           where id = $1""",
        *(inbox_id, wanted.escalation_enabled, wanted.escalation_threshold),
        *(list(wanted.escalation_keywords), wanted.escalation_desks, wanted.hand_back_minutes),
        msgspec.to_builtins(wanted.welcome),
    )
