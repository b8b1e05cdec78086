"""Whether a batch takes the one thing that was just shown, or opens another; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from msgspec import structs

from hudhud.model import Product, Said
from hudhud.responders.addresses import first_place
from hudhud.responders.lexicon import forms, interrogates, understood
from hudhud.responders.lexicon.colours import colour_word
from hudhud.responders.selling import traits
from hudhud.responders.selling.clauses import Clause, clauses
from hudhud.responders.selling.counting import expanded, number, unit
from hudhud.responders.selling.deeds import little, marks, sends
from hudhud.responders.selling.naming import Names, ordinal
from hudhud.responders.selling.traits import is_trait
from hudhud.responders.shelf import Found, heard, likely, mentioned
from hudhud.text import arabic_spellings, without_article, words
from hudhud.text.deriving import one_of_several
from hudhud.text.ranges import ranged

# A greater number alone answers otherwise: a size of something else, a house.
COUNT_MAX = 12
LOOK_BACK = 6
# Beside size, colour and number; more is talk about something else.
BESIDE_MAX = 6
_SHOPPING = frozenset({"ack", "thanks", "order", "sizes", "colours", "greeting", "gift"})
_PRAISES = frozenset(words("خوش حلو زين ممتاز مناسب كويس good great nice"))
_TAKES = frozenset({"want", "take"})
_FINE = frozenset({"fine", "yes"})
# "Basbousa with almonds", "Gel for curly hair": what follows tells one of a kind from another.
_TELLS_APART = re.compile(r"\b(?:with|of|in|for|at|per|from)\b|,")
# So many words of a name are the name, though none of them says what kind of thing it is.
_NAME_WORDS = 2


def unname(clause: Clause, offered: Sequence[Product]) -> None:
    """Let a clause name nothing, where what it holds of a name opens no other thing.

    Args:
        clause: what is said.
        offered: what is spoken of.
    """
    if clause.named and not _opens(clause, offered):
        clause.found = Found()
        clause.terms = tuple(term for term in clause.terms if not unit(term))


def _opens(clause: Clause, offered: Sequence[Product]) -> bool:
    """Whether a clause that holds a word of a name names another thing than what is spoken of.

    A word that says what kind of thing it is does («قميص»), and several words of its name; a size
    or colour, a number, a unit («علبة») and a verb never do. What merely tells one of a kind from
    another does where that kind is offered, or something is bidden: «بشرة» of a serum is no cream.
    """
    products = clause.found.products
    kinds = [_kinds(p.name_ar, p.name_en, p.category_ar, p.category_en) for p in products]
    told = [word for word in clause.found.words if not amount(word)]
    telling = [word for word in told if not (sends(word) or marks([word]))]
    if any(heard(word, kind) for word in told for kind in kinds):
        return True  # «هودي» is no verb, though it is written as one
    bidden = clause.wants or clause.acts or any(one.sure for one in clause.counts)
    if telling and (bidden or any(_same_kind(p, one) for p in products for one in offered)):
        return True
    if any(likely(word, kind) for word in telling for kind in kinds):
        return True
    if clause.found.exact and len(products) == 1 and len(telling) >= _NAME_WORDS:
        return clause.found.by == "name"  # «وشنطة قيتار سودا» of a «حقيبة قيتار»
    named = [_forms(f"{product.name_ar} {product.name_en}") for product in products]
    return any(sum(heard(word, name) for word in telling) >= _NAME_WORDS for name in named)


def _same_kind(one: Product, other: Product) -> bool:
    """Whether two products are of one kind: two kinds of baklava."""
    return not _forms(head(one.name_ar)).isdisjoint(_forms(head(other.name_ar)))


def of_kind_said(products: Sequence[Product], said: Iterable[str]) -> tuple[Product, ...]:
    """Of several those whose kind is said, where one is: «زيت» is no «فلتر زيت».

    Args:
        products: that some words name.
        said: these, folded.
    """
    told = [spelling for word in said for spelling in (word, *arabic_spellings(word))]
    heads = [(head(p.name_ar), _english_head(p.name_en)) for p in products]
    # As it is said, or as one of several of it, before what a word may be made of: «الزيتون» is
    # no «زيت», though its end looks like an ending.
    whole = {one for word in told for one in (word, without_article(word), *one_of_several(word))}
    made = {form for word in told for form in forms(word)}
    same = [p for p, kind in zip(products, heads, strict=True) if not whole.isdisjoint(kind)]
    same = same or [
        p
        for p, kind in zip(products, heads, strict=True)
        if not made.isdisjoint(form for one in kind for form in forms(one))
    ]
    return tuple(same or products)


def called_so(
    said: Sequence[str], those: Sequence[Product], others: Sequence[Product]
) -> Found | None:
    """Those that are called as is said, where none of the others is: olives, beside olive oil.

    Args:
        said: folded words.
        those: products.
        others: what may be meant as well.
    """
    found = Names([*others, *those]).find(said)
    meant = of_kind_said(found.products, said) if found.by == "name" and those else ()
    own = {product.sku for product in those} - {product.sku for product in others}
    only = meant and all(product.sku in own for product in meant)
    return structs.replace(found, products=meant) if only else None


def amount(word: str) -> bool:
    """Whether a folded word is a number, a unit, a size or a colour."""
    return word.isdecimal() or number(word) is not None or unit(word) or is_trait(word)


@lru_cache(maxsize=4096)
def _kinds(*names: str) -> frozenset[str]:
    """The forms of what says the kind of a thing, in its names and its categories' names."""
    arabic, english, category, of_english = names
    heads = [head(arabic), _english_head(english), head(category), _english_head(of_english)]
    # «شواحن وكابلات», "Chargers and cables"
    heads += [word[1:] for word in words(category)[1:] if word[0] == "و"]
    heads += [_english_head(part) for part in re.split(r"\band\b|&", of_english)]
    return _forms(" ".join(heads))


