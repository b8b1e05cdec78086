"""How long each stage of a message takes: one histogram, one label (O5)."""

from __future__ import annotations

from typing import Final

from prometheus_client import Histogram

STAGES: Final = Histogram(
    "hudhud_stage_seconds",
    "Seconds of each stage of a message: accept, answer, send.",
    ["stage"],
    buckets=(0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 6, 10, 30, 60),
)
