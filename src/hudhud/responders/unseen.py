"""Which messages only a person can take in; pure."""

from __future__ import annotations

from collections.abc import Iterable

from hudhud.model import Said

# What a message's text says in full; any other kind holds something that only a person sees.
_READ_KINDS = frozenset(
    {"text", "button", "interactive", "reply", "template", "postback", "story_reply"}
)
# These say nothing to answer.
_SMILES = frozenset({"sticker", "like_heart"})


def unseen(said: Said) -> bool:
    """Whether it is a picture, or a voice that nobody put into words."""
    heard = said.kind == "audio" and bool(said.text)
    return said.kind not in _READ_KINDS | _SMILES and not heard


def wordless(messages: Iterable[Said]) -> bool:
    """Whether a batch holds neither a word nor a sign: stickers and empty messages only."""
    return not any(said.text.strip() for said in messages if said.kind not in _SMILES)
