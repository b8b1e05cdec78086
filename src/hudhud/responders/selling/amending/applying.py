"""What a reply makes of the cart, where every word of it speaks of what is in there; pure.

«زيدهم واحد يعني ستة», «شيل الشورت وخلي الهودي بس», "and one more in brown": it is read before
anything else. Whose words it explains to the last names no other product, tells no name and no
address, whatever a word of it is like; whose words it does not is left to `wishes` as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import structs

from hudhud.model import Line, Product
from hudhud.responders.lexicon import interrogates
from hudhud.responders.lexicon.said import houses
from hudhud.responders.selling import deeds
from hudhud.responders.selling.amending.brought import brings_more
from hudhud.responders.selling.amending.hearing import Part, parts
from hudhud.responders.selling.amending.reasons import without_reasons
from hudhud.responders.selling.amending.vocabulary import (
    ALL,
    ALSO,
    HALF,
    INDEED,
    LESS,
    ONLY,
    OTHER,
    PART,
    REST,
    SAME,
    SHARED,
    STAYS,
    Said,
)
from hudhud.responders.selling.clauses import counted_out, run_on
from hudhud.responders.selling.naming import Names, as_product
from hudhud.responders.selling.taking import amount
from hudhud.text import words

_AGREES = frozenset({"yes", "confirm", "fine"})
_CHANGES = frozenset({"more", "remove", "make", "swap"})
_POLITE = re.compile(
    r"^\W*(?:(?:wait|sorry|actually|oh|hmm?|لحظ[هة]|عفوا|عذرا|طيب)[\s،,.!]+){0,2}(?:هل\s+)?"
    r"(?:من\s+الممكن|بال?[إا]مكان\w*|[يم]مكن\w*|[أابتن]?ت?[قأا]در\w*|في(?:ني|ك|كم|كن)|"
    r"ينفع|(?:can|could|would|may)\s+(?:you|i|we)(?:\s+please)?)\s+(?:[أا]ن\s+)?",
    re.IGNORECASE,
)
_CHANGED = Said("غير غيري غيروا بدل بدلي ابدل عدل change switch swap")
_SENTENCE = re.compile(r"(?<=[!؛;\n])|(?<=\D)\.(?=\s|$)")


def amended(
    messages: Mapping[int, str],
    cart: Sequence[Line],
    names: Names,
    *,
    waiting: Sequence[Product] | None = None,
) -> tuple[list[Line] | None, dict[int, str]]:
    """The cart as messages leave it, and what of them speaks of something else.

    Args:
        messages: a batch, by id, in order.
        cart: the lines there are.
        names: the products at hand.
        waiting: what our last words ask about, which is meant then where nothing else is named:
            «خليها ثنتين»; None where they ask about nothing.

    Returns:
        the lines that are wanted, None where no message says; and each message without the
        sentences that did.
    """
    lines, changed, left = list(cart), False, dict[int, str]()
    for message_id, text in messages.items():
        kept, taken = list[str](), False
        for sentence in (one for whole in _SENTENCE.split(text) for one in run_on(whole, names)):
            after, rest = _as_far(sentence, lines, names, waiting)
            lines, taken = after or lines, taken or bool(after)
            kept += [rest] if rest else []
        changed = changed or taken
        if any(map(str.strip, kept)):
            left[message_id] = " ".join(kept) if taken else text
    return (lines if changed else None), left


def _as_far(
    text: str, lines: list[Line], names: Names, waiting: Sequence[Product] | None
) -> tuple[list[Line], str]:
    """The lines after a sentence and nothing; or after what stands before a further thing.

    «خليهم اتنين وحط معاهم قارئ»: the two are of what is there, whatever comes with them.
    """
    after = _amended(text, lines, names, waiting)
    if after:
        return after, ""
    tokens = text.split()
    for at in range(1, len(tokens)):
        if brings_more(tokens[at:]):
            after = _amended(" ".join(tokens[:at]), lines, names, waiting)
            # What goes may make room for what comes: that is read as one.
            if [line.sku for line in after] == [line.sku for line in lines]:
                return after, " ".join(tokens[at:])
    return [], text


def _amended(
    text: str, lines: list[Line], names: Names, waiting: Sequence[Product] | None
) -> list[Line]:
    """The lines after one sentence; none where a word of it speaks of something else."""
    text = _requested(text)
    if not lines or interrogates(text) or _of_a_house(text, names):
        return []
    own = Names([as_product(line, names.products) for line in lines])
    text = without_reasons(text, names)
    if any(names.headed(w) and own.known(w) and not own.titled(w) for w in _nouns(text)):
        return []  # «دبس» of «تمور ودبس»: a category's word that another thing is called by
    told = parts(text, lines, own)
    if waiting is not None and not _apart_from(waiting, told, own):
        return []
    after = _of_several(text, lines, names)
    if not after and (plain := counted_out(text, own, 1)) != text:
        after = _applied(parts(plain, lines, own), lines)  # «وحدة ذهبي والثانية تبقى فضي»
    after = after or _applied(told, lines)
    # «اي بس الحذاء» of what is so already is a yes, and no change.
    agrees = after == lines and {mark.deed for mark in deeds.marks(words(text))} & _AGREES
    return [] if agrees else after


def _nouns(text: str) -> list[str]:
    """The words of a sentence that may be of a name."""
    said = words(text)
    bidden = {at for mark in deeds.marks(said) for at in range(mark.start, mark.end)}
    return [w for at, w in enumerate(said) if at not in bidden and not amount(w)]


def _apart_from(asked: Sequence[Product], told: Sequence[Part], own: Names) -> bool:
    """Whether what is in the cart is named, and not by words that name what we asked about too."""
    about = Names([*asked])
    said = [word for part in told for word in part.said if own.known(word)]
    return any(part.named for part in told) and not all(map(about.known, said))


def _of_a_house(text: str, names: Names) -> bool:
    """Whether a house is told with its number, and none that is sold: «خليها عمارة ٩»."""
    return any(not names.word(noun) for noun in houses.told(words(text)))


def _requested(text: str) -> str:
    """What is asked for politely, without the question: «هل يمكنني تغيير الركوة إلى كبيرة؟»."""
    bare = _POLITE.sub("", text)
    acts = {mark.deed for mark in deeds.marks(words(bare))} & _CHANGES
    acted = bool(acts) or words(bare)[:1] == ["make"]  # "can you make one of them M?"
    return bare.rstrip(" ؟?") if bare != text and acted else text


def _applied(told: list[Part], lines: list[Line]) -> list[Line]:
    """The lines after all parts, in order; none where one of them says nothing of them."""
    if not any(part.act or part.count or part.trait or part.named for part in told):
        return []
    told = _settled(told)
    if _contrary(told):
        return []
    _tell_rest(told, lines)
    removes = any(part.act == "remove" for part in told)
    for excess, part in pairwise(told):
        part.denied |= excess.excess  # «خمسة كتير، ثلاثة»
    shared = _shared(told)
    after = _shared_out(shared, lines) if shared else list(lines)
    act = ""
    for part in told:
        goes_on = part.joined and act in ("more", "remove") and not part.holds(SHARED, ONLY, OTHER)
        act = part.act or (act if goes_on else "")
        if part.unclear and act == "remove":
            return []  # which of them goes is asked, and none is kept unseen
        if part not in shared:
            after = _step(part, act, after, removes=removes) if after else []
    return after


def _tell_rest(told: list[Part], lines: Sequence[Line]) -> None:
    """How many the others are: «وحدة فضي والباقي ذهبي» of three are two."""
    for rest in (part for part in told if part.holds(REST) and part.trait):
        others = [part.count for part in told if part.trait and part is not rest and part.count]
        mine = (line.count for line in lines if rest.product and line.sku == rest.product.sku)
        whole = next((part.count for part in told if part.count and not part.trait), sum(mine))
        if others and whole > sum(others):
            rest.count = whole - sum(others)


def _settled(told: list[Part]) -> list[Part]:
    """The parts without those whose number another tells.

    «الفيشر قللها، ثلاثة كافي» takes nothing out, and «خليه ٣ متر كمان» adds nothing to the three.
    """
    idle = list[int]()
    for at, (one, then) in enumerate(pairwise(told)):
        same = one.product is not None and one.product is then.product and not then.named
        ends = then.count and not then.act and (then.sums or then.holds(ONLY))
        less = one.act == "remove" and not one.count and (LESS.among(one.said) or then.sums)
        if same and less and ends:
            idle.append(at)
        too = then.act == "more" and not (then.joined or then.count or then.trait)
        if same and too and one.act == "make" and one.count:
            idle.append(at + 1)
    return [part for at, part in enumerate(told) if at not in idle]


def _contrary(told: Sequence[Part]) -> bool:
    """Whether one thing shall be two numbers: «خلي الألواح ستة والقواعد ثلاثة» names another."""
    named = [p for p in told if p.named and p.count and not p.trait and p.act in ("", "make")]
    numbers = {(p.product.sku, p.count) for p in named if p.product}
    return len(numbers) > len({sku for sku, _ in numbers})


def _step(part: Part, act: str, lines: list[Line], *, removes: bool) -> list[Line]:
    product = part.product
    if not (part.count or part.trait or part.named or (act and part.holds(ALSO, SAME))):
        return lines  # «لا», «لو سمحت»
    mine = [line for line in lines if product is not None and line.sku == product.sku]
    new = part.holds(ALSO, SAME) if not part.trait else not any(map(part.like, mine))
    if part.count and part.sums and not part.trait:
        return _each(lines, mine[0], part.count) if len(mine) == 1 else lines
    if act == "remove":
        return _fewer(part, lines, mine)
    joins = part.joined and new and not part.holds(SHARED)
    if act == "more" or (act == "" and joins and part.count):
        return _more(part, lines, mine)
    if part.count or part.trait:
        told = act == "make" or part.denied or part.definite
        told = told or part.holds(ALL, INDEED, ONLY, OTHER, PART, SAME, STAYS)
        return _otherwise(part, lines, mine) if told else []
    # «وخلي الهودي بس»: what stays, where something goes; alone, what all else makes room for.
    stays = part.holds(ONLY, STAYS) or act == "make"
    return lines if stays and removes else mine if part.holds(ONLY) else []


def _fewer(part: Part, lines: list[Line], mine: list[Line]) -> list[Line]:
    meant = [line for line in mine if part.like(line)]
    if not meant or (part.count and len(meant) > 1):
        return []
    if not part.count:
        return [line for line in lines if line not in meant]
    return _each(lines, meant[0], meant[0].count - part.count)


def _more(part: Part, lines: list[Line], mine: list[Line]) -> list[Line]:
    """So many more of a line, or a new one in another size or colour: «وواحد أسود»."""
    meant = [line for line in mine if part.like(line)]
    count = part.count or 1
    if len(meant) == 1:
        return _each(lines, meant[0], meant[0].count + count)
    if meant or not mine:
        return []
    return [*lines, structs.replace(part.of(mine[-1]), count=count)]


def _otherwise(part: Part, lines: list[Line], mine: list[Line]) -> list[Line]:
    """A line in another number, size or colour; «واحد منهم» is parted from the others."""
    meant = mine if len(mine) == 1 else [line for line in mine if part.like(line)]
    if part.holds(OTHER) and not part.count:
        return lines if any(map(part.like, mine)) else []
    if not meant and part.size and part.colour:
        # «خلي ال6 احمر»: which of them, and how it shall be.
        meant = [line for line in mine if part.size == line.size]
        meant = meant or [line for line in mine if part.colour == line.colour]
    if len(mine) > 1 and part.holds(ALL) and part.trait and not part.count:
        return _alike(part, lines, mine)
    if len(meant) != 1:
        return []
    line, some = meant[0], part.holds(PART, HALF) or _of_some(part)
    if some and part.count and part.count < line.count and part.trait:
        rest = _each(lines, line, line.count - part.count)
        return [*rest, structs.replace(part.of(line), count=part.count)]
    changed = structs.replace(part.of(line), count=part.count or line.count)
    return [changed if one is line else one for one in lines]


def _alike(part: Part, lines: Sequence[Line], mine: Sequence[Line]) -> list[Line]:
    """The lines of one product, all in the size or colour that is said: "all red"."""
    after = [line for line in lines if line not in mine]
    for line in map(part.of, mine):
        made = (line.sku, line.size, line.colour)
        same = next((one for one in after if (one.sku, one.size, one.colour) == made), None)
        if same is None:
            after.append(line)
        else:
            after[after.index(same)] = structs.replace(line, count=same.count + line.count)
    return after


def _of_some(part: Part) -> bool:
    """Whether so many of them are made otherwise: «خلي وحدة بنفسجي»; «خليها وحدة» is all."""
    bidden = part.act == "make" and not deeds.turns_it(part.said)
    ends = [mark.end for mark in deeds.marks(part.said) if mark.deed in ("make", "swap")]
    if bidden and any(_CHANGED.among(part.said[end - 1 : end]) for end in ends):
        return not (part.named or part.denied)  # «غير وحدة بس لأسود»: the others stay
    return bidden and not (part.named or part.denied or part.holds(ONLY, INDEED))


def _shared(every: Sequence[Part]) -> list[Part]:
    """The parts among which the pieces of one line are shared out: «اثنين حمر وواحد أسود»."""
    told = [part for part in every if part.act in ("", "make") and part.count]
    pieces = [part for part in told if part.trait and not part.holds(PART, ONLY)]
    whole = [part for part in told if not part.trait and not part.sums]
    if len(pieces) < 2 or len({part.product.sku for part in pieces if part.product}) != 1:  # noqa: PLR2004 - several
        return []
    if any(part.act in ("more", "remove") for part in every) or len(whole) > 1:
        return []
    sums = not whole or whole[0].count == sum(part.count or 0 for part in pieces)
    return [*whole, *pieces] if sums else []


def _of_several(text: str, lines: list[Line], names: Names) -> list[Line]:
    """«واحدة ٦ وواحدة ٤», where nothing is named and only one line is of so many.

    So "make it 3, the third one black" is of what there are several of.
    """
    many = [line for line in lines if line.count > 1]
    if len(many) != 1 or len(lines) == 1:
        return []
    own = Names([as_product(line, names.products) for line in many])
    shared = _shared(told := parts(text, many, own))
    if any(part.named for part in told):
        return []
    one = any(part.trait and part.count and part.holds(SHARED) for part in told)
    whole = any(part.count and not part.trait for part in told)
    after = _shared_out(shared, many) if shared else _applied(told, many) if one and whole else []
    return [one for line in lines for one in (after if line in many else [line])] if after else []


def _shared_out(shared: list[Part], lines: list[Line]) -> list[Line]:
    product = next(part.product for part in shared if part.product is not None)
    mine = [line for line in lines if line.sku == product.sku]
    pieces = [part for part in shared if part.trait]
    told = any(part.act == "make" or part.denied or not part.trait for part in shared)
    sums = sum(part.count or 0 for part in pieces) == sum(line.count for line in mine)
    told = told or sums
    several = len(mine) > 1 and not (sums or any(not part.trait for part in shared))
    made = [{(line.size, line.colour) for line in map(part.of, mine)} for part in pieces]
    if not (mine and told) or several or any(len(one) > 1 for one in made):
        return []
    new = [structs.replace(part.of(mine[0]), count=part.count or 1) for part in pieces]
    return [*(line for line in lines if line not in mine), *new]


def _each(lines: Sequence[Line], line: Line, count: int) -> list[Line]:
    """The lines, one of them so many times."""
    changed = (structs.replace(one, count=count) if one is line else one for one in lines)
    return [one for one in changed if one.count > 0]
