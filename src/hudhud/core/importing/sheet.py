"""A program of its own: reads a sheet (CSV, XLSX or JSON) into rows of plain cells.

Started by path and without our settings (`opening.py`): whatever a file does to the library that
reads it, it does to this process, which holds no secret and has little memory, and is ended. No
formula is computed and no entity of XML is followed; a workbook is measured before it is unpacked.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import datetime as dt
import io
import json
import re
import resource
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

MIB = 1024 * 1024
FILE_BYTES_MAX = 8 * MIB
UNPACKED_BYTES_MAX = 96 * MIB
PARTS_MAX = 2_000
ROWS_MAX = 20_000
# Between two rows that hold something; what is formatted down to the last row is no list.
EMPTY_ROWS_MAX = 5_000
COLUMNS_MAX = 80
CELL_CHARS_MAX = 5_000
MEMORY_BYTES = 1024 * MIB
CPU_S = 30
# What a variant calls its own is not the product's.
IDENTITIES = ("sku", "id", "code", "barcode", "price", "name")
# A spreadsheet that opens a cell which begins so computes it; a mark before it says: words.
FORMULA_SIGNS = ("=", "+", "-", "@", "'")
DELIMITERS = ",;\t|،"
# What stands in a cell whose formula nobody computed: of letters that no text has.
UNCOMPUTED = "\ue000formula\ue000"

Cell = str | list[str]
Row = list[Cell]
_NUMBER_MAX = 1e15  # beyond it a workbook keeps no whole numbers
_ZIP = b"PK\x03\x04"
_OLD = b"\xd0\xcf\x11\xe0"
_FORMULA = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*>\s*<(?:\w+:)?f\b'
    rb"(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*"
    rb"</(?:\w+:)?c>"
)
_SHEET = re.compile(rb'<(?:\w+:)?sheet\b[^>]*?\b(?:\w+:)id="([^"]+)"')
_RELATED = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")


class UnfitError(Exception):
    """Why a file cannot be read; its words are a key of the interface's texts."""


def main(source: str, place: str) -> int:
    """Read `source` and write what it holds to `place`: a line of facts, then a line a row.

    Returns: 0 when it could be read; 1 when not, and the line of facts says why.
    """
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    # macOS knows this limit and does not always take it; time is limited there all the same.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    try:
        facts, rows = read(Path(source).read_bytes())
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    except UnfitError as unfit:
        facts, lines = {"unfit": str(unfit)}, []
    except (MemoryError, RecursionError):
        facts, lines = {"unfit": "too_large"}, []
    Path(place).write_text("\n".join([json.dumps(facts), *lines]), encoding="utf-8")
    return 1 if "unfit" in facts else 0


def read(data: bytes) -> tuple[dict[str, Any], list[Row]]:
    """The facts of a file (`format`, `encoding`, `delimiter`) and its rows, the headings first.

    Args:
        data: all bytes of the file, at most FILE_BYTES_MAX.

    Raises:
        UnfitError: it is no sheet that can be read, or larger than one of the limits.
    """
    if len(data) > FILE_BYTES_MAX:
        raise UnfitError("too_large")
    if data.startswith(_ZIP):
        return {"format": "xlsx"}, limited(_workbook(data))
    if data.startswith((_OLD, b"%PDF", b"\x89PNG", b"\xff\xd8\xff")):
        raise UnfitError("old_workbook" if data.startswith(_OLD) else "no_sheet")
    text, encoding = decoded(data)
    if text.lstrip()[:1] in ("[", "{"):
        return {"format": "json", "encoding": encoding}, limited(objects(text))
    delimiter, records = _records(text)
    facts = {"format": "csv", "encoding": encoding, "delimiter": delimiter}
    return facts, limited([_unmarked(cell) for cell in record] for record in records)


