"""Which of the products that the search found a customer really means; pure, no guessing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

import msgspec

from hudhud.model import Product
from hudhud.responders.lexicon import bones, forms, roots
from hudhud.responders.lexicon.colours import colour_word, meant, of_row
from hudhud.responders.spoken import numeral, numeric
from hudhud.text import arabic_spellings, fold, made_of, meaning_of, synonyms, twins, words

PRODUCTS_MAX = 60
_ALIKE_CHARS_MIN, _ALIKE_MIN = 4, 0.8
_BONES_MIN, _DERIVED_CHARS_MIN, _PLURAL_CHARS, _TOLD_CHARS_MIN = 3, 5, 5, 6
_NAMED, _TRAIT, _TOLD = 3, 2, 1
# So much of what the search could give, and so far before the next; what is told of several words.
_TOLD_MIN, _SURELY_MIN = 0.2, 0.3
_AHEAD, _FAR_AHEAD, _SEVERAL = 1.05, 1.5, 2

_SIZES = {
    "سمول": "s", "small": "s", "ميديوم": "m", "مديوم": "m", "medium": "m", "لارج": "l",
    "large": "l", "اكسلارج": "xl", "2xl": "xxl", "3xl": "xxxl",
}  # fmt: skip

# What is measured, and how large: of whatever it is said, it names no thing.
_MEASURES = frozenset(
    words(
        "مل ملي ملل لتر لترين ليتر جرام غرام كيلو كيلوين سم سنتي متر مترين انش بوصه مم واط جيجا "
        "نفر انفار شخص شخصين اشخاص فرد افراد حبه حبات قطعه قطع مقاس حجم عرض طول سعه "
        "صغير صغيره زغير زغيره كبير كبيره جبير جبيره وسط متوسط متوسطه اصغر اكبر طويل طويله قصير "
        "قصيره ml cm mm meter metre meters metres liter litre gram grams kg inch person people "
        "small smaller smallest big bigger biggest large larger largest medium "
        "sghir sghira zghir zghire 9gheer 9gheera kbir kbira kbire kebir kebira"
    )
)
# They point at what was spoken of: «هديك نفسها», "fi menha", «بالعادة».
_POINTING = frozenset(
    words(
        "منو منه منها منهم مننه يلي نفسه نفسها ذاته ذاتها هاداك هاذاك هذاك هديك هذيك هاديك ذيك "
        "عاده عادتا غالبا ديالها ديالو تبعها تبعو تبعه بتاعها بتاعه مالتها مالته حقها حقو حقه "
        "menha menno mennu mena minno minnu minha minnha mnha mno fiha feeha fiya beeha biha "
        "ha2o ha2a 7a2o 7a2a 7agha 7aggo dyalha dyalo dialha taba3ha taba3o usually normally "
        "same ones"
    )
)


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """Products that fit best; `exact` when each of the words fits each of them.

    `by` is the best that fits: the name or category, a trait (size, colour), the description;
    `words` are those of the terms that fit.
    """

    products: tuple[Product, ...] = ()
    exact: bool = False
    by: Literal["name", "trait", "description", ""] = ""
    words: frozenset[str] = frozenset()

    @property
    def plain(self) -> bool:
        """Whether a thing is named whole, or by several words: «طاجين اطبخ بيه على النار»."""
        return self.exact or (self.by == "name" and len(self.words) > 1)


def find(
    products: Sequence[Product], terms: Sequence[str], *, in_other_words: bool = False
) -> Found:
    """Choose the products that most of the terms fit.

    A name or category says more than a description: words that stand only in descriptions count
    when they are at least half of what was said.

    Args:
        products: what the store's search found, best first; beyond `PRODUCTS_MAX` not read.
        terms: folded words, as `lexicon.understood` gives them.
        in_other_words: whether what no product holds counts as another word that one is named by.
    """
    products = products[:PRODUCTS_MAX]
    # Likeness is for slips of the pen; a word that some name really holds needs none.
    slips = {term for term in terms if not any(_named(product, term) for product in products)}
    meant = {
        term: _meant(products, term) if in_other_words and term in slips else term for term in terms
    }
    fits = [(_fit(product, [*meant.values()], slips), product) for product in products]
    best = max((fit for fit, _ in fits), default=(0, 0, 0))
    count, named, traits = best
    if not count or (not named and not traits and count * 2 < len(terms)):
        return Found()
    chosen = tuple(product for fit, product in fits if fit == best)
    by: Literal["name", "trait", "description"]
    by = "name" if named else "trait" if traits else "description"
    held = frozenset(t for t in terms if _weight(chosen[0], meant[t], slip=t in slips))
    if named and count < len(terms):
        # What the name leaves open may be told in other forms; equals stay as the search has them.
        chosen = tuple(sorted(chosen, key=lambda p: -len(told_of(p, terms))))
    return Found(products=chosen, exact=count == len(terms), by=by, words=held)


def described(
    products: Sequence[Product], said: Sequence[str], *, surely: bool = False
) -> Product | None:
    """The one thing that words describe without its name, as the search weighed them.

    Args:
        products: what the search found for these words.
        said: the words worth a search.
        surely: whether it has to be far ahead of all others.
    """
    best = ahead(products) if surely else ahead(products, _TOLD_MIN, _AHEAD)
    return best if best and len(told_of(best, said)) >= _SEVERAL else None


def ahead(
    products: Sequence[Product], least: float = _SURELY_MIN, far: float = _FAR_AHEAD
) -> Product | None:
    """The one thing that the search thinks worth so much, and so far ahead of all others."""
    best = max(products, key=lambda product: product.score, default=None)
    other = max((product.score for product in products if product is not best), default=0.0)
    return best if best and best.score >= max(least, other * far) else None


def told_of(product: Product, said: Iterable[str]) -> frozenset[str]:
    """Those of some folded words that a product's row holds, or kin or other words of theirs."""
    keys = _kin_of(*_words_of(product))
    others = ((w, {w, numeral(w), *synonyms(w), *arabic_spellings(w)}) for w in said)
    return frozenset(
        w for w, one in others if not keys.isdisjoint(one | made_of(w) | meaning_of(w))
    )


