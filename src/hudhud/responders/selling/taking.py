"""Whether a batch takes the one thing that was just shown, and says nothing else; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from hudhud.model import Product, Said
from hudhud.responders.addresses import first_place
from hudhud.responders.lexicon import interrogates, understood
from hudhud.responders.selling import traits
from hudhud.responders.selling.clauses import clauses, is_trait
from hudhud.responders.selling.counting import number, unit
from hudhud.responders.selling.deeds import little, marks, sends
from hudhud.responders.selling.naming import Names
from hudhud.responders.shelf import colour_word, mentioned
from hudhud.text import words

# A greater number answers otherwise: a size of something else, a house.
COUNT_MAX = 12
LOOK_BACK = 6
# Beside size, colour and number; more is talk about something else.
BESIDE_MAX = 6
_SHOPPING = frozenset({"ack", "thanks", "order", "sizes", "colours", "greeting", "gift"})
_PRAISES = frozenset(words("خوش حلو زين ممتاز مناسب كويس good great nice"))
_TAKES = frozenset({"want", "take"})
_FINE = frozenset({"fine", "yes"})


def taken(texts: Iterable[str], product: Product) -> bool:
    """Whether messages take a product: «واحد بس», «تمام اريدها», "ok brown 42 pls".

    They say a deed, a number, a size or colour of it, and no word besides. A size or colour alone
    may be a question, as may anything with its sign.

    Args:
        texts: a batch's messages.
        product: the only one that our last words showed.
    """
    batch = list(texts)
    if any(map(interrogates, batch)):
        return False
    said = [word for text in batch for word in words(text)]
    sized = traits.size(said, product)
    of_size = sized.places if sized is not None and sized.size else frozenset[int]()
    deeds = [one for one in marks(said) if not of_size.intersection(range(one.start, one.end))]
    told = {mark.deed for mark in deeds}
    if not told <= _TAKES | _FINE:
        return False
    used = {at for mark in deeds for at in range(mark.start, mark.end)} | _measured(said, of_size)
    if sent := {at for at, word in enumerate(said) if at not in used and sends(word)}:
        told, used = told | {"take"}, used | sent
    rest = [word for at, word in enumerate(said) if at not in used]
    numbers = [number(word) or 0 for word in rest if number(word) or unit(word)]
    others = [word for word in rest if not (number(word) or unit(word) or is_trait(word))]
    trait = bool(of_size) or bool(traits.colour(rest, product))
    if max(numbers, default=0) > COUNT_MAX or not _beside(others, texts=batch):
        return False
    return bool(numbers or told & _TAKES or trait)


def _beside(others: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether what stands beside it asks nothing, names no place, and is not much: «لبنتي»."""
    if little(others):
        return True
    meant = {meaning for text in texts for meaning in understood(text).meanings}
    placed = any(first_place(text) is not None for text in texts)
    if any(not _PRAISES.isdisjoint(words(text)) for text in texts):
        meant.discard("price")  # «خوش سعر»
    return len(others) <= BESIDE_MAX and not placed and meant <= _SHOPPING


def led(messages: Mapping[int, str], names: Names, own: Names) -> list[str]:
    """What is said before another thing is named: «اريد واحد كحلي وياه تيشيرت»."""
    told = list[str]()
    for clause in clauses(messages, names):
        foreign = any(names.word(w) and not own.word(w) and not is_trait(w) for w in clause.said)
        if clause.named or foreign:
            return told
        told.append(clause.text)
    return told


def asked_about(history: Sequence[Said], product: Product, known: Sequence[Product]) -> str:
    """The size and colour of a product that were asked about since we began to speak of it.

    Args:
        history: what was said before, oldest first.
        product: the one that was shown last.
        known: the products at hand.
    """
    colour, size = list[str](), ""
    for one in history[: -LOOK_BACK - 1 : -1]:
        if one.author == "contact":
            said = words(one.text)
            colour = colour or [word for word in said if colour_word(word)]
            found = traits.size(said, product)
            size = size or (found.size if found else "")
        elif (shown := mentioned(known, one.text)) and product not in shown:
            break
    return " ".join([*colour, *words(size)])


def _measured(said: Sequence[str], places: Iterable[int]) -> set[int]:
    """The places of a size with the word before it that announces it, or after it that measures."""
    return {
        at
        for place in places
        for at in (place - 1, place, place + 1)
        if at == place or (0 <= at < len(said) and traits.of_size(said[at]))
    }
