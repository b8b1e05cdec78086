"""Pictures in answers: each rule taken out once by `mutants.py`."""

from __future__ import annotations

OFFLINE = "tests/responders/selling/test_pictures_offline.py"
LEAVE = "tests/core/answering/test_pictures_leave.py"
CHECKED = "tests/core/checking/test_checked_pictures.py"

RULES = (
    (
        "S8: nobody is sent a picture unasked",
        "responders/picturing.py",
        "or not (asked or (habit == ",
        "or not (True or (habit == ",
        OFFLINE,
    ),
    (
        "S8: with the first words about a product, and with no more",
        "responders/picturing.py",
        "return len(told) == 1 and not any(",
        "return len(told) == 1 or not any(",
        OFFLINE,
    ),
    (
        "S6: who asks for a picture orders nothing",
        "responders/selling/clauses/reading.py",
        '"picture",',
        "",
        OFFLINE,
    ),
    (
        "S8: words leave apart where nothing stands below a picture",
        "core/answering/ending.py",
        'return msgspec.structs.replace(content, caption=""), content.caption',
        'return msgspec.structs.replace(content, caption=""), ""',
        LEAVE,
    ),
    (
        "S8: what is called twice is attached once",
        "responders/llm/calling.py",
        "self.shown[result.sku, result.images] = result",
        "self.shown[str(len(self.shown)), result.images] = result",
        LEAVE,
    ),
    (
        "S8: who names a colour sees that colour",
        "responders/picturing.py",
        "images=tuple(found)) if found else product",
        "images=tuple(found)) if not found else product",
        LEAVE,
    ),
    (
        "S10: a URL that asks for a person shows nothing",
        "responders/webhook/answering.py",
        "shown = [] if found.wants_person else",
        "shown = [] if found.needs_data_collection else",
        "tests/responders/test_responder_webhook.py",
    ),
    (
        "S10: a URL shows no more pictures than an answer has",
        "responders/webhook/answering.py",
        "in wanted[:PICTURES_MAX]:",
        "in wanted:",
        "tests/responders/test_responder_webhook.py",
    ),
    (
        "a price below a picture is looked over too",
        "core/answering/checking/vetting.py",
        "        *(one for under in _captions(answer) for one in _miscaptioned(under, grounds)),\n",
        "",
        CHECKED,
    ),
    (
        "no picture is promised that no tool attached",
        "core/answering/checking/promises.py",
        "return bool(grounds.results(SendPictures))",
        "return True",
        CHECKED,
    ),
)
