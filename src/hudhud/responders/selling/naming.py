"""Which of the products that are at hand some words name; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from hudhud.model import Line, Product
from hudhud.responders import shelf
from hudhud.responders.lexicon import Understood, forms, understood
from hudhud.responders.lexicon.colours import colour_word
from hudhud.responders.sizes import UNITS, sold_by, unit_of
from hudhud.responders.spoken import numeral, numeric, of_water
from hudhud.text import arabic_spellings, fold, search_terms, synonyms, words
from hudhud.text.deriving import one_of_several

# From here the search's own first is meant, when no word of it is in a name.
SEARCHED_MIN = 0.45
_ORDINALS = (
    "اول الاول الاولى اولها first awal", "ثاني الثاني الثانيه الثانية تاني التاني second tani",
    "ثالث الثالث الثالثه الثالثة تالت التالت third talet", "رابع الرابع الرابعه fourth",
    "خامس الخامس الخامسه fifth",
)  # fmt: skip
_ORDINAL = {word: place for place, row in enumerate(_ORDINALS) for word in words(row)}
# Of two that were asked about, each.
BOTH = frozenset(
    words(
        "ثنينهم اثنينهم اتنينهم تنينهم ثنينهن تنيناتهم الاثنين الاتنين الثنين التنين الثنتين "
        "التنتين الاثنتين كلاهما كليهما كلتاهما كلتيهما both tnenhom thnenhom tneinon tneynoun"
    )
)
# A hundred, or water.
_HUNDRED, _WATER = frozenset(words("مية ميه")), frozenset(words("ماء مياه"))
_LAST = frozenset(words("اخير الاخير الاخيرة اخر الاخر last"))


class Names:
    """The products at hand, and what names them."""

    def __init__(self, products: Sequence[Product]) -> None:
        """Keep the products, best first."""
        self.products = products
        self._vocabulary = shelf.vocabulary(products)
        self._own = [words(name) for p in products for name in (p.name_ar, p.name_en)]

    def word(self, word: str) -> bool:
        """Whether a folded word names one of them; a number alone names nothing."""
        if word.isdecimal() or numeric(word) or not search_terms(word):
            return False
        return any(form in self._vocabulary for form in forms(self._bare(word)))

    def _bare(self, word: str) -> str:
        """A word of two letters without its article, where it names one of them: «البن»."""
        short = len(word) == len("البن") and word.startswith("ال") and search_terms(word)
        bare = word.removeprefix("ال") if short and word not in self._vocabulary else word
        return bare if bare in self._vocabulary else word

    def sold_by(self, said: Sequence[str], at: int) -> bool:
        """Whether the word behind a number is what the named thing is sold by: «٤ متر كريب»."""
        after = said[at + 1] if at + 1 < len(said) else ""
        if not any(sold_by(one, after) for one in self.products):
            return False
        found = self.find([word for word in said if not (word.isdecimal() or numeric(word))])
        named = found.products if found.by == "name" else self.products
        return any(sold_by(one, after) for one in named)

    def numbered(self, said: Sequence[str], at: int) -> bool:
        """Whether a number word stands beside a word that it stands beside in a name.

        «وردة واحدة» names «وردة واحدة مغلفة»; «بوكيه واحد» names no rose.
        """
        return numeric(said[at]) and self._in_place(said, at)

    def beside(self, word: str, after: str) -> bool:
        """Whether a folded word stands right behind another in one of their names."""
        return any(
            one in forms(word) and then in forms(after)
            for name in self._own
            for one, then in pairwise(name)
        )

    def of_water(self, said: Sequence[str], at: int) -> bool:
        """Whether «ميه» is water, and no hundred: also behind what is for it, «موتور ميه حصان».

        Args:
            said: folded words.
            at: the place of one.
        """
        if of_water(said, at):
            return True
        before = {one for word in said[max(at - 1, 0) : at] for one in (word, self._other(word))}
        held = (name for name in self._own if not _WATER.isdisjoint(name))
        return said[at] in _HUNDRED and any(not before.isdisjoint(name) for name in held)

    def headed(self, word: str) -> bool:
        """Whether a folded word, as one or many, is what one of them is first called: «ساعات».

        Args:
            word: the word.
        """
        heads = frozenset(form for name in self._own if name for form in forms(name[0]))
        heard = word.isascii() and shelf.heard(word, heads)  # "tlat sa3at"
        return heard or not heads.isdisjoint(forms(word))

    def titled(self, word: str) -> bool:
        """Whether a folded word, or another word for it, is of a name, and not of a category's."""
        own = frozenset(form for name in self._own for one in name for form in forms(one))
        return any(shelf.heard(w, own) for w in (word, *synonyms(word), *one_of_several(word)))

    def _in_place(self, said: Sequence[str], at: int) -> bool:
        """Whether a number stands as in a name; beside what it measures, with more of that name."""
        same = {said[at], numeral(said[at])}
        after, before = said[at + 1 : at + 2], said[max(at - 1, 0) : at]
        for name in self._own:
            for one, then, behind in zip(name, name[1:], [*name[2:], ""], strict=False):
                if one in same and after and unit_of(then) == unit_of(after[0]):
                    rest = frozenset(w for w in name if w not in (one, then, *UNITS))
                    if unit_of(then) not in UNITS.values() or self._heard(said, rest):
                        return True
                measured = unit_of(behind) in UNITS.values()
                if measured and unit_of("".join(after)) != unit_of(behind):
                    continue  # "make the bleach three" of one that is sold by 3 L
                if not same.isdisjoint(forms(then)) and any(w in forms(one) for w in before):
                    return True  # "petit four" of "Petits fours"
        return False

    def _heard(self, said: Iterable[str], of: frozenset[str]) -> bool:
        """Whether one of some words of a name is said, in other letters or words too."""
        return any(shelf.heard(word, of) or self._other(word) in of for word in said)

    def named(self, texts: Iterable[str]) -> bool:
        """Whether texts hold a word that names one of them."""
        return any(self.word(word) for text in texts for word in words(text))

    def known(self, word: str) -> bool:
        """Whether a folded word names one of them, or is another word for what does."""
        return self.word(word) or self._other(word) != word

    def spelled(self, word: str) -> bool:
        """Whether a folded word stands in one of their names just so."""
        return any(word in words(f"{p.name_ar} {p.name_en}") for p in self.products)

    def measured(self, word: str) -> bool:
        """Whether a folded word, and no number, stands in one of their sizes: «12 وردة»."""
        told = (one for product in self.products for size in product.sizes for one in words(size))
        return not word.isdecimal() and word in told

    def sized(self, word: str) -> bool:
        """Whether a folded word stands in a size of one of them."""
        return any(word in words(size) for p in self.products for size in p.sizes)

    def read(self, text: str) -> Understood:
        """A message, in which the words that name one of them mean nothing else («مشكلة»)."""
        said = words(text)
        unread = (
            word
            for at, word in enumerate(said)
            if self.word(word)
            or self._sounds(word)
            or self.numbered(said, at)
            or self._called_so(said, at)
        )
        return understood(text, frozenset(unread))

    def _called_so(self, said: Sequence[str], at: int) -> bool:
        """Whether a word is another word for a name, beside more of it: «أكياس زبالة»."""
        if not at or self._other(said[at]) == said[at] or not self.word(said[at - 1]):
            return False
        own, before = forms(self._other(said[at])), forms(said[at - 1])
        return any(
            not (set(name).isdisjoint(own) or set(name).isdisjoint(before)) for name in self._own
        )

    def _thousands(self, word: str) -> str:
        """A number of thousands as names write it, in two words: «20000» is 20 000."""
        short = word.removesuffix("000")
        whole = word.isdecimal() and short != word and not self.spelled(word)
        return short if whole and self.spelled(short) else word

    def _sounds(self, word: str) -> bool:
        """Whether a word in Latin letters sounds like an Arabic one of theirs: "el 2ady"."""
        arabizi = word.isascii() and not word.isdecimal() and any(map(str.isdecimal, word))
        return arabizi and not numeric(word) and shelf.heard(word, self._vocabulary)

    def find(self, said: Sequence[str]) -> shelf.Found:
        """The products that folded words name, in other words too: «قبعة» is a cap."""
        said = [self._thousands(self._bare(part)) for word in said for part in word.split(".")]
        said = [
            word
            for at, word in enumerate(said)
            if not (self._amount(said, at) or self._measures(said, at))
        ]
        terms = self.read(" ".join(said)).terms
        if all(term.isdecimal() or numeric(term) for term in terms):
            return shelf.Found()  # "actually just 1" names no hub of "7 in 1"
        found = shelf.find(self.products, terms)
        told = len(found.products) == 1 and not shelf.only_sizes(self.products, terms)
        if found.exact and (found.by == "name" or told):
            # A description that holds all of it names it too: «كوتشي».
            named = msgspec.structs.replace(found, by="name")
            return self._whole(self._of_kind(named, terms, said), said)
        own = found.words if found.by == "name" else frozenset[str]()
        meant = {term: term if term in own else self._other(term) for term in terms}
        other = shelf.find(self.products, [*meant.values()])
        better = other.by == "name" and (found.by != "name" or len(other.words) > len(found.words))
        if better:
            # «حوت» of a shop that writes «سمك» was found as much as what it stands for.
            held = {term for term, one in meant.items() if one in other.words}
            found = msgspec.structs.replace(other, words=other.words | held)
        return self._whole(self._of_kind(found, terms, said), said)

    def _of_kind(
        self, found: shelf.Found, terms: Sequence[str], said: Sequence[str]
    ) -> shelf.Found:
        """What is first called so, where another thing is ahead by a measure in its name alone.

        «أكياس نفايات ١٢٠ لتر» are no bin of 120 litres.
        """
        whole = next((word for word in said if terms[0] in forms(word)), terms[0])
        singular = one_of_several(whole)
        first = (terms[0], self._other(terms[0]), *singular)
        kind = {form for one in first for form in forms(one)}
        headed = [p for p in self.products if not kind.isdisjoint(forms(words(p.name_ar)[0]))]
        if found.by != "name" or not headed or any(p in headed for p in found.products):
            return found
        heads = [words(p.name_ar)[0] for p in headed]
        # «الألواح» of a «لوح», though a stand is «للألواح»
        several = [one for one in singular if one in heads][:1]
        rest = [self._other(term) for term in terms]
        own = shelf.find(headed, [*several, *rest[1:]] if several else rest)
        if several:
            own = msgspec.structs.replace(own, words=own.words | {self._other(terms[0])})
        lost = {self._other(word) for word in found.words} - own.words
        measured = all(one.isdecimal() or unit_of(one) in UNITS.values() for one in lost)
        return own if own.by == "name" and (several or lost) and measured else found

    def _whole(self, found: shelf.Found, said: Sequence[str]) -> shelf.Found:
        """The only one whose whole name was said, where several are meant by what was."""
        found = _by_name(
            found, [(w, self._other(w), *one_of_several(w)) for w in dict.fromkeys(said)]
        )
        if found.by != "name" or len(found.products) == 1:
            return found
        # "cable" says «كابل», though another name of theirs is written with it.
        heard = _sayings(one for w in said for one in (w, self._other(w), *synonyms(w)))
        named = ([search_terms(p.name_ar), search_terms(p.name_en)] for p in found.products)
        whole = [
            product
            for product, both in zip(found.products, named, strict=True)
            if any(name and all(not heard.isdisjoint(forms(w)) for w in name) for name in both)
        ]
        return msgspec.structs.replace(found, products=(whole[0],)) if len(whole) == 1 else found

    def _amount(self, said: Sequence[str], at: int) -> bool:
        """Whether a number is of no name: any that none has, and «٥٠ مل» of an "SPF 50"."""
        if not said[at].isdecimal():
            return numeric(said[at]) and not self.numbered(said, at)
        unit = unit_of("".join(said[at + 1 : at + 2]))
        measured = unit in UNITS and not self._in_place(said, at)
        return measured or not self.spelled(said[at])

    def _measures(self, said: Sequence[str], at: int) -> bool:
        """Whether a word only measures: «١٦ جيجا» of a memory is no laptop that tells of them."""
        measured = at > 0 and self._amount(said, at - 1) and said[at - 1].isdecimal()
        return measured and unit_of(said[at]) in UNITS and not self.spelled(said[at])

    def searched(self, said: Sequence[str]) -> tuple[Product, ...]:
        """The search's own first, where it is sure and these words are its only ones."""
        if not self.products or not understood(" ".join(said)).terms:
            return ()
        first, *others = self.products
        alone = first.score >= SEARCHED_MIN and all(p.score < first.score for p in others)
        return (first,) if alone else ()

    def called(self, text: str) -> Product | None:
        """The product whose whole name a text begins with; of several the longest."""
        folded = f"{fold(text)} "
        found = [
            (len(name), product)
            for product in self.products
            for name in (fold(product.name_ar), fold(product.name_en))
            if name and folded.startswith(f"{name} ")
        ]
        return max(found, key=lambda pair: pair[0])[1] if found else None

    def _other(self, term: str) -> str:
        if self.word(term) or colour_word(term):
            return term
        return shelf.other_word(self.products, term)