def limited(rows: Iterable[Row]) -> list[Row]:
    """Rows in their places, without what is empty behind the last; each limit is looked at.

    Raises:
        UnfitError: too many rows or columns, too long a cell, or nothing at all.
    """
    kept: list[Row] = []
    empty = 0
    for row in rows:
        cells = [_clean(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        empty = 0 if cells else empty + 1
        if empty > EMPTY_ROWS_MAX:
            break
        if len(cells) > COLUMNS_MAX:
            raise UnfitError("too_many_columns")
        if any(len(part) > CELL_CHARS_MAX for cell in cells for part in _parts(cell)):
            raise UnfitError("too_long_a_cell")
        kept.append(cells)
        if len(kept) - empty > ROWS_MAX:
            raise UnfitError("too_many_rows")
    while kept and not kept[-1]:
        kept.pop()
    if not kept:
        raise UnfitError("empty")
    return kept


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a file, and how its letters were written: what old Arabic Windows wrote, too.

    Raises:
        UnfitError: it is no text.
    """
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            try:
                return data.decode(name), name
            except UnicodeDecodeError:
                raise UnfitError("no_text") from None
    if b"\0" in data:
        raise UnfitError("no_text")
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1256", "replace"), "windows-1256"


def objects(text: str) -> Iterator[Row]:
    """A list of objects as rows: their names are the headings, `variants` a row for each of them.

    Numbers stay as they are written. A list is a cell of several parts.

    Raises:
        UnfitError: it is no such JSON.
    """
    try:
        told = json.loads(text, parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        raise UnfitError("no_json") from None
    if isinstance(told, dict):
        told = told.get("products", told.get("items", [told]))
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise UnfitError("no_json")
    flat = [row for one in told for row in _family(one)]
    headings = list(dict.fromkeys(name for row in flat for name in row))
    yield list(headings)
    for row in flat:
        yield [_plain(row.get(name, "")) for name in headings]


def _family(one: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One object as rows: each of its variants one, with what all of them have."""
    variants = one.get("variants")
    if not isinstance(variants, list) or not all(isinstance(each, dict) for each in variants):
        yield {name: value for name, value in one.items() if name != "variants"}
        return
    # Lists of the product say together what its variants say one by one.
    own = {n: v for n, v in one.items() if n != "variants" and not (variants and _is_list(v))}
    for each in variants or [{}]:
        yield own | {n: v for n, v in each.items() if n not in own or n.lower() not in IDENTITIES}


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _plain(value: Any) -> Cell:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        if any(isinstance(part, dict | list) for part in value):
            raise UnfitError("no_json")
        return [str(_plain(part)) for part in value]
    if isinstance(value, dict):
        raise UnfitError("no_json")
    return str(value)


def _records(text: str) -> tuple[str, Iterator[list[str]]]:
    """The delimiter by which the first line has most parts, and the records by it."""
    if named := re.match(r'"?sep=(.)"?\r?\n', text):  # as Excel writes it for itself
        delimiter, text = named[1], text[named.end() :]
    else:
        first = next((line for line in text.splitlines() if line.strip(" ,;|\t")), "")
        counts = {mark: len(next(_split([first], mark), [])) for mark in DELIMITERS}
        delimiter = max(counts, key=lambda mark: counts[mark])
    return delimiter, _split(io.StringIO(text, newline=""), delimiter)


def _unmarked(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA_SIGNS) else cell


def _split(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(4 * CELL_CHARS_MAX)
    try:
        yield from csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    except csv.Error as error:
        # A quote that nobody closes makes one cell of all that follows.
        raise UnfitError("too_long_a_cell" if "limit" in str(error) else "no_text") from None


def _workbook(data: bytes) -> Iterator[Row]:
    """The first sheet of a workbook that is not hidden; values as they were last computed."""
    from python_calamine import (  # noqa: PLC0415 - other formats do not need it
        CalamineError,
        CalamineWorkbook,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    sheets = _looked_into(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        shown = [
            place
            for place, sheet in enumerate(book.sheets_metadata)
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]
        if not shown:
            raise UnfitError("empty")
        rows = islice(book.get_sheet_by_index(shown[0]).iter_rows(), ROWS_MAX + EMPTY_ROWS_MAX + 2)
        uncomputed = _uncomputed(sheets[shown[0]]) if shown[0] < len(sheets) else {}
        for at, row in enumerate(rows, 1):
            cells: Row = [_value(value) for value in row]
            for column in uncomputed.get(at, ()):
                if column < len(cells) and cells[column] == "":
                    cells[column] = UNCOMPUTED
            yield cells
    except CalamineError:
        raise UnfitError("broken_workbook") from None


def _looked_into(data: bytes) -> list[bytes]:
    """Measure a workbook by unpacking it; returns the parts that are its sheets, in their order.

    What its own list says of sizes is not believed.

    Raises:
        UnfitError: it unpacks to too much, declares entities, is locked or no workbook.
    """
    left, parts = UNPACKED_BYTES_MAX, dict[str, bytes]()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            listed = packed.infolist()
            if len(listed) > PARTS_MAX:
                raise UnfitError("too_large")
            for part in listed:
                with packed.open(part) as opened:
                    whole = opened.read(left + 1)
                left -= len(whole)
                if left < 0:
                    raise UnfitError("too_large")
                if part.filename.endswith((".xml", ".rels")):
                    _refuse_entities(whole)
                    parts[part.filename] = whole
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError):
        raise UnfitError("broken_workbook") from None
    if "xl/workbook.xml" not in parts:
        raise UnfitError("no_sheet")
    places = {
        named[1]: aimed[1].decode("utf-8", "replace").removeprefix("/xl/")
        for one in _RELATED.findall(parts.get("xl/_rels/workbook.xml.rels", b""))
        if (named := re.search(rb'\bId="([^"]+)"', one))
        and (aimed := re.search(rb'\bTarget="([^"]+)"', one))
    }
    named_sheets = _SHEET.findall(parts["xl/workbook.xml"])
    return [parts.get(f"xl/{places.get(name, '')}", b"") for name in named_sheets]


def _refuse_entities(part: bytes) -> None:
    """No part declares a type: that is where entities are made; UTF-16 could hide one."""
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"\0" in part:
        raise UnfitError("broken_workbook")


def _uncomputed(sheet: bytes) -> dict[int, list[int]]:
    """By row: the columns, from 0, in which a formula stands whose value nobody wrote down."""
    found: dict[int, list[int]] = {}
    for cell in _FORMULA.finditer(sheet):
        column = 0
        for letter in cell[1]:
            column = column * 26 + letter - 64
        found.setdefault(int(cell[2]), []).append(column - 1)
    return found


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        # Fifteen digits are what a person sees there; the rest is how computers count.
        whole = value.is_integer() and abs(value) < _NUMBER_MAX
        return str(int(value)) if whole else f"{value:.15g}"
    if isinstance(value, dt.datetime | dt.date):
        return f"{value:%Y-%m-%d}"
    return "" if value is None else str(value)


def _clean(cell: Cell) -> Cell:
    if isinstance(cell, list):
        return [str(_clean(part)) for part in cell]
    # Neither PostgreSQL nor a page takes what is no character.
    text = cell.replace("\r\n", "\n").replace("\0", "").encode("utf-8", "replace").decode()
    return "".join(c for c in text if c >= " " or c in "\n\t").strip()


def _parts(cell: Cell) -> Sequence[str]:
    return cell if isinstance(cell, list) else (cell,)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
