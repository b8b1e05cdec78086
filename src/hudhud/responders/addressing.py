"""In which language a customer is answered."""

from __future__ import annotations

from hudhud.model import Turn
from hudhud.responders.examples import arabic_in_latin
from hudhud.responders.lexicon import understood
from hudhud.responders.selling.agreeing import bare_nod
from hudhud.text import Language, fold, language, words


def language_of(turn: Turn) -> Language:
    """The language of the batch; when it has no letters, of what the contact said before.

    Arabic in Latin letters is answered in Arabic, and a name or an address in them says nothing.
    """
    batch = " ".join(said.text for said in turn.messages)
    before = " ".join(said.text for said in turn.history if said.author == "contact")
    if not any(char.isalpha() for char in batch):
        return _of(before, turn)
    told = understood(batch)
    if told.latin or language(batch) == "ar":
        return "ar"
    mute = bare_nod(batch) or not (told.meanings or told.asks)
    if before and (mute or arabic_in_latin(_unsold(batch, turn)) is None):
        return _of(before, turn)
    return _of(batch, turn)


def _of(text: str, turn: Turn) -> Language:
    if understood(text).latin:
        return "ar"
    if language(text) == "en" and any(char.isalpha() for char in text):
        return "ar" if arabic_in_latin(_unsold(text, turn)) else "en"
    return language(text)


def _unsold(text: str, turn: Turn) -> str:
    """The words that name nothing sold: «kunafa» is what an Englishman calls it too."""
    sold = {word for product in turn.products for word in words(product.name_en)}
    return " ".join(word for word in text.split() if fold(word) not in sold)
