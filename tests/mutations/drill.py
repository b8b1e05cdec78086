"""The drill and its judge: each rule taken out once by `mutants.py`.

Each: the rule, its file, what stands there, what instead, and the tests that must turn red.
"""

from __future__ import annotations

DRILL = "tests/ops/test_drill_judge.py"

RULES = (
    (
        "the drill: a history with a hole proves nothing",
        "ops/drills/seen.py",
        "if record.n != self._last + 1 or self._ended:",
        "if self._ended:",
        DRILL,
    ),
    (
        "the drill: what left twice was answered twice",
        "ops/drills/judge.py",
        "        if times > 1:\n",
        "        if times > 2:\n",
        DRILL,
    ),
    (
        "the drill: what had its 200 first is in no later batch",
        "ops/drills/judge.py",
        "            elif leaves and number < latest:",
        "            elif leaves and number < 0:",
        DRILL,
    ),
    (
        "the drill: an answer names the messages of its batch",
        "ops/drills/judge.py",
        "        if Counter(marks) != Counter(members[row.batch].keys()):",
        "        if not members[row.batch]:",
        DRILL,
    ),
    (
        "the drill: what the database says left counts only when the provider saw it",
        "ops/drills/judge.py",
        'elif not times and row.state not in ("cancelled", "rejected"):',
        'elif not times and row.state == "queued":',
        DRILL,
    ),
    (
        "the drill: a dead letter names a fault that struck",
        "ops/drills/judge.py",
        'if letter.settlement != "retry" and not blamed & struck:',
        'if letter.settlement != "retry" and not blamed:',
        DRILL,
    ),
    (
        "the drill: an answer reaches the customer whom it answers",
        "ops/drills/judge.py",
        "            if call.where != homes.get(row.conversation):",
        "            if row.conversation not in homes:",
        DRILL,
    ),
    (
        "the drill: a person's deed is done once",
        "ops/drills/judge.py",
        "        if count > 1:",
        "        if count > 2:",
        DRILL,
    ),
)
