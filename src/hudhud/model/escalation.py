"""What is known when it is decided whether a person should take over (S7)."""

from __future__ import annotations

from datetime import datetime

import msgspec


class Past(msgspec.Struct, frozen=True, kw_only=True):
    """How an earlier batch of the conversation ended, why, and how sure its answer was."""

    outcome: str
    reason: str | None
    confidence: float | None
    at: datetime


class Escalation(msgspec.Struct, frozen=True, kw_only=True):
    """An inbox's settings of escalation, and the last interactions, the newest first.

    An answer whose confidence is below `threshold` (0 to 1) goes to a person; so does whoever
    writes one of `keywords`, in any spelling.
    """

    threshold: float
    keywords: tuple[str, ...]
    past: tuple[Past, ...] = ()
