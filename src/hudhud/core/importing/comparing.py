"""A product as a sheet tells it beside the one that is there: new, changed, or as it was; pure."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Literal

import msgspec

from hudhud.core.importing.families import VARIANTS_MAX, Family, Piece, Problem, key_of
from hudhud.model.goods import Entry, Variant
from hudhud.text import fold

Verdict = Literal["new", "changed", "unchanged", "wrong"]
# From here on a new price is shown as one to look at twice.
CAREFUL_TIMES = 5


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that becomes another; `of` is the variant whose stock or price it is."""

    field: str
    old: Any = None
    new: Any = None
    of: str = ""


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """What would become of one product, and `entry`, how it would be then.

    `was` names the state of the product with which it was compared, its shelf aside.
    """

    row: int
    sku: str
    name: str
    verdict: Verdict
    entry: Entry | None = None
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    careful: bool = False
    was: str = ""


class Known:
    """The products that are there, by article number and by name."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Put them in order."""
        self.entries = list(entries)
        self._by_sku = {key_of(entry.sku): entry for entry in self.entries}
        self._by_name: dict[str, Entry] = {}
        for entry in self.entries:
            for name in (entry.name_ar, entry.name_en):
                self._by_name.setdefault(fold(name), entry)

    def of(self, family: Family) -> Entry | None:
        """The one that a family of rows means; None for a new one."""
        if family.sku:
            return self._by_sku.get(key_of(family.sku))
        return self._by_name.get(fold(family.name))


def made_up(name: str) -> str:
    """The article number of a product that came without one: of one name always the same."""
    return f"N-{zlib.crc32(fold(name).encode()):08X}"


def compared(families: Iterable[Family], known: Known, currency: str) -> Iterator[Compared]:
    """What would become of each family of rows.

    Args:
        families: as they were read.
        known: what is there.
        currency: of the merchant.
    """
    seen: dict[str, int] = {}
    for family in families:
        one = _compared(family, known, currency)
        first = seen.setdefault(key_of(one.sku), one.row) if one.sku else one.row
        if first != one.row:
            problem = Problem(row=one.row, why="repeated", told=str(first))
            one = msgspec.structs.replace(one, verdict="wrong", entry=None, problems=(problem,))
        yield one


def _compared(family: Family, known: Known, currency: str) -> Compared:
    old = known.of(family)
    sku = old.sku if old else family.sku or made_up(family.name)
    name = family.name or (old.name_ar or old.name_en if old else "")
    problems = family.problems + (_missing(family) if old is None else ())
    problems += tuple(_foreign(family, old, currency))
    if problems:
        sku = old.sku if old else family.sku
        return Compared(row=family.row, sku=sku, name=name, verdict="wrong", problems=problems)
    entry = merged(family, old or Entry(sku=sku, currency=currency), currency)
    problems = tuple(_unfit(family, entry))
    if problems:
        return Compared(row=family.row, sku=sku, name=name, verdict="wrong", problems=problems)
    if old is None:
        return Compared(row=family.row, sku=sku, name=name, verdict="new", entry=entry)
    changes = tuple(differences(old, entry))
    return Compared(
        row=family.row,
        sku=sku,
        name=name,
        verdict="changed" if changes else "unchanged",
        entry=entry,
        changes=changes,
        careful=any(_careful(*pair) for pair in _prices(old, entry)),
        was=old.state(stock=False),
    )


def differences(old: Entry, new: Entry) -> Iterator[Change]:
    """What differs between two states of one product, in the order in which a page shows it."""
    for name in Entry.__struct_fields__:
        before, after = getattr(old, name), getattr(new, name)
        if name not in ("id", "sku", "variants") and before != after:
            yield Change(field=name, old=before, new=after)
    were, are = _by_what(old.variants), _by_what(new.variants)
    for what in dict.fromkeys((*were, *are)):
        before, after = were.get(what), are.get(what)
        for field, name in (("stock", "stock"), ("price_minor", "own_price")):
            pair = before and getattr(before, field), after and getattr(after, field)
            if pair[0] != pair[1]:
                of = (after or before or Variant()).name
                yield Change(field=name, old=pair[0], new=pair[1], of=of)


def _missing(family: Family) -> tuple[Problem, ...]:
    """What a new product cannot be without, unless its own cell was told already."""
    read_wrong = any(one.why == "formula" or one.why.startswith("price") for one in family.problems)
    priced = read_wrong or "price_minor" in family.fields
    wanted = (("no_name", bool(family.name)), ("no_price", priced))
    return tuple(Problem(row=family.row, why=why) for why, there in wanted if not there)


def _foreign(family: Family, old: Entry | None, currency: str) -> Iterator[Problem]:
    """A merchant sells in one currency; what stands in another may keep it, and nothing more."""
    told = family.fields.get("currency", currency)
    there = old.currency if old else currency
    owns = any(piece.priced for piece in family.pieces) or "own_price" in family.fields
    kept = bool(old and any(one.price_minor is not None for one in old.variants))
    mixed = told != there and (owns or (kept and "price_minor" in family.fields))
    if mixed or told not in (currency, there):
        yield Problem(row=family.row, column="currency", why="price_currency", told=currency)


def _unfit(family: Family, entry: Entry) -> Iterator[Problem]:
    """What a product cannot be, however it came to it."""
    if not (entry.name_ar or entry.name_en):
        yield Problem(row=family.row, why="no_name")
    if len(entry.variants) > VARIANTS_MAX:
        yield Problem(row=family.row, why="too_many_rows_of_one", told=str(VARIANTS_MAX))
    if (
        not (entry.plain or family.pieces)
        and "stock" in family.fields
        and not _named(family, entry)
    ):
        yield Problem(row=family.row, column="stock", why="which_variant")
    if entry.plain and (
        "own_price" in family.fields or any(one.price_minor is not None for one in entry.variants)
    ):
        yield Problem(row=family.row, column="own_price", why="own_price_plain")


