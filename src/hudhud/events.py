"""Names of what happened. `emit` is one log line and one counter, and can never raise."""

from __future__ import annotations

import contextlib
from typing import Any

import structlog
from prometheus_client import Counter

EVENTS = Counter("hudhud_events_total", "What happened, by its name.", ["event"])
_log = structlog.get_logger("hudhud")


def emit(event: str, /, level: str = "info", **fields: Any) -> None:
    """Write one structured line and count it.

    Args:
        event: a stable name, `noun.verb` in the past tense: `webhook.accepted`.
        level: `debug`, `info`, `warning` or `error`.
        fields: ids and figures; never a secret, never a customer's words.
    """
    EVENTS.labels(event).inc()
    # A log that cannot be written must not cost a message (law 2).
    with contextlib.suppress(Exception):
        getattr(_log, level)(event, **fields)