def head(arabic: str) -> str:
    """The first word of a name that says no amount: «علبة شوكولاتة» is chocolate."""
    said = [word for word in words(arabic) if not word.isdecimal()]
    return next((word for word in said if not unit(word)), said[0] if said else "")


def _english_head(name: str) -> str:
    """The last word before what tells it apart: "Leather belt for men" is a belt."""
    said = [w for w in words(_TELLS_APART.split(name.lower(), maxsplit=1)[0]) if not w.isdecimal()]
    return next((word for word in reversed(said) if not unit(word)), said[-1] if said else "")


@lru_cache(maxsize=4096)
def _forms(text: str) -> frozenset[str]:
    return frozenset(form for word in words(text) for form in forms(word))


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
    said = [word for text in batch for word in expanded(ranged(text), Names([product]))]
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
    many = max(numbers, default=0) > COUNT_MAX and not told & _TAKES
    if many or not _beside(others, texts=batch):
        return False
    return bool(numbers or told & _TAKES or trait)


def chosen(texts: Iterable[str], products: Sequence[Product]) -> tuple[Product, ...]:
    """Those that messages take of several that we listed; none where they take nothing.

    The one that is meant by its place, or made in the size and colour that are said; where two are,
    or nothing tells, all that may be: it is asked which.

    Args:
        texts: a batch's messages.
        products: those that our last words listed, in their order.
    """
    batch = list(texts)
    said = [word for text in batch for word in expanded(ranged(text), Names(products))]
    place = ordinal(said, len(products))
    if place is not None and len(said) <= BESIDE_MAX and not any(map(interrogates, batch)):
        return (products[place - 1],)
    if not any(taken(batch, product) for product in products):
        return ()
    told = [made_so(said, product) for product in products]
    return tuple(p for p, many in zip(products, told, strict=True) if many == max(told))


def made_so(said: Sequence[str], product: Product) -> int:
    """In how much of what is said, of size and colour, a product is made.

    Args:
        said: folded words.
        product: one of several.
    """
    size = traits.size(said, product)
    return (size is not None and bool(size.size)) + bool(traits.colour(said, product))


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