@lru_cache(maxsize=2048)
def _kin_of(names: frozenset[str], told: frozenset[str]) -> frozenset[str]:
    return (names | told).union(*(made_of(w) | meaning_of(w) for w in names | told))


def mentioned(products: Sequence[Product], text: str) -> tuple[Product, ...]:
    """The products whose whole name, in either language, stands in a text."""
    folded = f" {fold(text)} "
    names = ((product, (product.name_ar, product.name_en)) for product in products[:PRODUCTS_MAX])
    return tuple(p for p, both in names if any(f" {fold(name)} " in folded for name in both))


def similar(product: Product, products: Iterable[Product], most: int) -> tuple[Product, ...]:
    """Other products of the same category that are in stock."""
    others = (p for p in products if p.sku != product.sku and p.stock > 0)
    return tuple(p for p in others if p.category_ar == product.category_ar)[:most]


def size_said(said: Iterable[str], product: Product) -> str | None:
    """The size of this product that was said, as its row writes it."""
    sizes = _sizes_of(product.sizes)
    return next(filter(None, (sizes.get(_SIZES.get(word, word)) for word in said)), None)


def colour_said(said: Iterable[str], product: Product) -> int | None:
    """The place, in this product's row, of the colour that was said."""
    heard = {colour for word in said if (colour := meant(word))}
    for place, colour in enumerate(product.colours_ar):
        if of_row(colour) in heard:
            return place
    return None


def colour_worded(said: Iterable[str], product: Product) -> int | None:
    """The place, in this product's row, of what is no colour elsewhere: «شوكولاتة بالحليب».

    What it shares with the others need not be said: «بالحليب».
    """
    heard = {form for word in said for form in forms(word)}
    for row in (product.colours_ar, product.colours_en):
        called = [set(words(name)) for name in row]
        shared = set[str].intersection(*called) if len(called) > 1 else set[str]()
        for place, name in enumerate(called):
            if heard.issuperset(name) or (shared and heard.issuperset(name - shared or {""})):
                return place
    return None


