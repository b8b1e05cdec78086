"""The reply window: each rule taken out once by `mutants.py`."""

from __future__ import annotations

WINDOW = "tests/core/test_window.py"
JOURNEY = "tests/journeys/test_window_journeys.py"

RULES = (
    (
        "S8: it is looked at again just before a send",
        "core/delivery.py",
        "not isinstance(content, Template) and not window.takes(by_person=by_person)",
        "False",
        WINDOW,
    ),
    (
        "S8: a person's free reply outside it is refused before anything is written",
        "core/handoff.py",
        "if not window.takes(by_person=True):",
        "if False:",
        JOURNEY,
    ),
    (
        "S8: a later word counts where it reaches further than the ad",
        "core/window/rule.py",
        "return max(ends, default=None)",
        "return ends[-1] if ends else None",
        WINDOW,
    ),
)
