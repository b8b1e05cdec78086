"""Where a message is cut into pieces; pure.

A piece ends where a sentence does, at what joins things («،», «و», "and"), and before a thing that
«و» or a number begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from hudhud.responders.addresses import first_place
from hudhud.responders.lexicon import forms, understood
from hudhud.responders.lexicon.colours import colour_word
from hudhud.responders.lexicon.given import GIVEN
from hudhud.responders.selling import deeds, traits
from hudhud.responders.selling.clauses.in_names import in_a_name
from hudhud.responders.selling.counting import (
    expanded,
    measures,
    number,
    sizing,
    together,
    unit,
)
from hudhud.responders.selling.naming import Names, ordinal
from hudhud.responders.selling.traits import is_trait, size_word
from hudhud.responders.sizes import measured_by
from hudhud.text import fold, measuring, stems, words

CLAUSES_MAX = 40
# What bids us stands among the first words.
_BIDDING = 2
# So many words behind «و» the number of what it joins is told.
_UNKNOWN_MAX, _BARE_MIN, _PAIR = 4, 3, 2
_SENTENCE = re.compile(r"(?<=[؟?!؛;\n])|(?<=\D)\.(?=\s|$)")
# «+1.50» joins nothing.
_JOINT = re.compile(
    r"[،,&\n]|\+(?!\d+[.,٫]\d)|(?<!\w)(?:و|w|and|then|ثم|plus)(?!\w)", re.IGNORECASE
)
# Where a run-on message stops ordering and begins to ask: «اطلب قميص كتان لارج شكد التوصيل».
_RUNS_ON = frozenset(
    words("بكم بكام كم شكد شقد بيش قديش اديش شحال بشحال متى امتى شوكت وين فين هل how when where")
)
# «معه», "ma3ha": what comes with it is another thing.
_BESIDE = frozenset(
    words("وياه وياها وياهم معه معاه معها معاها معهم معاهم ma3o ma3ha ma3hom wyaha")
)
_WITH = _BESIDE | frozenset(words("مع ويا with ma3"))
ARTICLES = frozenset({"a", "an"})


def sentences(text: str, names: Names) -> Iterator[str]:
    """Cut where a sentence ends, and where a run-on one stops ordering and begins to ask."""
    for sentence in _SENTENCE.split(text):
        yield from run_on(sentence, names)


def run_on(sentence: str, names: Names) -> list[str]:
    """A sentence cut where it stops ordering and begins to ask: «خليهم ٣ وكم يصير المجموع؟».

    Args:
        sentence: one.
        names: the products at hand.
    """
    tokens = sentence.split()
    said = [fold(token) for token in tokens]
    asks = next((at for at, word in enumerate(said) if word.removeprefix("و") in _RUNS_ON), 0)
    first = words(" ".join(said[:asks]))
    named = any(map(names.word, first))
    if not (named and _orders(" ".join(first))) and not _changes(first, named=named):
        return [sentence]
    return [" ".join(tokens[:asks]), " ".join(tokens[asks:])]


def _changes(said: Sequence[str], *, named: bool) -> bool:
    """Whether words bid us change an order: «بدل المتبل فتوش», «خليهم ٣»."""
    acts = [m for m in deeds.marks(said) if m.deed in ("more", "make", "swap")]
    # «المكنسة أم غير كيس بكام» bids nothing.
    counted = any(number(word) is not None for word in said)
    return any(m.start <= _BIDDING for m in acts) and (named or counted)


def pieces(sentence: str, names: Names) -> Iterator[str]:
    """Cut at what joins things, and before a thing that «و» or a number begins."""
    for part in _JOINT.split(sentence):
        kept: list[str] = []
        tokens = part.split()
        for at, token in enumerate(tokens):
            after = fold(tokens[at + 1]) if at + 1 < len(tokens) else ""
            cut = _begins(fold(token), after, kept, names)
            if not cut and (
                _unknown(tokens[at:], kept, names) or _other_thing(tokens[at:], kept, names)
            ):
                cut = "joined"
            if cut == "with" and not _apart(kept, tokens[at + 1 :], names, fold(token)):
                cut = ""
            if cut and kept:
                yield " ".join(kept)
                kept = []
            if cut != "with":
                kept.append(token[1:] if cut == "joined" else token)
        if kept:
            yield " ".join(kept)


def _begins(word: str, after: str, kept: Sequence[str], names: Names) -> str:
    if kept and together(fold(kept[-1]), word):
        return ""  # «قياس ثمانية وخمسين»
    if _joined(word, after, names):
        return "joined"
    piece = traits.sized_piece(word, after, [fold(one) for one in kept], names.products)
    of_names = [one for one in map(fold, kept) if names.word(one)]
    one = of_names or _counts_last(kept)
    sold = [named for named in expanded([after], names) if names.known(named)] if after else []
    if one and word in _WITH and sold and not names.spelled(word):
        return "with"
    piece |= _another(word, after, kept)
    # «قياس ٥٨ وحده»: the number is the size. «مضخة ميه وحدة»: it is water.
    none = bool(kept) and (
        sizing(fold(kept[-1])) or names.of_water([fold(kept[-1]), word, after], 1)
    )
    if piece or not of_names or word in ARTICLES or not number(word) or none:
        return "counted" if piece else ""
    # «٣٤ وحزام»: what «و» begins is another thing.
    of_it = names.word(after) and not (after[0] == "و" and names.word(after[1:]))
    sized = any(measured_by(str(number(word)), after, p.sizes) for p in names.products)
    of_one = number(word) == 1 and names.beside(fold(kept[-1]), after)  # «كابل واحد تايب سي»
    # «ساعة تشحن ٣ ساعات»
    again = measures(after) and any(set(stems(one)) & set(stems(after)) for one in of_names)
    named = of_one or in_a_name(word, after, names)
    if again or sized or named or (of_it and all(map(unit, of_names))):
        return ""  # «باقة 12 وردة», «طقم واحد شراشف»
    # «قميصين واحد ابيض وواحد اسود»: what was counted is told one by one.
    told = is_trait(after) and any(_many(fold(one), names) for one in kept)
    return "counted" if of_it or unit(after) or told else ""


def _another(word: str, after: str, kept: Sequence[str]) -> bool:
    """Whether one of another colour is told behind one: "one blue one pink", «٢ سود ١ بيض»."""
    before = pairwise(map(fold, kept))
    pieces = (colour_word(then) for one, then in before if one and number(one) is not None)
    return number(word) is not None and colour_word(after) and any(pieces)


def _joined(word: str, after: str, names: Names) -> bool:
    """Whether «و» begins another thing with a word, or a part of it: «وفضي وحدة»."""
    bare = word.removeprefix("و")
    if bare == word or not (len(bare) > 1 or bare.isdecimal()) or names.spelled(word):
        return False
    if names.measured(word) or (number(word) and not number(bare)):
        return False  # «12 وردة», «واحد»
    one = expanded([word], names)[-1]
    if one.startswith("و") and names.spelled(one):
        return False  # «وردتين»
    dual = expanded([bare, *([after] if after else [])], names)[0] != bare
    marked = any(
        mark.deed in ("more", "remove", "make", "want", "take") for mark in deeds.marks([bare])
    )
    amount = dual or number(bare) is not None or (unit(bare) and _counted(after, names))
    amount |= measuring.part(bare) is not None and unit(after)  # «ونص كيلو سدر»
    # «ووردي S»
    part = colour_word(bare) and bool(after) and (number(after) is not None or size_word(after))
    bidden = deeds.sends(bare) and bool(after) and names.known(after)  # «وحط فتوش»
    # «الأول M والثاني L»
    bidden |= bare.startswith("ال") and ordinal([bare], CLAUSES_MAX) is not None
    # «وزي بطل خارق»: "like" anywhere else.
    called = names.known(bare) or (names.spelled(bare) and names.headed(bare))
    return called or amount or marked or part or bidden


def begins_joined(text: str, names: Names) -> bool:
    """Whether a message goes on with what was spoken of: «وشيكر واحد», "w 2 cola", "and a cap".

    Args:
        text: a message.
        names: the products at hand.
    """
    first, after = [*map(fold, text.split()), "", ""][:2]
    joint = _JOINT.match(text.strip())
    return bool(joint and joint[0] not in "،,\n") or _joined(first, after, names)


def _unknown(tokens: Sequence[str], kept: Sequence[str], names: Names) -> bool:
    """Whether «و» joins so many of what nobody sells to what was counted: «وسلطة يونانية واحدة»."""
    said = [fold(token) for token in tokens[: _UNKNOWN_MAX + 1]]
    bare = said[0].removeprefix("و")
    if bare == said[0] or len(bare) < _BARE_MIN or names.spelled(said[0]) or number(said[0]):
        return False
    if is_trait(bare) or is_trait(said[0]):
        return False  # «وردي واحد» is one in pink
    before = [fold(token) for token in kept]
    if not any(map(names.word, before)) or not any(number(word) is not None for word in before):
        return False
    told = next((at for at, word in enumerate(said[1:], 1) if number(word) is not None), 0)
    what = " ".join([bare, *said[1:told]])
    read = understood(what)
    plain = told and not deeds.marks(words(what)) and bool(read.terms) and not read.meanings
    return bool(plain) and first_place(what) is None and number(bare) is None and bare not in GIVEN


def _other_thing(tokens: Sequence[str], kept: Sequence[str], names: Names) -> bool:
    """Whether «و» joins, in a word that names nothing, what names another thing than before it.

    «تمر وشيشة دبس»: what it comes in is no name, and what is told behind it is.
    """
    said = words(" ".join(tokens[: _UNKNOWN_MAX + 1]))
    bare = said[0].removeprefix("و") if said else ""
    if len(said) < _PAIR or bare == said[0] or len(bare) < _BARE_MIN or number(said[0]):
        return False
    if names.spelled(said[0]) or names.word(bare) or bare in GIVEN:
        return False
    if is_trait(bare) or is_trait(said[0]):
        return False
    behind, before = [bare, *said[1:]], words(" ".join(kept))
    told = [*expanded(before, names), *expanded(behind, names)]
    if not (deeds.marks(before) or any(number(word) is not None for word in told)):
        return False  # «طاح جوالي وانكسر زجاجه» orders nothing
    first, then = names.find(before), names.find(expanded(behind, names))
    one = {product.sku for product in first.products}
    both = names.find([*before, *behind])
    whole = both.exact and both.by == "name" and len(both.products) == 1
    other = then.by == "name" and one.isdisjoint(product.sku for product in then.products)
    # «وكاب رياضي» of which only «رياضي» is known here may be what is still to be looked for.
    other = other and (unit(bare) or len(then.products) == 1)
    return first.by == "name" and other and not whole and first_place(" ".join(behind)) is None


def _counted(after: str, names: Names) -> bool:
    """Whether what follows a unit is what it counts, or how many of it: «وكيلو واحد»."""
    return names.word(after) or number(after) is not None or colour_word(after or "-")


def _apart(before: Sequence[str], after: Sequence[str], names: Names, joint: str) -> bool:
    """Whether «مع» stands between two things, and not within one: «كيك مع فراوله».

    What it comes with is none («فروج مع بطاطا» of one that does), nor what it is to go with:
    «بنطلون ألبسه مع البدلة».
    """
    if _counts_last(before) and not any(map(names.word, words(" ".join(before)))):
        return True  # «بدي وحدة مع مكواة»
    behind = expanded(words(" ".join(after)), names)
    first, then = names.find(words(" ".join(before))), names.find(behind)
    one = {product.sku for product in first.products}
    if not (first.by == then.by == "name" and one.isdisjoint(p.sku for p in then.products)):
        return False
    if joint in _BESIDE or (number(behind[0]) is not None and behind[0] not in ARTICLES):
        return True  # «درون وياه بطاريتين»
    theirs = after[0].startswith("ال") and not any(part.startswith("ال") for part in before)
    told = words(f"{first.products[0].description_ar} {first.products[0].description_en}")
    held = {form for word in told for form in forms(word)}
    comes = all(not held.isdisjoint(forms(word)) for word in then.words)
    return not (theirs and not names.spelled(fold(after[0]))) and not comes


def _counts_last(tokens: Sequence[str]) -> bool:
    """Whether so many of what was spoken of are wanted: «بدي وحدة», and nothing is named."""
    return len(tokens) > 1 and number(fold(tokens[-1]) or "-") is not None


def _many(word: str, names: Names) -> bool:
    # A token of signs alone (🙏) is no word.
    return bool(word) and ((number(word) or 1) > 1 or expanded([word], names) != [word])


def _orders(text: str) -> bool:
    taken = any(mark.deed == "take" for mark in deeds.marks(words(text)))
    return taken or "order" in understood(text).meanings
