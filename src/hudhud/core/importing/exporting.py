"""A catalogue as a file that comes in again unchanged; pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import msgspec

from hudhud.core.importing.cells import WITHOUT_PARTS, joined
from hudhud.core.importing.sheet import FORMULA_SIGNS
from hudhud.model.goods import Entry, Variant
from hudhud.text import exponent

_TEXTS = (
    *("name_ar", "name_en", "category_ar", "category_en"),
    *("description_ar", "description_en"),
)
_LISTS = ("sizes", "colours_ar", "colours_en")


def as_csv(entries: Iterable[Entry]) -> bytes:
    """CSV in UTF-8 with the mark by which spreadsheets know it; variants are rows of their own."""
    given = list(entries)
    price = _price_column(given)
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    # A column that no product of this shop needs would only be in the way.
    own = [f"own_{price}"] if any(map(_own_prices, given)) else []
    writer.writerow(["sku", *_TEXTS, price, "currency", *own, "stock", *_LISTS, "on_sale"])
    for entry in given:
        for row in _rows(entry, price, own=bool(own)):
            writer.writerow([_shown(cell) for cell in row])
    return written.getvalue().encode("utf-8-sig")


def as_json(entries: Iterable[Entry]) -> bytes:
    """A list of objects; lists are lists, and each product has its `variants` where it has any."""
    given = list(entries)
    price = _price_column(given)
    return msgspec.json.format(msgspec.json.encode([_object(e, price) for e in given]), indent=2)


def _price_column(entries: Iterable[Entry]) -> str:
    """Where a price would be read in two ways, all of them are in smallest units."""
    unsure = any(
        e.currency in WITHOUT_PARTS and minor % 10 ** exponent(e.currency)
        for e in entries
        for minor in (e.price_minor, *_own_prices(e))
    )
    return "price_minor" if unsure else "price"


def _own_prices(entry: Entry) -> list[int]:
    return [one.price_minor for one in entry.variants if one.price_minor is not None]


def _price(minor: int | None, currency: str, column: str) -> str:
    if minor is None:
        return ""
    if column == "price_minor":
        return str(minor)
    places = exponent(currency)
    whole, part = divmod(minor, 10**places)
    return f"{Decimal(minor).scaleb(-places):.{places}f}" if part else str(whole)


def _rows(entry: Entry, price: str, *, own: bool) -> Iterator[list[str]]:
    texts = [getattr(entry, name) for name in _TEXTS]
    said = [entry.sku, *texts, _price(entry.price_minor, entry.currency, price), entry.currency]
    on_sale = "yes" if entry.on_sale else "no"
    if entry.plain:
        yield [
            *said,
            *([""] if own else []),
            str(entry.stock),
            *(joined(getattr(entry, n)) for n in _LISTS),
            on_sale,
        ]
        return
    for place, one in enumerate(entry.variants):
        whole = said if place == 0 else [entry.sku, *("" for _ in said[1:])]
        lists = [joined((part,)) for part in (one.size, one.colour_ar, one.colour_en)]
        of_own = [_price(one.price_minor, entry.currency, price)] if own else []
        yield [*whole, *of_own, str(one.stock), *lists, on_sale if place == 0 else ""]


def _object(entry: Entry, price: str) -> dict[str, Any]:
    told: dict[str, Any] = {"sku": entry.sku}
    told |= {name: getattr(entry, name) for name in _TEXTS}
    said = _price(entry.price_minor, entry.currency, price)
    told |= {price: said, "currency": entry.currency, "on_sale": entry.on_sale}
    if entry.plain:
        return told | {"stock": entry.stock} | {name: getattr(entry, name) for name in _LISTS}
    return told | {"variants": [_way(one, entry.currency, price) for one in entry.variants]}


def _way(one: Variant, currency: str, price: str) -> dict[str, Any]:
    told = {"sizes": one.size, "colours_ar": one.colour_ar, "colours_en": one.colour_en}
    own = {f"own_{price}": _price(one.price_minor, currency, price)}
    return told | {"stock": one.stock} | (own if one.price_minor is not None else {})


def _shown(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; `sheet` takes the mark off again."""
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
