"""WhatsApp: each rule taken out once by `mutants.py`.

Each: the rule, its file, what stands there, what instead, and the tests that must turn red.
"""

from __future__ import annotations

CHANNEL = "channels/whatsapp"
CONTENT = "tests/channels/test_whatsapp_content.py"
EVENTS = "tests/channels/test_whatsapp_events.py"

RULES = (
    (
        "S3: whoever was renamed is not met under the old name again",
        f"{CHANNEL}/messages.py",
        "names = new if of_system(raw, frame) else tuple(dict.fromkeys((*names, *new)))",
        "names = tuple(dict.fromkeys((*names, *new)))",
        EVENTS,
    ),
    (
        "S2: a filled form is read by its answers",
        f"{CHANNEL}/texts.py",
        'return "\\n".join(told) or words(reply.get("body"))',
        'return words(reply.get("body"))',
        "tests/channels/test_whatsapp_types.py",
    ),
    (
        "bad input: an odd message costs no sibling",
        f"{CHANNEL}/messages.py",
        'return "not an object"',
        "raise TypeError",
        "tests/contracts/test_fuzz_parsers.py",
    ),
    (
        "S2: a list has at most ten rows in all its sections",
        f"{CHANNEL}/taken.py",
        "if len(rows) > ROWS_MAX:",
        "if len(rows) > ROWS_MAX * SECTIONS_MAX:",
        CONTENT,
    ),
    (
        "S8: only an id that Meta could have given is asked for",
        f"{CHANNEL}/files.py",
        "if not _MEDIA_ID.fullmatch(attachment.source):",
        "if not attachment.source:",
        CONTENT,
    ),
)
