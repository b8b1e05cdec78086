"""A wish becomes a line of the cart: which product, size and colour, how many; or what is asked."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from hudhud.model import AddToCart, ChangeCart, Line, Product, Refused, Said, Tool
from hudhud.responders import shelf
from hudhud.responders.lexicon.colours import colour_word
from hudhud.responders.selling import sentences, showing, traits
from hudhud.responders.selling.counting import number, surely, unit
from hudhud.responders.selling.deeds import little, marks
from hudhud.responders.selling.naming import BOTH, Names, ordinal
from hudhud.responders.selling.sale import Talk
from hudhud.responders.selling.wanted import Wish
from hudhud.responders.selling.wanted.parts import measured_part, portions
from hudhud.responders.selling.wanted.replacing import offered_without
from hudhud.responders.selling.wanted.sharing import one_colour
from hudhud.responders.selling.wanted.sounding import sounding
from hudhud.text import fold, words

Steps = Generator[Tool[Any], Any, None]

COUNT_MAX = 50  # more is a matter for a person: a slip of the pen, or a merchant
OPTIONS_MAX, SIMILAR_MAX = 5, 3
LOOK_BACK = 6
MISSED_MAX = 5
_BOTH = 2
_SAME = frozenset(words("نفس بنفس same nafs"))


def add(talk: Talk, wish: Wish) -> Steps:
    """Put what is wanted into the cart, or ask what is missing to do so."""
    products = fitting(wish, sounding(wish, of_kind(talk, wish, _candidates(talk, wish))))
    if not products:
        _miss(talk, wish)
        return
    talk.acted = True
    if wish.part_of_one:
        talk.give("odd_amount", "part_of_one")
    elif wish.asked and len(products) == _BOTH and not BOTH.isdisjoint(wish.said):
        for product in products:
            yield from _add_one(talk, replace(wish, found=only(product)), product)
    elif len(products) > 1 and _told_count(wish, products) > COUNT_MAX:
        talk.give("large_order", "too_many_for_me")
    elif len(products) > 1:
        ask_which(talk, wish, products)
    else:
        # What counts of one is the size of another.
        wish.found = msgspec.structs.replace(wish.found, products=products)
        yield from _add_one(talk, wish, products[0])


def _miss(talk: Talk, wish: Wish) -> None:
    """So many of what nobody sells: told beside what else is ordered, and else left to others."""
    ordered = talk.cart.lines or talk.acted or any(one.named for one in talk.heard.wishes)
    if not (wish.unknown and ordered):
        talk.leave(wish)
        return
    counted = {number(word) for word in wish.said} - {None}
    called = [
        word
        for _, text in wish.texts
        for word in text.split()
        if not (number(fold(word)) in counted or marks(words(word)) or unit(fold(word)))
        if not little(words(word))
    ]
    talk.acted = True
    if called:
        talk.missed.append(" ".join(called[:MISSED_MAX]))


def tell_missed(talk: Talk) -> None:
    """Say first what was not found of all that is ordered."""
    if talk.missed:
        names = talk.wording.listed(talk.missed)
        told = sentences.say("not_sold", talk.wording.language, names=names)
        talk.says.insert(0, told)


def _told_count(wish: Wish, products: Sequence[Product]) -> int:
    """How many of one of several: a number that is a size of any of them is none."""
    sizes = [traits.size(wish.said, product, wish.counting()) for product in products]
    return wish.count({at for size in sizes if size for at in size.places}) or 1


def offer(talk: Talk, wish: Wish) -> None:
    """Ask whether something that was only spoken of is to be added; the catalogue shows it."""
    talk.leave(wish)
    there = [product for product in wish.found.products if product.stock > 0]
    if talk.asked.ask not in (None, "offer") or not wish.named or not wish.named_enough:
        return
    if len(wish.found.products) > 1:
        if any(p.sku == one.sku for p in wish.found.products for one in talk.cart.lines):
            return  # "can you gift wrap it?" of a gift box: of the one that is there
        talk.of_options = _of_options(talk, wish, wish.found.products)
        talk.choose = len(wish.found.products) <= OPTIONS_MAX
        talk.about += wish.found.products
    elif there and wish.part_of_one and measured_part(wish.said, there):
        talk.give("odd_amount", "part_of_one")  # a whole one would be offered for «نص متر شيفون»
    elif there:
        talk.about.append(there[0])
        talk.offers.append(item(talk, there[0], wish, _count(wish, there[0])))


def exchanged(talk: Talk, wishes: Sequence[Wish]) -> bool:
    """Let what comes instead of an offered thing take its place: «بدّل السادة ببيتي فور».

    Returns whether it did; the other things that were offered are wanted then.
    """
    come = next((wish for wish in wishes if wish.act == "swap" and wish.named), None)
    offered = [wish for wish in talk.heard.wishes if wish.asked and not wish.live]
    own = {product.sku: product for wish in offered for product in wish.found.products}
    new = tuple(p for p in come.found.products if p.sku not in own) if come else ()
    if come is None or talk.cart.lines or not own or not new:
        return False
    other = Names(new)
    named = Names(list(own.values())).find([word for word in come.said if not other.word(word)])
    skus = {p.sku for p in named.products} if named.by == "name" else set(own)
    gone = [wish for wish in offered if not skus.isdisjoint(p.sku for p in wish.found.products)]
    if len(gone) != 1:
        return False
    come.found = msgspec.structs.replace(come.found, products=of_kind(talk, come, new))
    come.act, come.firm = "add", True
    if not come.counts:
        come.counts = surely(gone[0].count() or 1)
        come.said = [str(come.counts[0].value), "x", *come.said]
    talk.heard.wishes.remove(gone[0])
    return True


def dropped(talk: Talk, wish: Wish) -> bool:
    """Whether one of several that are offered is not wanted; it is offered no more."""
    left = offered_without(talk.heard.wishes, wish, alone=not talk.cart.lines)
    talk.heard.wishes = talk.heard.wishes if left is None else left
    return left is not None


def put(
    talk: Talk, product: Product, count: int, *, size: str, colour: str, more: bool = False
) -> Generator[Tool[Any], Any, bool]:
    """Have so many of one thing in the cart; returns whether they are.

    Who says again what is in the cart already does not want it twice, unless `more` says so.
    """
    there = next((line for line in talk.cart.lines if _same(line, product, size, colour)), None)
    if there is not None and not more and there.count == count:
        return True
    result: Any
    if there is not None and not more:
        result = yield ChangeCart(
            sku=product.sku, count=count, size=there.size, colour=there.colour
        )
    else:
        result = yield AddToCart(sku=product.sku, count=count, size=size, colour=colour)
    if isinstance(result, Refused):
        explain(talk, product, result, size=size, colour=colour)
        return False
    talk.cart, talk.changed = result, True
    return True


def sold_out(talk: Talk, product: Product) -> None:
    """Say that there is none, and what there is instead."""
    talk.say("sold_out", name=showing.product_name(talk.wording, product))
    others = shelf.similar(product, talk.names.products, SIMILAR_MAX)
    if others:
        talk.sources += [f"product:{other.sku}" for other in others]
        talk.says.append(talk.wording.similar(others))


def _candidates(talk: Talk, wish: Wish) -> tuple[Product, ...]:
    """The products that a wish may mean: those it names, or what was spoken of before."""
    if wish.found.by == "name":
        place = ordinal(wish.said, len(wish.found.products)) if wish.asked else None
        return wish.found.products if place is None else (wish.found.products[place - 1],)
    if wish.found.by == "description" and wish.firm:
        return wish.found.products
    if wish.things:
        found = talk.names.searched(wish.things) if wish.firm else ()
        ordered = {p.sku for one in talk.heard.wishes if one.named for p in one.found.products}
        return tuple(p for p in found if not (wish.unknown and p.sku in ordered))
    history = talk.turn.history
    for at in range(len(history) - 1, max(-1, len(history) - LOOK_BACK - 1), -1):
        products = shelf.mentioned(talk.names.products, history[at].text)
        if products and not traits.uncoloured(wish.said, products):
            _take_up(wish, history[:at], products)
            return products
    return ()


def fitting(wish: Wish, products: tuple[Product, ...]) -> tuple[Product, ...]:
    """Of several those that are made in the size and colour that were said: «دشداشة بيضة 36»."""
    sizes = [traits.size(wish.said, product, wish.counting(product)) for product in products]
    made = tuple(p for p, size in zip(products, sizes, strict=True) if size and size.size)
    products = made or products
    return tuple(p for p in products if traits.colour(wish.said, p)) or products


def likeliest(talk: Talk) -> list[Wish]:
    """Of several that we listed the first, where "yes" is all that is answered.

    It is shown with its total, and placed with another yes.
    """
    waiting = [wish for wish in talk.heard.wishes if wish.asked and not wish.live]
    for wish in waiting:
        there = [product for product in wish.found.products if product.stock > 0]
        wish.found, wish.live = only((there or [*wish.found.products])[0]), True
    return waiting


def of_kind(talk: Talk, wish: Wish, products: tuple[Product, ...]) -> tuple[Product, ...]:
    """Of several the one of the kind that it shall replace: «خليها بالفستق» of a baklava."""
    if len(products) < 2 or wish.act not in ("make", "swap"):  # noqa: PLR2004 - several
        return products
    skus = {line.sku for line in talk.cart.lines}
    before = [p for p in talk.names.products if p.sku in skus]
    before += [p for item in talk.asked.items if (p := talk.names.called(item.words))]
    kinds = {words(product.name_ar)[0] for product in before}
    same = tuple(product for product in products if words(product.name_ar)[0] in kinds)
    return same if len(same) == 1 else products


def _take_up(wish: Wish, before: Sequence[Said], products: Sequence[Product]) -> None:
    """A size or colour that they asked about holds when they take it: «عندكم منه رصاصي؟»."""
    theirs = [words(one.text) for one in before[-LOOK_BACK:] if one.author == "contact"][::-1]
    if not traits.coloured(wish.said):
        colours = ([word for word in told if colour_word(word)] for told in theirs)
        wish.said = [*wish.said, *next(filter(None, colours), [])]
    if len(products) == 1 and traits.size(wish.said, products[0], wish.counting()) is None:
        sizes = (traits.size(told, products[0]) for told in theirs)
        size = next((one.size for one in sizes if one and one.size), "")
        wish.said = [*wish.said, *words(size)]


def _add_one(talk: Talk, wish: Wish, product: Product) -> Steps:
    talk.show(product)
    size = traits.size(wish.said, product, wish.counting())
    count = _count(wish, product)
    if size is None and talk.model in product.sizes:
        size = traits.Size(talk.model, talk.model, frozenset())
    elif size is None and (same := _of_the_last(talk, wish, product)):
        size = traits.Size(same, same, frozenset())
    elif size is not None and " " in size.size:
        talk.model = size.size
    if count > COUNT_MAX:
        talk.give("large_order", "too_many_for_me")
    elif product.stock <= 0:
        sold_out(talk, product)
    elif not wish.named_enough and not talk.told.values:
        shown = talk.wording.product(product, set(), (), single=True)
        talk.says += [talk.wording.closest(), shown]
        talk.offers.append(item(talk, product, wish, count))
    else:
        chosen, colour = _size(talk, product, size), _colour(talk, wish, product)
        there = [line for line in talk.cart.lines if line.sku == product.sku]
        if len(there) == 1 and not (wish.counts or wish.more):
            count = there[0].count  # who names it again tells no other number
        if len(there) == 1 and size is None and not traits.coloured(wish.said):
            # «الحجاب ٣ حبات»: of that which is in the cart already.
            chosen, colour = there[0].size, there[0].colour
        talk.lacking |= {"size"} if chosen is None else set()
        talk.lacking |= {"colour"} if colour is None else set()
        if chosen is None or colour is None:
            talk.says.append(talk.wording.product(product, set(), (), single=True))
            talk.waiting.append(item(talk, product, wish, count))
        else:
            yield from put(talk, product, count, size=chosen, colour=colour, more=wish.more)


def _of_the_last(talk: Talk, wish: Wish, product: Product) -> str:
    """The size of what was put in last, where the same is wanted: «شورت نفس القياس»."""
    same = not _SAME.isdisjoint(wish.said) and any(map(traits.of_size, wish.said))
    sizes = [line.size for line in talk.cart.lines if line.size in product.sizes]
    return sizes[-1] if same and sizes else ""


def _count(wish: Wish, product: Product) -> int:
    """How many are wanted, one where nothing tells; «حزام ١١٥» tells a size."""
    size = traits.size(wish.said, product, wish.counting())
    many = portions(wish.said, wish.counts, product)
    return many or wish.count(size.places if size else ()) or 1


def _size(talk: Talk, product: Product, said: traits.Size | None) -> str | None:
    """The size as the row writes it; None when it has to be asked."""
    if said is not None and not said.size:
        name = showing.product_name(talk.wording, product)
        sizes = talk.wording.listed(map(talk.wording.size, product.sizes))
        talk.say("no_size", name=name, size=talk.wording.size(said.said), sizes=sizes)
        return None
    if said is not None:
        return said.size
    return None if len(product.sizes) > 1 else "".join(product.sizes)


def _colour(talk: Talk, wish: Wish, product: Product) -> str | None:
    """The colour as the row writes it, or none; None when it has to be asked."""
    if traits.colour(wish.said, product):
        return one_colour(wish.said, product) or None  # two, and not how many of which
    if product.colours_ar and traits.coloured(wish.terms):
        name = showing.product_name(talk.wording, product)
        colours = talk.wording.listed(talk.wording.colours(product))
        talk.say("no_colour", name=name, colours=colours)
        return None
    return None if len(product.colours_ar) > 1 else "".join(product.colours_ar)


def item(talk: Talk, product: Product, wish: Wish, count: int) -> str:
    """What is not in the cart yet, as it stands in a question about it (`pending`)."""
    size = traits.size(wish.said, product, wish.counting())
    said, colour = size.size if size else "", one_colour(wish.said, product)
    shown = showing.colour_name(talk.wording, product, colour) if colour else ""
    return f"{showing.OPEN} {showing.item(talk.wording, product, count, size=said, colour=shown)}"


def lacks(wish: Wish, product: Product) -> bool:
    """Whether a size or colour is not told that has to be."""
    size = len(product.sizes) < 2 or traits.size(wish.said, product, wish.counting())  # noqa: PLR2004
    colour = len(product.colours_ar) < 2 or one_colour(wish.said, product)  # noqa: PLR2004
    return not (size and colour)


def ask_which(talk: Talk, wish: Wish, products: Sequence[Product]) -> None:
    """List what may be meant; what was said of it stands in the question (`pending`)."""
    if not (wish.found.exact or wish.asked):
        talk.options.append(talk.wording.closest())
    for product in products[:OPTIONS_MAX]:
        talk.show(product)
        talk.options.append(f"• {talk.wording.product(product, {'price'}, (), single=False)}")
    talk.of_options, talk.choose = _of_options(talk, wish, products), True


def _of_options(talk: Talk, wish: Wish, products: Sequence[Product]) -> str:
    # «أبيض سناني» whitens: a colour that none of them has was never chosen.
    told = [one for one in traits.told(wish.said) if traits.had(one, products)]
    count = wish.count() or 1
    number = showing.number(talk.wording, count)
    many = [sentences.say("so_many", talk.wording.language, count=number)]
    more = talk.wording.listed([*(many if count > 1 else []), *told])
    return f" ({more})" if more else ""


def only(product: Product) -> shelf.Found:
    """Exactly this product, as if it had been named."""
    return shelf.Found(products=(product,), exact=True, by="name")


def _same(line: Line, product: Product, size: str, colour: str) -> bool:
    same = line.sku == product.sku and line.size in ("", size)
    return same and (line.colour == colour or not line.colour or not colour)


def explain(talk: Talk, product: Product, refused: Refused, *, size: str, colour: str) -> None:
    """Say truly why it was not done, and what there is."""
    wording, name = talk.wording, showing.product_name(talk.wording, product)
    told = refused.told
    again = f"{showing.OPEN} {showing.item(wording, product, 1, size='', colour=colour)}"
    match refused.why:
        case "out_of_stock" if product.stock > 0 and (size or colour):
            shown = wording.listed(one for one in (colour, wording.size(size)) if one)
            talk.say("gone_variant", name=name, traits=shown)
            talk.lacking |= {one for one, told in (("size", size), ("colour", colour)) if told}
            talk.waiting.append(f"{showing.OPEN} {showing.item(wording, product, 1)}")
        case "out_of_stock":
            sold_out(talk, product)
        case "too_many":
            left = int(told.get("stock", 0))
            if not left:
                talk.give("large_order", "too_many_for_me")
                return
            talk.say("only_left", name=name, count=showing.number(wording, left))
            shown = showing.item(wording, product, left, size=size, colour=colour)
            talk.offers.append(f"{showing.OPEN} {shown}")
        case "unknown_size":
            sizes = wording.listed(map(wording.size, told.get("sizes") or product.sizes))
            talk.say("no_size", name=name, size=wording.size(size), sizes=sizes)
            talk.lacking.add("size")
            talk.waiting.append(again)
        case "unknown_colour":
            colours = wording.listed(told.get("colours") or wording.colours(product))
            talk.say("no_colour", name=name, colours=colours)
            talk.lacking.add("colour")
            talk.waiting.append(f"{showing.OPEN} {showing.item(wording, product, 1, size=size)}")
        case "unknown_product":
            talk.say("no_longer", name=name)
        case _:
            talk.give("wants_to_order", "to_order")
