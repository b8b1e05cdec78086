"""Whether a ware is spoken of itself beside a row that answers, or only named to ask it; pure."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Final

from hudhud.responders import shelf
from hudhud.responders.examples import margins, wants
from hudhud.responders.lexicon import ASPECTS, TOPICS, Understood, understood
from hudhud.responders.lexicon.asking import IF, services
from hudhud.responders.spoken import digit
from hudhud.text import words

_SOUGHT: Final = frozenset({"stock", "browse"})
_WHICH: Final = frozenset({"which", "what", "اي"})

# Where another question begins: «بكم المنقل وهل تركبونه», "how much is it and do you deliver".
_CLAUSES: Final = re.compile(
    r"[؟?!.,،؛\n]|\s(?=و(?:هل|كم|بكم|متى|شلون|كيف|وين|شحال|بشحال|واش|شو|ايش|وش|قديش|شكد|ت\w|بت\w|كت\w)"
    r"\b)|\s(?:and|also)\s"
)


def spoken_of(
    found: shelf.Found, reading: Understood, of_row: AbstractSet[str], *, own: bool
) -> bool:
    """Whether what is named is shown beside the row that answers.

    One thing named whole is. Else it is wanted, or has a clause of its own: its name alone, its
    price. «شحال الضمان ديال البطارية؟» names batteries and asks for none of them; «بكم المنقل؟
    وتوصلون؟» asks for its price beside.

    Args:
        found: what is named.
        reading: the message.
        of_row: the words of it that the row holds and no name of a ware.
        own: the row is that of a topic or a subject, and not only the one that holds most words.
    """
    if found.exact and found.by in ("name", "trait") and len(found.products) == 1:
        return True
    wanted = own and not margins.ASKED.isdisjoint(reading.meanings)
    # «طقم مواليد ابيض واحد تغلفونه؟»: what is counted is wanted.
    if found.by == "name" and any(map(digit, words(reading.text))):
        return True
    # «طقم مواليد ابيض، تغلفونه؟»: what is named in so many words is spoken of as well.
    named = found.by == "name" and (wanted or len(found.words) > 1)
    if not named and not (found.exact and found.by == "trait"):
        return False
    clauses = _clauses(reading.text)
    return _sought(found, reading) or any(_of_it(found, told, of_row) for told in clauses)


def _sought(found: shelf.Found, reading: Understood) -> bool:
    """Whether a thing is looked for, and nothing asked for that is to be done to it."""
    said, meanings = words(reading.text), {*reading.meanings}
    if services(said):
        return False
    which = any(one in _WHICH and after in found.words for one, after in pairwise(said))
    told = not reading.asks and meanings.isdisjoint(TOPICS)
    return wants(said) or which or told or not meanings.isdisjoint(_SOUGHT)


def _clauses(text: str) -> list[Understood]:
    return [understood(clause) for clause in _CLAUSES.split(text) if clause and clause.strip()]


def _of_it(found: shelf.Found, told: Understood, of_row: AbstractSet[str]) -> bool:
    if found.words.isdisjoint(told.said) or not of_row.isdisjoint(told.said):
        return False
    said = words(told.text)
    if not {*TOPICS}.isdisjoint(told.meanings) or services(said) or not IF.isdisjoint(said):
        return False
    alone = found.words >= {*told.said}
    return alone or not {*ASPECTS, "order"}.isdisjoint(told.meanings)
