"""What happened, and how long it took. `emit` is one log line and one counter; it never raises."""

from __future__ import annotations

import contextlib
from contextlib import AbstractContextManager
from typing import Any

import structlog
from prometheus_client import Counter, Histogram

EVENTS = Counter("hudhud_events_total", "What happened, by its name.", ["event"])
STAGES = Histogram(
    "hudhud_stage_seconds",
    "Seconds of each stage of a message: accept, answer, send (O5).",
    ["stage"],
    buckets=(0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 6, 10, 30, 60),
)
LOOK_UPS = Histogram(
    "hudhud_look_up_seconds",
    "Seconds that PostgreSQL took for one look-up of a group of batches (P1).",
    ["look_up"],
    buckets=(0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3),
)
LOOK_UPS_FAILED = Counter(
    "hudhud_look_ups_failed_total", "Look-ups that could not be read (P2).", ["look_up"]
)
CONTEXTS = Counter(
    "hudhud_contexts_total", "Groups of batches by how they were looked up (P5).", ["position"]
)
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


def named(**fields: Any) -> AbstractContextManager[None]:
    """Name these in every line that this task, and what it begins, writes within the block."""
    return structlog.contextvars.bound_contextvars(**fields)
