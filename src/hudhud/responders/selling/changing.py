"""What is in the cart is taken out, made more or fewer, or changed for something else."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from itertools import islice
from typing import Any

from msgspec import structs

from hudhud.model import AddToCart, ChangeCart, Line, Product, ProductDetails, Refused, Tool
from hudhud.responders.lexicon import forms, interrogates
from hudhud.responders.lexicon.correcting import of_house
from hudhud.responders.selling import choosing, deeds, showing, traits
from hudhud.responders.selling.amending.brought import brought, of_several
from hudhud.responders.selling.amending.vocabulary import KNOWN
from hudhud.responders.selling.choosing import Steps
from hudhud.responders.selling.counting import surely, unit
from hudhud.responders.selling.naming import Names, as_product
from hudhud.responders.selling.sale import Talk
from hudhud.responders.selling.sentences import took_out
from hudhud.responders.selling.taking import called_so, head, of_kind_said
from hudhud.responders.selling.traits import is_trait
from hudhud.responders.selling.wanted import Wish
from hudhud.responders.selling.wanted.parts import measures_another
from hudhud.responders.selling.wanted.replacing import COUNT, given_up, segments
from hudhud.text import words

_ALL = frozenset(
    words("كلهم كلها كله الكل كل جميع جميعهم شيلهم الغيهم all everything kollo kolhom")
)
LOOK_BACK = 2


def amend(talk: Talk, wanted: Sequence[Line]) -> Steps:
    """Have these lines in the cart; the new ones first, so that a refusal leaves what is there."""
    talk.acted = True
    talk.meanings.add("order")
    before = talk.cart.lines
    for line in wanted:
        product = as_product(line, talk.names.products)
        old = next((one for one in before if _alike(one, line)), None)
        if line == old:
            continue
        talk.show(product)
        if line.count > choosing.COUNT_MAX:
            talk.give("large_order", "too_many_for_me")
            return
        put = choosing.put(talk, product, line.count, size=line.size, colour=line.colour)
        if not (yield from put):
            return
    kept = {line.sku for line in wanted}
    for old in before:
        if not any(_alike(one, old) for one in wanted):
            yield from _set(talk, old, 0, told=old.sku not in kept)


def take_out(talk: Talk, wish: Wish) -> Steps:
    """Take the meant lines out of the cart; what is only being asked about is asked no more."""
    own = [as_product(line, talk.names.products) for line in talk.cart.lines]
    open_ = [one for told in talk.heard.wishes if told.asked for one in told.found.products]
    if instead := called_so(wish.terms, open_, own):
        wish.found = instead
    absent = bool(instead) or _absent(talk, wish)
    if absent and choosing.dropped(talk, wish):
        talk.acted = True
        return
    lines = [] if absent else _meant(talk, wish)
    if not lines and wish.things and not wish.named:
        talk.leave(wish)  # «عندكم شي بدون سكر» takes nothing out
        return
    if not lines:
        _ask_line(talk, wish)
        return
    talk.acted = True
    fewer = wish.count()  # «شيل واحد» of three leaves two
    for line in lines:
        yield from _set(talk, line, max(0, line.count - fewer) if fewer else 0)
    if "cancel" in talk.heard.answers and not talk.cart.lines:
        talk.meanings.add("cancel_order")


def drop(talk: Talk) -> Steps:
    """Empty the cart: nothing is ordered."""
    talk.acted = talk.ended = True
    talk.meanings.add("cancel_order")
    for line in talk.cart.lines:
        result = yield ChangeCart(sku=line.sku, count=0, size=line.size, colour=line.colour)
        if isinstance(result, Refused):
            talk.give("wants_to_order", "to_order")
            return
        talk.cart = result
    talk.says.clear()
    talk.say("dropped")
    # Why it is given up is answered by that.
    for said, texts in talk.heard.left.items():
        talk.heard.left[said] = [text for text in texts if interrogates(text)]


def alter(talk: Talk, wish: Wish) -> Steps:
    """Change how many, which size or colour, or the thing itself."""
    denied = "no" in talk.heard.answers and wish.counts and not of_house(wish.said)
    told = denied or _of_line(talk, wish) or brought(wish.said)
    if wish.corrects and wish.things and not told:
        talk.leave(wish)  # «جوج وجبات» is no number of caps
        return
    if wish.act == "make" and given_up(wish.said, segments(wish.said, talk.names)):
        wish.act = "swap"  # "make it bleach instead of the cleaner"
    gone, come = _exchanged(talk, wish)
    lines = gone or ([] if _absent(talk, wish) else _meant(talk, wish))
    turned = wish.act == "swap" or (wish.act == "make" and deeds.turns_it(wish.said))
    if come is not None and not gone and turned and not _for_another(talk, wish, come):
        lines = list(talk.cart.lines) if len(talk.cart.lines) == 1 else _last_named(talk)
        if wish.act == "swap" and took_out(talk.asked.text):
            lines = []  # «حط بدالها …» of what went just now
    if come is not None and (gone or turned) and len(lines) == 1:
        yield from _exchange(talk, wish, lines[0], come)
    elif not lines and come is not None:
        yield from choosing.add(talk, wish)
    elif len(lines) != 1:
        _ask_line(talk, wish)
    else:
        yield from _alter_line(talk, wish, lines[0])


def _alter_line(talk: Talk, wish: Wish, line: Line) -> Steps:
    product = yield from _product(talk, line)
    talk.acted = True
    talk.show(product)
    if not wish.found.products:  # what counts of one is the size of another
        wish.found = structs.replace(wish.found, products=(product,))
    sizes = traits.sizes(wish.said, product, wish.counting())
    count = wish.count({at for one in sizes for at in one.places})
    size = next((one for one in sizes if one.size != line.size), None)
    colours = [one for one in traits.colours(wish.said, product) if one != line.colour]
    another = measures_another(wish.measured, product, talk.names.products)
    if size is not None and not size.size:
        shown = talk.wording.listed(map(talk.wording.size, product.sizes))
        name = showing.product_name(talk.wording, product)
        talk.say("no_size", name=name, size=talk.wording.size(size.said), sizes=shown)
    elif not colours and _other_colour(wish, product, line):
        name = showing.product_name(talk.wording, product)
        shown = talk.wording.listed(talk.wording.colours(product))
        talk.say("no_colour", name=name, colours=shown)
    elif size is None and not wish.named and another:
        _ask_line(talk, wish)
    elif size is not None or colours:
        new = (size.size if size else line.size, colours[0] if colours else line.colour)
        yield from _replace(talk, line, product, count or line.count, size=new[0], colour=new[1])
    elif count is not None and count > choosing.COUNT_MAX:
        talk.give("large_order", "too_many_for_me")
    elif count is not None and wish.more:
        yield from choosing.put(talk, product, count, size=line.size, colour=line.colour, more=True)
    elif count is not None:
        yield from _set(talk, line, count, product)
    elif not talk.told.values:
        talk.say("change_what")
        talk.ended = not talk.told.missing


def _set(
    talk: Talk, line: Line, count: int, product: Product | None = None, *, told: bool = True
) -> Steps:
    if count == line.count:
        return
    result = yield ChangeCart(sku=line.sku, count=count, size=line.size, colour=line.colour)
    if isinstance(result, Refused):
        shown = product or as_product(line, talk.names.products)
        choosing.explain(talk, shown, result, size=line.size, colour=line.colour)
        return
    talk.cart, talk.changed = result, True
    if not count and told:
        talk.say("taken_out", name=showing.product_name(talk.wording, line))


def _replace(
    talk: Talk, line: Line, product: Product, count: int, *, size: str, colour: str
) -> Steps:
    """The new one first: when there is none of it, the old one stays."""
    result = yield AddToCart(sku=product.sku, count=count, size=size, colour=colour)
    if isinstance(result, Refused):
        choosing.explain(talk, product, result, size=size, colour=colour)
        return
    talk.cart, talk.changed = result, True
    old = next((one for one in talk.cart.lines if _alike(one, line)), None)
    if old is not None:
        result = yield ChangeCart(sku=line.sku, count=0, size=line.size, colour=line.colour)
        talk.cart = talk.cart if isinstance(result, Refused) else result


def _exchange(talk: Talk, wish: Wish, line: Line, come: Product) -> Steps:
    before, waiting = talk.cart, len(talk.waiting)
    wish.found = choosing.only(come)
    _alike_made(wish, line, come)
    if not wish.counts:
        wish.said = [str(line.count), "x", *wish.said]
        wish.counts = surely(line.count)
    yield from choosing.add(talk, wish)
    # Of which only the size is to be asked yet, it comes all the same.
    if talk.cart is not before or len(talk.waiting) > waiting:
        yield from _set(talk, line, 0)


def _alike_made(wish: Wish, line: Line, come: Product) -> None:
    """What comes is made as what goes was, where nothing else is told: «خليها لحم» of a small."""
    if line.size in come.sizes and traits.size(wish.said, come, wish.counting()) is None:
        wish.said = [*wish.said, *words(line.size)]
    if line.colour in come.colours_ar and not traits.coloured(wish.said):
        wish.said = [*wish.said, *words(line.colour)]


def _exchanged(talk: Talk, wish: Wish) -> tuple[list[Line], Product | None]:
    """The lines that go, and the product that comes instead: «بدل القميص اريد هودي»."""
    gone: list[Line] = []
    come: Product | None = None
    counted = {at for one in wish.counts for at in range(one.start, one.end)}
    said = [COUNT if at in counted else w for at, w in enumerate(wish.said)]
    parts = segments(said, talk.names)
    other = given_up(said, parts)
    for segment in parts:
        found = talk.names.find(segment)
        in_cart = {line.sku for line in talk.cart.lines}
        new = [p for p in found.products if p.sku not in in_cart] if found.by == "name" else []
        new = [*choosing.fitting(wish, choosing.of_kind(talk, wish, tuple(new)))]
        # «بعطر حمضيات» names no «عطر عود» that is there, though a word of it does.
        apart = len(new) == len(found.products) == 1 and not all(map(is_trait, found.words))
        # «بدلي الكلور شامبو عبايات»: what goes stands right before what comes.
        rest = [w for w in segment if w not in found.words] if apart else segment
        lines = _named(talk, rest) if not apart or wish.act == "swap" else []
        gone += [line for line in lines if line not in gone]
        if wish.act == "make" and not (lines or _headed(talk, new, segment)):
            continue  # «الماتشا خليها سخنة» is no hot chocolate
        if (
            segment is not other
            and len(new) == 1
            and (not lines or _beside(talk, segment, lines, new[0]))
        ):
            come = new[0]
    return gone, come


def _for_another(talk: Talk, wish: Wish, come: Product) -> bool:
    """Whether something comes in the place of what is named and not there, and so of nothing."""
    other = given_up(wish.said, segments(wish.said, talk.names))
    found = talk.names.find(other or [])
    return found.by == "name" and come not in found.products


def _headed(talk: Talk, new: Sequence[Product], said: Sequence[str]) -> bool:
    """Whether what comes is called by its kind, or is of a kind that is there: «خليها لحم»."""
    kinds = {words(line.name_ar)[0] for line in talk.cart.lines if words(line.name_ar)}
    own = {form for word in said for form in forms(word)}
    return all(
        head(one.name_ar) in kinds or not own.isdisjoint((*forms(head(one.name_ar)), *_ends(one)))
        for one in new
    )


def _ends(product: Product) -> tuple[str, ...]:
    """The forms of the last word of its English name, which says of what kind it is."""
    return tuple(form for word in words(product.name_en)[-1:] for form in forms(word))


def _beside(talk: Talk, said: Sequence[str], lines: Sequence[Line], new: Product) -> bool:
    """Whether another thing is named right beside lines of the cart: «بدل المتبل حمص»."""
    own = Names([as_product(line, talk.names.products) for line in lines])
    found = talk.names.find([word for word in said if not own.known(word)])
    told = found.by == "name" and not all(map(is_trait, found.words))
    return told and {product.sku for product in found.products} == {new.sku}


def _named(talk: Talk, said: Sequence[str]) -> list[Line]:
    """The lines of the cart that words name."""
    own = {line.sku: as_product(line, talk.names.products) for line in talk.cart.lines}
    there = Names(list(own.values()))
    other = _others(talk, said, there)
    found = there.find([word for word in said if word not in other])
    meant = of_kind_said(found.products, said) if found.by == "name" else ()
    skus = {product.sku for product in meant}
    return [line for line in talk.cart.lines if line.sku in skus]


def _others(talk: Talk, said: Sequence[str], there: Names) -> list[str]:
    """The words that name what is not there: «الشيل» are no «حجاب», where shawls are sold."""
    return [w for w in said if talk.names.word(w) and not (there.word(w) or is_trait(w))]


def _absent(talk: Talk, wish: Wish) -> bool:
    """Whether another thing is named than is there, be it of the same kind: «سمنة الغنم»."""
    own = Names([as_product(line, talk.names.products) for line in talk.cart.lines])
    skus = {line.sku for line in talk.cart.lines}
    other = wish.named and wish.found.exact and bool(_others(talk, wish.terms, own))
    return other and skus.isdisjoint(product.sku for product in wish.found.products)


def _meant(talk: Talk, wish: Wish) -> list[Line]:
    """The lines that a wish is about: it names them or their colour or size, or there is one."""
    named = _named(talk, wish.terms)
    other = wish.named or (wish.act == "remove" and wish.things)
    lines = named or ([] if other else list(talk.cart.lines))
    if len(lines) > 1:
        told = [line for line in lines if _told(wish, as_product(line, talk.names.products), line)]
        lines = told or lines
    if wish.act == "make" and len(lines) > 1 and any(map(traits.of_size, wish.said)):
        lines = [line for line in lines if line.size]  # «غيّر المقاس إلى ٨»
        if len(lines) != 1:
            lines = _made_in(talk, wish, lines)
            return lines if len(lines) == 1 else []
    if wish.act == "remove" and (named or _ALL & set(wish.said)):
        return lines
    if len(lines) == 1 or wish.named or _other_thing(wish):
        return lines if len(lines) == 1 else []
    made = _made_in(talk, wish, lines) if wish.act == "make" else []
    many = [line for line in lines if line.count > 1 and wish.counts and of_several(wish.said)]
    return made if len(made) == 1 else _last_named(talk) or (many if len(many) == 1 else [])


def _made_in(talk: Talk, wish: Wish, lines: Sequence[Line]) -> list[Line]:
    """The lines of what is made in the size that is measured: «خليه ٨٠ لتر» is of no bag."""
    told = ((line, as_product(line, talk.names.products)) for line in lines)
    sizes = ((line, traits.size(wish.said, one, wish.counting(one))) for line, one in told)
    return [line for line, size in sizes if size and size.size and _measured(wish.said, size)]


def _measured(said: Sequence[str], size: traits.Size) -> bool:
    """Whether a size is more than a number: «٨٠ لتر», "XL"; «خليها ٢» may count."""
    after = (word for at in size.places for word in said[at + 1 : at + 2])
    figure = all(said[at].isdecimal() for at in size.places)
    return not figure or any(map(traits.of_size, said)) or any(map(unit, after))


def _other_thing(wish: Wish) -> bool:
    """Whether a thing is spoken of as known that names none that is there: «اجعل البن كيسين»."""
    known = (word for word in wish.said if word.startswith("ال"))
    return any(
        not {word, bare := word.removeprefix("ال")}.isdisjoint(wish.things)
        and not (unit(word) or unit(bare) or any(word in one for one in KNOWN))
        for word in known
    )


def _of_line(talk: Talk, wish: Wish) -> bool:
    """Whether a colour or size of the only line is said, whatever stands beside it."""
    if len(talk.cart.lines) != 1:
        return False
    product = as_product(talk.cart.lines[0], talk.names.products)
    return bool(traits.colour(wish.said, product) or traits.size(wish.said, product))


def _last_named(talk: Talk) -> list[Line]:
    """The one line that the contact named last: «شيل واحد سوبيا», «لا خليهم ٢»."""
    theirs = (said for said in reversed(talk.turn.history) if said.author == "contact")
    lines = (_all_named(talk, words(said.text)) for said in islice(theirs, LOOK_BACK))
    last = next(filter(None, lines), [])
    return last if len(last) == 1 else []


def _all_named(talk: Talk, said: Sequence[str]) -> list[Line]:
    """The lines that words name, and those that the rest of them names: «كنكة نحاس وبن سادة»."""
    first = _named(talk, said)
    own = Names([as_product(line, talk.names.products) for line in first])
    rest = _named(talk, [w for word in said if not own.known(w := word.removeprefix("و"))])
    return first + [line for line in rest if line not in first]


def _told(wish: Wish, product: Product, line: Line) -> bool:
    colours = traits.colours(wish.said, product)
    sizes = [one.size for one in traits.sizes(wish.said, product, wish.counting())]
    return (bool(line.colour) and line.colour in colours) or (
        bool(line.size) and line.size in sizes
    )


def _ask_line(talk: Talk, wish: Wish) -> None:
    talk.acted = True
    missed = wish.named or not talk.cart.lines
    talk.say("not_in_cart" if missed else "which_line")
    # Nothing is placed by a yes to that.
    talk.ended = not (missed or talk.told.missing or talk.changed)


def _product(talk: Talk, line: Line) -> Generator[Tool[Any], Any, Product]:
    """What the catalogue says of a line's product, asked when the search did not find it."""
    known = as_product(line, talk.names.products)
    if known.id:
        return known
    result = yield ProductDetails(sku=line.sku)
    return known if isinstance(result, Refused) else result


def _other_colour(wish: Wish, product: Product, line: Line) -> bool:
    """Whether a colour is asked for that there is not."""
    said = [word for word in wish.said if traits.coloured((word,))]
    own = [word for word in said if traits.colour((word,), product)]
    return bool(product.colours_ar) and len(said) > len(own) and wish.act != "remove" and bool(line)


def _alike(one: Line, line: Line) -> bool:
    return (one.sku, one.size, one.colour) == (line.sku, line.size, line.colour)
