"""The phone page's words, Arabic and English at parity."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {"ar": {}, "en": {}}


def words(language: str) -> dict[str, str]:
    """Every word of the page in that language; Arabic when it is unknown."""
    return WORDS.get(language, WORDS["ar"])
