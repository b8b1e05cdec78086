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
from hudhud.model.goods import Entry
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
    writer.writerow(["sku", *_TEXTS, price, "currency", "stock", *_LISTS, "on_sale"])
    for entry in given:
        for row in _rows(entry, price):
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
        e.currency in WITHOUT_PARTS and e.price_minor % 10 ** exponent(e.currency) for e in entries
    )
    return "price_minor" if unsure else "price"


def _price(entry: Entry, column: str) -> str:
    if column == "price_minor":
        return str(entry.price_minor)
    places = exponent(entry.currency)
    whole, part = divmod(entry.price_minor, 10**places)
    return f"{Decimal(entry.price_minor).scaleb(-places):.{places}f}" if part else str(whole)


def _rows(entry: Entry, price: str) -> Iterator[list[str]]:
    texts = [getattr(entry, name) for name in _TEXTS]
    said = [entry.sku, *texts, _price(entry, price), entry.currency]
    on_sale = "yes" if entry.on_sale else "no"
    if entry.plain:
        yield [*said, str(entry.stock), *(joined(getattr(entry, n)) for n in _LISTS), on_sale]
        return
    for place, one in enumerate(entry.variants):
        whole = said if place == 0 else [entry.sku, *("" for _ in said[1:])]
        lists = [joined((part,)) for part in (one.size, one.colour_ar, one.colour_en)]
        yield [*whole, str(one.stock), *lists, on_sale if place == 0 else ""]


def _object(entry: Entry, price: str) -> dict[str, Any]:
    told: dict[str, Any] = {"sku": entry.sku}
    told |= {name: getattr(entry, name) for name in _TEXTS}
    told |= {price: _price(entry, price), "currency": entry.currency, "on_sale": entry.on_sale}
    if entry.plain:
        return told | {"stock": entry.stock} | {name: getattr(entry, name) for name in _LISTS}
    variants = [
        {"sizes": v.size, "colours_ar": v.colour_ar, "colours_en": v.colour_en, "stock": v.stock}
        for v in entry.variants
    ]
    return told | {"variants": variants}


def _shown(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; `sheet` takes the mark off again."""
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