def trait_word(word: str) -> bool:
    """Whether a folded word is a colour, or a size that clothes have everywhere."""
    sizes = _SIZES.keys() | _SIZES.values()
    return colour_word(word) or not sizes.isdisjoint(_asked_on(word))


def has_trait(product: Product, word: str) -> bool:
    """Whether a folded word is a size or colour of a product, or the figure of a size: «100 مل»."""
    figure = word.isdecimal() and word in _size_words(product.sizes)
    coloured = colour_said((word,), product) is not None
    return figure or coloured or bool(size_said(_asked_on(word), product))


def points_back(word: str, spoken: Iterable[Product], known: Sequence[Product]) -> bool:
    """Whether a folded word names no thing of its own: a trait, a measure, «منها».

    Args:
        word: one that was said.
        spoken: what was spoken of before; its sizes are its own.
        known: the products at hand; what names one of them is its name.
    """
    if trait_word(word) or any(has_trait(product, word) for product in spoken):
        return True
    asked = _asked_on(word)
    if _MEASURES.isdisjoint(asked) and _POINTING.isdisjoint(asked):
        return False
    return not any(_named(product, word) for product in known)


def only_sizes(products: Iterable[Product], said: Iterable[str]) -> bool:
    """Whether folded words tell what something is to fit, and nothing else: «ايفون» of covers."""
    sizes = frozenset(word for product in products for word in _size_words(product.sizes))
    return all(not sizes.isdisjoint(forms(word)) for word in said)


def _asked_on(word: str) -> tuple[str, ...]:
    """A word without what joins it to what was said before: «ولارج؟»."""
    return (*forms(word), word.removeprefix("و"))


def vocabulary(products: Sequence[Product], *, described: bool = False) -> frozenset[str]:
    """Every word that names a product or a category, or also describes one.

    None of those that name is a person's name, and no number word names by itself.
    """
    rows = (_words_of(product)[: 1 + described] for product in products[:PRODUCTS_MAX])
    return _plain_words(frozenset(of_row for row in rows for of_row in row))


# One answer asks again and again of the same few products.
@lru_cache(maxsize=64)
def _plain_words(rows: frozenset[frozenset[str]]) -> frozenset[str]:
    told = frozenset[str]().union(*rows)
    return frozenset(w for w in told if not (numeric(w) or numeric(f"و{w}")))  # «(و)احد»


def _fit(product: Product, terms: Sequence[str], slips: AbstractSet[str]) -> tuple[int, int, int]:
    """How many terms fit at all, how many fit the name, how many a trait."""
    weights = [_weight(product, term, slip=term in slips) for term in terms]
    return len(terms) - weights.count(0), weights.count(_NAMED), weights.count(_TRAIT)


def other_word(products: Sequence[Product], term: str) -> str:
    """Another word for a folded one, that names one of the products; the word when none does.

    Also of what it may be a spelling of: «صمطة» is «سمطة», a belt.
    """
    if (figure := numeral(term)) and any(_named(product, figure) for product in products):
        return figure
    for guess in (term, *twins(term), *arabic_spellings(term)):
        for other in synonyms(guess):
            if any(_named(product, other) for product in products):
                return other
    return _derived(products, term)


def _derived(products: Sequence[Product], term: str) -> str:
    """A word of a name that is made of the same letters: «مطرزه» is «تطريز»."""
    if len(term) < _DERIVED_CHARS_MIN or term[0] not in "مت":
        return term
    names = (name for product in products for name in _words_of(product)[0] if name[0] in "مت")
    of_it = roots(term)
    near = (n for n in names if len(n) >= _DERIVED_CHARS_MIN and not of_it.isdisjoint(roots(n)))
    return min(near, default=term)


def _meant(products: Sequence[Product], term: str) -> str:
    """A word that no row holds in any way, as another word that one does.

    What a size is called by is held by it: «آيفون 15» of a cover means no other cable.
    """
    if (
        term.isdecimal()
        or only_sizes(products, (term,))
        or any(_weight(product, term, slip=True) for product in products)
    ):
        return term
    return other_word(products, term)


