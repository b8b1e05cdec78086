"""Which messages only a person can take in; pure."""

from __future__ import annotations

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
