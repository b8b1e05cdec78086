"""Text that somebody else wrote, for a terminal: nothing in it commands the screen."""

from __future__ import annotations

import unicodedata

# Cc: control characters, escape sequences among them. Cf that turn the direction of what follows.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_KEPT = frozenset("\n\t")


def visible(text: str) -> str:
    """The same text with control characters and direction overrides written as their codes."""
    return "".join(_shown(letter) for letter in text)


def _shown(letter: str) -> str:
    if letter in _KEPT or not (unicodedata.category(letter) == "Cc" or letter in _TURNING):
        return letter
    return f"\\x{ord(letter):02x}" if ord(letter) <= 0xFF else f"\\u{ord(letter):04x}"  # noqa: PLR2004 - one byte