def merged(family: Family, base: Entry, currency: str) -> Entry:
    """A product as it would be with what its rows say; what they do not say stays as it is."""
    apart = ("stock", "own_price", "currency")
    fields = {name: value for name, value in family.fields.items() if name not in apart}
    pieces = family.pieces or tuple(filter(None, (_priced_alone(family, base),)))
    if pieces or not base.plain:
        # What comes in sizes and colours has those of its variants.
        for name in ("sizes", "colours_ar", "colours_en"):
            fields.pop(name, None)
        pieces = pieces or tuple(filter(None, (_named(family, base),)))
        variants = _variants(pieces, base)
        fields |= _told(variants)
    else:
        stock = family.fields.get("stock", base.stock)
        variants = (msgspec.structs.replace(base.variants[0], stock=stock),)
    # A price that is not told stays what it is, in the money that it is in.
    told = family.fields.get("currency", currency)
    money = told if "price_minor" in fields or not base.currency else base.currency
    entry = msgspec.structs.replace(base, **fields, currency=money, variants=variants)
    # Whoever writes one language has its name under both: an answer in either must name it.
    return msgspec.structs.replace(entry, name_ar=entry.name_ar or entry.name_en)


def _priced_alone(family: Family, base: Entry) -> Piece | None:
    """The one size and colour of a row that has a price of its own, where none was counted yet."""
    told = family.fields
    lists = [told.get(name, ()) for name in ("sizes", "colours_ar", "colours_en")]
    if not base.plain or "own_price" not in told or not any(lists) or max(map(len, lists)) > 1:
        return None
    size, colour_ar, colour_en = (next(iter(each), "") for each in lists)
    return Piece(
        size=size,
        colour_ar=colour_ar,
        colour_en=colour_en,
        stock=told.get("stock", base.stock),
        priced=True,
        price_minor=told["own_price"],
    )


def _named(family: Family, entry: Entry) -> Piece | None:
    """The one variant of a product that a single row names, or that is its only one."""
    told, stock = family.fields, family.fields.get("stock")
    lists = [told.get(name, ()) for name in ("sizes", "colours_ar", "colours_en")]
    if any(len(each) > 1 for each in lists):
        return None
    size, colour_ar, colour_en = (next(iter(each), "") for each in lists)
    piece = Piece(
        size=size,
        colour_ar=colour_ar,
        colour_en=colour_en,
        stock=stock,
        priced="own_price" in told,
        price_minor=told.get("own_price"),
    )
    if _of(piece, entry.variants):
        return piece
    if len(entry.variants) == 1 and not any(lists):
        (only,) = entry.variants
        what = {"size": only.size, "colour_ar": only.colour_ar, "colour_en": only.colour_en}
        return msgspec.structs.replace(piece, **what)
    return None


def _variants(pieces: Sequence[Piece], base: Entry) -> tuple[Variant, ...]:
    """Those of a product with what its rows say; what no row names stays as it is."""
    variants = {_what(one): one for one in base.variants if not one.plain}
    for piece in pieces:
        old = _of(piece, variants.values()) or Variant(
            size=piece.size, colour_ar=piece.colour_ar, colour_en=piece.colour_en
        )
        stock = old.stock if piece.stock is None else piece.stock
        own = piece.price_minor if piece.priced else old.price_minor
        variants[_what(old)] = msgspec.structs.replace(old, stock=stock, price_minor=own)
    return tuple(variants.values())


def _told(variants: Sequence[Variant]) -> dict[str, tuple[str, ...]]:
    """The sizes and colours of a product that comes in them, as its variants have them."""
    colours = [*dict.fromkeys((one.colour_ar, one.colour_en) for one in variants)]
    told = {
        "sizes": tuple(dict.fromkeys(one.size for one in variants if one.size)),
        "colours_ar": tuple(dict.fromkeys(arabic for arabic, _ in colours if arabic)),
    }
    if any(map(any, colours)):
        # One beside the other: the same place is the same colour.
        pairs = [pair for pair in colours if any(pair)]
        alone = not told["colours_ar"] or all(map(all, pairs))
        told["colours_en"] = tuple(english for _, english in pairs) if alone else ()
        return told if told["sizes"] else {n: v for n, v in told.items() if n != "sizes"}
    return {name: value for name, value in told.items() if value}


def _of(piece: Piece, variants: Iterable[Variant]) -> Variant | None:
    """The variant that a row means: by its size, and its colour in the language that it has."""
    for one in variants:
        colours = (one.colour_ar, piece.colour_ar), (one.colour_en, piece.colour_en)
        same = [mine == said for mine, said in colours if mine and said]
        if one.size == piece.size and (all(same) if same else not any(chain(*colours))):
            return one
    return None


def _by_what(variants: Iterable[Variant]) -> dict[tuple[str, str, str], Variant]:
    return {_what(variant): variant for variant in variants}


def _what(variant: Variant) -> tuple[str, str, str]:
    return variant.size, variant.colour_ar, variant.colour_en


def _prices(old: Entry, new: Entry) -> Iterator[tuple[int, int]]:
    """What is paid for the same before and after."""
    yield old.price_minor, new.price_minor
    were, are = _by_what(old.variants), _by_what(new.variants)
    for what in were.keys() & are.keys():
        pair = (were[what].price_minor, old.price_minor), (are[what].price_minor, new.price_minor)
        before, after = (base if own is None else own for own, base in pair)
        yield before, after


def _careful(old: int, new: int) -> bool:
    small, large = sorted((old, new))
    return large >= CAREFUL_TIMES * max(small, 1)
