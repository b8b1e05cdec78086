"""Who only asks is told a row and orders nothing: each rule taken out once.

Each: the rule, its file, what stands there, what instead, and the tests that must turn red.
"""

from __future__ import annotations

ASKS = "tests/responders/weighing/test_who_only_asks.py"

RULES = (
    (
        "S6: who names two things may want them",
        "responders/weighing/alike.py",
        "return len(named) >= _NAMED_MIN or",
        "return",
        ASKS,
    ),
    (
        "S6: who asks for a part of a thing takes none of it, whatever he names",
        "responders/weighing/alike.py",
        "return near.subject in _OTHERWISE or not _names(products, told)",
        "return not _names(products, told)",
        ASKS,
    ),
    (
        "S6: who looks for things of a kind is told no row for a word of it",
        "responders/examples/margins.py",
        "if surely or _seeks(fit, found, reading):",
        "if surely:",
        ASKS,
    ),
    (
        "S6: what we are asked to do comes before a subject that is near",
        "responders/examples/margins.py",
        "<= deeds and any(map(_EXCHANGES.fullmatch, deeds))",
        "<= deeds",
        ASKS,
    ),
)
