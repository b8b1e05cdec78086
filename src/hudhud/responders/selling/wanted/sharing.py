"""So many of one thing shared out among colours: halves of them, one of each; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from hudhud.model import Product
from hudhud.responders.selling import traits
from hudhud.responders.selling.amending.vocabulary import REST
from hudhud.responders.selling.counting import counts, expanded, number, unit
from hudhud.responders.selling.deeds import marks
from hudhud.responders.selling.naming import Names
from hudhud.responders.selling.traits import is_trait
from hudhud.text import words

_HALVES = frozenset(
    words("نص نصها نصهم نصهن النص نصف نصفها نصفهم النصف half nos noss nosha noshom")
)
_REST = frozenset(words("الباقي الباقيين البقيه الثاني التاني rest other others"))
_EACH = frozenset(words("كل each every kol kull"))
_OF = frozenset(words("من of min mn x"))
_TWO = 2
_TOKEN = re.compile(r"[^\s،,.:;؛!?؟]+")
# So near behind the rest its colour is told: "the rest in silver".
_BEHIND = 4


def each(said: Sequence[str], counts: Sequence[int], colours: int) -> int:
    """How many are wanted of each of some colours that are told; 0 where that is not sure.

    Args:
        said: the folded words.
        counts: the numbers that they tell, in order.
        colours: of how many colours.
    """
    bare = [word.removeprefix("و") for word in said]
    whole, last = max(counts, default=0), counts[-1] if counts else 0
    if many := next((_before(bare, at) for at, w in enumerate(bare) if w in _EACH), 0):
        return many if whole in (0, many, many * colours) else 0
    halved = sum(word in _HALVES for word in bare)
    rest = any(word in _REST for word in bare)
    if halved and colours == _TWO and halved + rest == _TWO and {*counts} == {whole}:
        return whole // _TWO if whole % _TWO == 0 else 0
    return 1 if last == colours else 0


def _before(said: Sequence[str], at: int) -> int:
    """How many stand before «كل» or "each": «واحدة من كل لون», «حبة من كل لون»."""
    count = [word for word in said[:at] if word not in _OF][-1:]
    return sum(number(word) or unit(word) for word in count)


def rest_counted(messages: Mapping[int, str], names: Names, asked: int) -> dict[int, str]:
    """Messages in which the rest of so many is told by its number: «واحد اسود والباقي فضي».

    Args:
        messages: by id.
        names: the products at hand.
        asked: how many our last words were about; none where they were about none or several.
    """
    return {at: _rest_counted(text, names, asked) for at, text in messages.items()}


def _rest_counted(text: str, names: Names, asked: int) -> str:
    tokens = [*_TOKEN.finditer(text)]
    said = ["".join(words(one[0])[:1]) for one in tokens]
    at = next((n for n, word in enumerate(said) if word.removeprefix("و") in REST), 0)
    behind = said[at + 1 : at + _BEHIND]
    if not at or not any(map(is_trait, behind)) or not any(map(is_trait, said[:at])):
        return text
    told = [one.value for one in counts(expanded([w for w in said[:at] if w], names), names)]
    whole = asked or (told.pop(0) if len(told) > 1 else 0)
    if not told or whole <= sum(told):
        return text
    start, end = tokens[at].span()
    joint = "و" if said[at][0] == "و" else ""
    return f"{text[:start]}{joint}{whole - sum(told)}{text[end:]}"


def halves(word: str) -> bool:
    """Whether a folded word halves what is counted: «نصها»."""
    return word.removeprefix("و") in _HALVES


def one_colour(said: Sequence[str], product: Product) -> str:
    """The colour that was said, as the product's Arabic row writes it; none where two are told.

    Args:
        said: the folded words.
        product: what it is of.
    """
    found = traits.colour(said, product)
    # «سرير خشب»: «الخشبي» is what it is called, and no second colour.
    own = {*words(found), *(f"{one}ي" for one in words(product.name_ar))}
    own |= {*words(product.name_ar), *words(product.name_en)}
    other = [one for one in traits.colours(said, product) if not own.issuperset(words(one))]
    denied = any(mark.deed == "no" for mark in marks(said))
    return "" if other and not denied else found
