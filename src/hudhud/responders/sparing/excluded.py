"""Which of the things that are sold a customer leaves out by their names; pure.

«بدي عسل، مش الجبلي», "any honey but not the mountain one": what is named so is not offered, and
names nothing. A quality or an ingredient that is not wanted is `batch`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

from hudhud.model import Product, Said, Turn
from hudhud.responders import shelf
from hudhud.responders.lexicon import english, understood
from hudhud.responders.lexicon.imperatives import bid
from hudhud.responders.lexicon.own import AT_YOUR_PLACE, ours
from hudhud.responders.sparing.rows import free_of
from hudhud.text import words

# «ليس», "not": no more than what is named next is left out.
_NOT = frozenset(
    words("مش مو مب موب مهو مهوب ماشي ليس not mish mesh msh mosh mo mou mub moosh moush machi")
)
# «غير», «ما عدا», "except": also where nothing else is said.
_EXCEPT = frozenset(
    words("غير عدا ماعدا باستثناء except besides excluding ghair ghayr gheir gher ghir 8er 8eir")
)
_EXCEPT_PAIRS = frozenset({("ما", "عدا"), ("other", "than"), ("apart", "from"), ("but", "not")})
# «من غير سكر» is "without sugar".
_OF = frozenset(words("من min men mn"))
_NEGATING = frozenset(words("ما لا مش مو dont not ma la mish mesh msh mo mou"))
# «ما احب», "don't like", beside what is wanted; «مابدي» in one word.
_LIKED = frozenset(words("احب بحب نحب حاب حابه حب like need want needs 7ab b7eb bheb"))
_GLUED = ("م", "ma", "m")
_LITTLE = frozenset(
    words("نوع من تبع حق ديال بتاع the any a an that this هذا هاد هادا هيدا ده دا el al l")
)
_ONE = frozenset(words("one ones وحده واحد"))
_OR = frozenset(words("ولا او و or nor and wala aw w"))
# «مش السدر بس» wants more than that.
_ONLY = frozenset(words("بس فقط only alone"))
# «غيره» names nothing: other than that.
_ELSE = frozenset(words("غيره غيرها غيرو غيرهم غيرهن ghero ghayro gheiro else"))
_BEGINNING = _NOT | _EXCEPT | _NEGATING | {one for one, _ in _EXCEPT_PAIRS}
WORDS_KEPT_MAX = 4096
_CALLING = frozenset({"complaint", "person", "order_status", "cancel_order"})


class Excluded(msgspec.Struct, frozen=True):
    """What is left of some texts without what they leave out, and which products that is."""

    texts: tuple[str, ...]
    ids: frozenset[int] = frozenset()


def excluded(texts: Sequence[str], products: Sequence[Product]) -> Excluded:
    """What a batch leaves out by name; nothing where something that came is told of.

    Args:
        texts: the messages of one batch.
        products: what is sold, as far as it is at hand.
    """
    told = [_line(text, products) for text in texts]
    runs = [run for _, named in told for run in named]
    gone = {one.id: one for run in runs for one in products if _is(one, run)}
    if not gone or any(map(_tells_of_a_deal, texts)):
        return Excluded(tuple(texts))
    left = tuple(text for text, _ in told)
    if all(_ELSE.issuperset(understood(text).terms) for text in left):
        left = _of_their_kind(left, runs, next(iter(gone.values())))
    return Excluded(left, frozenset(gone))


def without_excluded(turn: Turn) -> Turn:
    """A turn without what its batch leaves out by name; what is in the cart is given up by name.

    Args:
        turn: everything that may be read.
    """
    told = excluded([said.text for said in turn.messages], turn.products)
    there = {line.sku for line in turn.cart.lines}
    products = tuple(product for product in turn.products if product.id not in told.ids)
    given_up = any(p.id in told.ids and p.sku in there for p in turn.products)
    if not told.ids or not products or given_up:
        return turn
    both = zip(turn.messages, told.texts, strict=True)
    left: tuple[Said, ...] = tuple(msgspec.structs.replace(m, text=text) for m, text in both)
    gone = [product for product in turn.products if product.id in told.ids]
    history = tuple(_unshown(said, gone) for said in turn.history)
    return msgspec.structs.replace(turn, messages=left, products=products, history=history)


def _unshown(said: Said, gone: Sequence[Product]) -> Said:
    """One of our answers without the lines that showed what is left out."""
    if said.author == "contact":
        return said
    lines = (line for line in said.text.splitlines() if not shelf.mentioned(gone, line))
    return msgspec.structs.replace(said, text="\n".join(lines))


def _tells_of_a_deal(text: str) -> bool:
    """Whether it is told what came or was bought, or somebody is called: nothing is looked for."""
    said = [word for word in words(text) if word not in AT_YOUR_PLACE]
    return ours(said) or bool(_CALLING & {*understood(text).meanings})


def _of_their_kind(
    left: Sequence[str], runs: Iterable[Sequence[str]], first: Product
) -> tuple[str, ...]:
    """The texts where nothing else is named: «غير السدر؟» asks for other honey.

    Where all of a kind is left out, whatever else there is is asked for.
    """
    arabic = not english(" ".join(left))
    kind = first.category_ar if arabic else first.category_en
    if any(all(shelf.called(first, word, kind=True) for word in run) for run in runs):
        kind = "شو عندكم" if arabic else "what do you have"
    return (*left[:-1], f"{left[-1]} {kind}")


def _line(text: str, products: Sequence[Product]) -> tuple[str, list[list[str]]]:
    """A message without what it leaves out, and how that is called."""
    tokens = text.split()
    said = [" ".join(words(token)) for token in tokens]
    for at in range(len(said)):
        begun = _begins(said, at) if _may_begin(said[at]) else 0
        end, called = _called(said, at + begun, products) if begun else (0, [])
        named = any(_is(product, run) for run in called for product in products)
        if named and "".join(said[end : end + 1]) not in _ONLY:
            rest, more = _line(" ".join((*tokens[:at], *tokens[end:])), products)
            return rest, [*called, *more]
    return text, []


@lru_cache(WORDS_KEPT_MAX)
def _may_begin(word: str) -> bool:
    """Whether what is not wanted may be named behind a word; it is behind hardly any."""
    bare = word.removeprefix("و")
    glued = bare.startswith(_GLUED) and bid(bare)[0] == "remove"
    return glued or not _BEGINNING.isdisjoint((word, bare))


def _begins(said: Sequence[str], at: int) -> int:
    """How many words say that what is named next is not wanted, beginning with one."""
    word, after = said[at], "".join(said[at + 1 : at + 2])
    bare = word.removeprefix("و")
    if (bare, after) in _EXCEPT_PAIRS:
        return 2
    if bare.startswith(_GLUED) and bid(bare)[0] == "remove":
        return 1
    if bare in _NEGATING and after and (bid(after)[0] == "want" or after in _LIKED):
        return 2
    if bare in _EXCEPT:
        return 0 if at and said[at - 1] in _OF else 1
    return int(bare in _NOT or word in _NOT)


def _called(
    said: Sequence[str], at: int, products: Sequence[Product]
) -> tuple[int, list[list[str]]]:
    """Where what is named from here on ends, and the names that are said."""
    while at < len(said) and said[at] in _LITTLE:
        at += 1
    runs: list[list[str]] = [[]]
    end = at
    while at < len(said):
        word = said[at]
        joined = word.removeprefix("و") if runs[-1] and word.startswith("و") else ""
        if word in _OR and runs[-1]:
            runs.append([])
        elif joined and _names(products, joined):
            runs.append([joined])
            end = at + 1
        elif _names(products, word):
            runs[-1].append(word)
            end = at + 1
        elif not (runs[-1] and word in _ONE):
            break
        else:
            end = at + 1
        at += 1
    return end, [run for run in runs if run]


def _names(products: Sequence[Product], word: str) -> bool:
    if not word or " " in word or word.isdecimal() or not understood(word).said:
        return False
    kinds = (False, True)
    return any(shelf.called(product, word, kind=kind) for product in products for kind in kinds)


def _is(product: Product, run: Sequence[str]) -> bool:
    """Whether a product's own name or its kind's holds all of some words.

    What is told to be without them is not meant: «غير لاصقة» of a pan.
    """
    named = any(all(shelf.called(product, w, kind=kind) for w in run) for kind in (False, True))
    return named and not free_of(product, run)
