"""Web chat: each rule taken out once by `mutants.py`."""

from __future__ import annotations

VISITORS = "tests/web/chat/test_webchat_visitors.py"
PACE = "tests/web/chat/test_webchat_pace.py"
JOURNEY = "tests/journeys/test_webchat_journeys.py"
CHANNEL = "tests/channels/test_webchat.py"

RULES = (
    (
        "S2: who comes after a user in the same browser is somebody else",
        "web/chat/visitors.py",
        'and before.user in ("", user)',
        "and True",
        VISITORS,
    ),
    (
        "S2: a token is for one use",
        "web/chat/signing.py",
        'f"hudhud|webchat|{use}|".encode() + words',
        "words",
        VISITORS,
    ),
    (
        "S2: only sites of the list may ask",
        "web/chat/origins.py",
        "return origin in allowed",
        "return True",
        PACE,
    ),
    (
        "S2: what was under way is told later",
        "store/visits.py",
        'tuple(seq for seq in rows[0]["under_way"] if seq < last)',
        "()",
        JOURNEY,
    ),
    (
        "S8: a visitor names only their own uploads",
        "web/chat/filing.py",
        "(file.inbox_id, file.visitor) != (asked.inbox.id, asked.visitor.id)",
        "False",
        JOURNEY,
    ),
    (
        "law 2: nobody takes another visitor's id",
        "channels/webchat/reading.py",
        'f"{visitor}:{sent_id}"',
        "sent_id",
        CHANNEL,
    ),
)
