"""How much of what was said before fits beside a batch."""

from __future__ import annotations

from hudhud.model import Said

HISTORY_TOKENS = 800
CHARS_PER_TOKEN = 3  # Arabic in today's models; a window, not an invoice


def within_tokens(history: tuple[Said, ...], tokens_max: int) -> tuple[Said, ...]:
    """The newest part of a history that fits into a window (P1: 800 tokens), oldest first."""
    left = tokens_max * CHARS_PER_TOKEN
    kept: list[Said] = []
    for said in reversed(history):
        left -= len(said.text) + CHARS_PER_TOKEN
        if left < 0:
            break
        kept.append(said)
    return tuple(reversed(kept))
