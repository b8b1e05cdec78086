"""Makes what a provider sent fit for PostgreSQL, so that one poisoned row cannot fail its group.

PostgreSQL refuses U+0000 and lone surrogates in text and JSON, a key too long for an index, and a
text too long for its search vector (CORRECTNESS 8). The raw body stays as it was, in the journal.
"""

from __future__ import annotations

import hashlib
import math
import re
from typing import Any

ID_CHARS_MAX = 256
NAME_CHARS_MAX = 256
TEXT_CHARS_MAX = 65_536  # four bytes each stay under the 1 MB of a PostgreSQL search vector
DEPTH_MAX = 32

REPLACEMENT = "\ufffd"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def fits(value: str) -> bool:
    """Whether PostgreSQL can keep it as it is: neither U+0000 nor half of a character in it."""
    # A string knows whether it is ASCII, and has halves only if not; encoding finds one in a
    # third of the time of a search. Every id and every word of a webhook is asked.
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            return False
    return "\x00" not in value


def text(value: str, chars_max: int = TEXT_CHARS_MAX) -> str:
    """The same text, with what cannot be stored replaced by U+FFFD, cut at `chars_max`."""
    if not fits(value):
        value = _UNSTORABLE.sub(REPLACEMENT, value)
    return value if len(value) <= chars_max else value[:chars_max]


def content(value: Any, depth_max: int = DEPTH_MAX) -> Any:
    """The same JSON value, with its texts mended, infinities emptied and its depth bounded."""
    if isinstance(value, str):
        return text(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if not isinstance(value, dict | list):
        return value
    if depth_max <= 0:
        return REPLACEMENT
    if isinstance(value, list):
        return [content(each, depth_max - 1) for each in value]
    return {text(key): content(each, depth_max - 1) for key, each in value.items()}


def external_id(value: str) -> str:
    """A provider's id as a key: itself, or a digest when it is too long or cannot be stored.

    The digest keeps what an id is for: the same one always gives the same key (law 2).
    """
    if len(value) <= ID_CHARS_MAX and fits(value):
        return value
    return "sha256:" + hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
