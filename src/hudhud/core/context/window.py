"""How much of what was said before fits beside a batch."""

from __future__ import annotations

from hudhud.model import Said

HISTORY_TOKENS = 800
# Above its window a history keeps what no summary holds, up to this many times its size: so nothing
# is lost until the next summary is made, and one is made for many messages, not for each.
GROWTH = 1.5
CHARS_PER_TOKEN = 3  # Arabic in today's models; a window, not an invoice


def within_tokens(
    history: tuple[Said, ...], tokens_max: int, *, upto: int | None = None
) -> tuple[Said, ...]:
    """The newest part of a history that fits into a window (P1: 800 tokens), oldest first.

    Args:
        history: oldest first.
        tokens_max: of the window.
        upto: the last message that a summary holds, 0 for none; what came after it may go beyond
            the window by GROWTH. None: nothing may.
    """
    left = tokens_max * CHARS_PER_TOKEN
    beyond = left - left * GROWTH
    kept: list[Said] = []
    for said in reversed(history):
        left -= len(said.text) + CHARS_PER_TOKEN
        if left < (beyond if upto is not None and said.id > upto else 0):
            break
        kept.append(said)
    return tuple(reversed(kept))
