"""In which language a contact is answered; pure."""

from __future__ import annotations

from hudhud.model import Turn
from hudhud.responders.lexicon import understood
from hudhud.text import Language, language


def language_of(turn: Turn) -> Language:
    """The language of the batch; when it has no letters, of what the contact said before.

    Arabic in Latin letters is answered in Arabic, and a name or an address in them says nothing.
    """
    batch = " ".join(said.text for said in turn.messages)
    before = " ".join(said.text for said in turn.history if said.author == "contact")
    told = understood(batch)
    mute = language(batch) == "en" and not (told.meanings or told.asks or told.latin)
    if not any(char.isalpha() for char in batch) or (mute and before):
        batch = before
    return "ar" if understood(batch).latin else language(batch)
