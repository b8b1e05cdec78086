"""Rows of cells become products: a row each, or several rows of one article number; pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

import msgspec

from hudhud.core.importing import cells
from hudhud.core.importing.cells import UnreadableError
from hudhud.core.importing.columns import Column
from hudhud.core.importing.sheet import Cell, Row
from hudhud.text import latin_digits

SKU_CHARS_MAX = 64
NAME_CHARS_MAX = 200
DESCRIPTION_CHARS_MAX = 4_000
CATEGORY_CHARS_MAX = 100
VARIANTS_MAX = 300

_WORDS: Final[dict[str, int]] = {
    "name": NAME_CHARS_MAX,
    "category": CATEGORY_CHARS_MAX,
    "description": DESCRIPTION_CHARS_MAX,
}
_LISTS: Final = ("sizes", "colours", "colours_ar", "colours_en")
_OF_EACH: Final = frozenset({"stock", "own_price", *_LISTS})
_CURRENCY: Final = re.compile(r"[A-Z]{3}")


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What cannot be taken: in which row and column of the sheet, why, and what the cell says.

    `why` is a key of the interface's texts, `told` what it names. `column` is empty for a row.
    """

    row: int
    column: str = ""
    why: str
    told: str = ""
    cell: str = ""


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a family as a variant; no `stock`: it stays as it is.

    `priced`: its own price becomes `price_minor`, which may be none; otherwise it stays too.
    """

    size: str = ""
    colour_ar: str = ""
    colour_en: str = ""
    stock: int | None = None
    priced: bool = False
    price_minor: int | None = None


class Family(msgspec.Struct, frozen=True, kw_only=True):
    """One product as a sheet tells it: only the `fields` that it tells; several `pieces`: variants.

    Without an article number it is known by its name. Its prices are in `fields["currency"]` where
    that is not the merchant's.
    """

    row: int
    sku: str = ""
    fields: dict[str, Any] = {}
    pieces: tuple[Piece, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def name(self) -> str:
        """Any name of it."""
        return str(self.fields.get("name_ar") or self.fields.get("name_en") or "")


class _Line(msgspec.Struct, frozen=True, kw_only=True):
    """One row that was read."""

    row: int
    sku: str
    values: dict[str, Any]
    problems: tuple[Problem, ...]


def families(
    rows: Sequence[Row], columns: Sequence[Column | None], currency: str, *, emptied: bool = False
) -> list[Family]:
    """The products of a sheet, in the order of their first rows.

    Args:
        rows: of the sheet, the headings first.
        columns: what each of them holds.
        currency: of the merchant, in which prices are that stand beside no other.
        emptied: whether an empty cell empties what was there, as in a form; in a list it says
            nothing, for lists are made for other things as well.
    """
    headings = [str(cell) for cell in rows[0]]
    lines = _lines(rows, columns, headings, currency, emptied=emptied)
    gathered: defaultdict[str, list[_Line]] = defaultdict(list)
    before = ""
    for line in lines:
        # Where an article number stands once for all rows below it, they begin without one.
        continued = "sku" in columns and not line.sku and not _named(line.values) and before
        own = key_of(line.sku) or (continued or f"\0{line.row}")
        before = own if line.sku else before
        gathered[own].append(line)
    return [_family(of, has_sku="sku" in columns) for of in gathered.values()]


def key_of(sku: str) -> str:
    """What is the same of one article number in any letters and digits: «اس-١» and اس-1."""
    return latin_digits(sku).casefold()


def _lines(
    rows: Sequence[Row],
    columns: Sequence[Column | None],
    headings: list[str],
    currency: str,
    *,
    emptied: bool,
) -> Iterator[_Line]:
    places = {column: at for at, column in enumerate(columns) if column}
    before, money = "", currency
    for number, row in enumerate(rows[1:], 2):
        if not row:
            continue
        told = {column: row[at] if at < len(row) else "" for column, at in places.items()}
        # The money of a product stands once for all of its rows.
        begins = not told.get("sku") or told["sku"] == before
        before, money = str(told.get("sku") or before), money if begins else currency
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for column, at in sorted(places.items(), key=lambda place: place[0] != "currency"):
            cell: Cell = told[column]
            try:
                if column == "currency":
                    money = _money(cell, currency, otherwise=money)
                    continue
                said = _reader(column, money)(cell)
                if emptied or said not in ("", ()):
                    values[column] = said
            except UnreadableError as error:
                problems.append(_problem(number, headings[at], error, cell))
        values |= {"currency": money} if money != currency else {}
        sku = values.pop("sku", "")
        yield _Line(row=number, sku=sku, values=_settled(values), problems=tuple(problems))


def _problem(row: int, column: str, error: UnreadableError, cell: Cell) -> Problem:
    shown = ", ".join(cell) if isinstance(cell, list) else cell
    return Problem(row=row, column=column, why=error.why, told=error.told, cell=shown[:80])


def _reader(column: Column, currency: str) -> Callable[[Cell], Any]:
    base = column.removesuffix("_ar").removesuffix("_en")
    if base in _WORDS:
        return partial(cells.word, chars_max=_WORDS[base])
    readers: dict[str, Callable[[Cell], Any]] = {
        "sku": partial(cells.article_number, chars_max=SKU_CHARS_MAX),
        "price": partial(cells.price, currency=currency),
        "price_minor": cells.price_minor,
        "own_price": partial(cells.price, currency=currency),
        "own_price_minor": cells.price_minor,
        "stock": cells.stock,
        "on_sale": cells.yes,
        "sizes": cells.parts,
        "colours": cells.parts,
    }
    return readers[base]


def _money(cell: Cell, currency: str, *, otherwise: str) -> str:
    """The currency that a cell names; `otherwise` that of the rows above it."""
    said = cells.word(cell, NAME_CHARS_MAX)
    if not said:
        return otherwise
    if cells.is_currency(said, currency):
        return currency
    if not _CURRENCY.fullmatch(said.upper()):
        raise UnreadableError("price_currency", currency)
    return said.upper()


def _settled(values: dict[str, Any]) -> dict[str, Any]:
    """What was said without a language goes to the language it is in; empty prices say nothing."""
    for name, kept in (("price", "price_minor"), ("own_price", "own_price")):
        told = (values.pop(name, None), values.pop(f"{name}_minor", None))
        said = next((minor for minor in told if minor is not None), None)
        if said is not None:
            values[kept] = said
    for name in ("stock", "on_sale"):
        if values.get(name, "") is None:
            del values[name]
    for base in ("name", "category", "description", "colours"):
        if base not in values:
            continue
        said = values.pop(base)
        arabic = cells.is_arabic(", ".join(said) if isinstance(said, tuple) else said)
        mine, other = (f"{base}_ar", f"{base}_en") if arabic else (f"{base}_en", f"{base}_ar")
        if said and not values.get(mine):
            values[mine] = said
        elif not said:
            values.setdefault(mine, said)
        # A shop that writes one language has its words under both of them, where they must be.
        if base == "name" and mine == "name_en" and not values.get(other):
            values[other] = said
    return values


def _named(values: Mapping[str, Any]) -> bool:
    return bool(values.get("name_ar") or values.get("name_en"))


def _family(lines: list[_Line], *, has_sku: bool) -> Family:
    first = lines[0]
    problems = [problem for line in lines for problem in line.problems]
    spoilt = {problem.column for problem in first.problems}
    if not first.sku and (has_sku or not _named(first.values)) and not spoilt:
        why = "no_sku" if has_sku else "no_name"
        problems.append(Problem(row=first.row, why=why))
    if len(lines) > VARIANTS_MAX:
        problems.append(Problem(row=first.row, why="too_many_rows_of_one", told=str(VARIANTS_MAX)))
    fields = dict(first.values)
    pieces: tuple[Piece, ...] = ()
    if len(lines) > 1:
        problems += _differing(lines)
        problems += _repeated(lines)
        pieces = tuple(_piece(line.values) for line in lines)
        for name in _OF_EACH:
            fields.pop(name, None)
    return Family(
        row=first.row, sku=first.sku, fields=fields, pieces=pieces, problems=tuple(problems)
    )


def _differing(lines: list[_Line]) -> Iterator[Problem]:
    """Rows of one article number say the same of it, or nothing."""
    first = lines[0]
    for line in lines[1:]:
        for name, value in line.values.items():
            if name not in _OF_EACH and value != "" and value != first.values.get(name, value):
                yield Problem(row=line.row, column=name, why="differs", told=str(first.row))


def _repeated(lines: list[_Line]) -> Iterator[Problem]:
    """Each row of a family is one size and one colour, and no two are the same."""
    seen: dict[tuple[str, ...], int] = {}
    for line in lines:
        if any(len(line.values.get(name, ())) > 1 for name in _LISTS):
            yield Problem(row=line.row, why="several_in_one")
            continue
        piece = _piece(line.values)
        key = (piece.size, piece.colour_ar or piece.colour_en)
        if key in seen:
            yield Problem(row=line.row, why="repeated", told=str(seen[key]))
        seen.setdefault(key, line.row)


def _piece(values: Mapping[str, Any]) -> Piece:
    def only(name: str) -> str:
        return str(next(iter(values.get(name, ())), ""))

    return Piece(
        size=only("sizes"),
        colour_ar=only("colours_ar"),
        colour_en=only("colours_en"),
        stock=values.get("stock"),
        priced="own_price" in values,
        price_minor=values.get("own_price"),
    )
