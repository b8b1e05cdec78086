"""Whether a question is about what our last words showed; pure.

Nobody names a thing again that was just shown: «تكفي عائلة؟», "is it soft?". So a question that
names no other thing that is sold is about that one, if it points at it, if all that it holds is
what is measured or counted, or if it begins with what a thing does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from hudhud.model import Product, Said
from hudhud.responders import shelf
from hudhud.responders.lexicon import ASPECTS, TOPICS, Understood, forms
from hudhud.responders.lexicon.verbs import asks_of_you
from hudhud.responders.matching import TROUBLE
from hudhud.responders.spoken import numeral
from hudhud.text import fold, words

SHOWN_MAX = 5
_OTHER = frozenset({*TOPICS, *TROUBLE, "browse", "order", "your_name", "person"})
_ASKED = frozenset({"price", "stock"})
# Who asks for another thing does not mean the one that was shown.
_ELSE = frozenset(
    words("شي شيء اشي حاجه something anything غيره غيرها ثاني تاني ثانيه تانيه else other another")
)
_POINTING = frozenset(
    words(
        "هذا هذه هاذا هذي هاي هاد هاده هادا هادي هاظ هيدا هيدي هدا هدي ده دي دا هو هي هوا هيا "
        "فيه فيها فيو بيه بيها بها به منه منها منو معه معها معاه معاها معو له لها اله الها "
        "سعره سعرها سعرو حقه حقها حقهم حقهن حقن "
        "da di dah dih hada hadi hay haydi hayda hatha hathi fiha fih feeh feeha fiya biha "
        "mennu menno minha menha 7a2o 7a2a 7a22o 7a22a 7a22on 7a2on 7a2hom 7a22hom se3ro se3ra "
        "it its it's they them this these those"
    )
)
# At the end of a question «إلو» is "to it"; in front it is how a telephone is answered.
_TO_IT = "الو"
# What one piece is called, that things come, and how old who gets it is: none of these is a thing.
_LIGHT = frozenset(
    words(
        "وحده واحد واحده الوحده حته حتت حبه قطعه نفرات انفار شهر شهور اشهر سنه سنين سنوات عمر عمره "
        "عمرها عمرو بيجي بتيجي بيجوا يجي تجي بتجي بييجي يجون ييجي تيجي كيجي كتجي بيطلع يطلع تطلع "
        "month months year years old come comes coming rn now today still piece pieces one each"
    )
)
_WHAT = frozenset(
    words(
        "شو شنو ايش وش ايه اش اشنو شنهو ماذا مما كيف ازاي شلون كيفاش "
        "what which how chno chnou shno shnou shu sho shou eh esh wesh wsh ach achno"
    )
)
_BEFORE_VERB = frozenset(words("هل واش و هو هي طيب طب يعني"))
_OF_A_THING = re.compile(r"[وف]?(?:ب|ك|راح|ح|ه)?[يت]\w{2,}(?<!ه)")
_HEAD_ENDS = re.compile(r",|\b(?:with|for|of|in)\b")


def shown_last(history: Sequence[Said], known: Sequence[Product]) -> tuple[Product, ...]:
    """The products that our last message named; none when it named none, or a whole shelf.

    Args:
        history: what was said before this batch, oldest first.
        known: the products at hand.
    """
    ours = next((said.text for said in reversed(history) if said.author != "contact"), "")
    shown = shelf.mentioned(known, ours) if ours else ()
    return shown if len(shown) <= SHOWN_MAX else ()


def points(text: str) -> bool:
    """Whether a message points at what was shown: «منها», "it"."""
    said = words(text)
    return not _POINTING.isdisjoint(said) or _TO_IT in said[1:]


def means_shown(
    batch: Sequence[tuple[str, Understood]], shown: Sequence[Product], known: Sequence[Product]
) -> bool:
    """Whether every message asks about what was shown.

    Args:
        batch: the messages, and how each was read.
        shown: what our last message named.
        known: the products at hand; the head of another one's name means that one.
    """
    other = _heads([product for product in known if product not in shown])
    return bool(shown and batch) and all(_of_it(*one, shown, known, other) for one in batch)


def unknown_detail(text: str, told: Understood, product: Product, known: Sequence[Product]) -> bool:
    """Whether yes or no is asked of something that a description does not tell."""
    asked = (*told.terms, *told.beside)
    left = [term for term in asked if not _light(term, (product,), known)]
    if not _WHAT.isdisjoint(words(text)) or not left:
        return False
    described = shelf.vocabulary((product,), described=True)
    described |= frozenset(form for word in words(_told(product)) for form in forms(word))
    return not any(shelf.heard(term, described) for term in left)


def _told(product: Product) -> str:
    return f"{product.description_ar} {product.description_en}"


def _of_it(
    text: str,
    told: Understood,
    shown: Sequence[Product],
    known: Sequence[Product],
    other: frozenset[str],
) -> bool:
    said, aspects = words(text), not set(ASPECTS).isdisjoint(told.meanings)
    # «مقاس 42» tells a size as often as it asks for one.
    asks = told.asks or not _WHAT.isdisjoint(said) or not _ASKED.isdisjoint(told.meanings)
    if not asks or not _OTHER.isdisjoint(told.meanings) or not _ELSE.isdisjoint(said):
        return False
    own = shelf.vocabulary(shown)
    if any(_names(known, term, other) and not shelf.heard(term, own) for term in told.terms):
        return False
    if points(text):
        return True
    if "off_topic" in told.meanings or not (told.terms or told.beside or aspects):
        return False
    asked = (*told.terms, *told.beside)
    left = [term for term in asked if not _light(term, shown, known)]
    return not left or (not aspects and _begins_with_what_it_does(said))


def _names(known: Sequence[Product], term: str, heads: frozenset[str]) -> bool:
    return shelf.heard(term, heads) or shelf.heard(shelf.other_word(known, term), heads)


def _light(term: str, shown: Sequence[Product], known: Sequence[Product]) -> bool:
    """Whether a word names no thing: a figure, a measure, a trait, that something comes."""
    plain = term.isdecimal() or bool(numeral(term)) or term in _POINTING
    return plain or not _LIGHT.isdisjoint(forms(term)) or shelf.points_back(term, shown, known)


def _begins_with_what_it_does(said: Sequence[str]) -> bool:
    """Whether a verb of a thing opens it, «تكفي»; «تبيعون» is what a shop does."""
    opening = [word for word in said if word not in _BEFORE_VERB]
    first = opening[0] if len(opening) > 1 else ""
    return bool(_OF_A_THING.fullmatch(first)) and not asks_of_you(first)


def _heads(products: Sequence[Product]) -> frozenset[str]:
    """What things are called: the first word of an Arabic name, the last of an English one."""
    heads: set[str] = set()
    for product in products:
        english = words(_HEAD_ENDS.split(fold(product.name_en))[0])
        heads |= {form for word in words(product.name_ar)[:1] for form in forms(word)}
        heads |= {form for word in english[-1:] for form in forms(word)}
        kinds = words(f"{product.category_ar} {product.category_en}")
        heads |= {form for word in kinds for form in forms(word)}
    return frozenset(heads)
