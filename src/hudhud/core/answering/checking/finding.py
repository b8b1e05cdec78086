"""What a check found in an answer."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

What = Literal[
    "wrong_language",
    "leaked_text",
    "secret_text",
    "disguised_text",
    "foreign_data",
    "foreign_link",
    "wrong_price",
    "wrong_stock",
    "invented_discount",
    "false_promise",
    "out_of_scope",
    "too_long",
]
SHOWN_CHARS_MAX = 80


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something that may not leave: what it is, its words, and where they stand in the text.

    `instead` is what to write from `start` to before `end`; None: nobody but a person can say.
    """

    what: What
    found: str
    start: int = 0
    end: int = 0
    instead: str | None = None

    def told(self) -> dict[str, Any]:
        """For the trace; of a secret only that it was one."""
        found = "…" if self.what == "secret_text" else self.found[:SHOWN_CHARS_MAX]
        mended = {} if self.instead is None else {"instead": self.instead[:SHOWN_CHARS_MAX]}
        return {"what": self.what, "found": found, **mended}
