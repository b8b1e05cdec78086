"""In which language a customer is answered."""

from __future__ import annotations

from collections.abc import Sequence

from hudhud.model import Turn
from hudhud.responders import names
from hudhud.responders.addresses import first_place
from hudhud.responders.examples import arabic_in_latin
from hudhud.responders.lexicon import understood
from hudhud.responders.selling.agreeing import bare_nod
from hudhud.text import Language, fold, language, words


def language_of(turn: Turn) -> Language:
    """The language of the batch; when it has no letters, of what the contact said before.

    Arabic in Latin letters is answered in Arabic, and a name or an address in them says nothing.
    """
    batch = " ".join(said.text for said in turn.messages)
    before = [said.text for said in turn.history if said.author == "contact"]
    if not any(char.isalpha() for char in batch):
        return _before(before, turn)
    if before and _before(before, turn) == "en" and all(_only_data(s.text) for s in turn.messages):
        return "en"
    told = understood(batch)
    if told.latin or language(batch) == "ar":
        return "ar"
    mute = bare_nod(batch) or not (told.meanings or told.asks)
    if before and (mute or arabic_in_latin(_unsold(batch, turn)) is None):
        return _before(before, turn)
    return _of(batch, turn)


def in_latin(text: str) -> bool:
    """Whether a text is Arabic in Latin letters; where none of these stands nothing is read for it.

    Args:
        text: one message, or all of a batch.
    """
    return any(char.isascii() and char.isalpha() for char in text) and understood(text).latin


def _before(said: Sequence[str], turn: Turn) -> Language:
    """The language of what was said before: of the last message in Arabic, or of all of it.

    A title in English makes no Englishman of who wrote "areed" before it.
    """
    told = (text for text in reversed(said) if any(map(str.isalpha, text)) and not _only_data(text))
    newest = next(told, "")
    # Of two languages in one message, the one that is nobody's title.
    named = understood(_unsold(newest, turn))
    return "ar" if named.latin and named.terms else _of(" ".join(said), turn)


def _of(text: str, turn: Turn) -> Language:
    if in_latin(text):
        return "ar"
    if language(text) == "en" and any(char.isalpha() for char in text):
        return "ar" if arabic_in_latin(_unsold(text, turn)) else "en"
    return language(text)


def _only_data(text: str) -> bool:
    """Whether a message holds a name, a number or a place and nothing else.

    «نور هادي» is a name in any conversation, and "Noor" is no word of Arabic in an English one.
    """
    rest = " ".join(word for word in text.split() if not word[0].isupper())
    told = understood(rest)
    if told.latin or told.meanings or told.asks:
        return False
    if language(text) == "ar":
        return names.surely(text) or first_place(text) is not None
    return rest != text and not understood(text).asks


def _unsold(text: str, turn: Turn) -> str:
    """The words that name nothing sold: «kunafa» is what an Englishman calls it too."""
    sold = {word for product in turn.products for word in words(product.name_en)}
    return " ".join(word for word in text.split() if fold(word) not in sold)
