"""Which of several is meant by what it costs: «بدي الأرخص», "the cheapest tent"; pure.

Who says so names one thing, as surely as with its name: of those that are called so beside it, or
else of those that our last words listed. So its name is put in the place of the words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from hudhud.model import Product, Turn
from hudhud.responders import shelf
from hudhud.responders.lexicon import forms, understood
from hudhud.responders.lexicon.arabizi import spelled
from hudhud.responders.referring.shown import shown_last
from hudhud.responders.sparing import without_excluded
from hudhud.text import words

_CHEAP = frozenset(words("الارخص ارخص الرخيص الرخيصه الاوفر cheapest"))
_DEAR = frozenset(words("الاغلى اغلى الغالي الغاليه priciest dearest"))
_LATIN_CHEAP = frozenset(map(spelled, words("arkhas elarkhas alarkhas larkhas")))
_LATIN_DEAR = frozenset(map(spelled, words("aghla elaghla alaghla laghla")))
# Without its article it stands before what is meant.
_BARE = frozenset({*words("ارخص اغلى"), *map(spelled, words("arkhas aghla"))})
_PAIRS = {
    **dict.fromkeys((("least", "expensive"), ("lowest", "price"), ("lowest", "priced")), False),
    **dict.fromkeys((("اقل", "سعر"), ("اقل", "سعرا"), ("الاقل", "سعر"), ("الاقل", "سعرا")), False),
    ("most", "expensive"): True,
}
# «أرخص من كذا», «في أرخص؟» ask for what costs less than another.
_THAN = frozenset(words("من منه منها منهم منو than from"))
_ANY = frozenset(words("في فيه عندكم عندكن عندك عدكم اكو كاين شي اشي حاجه any anything something"))
_ONE = frozenset(
    words("واحد واحده وحده وحدة شي اشي حاجه نوع one ones thing فيهم فيهن بيهم فيها منهن")
)
_BEFORE = frozenset(words("the el al l"))


def as_meant(turn: Turn) -> Turn:
    """A turn without what its batch leaves out by name, and naming what it means by its price.

    Args:
        turn: everything that may be read.
    """
    turn = without_excluded(turn)
    told = tuple(_named(said.text, turn) for said in turn.messages)
    if all(text == said.text for text, said in zip(told, turn.messages, strict=True)):
        return turn
    both = zip(turn.messages, told, strict=True)
    named = tuple(msgspec.structs.replace(said, text=text) for said, text in both)
    return msgspec.structs.replace(turn, messages=named)


def _named(text: str, turn: Turn) -> str:
    tokens = text.split()
    said = [" ".join(words(token)) for token in tokens]
    for at in range(len(said)):
        size, dear = _begins(said, at)
        # «الأوفر سايز» is what a shirt is called, and no price.
        if not size or not shelf.vocabulary(turn.products).isdisjoint(forms(said[at])):
            continue
        end = at + size
        before = at - (at > 0 and said[at - 1] in _BEFORE)
        rest = [*said[:before], *said[end:]]
        of = _of_those_named(rest, turn.products) or _listed(turn)
        one = _extreme(of, dear=dear)
        if one is None:
            return text
        while end < len(said) and said[end] in _ONE:
            end += 1
        tail = tokens[end - 1][len(tokens[end - 1].rstrip("،,.؟?!")) :]
        name = one.name_en if text.isascii() and not understood(text).latin else one.name_ar
        kept = (token for token, word in zip(tokens[end:], said[end:], strict=True) if word)
        return " ".join((*tokens[:before], f"{name}{tail}", *kept))
    return text


def _begins(said: Sequence[str], at: int) -> tuple[int, bool]:
    """How many words say so here, and whether what costs most is meant."""
    word, after = said[at], "".join(said[at + 1 : at + 2])
    if (word, after) in _PAIRS:
        return 2, _PAIRS[word, after]
    latin = spelled(word) if word.isascii() and word else ""
    cheap = word in _CHEAP or latin in _LATIN_CHEAP
    dear = word in _DEAR or latin in _LATIN_DEAR
    before = said[at - 1] if at else ""
    bare = (word in _BARE or latin in _BARE) and before not in _BEFORE
    compared = after in _THAN or (bare and (not after or before in _ANY))
    return int((cheap or dear) and not compared), dear


def _of_those_named(rest: Sequence[str], products: Sequence[Product]) -> tuple[Product, ...]:
    """Those that are what is named beside it: a «ملعقة عسل» is no honey."""
    terms = understood(" ".join(rest)).terms
    found = shelf.find(products, terms, in_other_words=True) if terms else shelf.Found()
    if found.by != "name":
        return ()
    headed = tuple(p for p in found.products if _is_a(p, found.words))
    return headed or found.products


def _is_a(product: Product, said: frozenset[str]) -> bool:
    """Whether a product is of the kind of thing that is said, as its name begins or ends."""
    arabic, last = words(product.name_ar)[:1], words(product.name_en)[-1:]
    heads = frozenset(form for word in (*arabic, *last) for form in forms(word))
    return any(shelf.heard(word, heads) for word in said)


def _listed(turn: Turn) -> tuple[Product, ...]:
    """What our last words listed; of several kinds the one that most of them are of."""
    shown = shown_last(turn.history, turn.products)
    kinds = Counter(product.category_ar for product in shown)
    most = kinds.most_common(1)[0] if kinds else ("", 0)
    several = 2 * most[1] > len(shown)
    return tuple(p for p in shown if p.category_ar == most[0]) if several else shown


def _extreme(products: Sequence[Product], *, dear: bool) -> Product | None:
    """The one that costs least, or most, of those that are there; None where two cost the same."""
    there = sorted((p for p in products if p.stock > 0), key=lambda p: p.price_minor, reverse=dear)
    if len(products) < 2 or not there:  # noqa: PLR2004 - of one nothing is the cheapest
        return None
    alone = len(there) == 1 or there[0].price_minor != there[1].price_minor
    return there[0] if alone else None