def _by_name(found: shelf.Found, said: Iterable[tuple[str, ...]]) -> shelf.Found:
    """Of several those whose own name holds most of the words, and not only their category's."""
    if found.by != "name" or len(found.products) == 1:
        return found
    heard = [_sayings(one) for one in said]
    names = [{*words(f"{product.name_ar} {product.name_en}")} for product in found.products]
    held = [_pairs(heard, [frozenset(forms(word)) for word in name]) for name in names]
    best = tuple(p for p, holds in zip(found.products, held, strict=True) if holds == max(held))
    return msgspec.structs.replace(found, products=_plainest(best))


def _pairs(heard: Sequence[frozenset[str]], name: Sequence[frozenset[str]]) -> int:
    """How many of both fit: «زيتون» is a form of «زيت» too, and yet one word of «زيت زيتون»."""
    said = sum(any(not one.isdisjoint(word) for word in name) for one in heard)
    return min(said, sum(any(not one.isdisjoint(word) for one in heard) for word in name))


def _sayings(said: Iterable[str]) -> frozenset[str]:
    """What words say in any form, Latin letters also as the Arabic that they are: "dibs tamur"."""
    told = {one for word in said for one in (word, *arabic_spellings(word))}
    return frozenset(form for word in told for form in forms(word))


def _plainest(products: tuple[Product, ...]) -> tuple[Product, ...]:
    """Of several equals the one that all the others are called as, with a further word.

    Who says no more than "SD card" means no "micro SD card".
    """
    called = [frozenset(words(product.name_ar)) for product in products]
    plain = [p for p, one in zip(products, called, strict=True) if all(one <= c for c in called)]
    sure = len(plain) == 1 and min(map(len, called)) > 1
    return tuple(plain) if sure else products


def ordinal(said: Sequence[str], of: int) -> int | None:
    """Which of a list of so many is meant by its place, counted from 1: «الثاني», "the last"."""
    for word in said:
        if _ORDINAL.get(word, of) < of:
            return _ORDINAL[word] + 1
        if word in _LAST and of:
            return of
    return None


def as_product(line: Line, known: Sequence[Product]) -> Product:
    """The product of a line, from the catalogue when it is at hand, else as the line tells it."""
    found = next((product for product in known if product.sku == line.sku), None)
    return found or Product(
        id=0,
        sku=line.sku,
        name_ar=line.name_ar,
        name_en=line.name_en,
        description_ar="",
        description_en="",
        price_minor=line.price_minor,
        currency="",
        stock=line.count,
        sizes=(line.size,) if line.size else (),
        colours_ar=(line.colour,) if line.colour else (),
        colours_en=(),
        category_ar="",
        category_en="",
    )