def heard(term: str, names: frozenset[str]) -> bool:
    """Whether a folded word is one of these forms of names, or sounds like one."""
    return not names.isdisjoint(forms(term)) or (term[0].isascii() and _sounds(term, names))


def likely(term: str, names: frozenset[str]) -> bool:
    """Whether a folded word is one of these forms of names, or nearly spelled so."""
    return heard(term, names) or _like_any(term, names)


def called(product: Product, word: str, *, kind: bool = False) -> bool:
    """Whether a folded word stands in a product's own name, or instead in that of its `kind`."""
    own, of_kind = (product.name_ar, product.name_en), (product.category_ar, product.category_en)
    return heard(word, _folded_forms(*(of_kind if kind else own)))


def _named(product: Product, term: str) -> bool:
    return heard(term, _words_of(product)[0])


# The article as the Maghreb joins it: before a consonant that begins no English word with it.
_L_JOINED = re.compile(r"l[^laeiouyhw\W]\w{3}")


@lru_cache(maxsize=8192)
def _sounds(term: str, names: frozenset[str]) -> bool:
    """Whether a word in Latin letters sounds like an Arabic name: "fostan" and «فستان»."""
    spellings = arabic_spellings(term)
    if _L_JOINED.match(term):
        spellings += arabic_spellings(term[1:])  # "lmon3im", "lqahwa"
    # «fawwa7at»: of a plural that no name is written in, the singular.
    several = (one for one in spellings if one.endswith("ات") and len(one) > _PLURAL_CHARS)
    singular = {form for one in several for form in (one[:-2], f"{one[:-2]}ه")}
    if not names.isdisjoint(spellings) or not names.isdisjoint(singular):
        return True
    if len(bones(term)) < _BONES_MIN:
        return False
    arabic = [name for name in names if not name[0].isascii()]
    # A final ه may be one that nobody says: «شوكولاتة».
    return bones(term) in {bones(one) for name in arabic for one in (name, name.removesuffix("ه"))}


def _weight(product: Product, term: str, *, slip: bool) -> int:
    names, told = _words_of(product)
    if _named(product, term) or (slip and _like_any(term, names)):
        return _NAMED
    if size_said((term,), product) or colour_said((term,), product) is not None:
        return _TRAIT
    spellings = arabic_spellings(term) if len(term) >= _TOLD_CHARS_MIN else ()  # "khorkhasha"
    return 0 if told.isdisjoint((*forms(term), *spellings)) else _TOLD


@lru_cache(maxsize=2048)
def _folded_forms(*texts: str) -> frozenset[str]:
    return frozenset(form for text in texts for word in words(text) for form in forms(word))


def _words_of(product: Product) -> tuple[frozenset[str], frozenset[str]]:
    names = _folded_forms(
        product.name_ar, product.name_en, product.category_ar, product.category_en
    )
    return names, _folded_forms(product.description_ar, product.description_en)


@lru_cache(maxsize=8192)
def _like_any(term: str, names: frozenset[str]) -> bool:
    if len(term) < _ALIKE_CHARS_MIN or colour_word(term):
        return False
    near = (name for name in names if abs(len(name) - len(term)) <= 2)  # noqa: PLR2004 - two slips
    return any(len(name) >= _ALIKE_CHARS_MIN and _alike(term, name) for name in near)


def _alike(term: str, name: str) -> bool:
    """Whether two words are the same but for a slip; most are not even made of the same letters."""
    slips = SequenceMatcher(None, term, name)
    return slips.quick_ratio() >= _ALIKE_MIN and slips.ratio() >= _ALIKE_MIN


@lru_cache(maxsize=2048)
def _sizes_of(sizes: tuple[str, ...]) -> dict[str, str]:
    return {fold(size): size for size in sizes}


@lru_cache(maxsize=2048)
def _size_words(sizes: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for size in sizes for word in words(size))
