"""Instagram and Messenger: each rule taken out once by `mutants.py`.

Each: the rule, its file, what stands there, what instead, and the tests that must turn red.
"""

from __future__ import annotations

EVENTS = "tests/channels/test_instagram_and_messenger.py"
WATERMARKS = "tests/store/test_messenger_watermarks.py"
ECHOES = "tests/store/test_special_messages.py"
SETTLING = "store/schema/functions/settle_by_status.sql"
SPECIAL = "store/schema/functions/special_messages.sql"

RULES = (
    (
        "S9: what comes in another app's turn wakes nobody",
        "channels/graph/events.py",
        'note = ("echo" if event.outward else "standby" if event.standby else "") or note',
        'note = ("echo" if event.outward else "") or note',
        EVENTS,
    ),
    (
        "S9: a story is linked and never fetched",
        "channels/graph/bodies.py",
        "return Attachment(kind=_LINKED[named], source=source, kept=False)",
        "return Attachment(kind=_LINKED[named], source=source)",
        EVENTS,
    ),
    (
        "S9: Instagram's parts are counted in bytes",
        "channels/instagram/__init__.py",
        "return tuple(split_text(text, INSTAGRAM.text_max, measure=utf8_bytes))",
        "return tuple(split_text(text, INSTAGRAM.text_max))",
        EVENTS,
    ),
    (
        "S9: a watermark ticks nothing that was sent after it",
        SETTLING,
        "read_at = coalesce(o.read_at, case when l.left_at <= l.read then l.read end)",
        "read_at = coalesce(o.read_at, l.read)",
        WATERMARKS,
    ),
    (
        "law 5: a watermark settles no send of which nobody knows",
        SETTLING,
        "where m.direction = 'out' and o.state = 'accepted' and (o.delivered_at",
        "where m.direction = 'out' and (o.delivered_at",
        WATERMARKS,
    ),
    (
        "S9: the echo of our own send leaves no second bubble",
        SPECIAL,
        "delete from message where id = echo.id;",
        "perform 1;",
        ECHOES,
    ),
    (
        "trap 16: an echo of a file that is under way is our own",
        SPECIAL,
        "and (m.body = echo.body or (m.content ? 'send' and echo.content ? 'attachments'))",
        "and m.body = echo.body",
        ECHOES,
    ),
)
