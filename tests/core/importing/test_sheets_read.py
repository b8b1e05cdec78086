"""A file becomes rows of cells, whatever wrote it; what is too large or sly is refused by name."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import Formula, packed, workbook
from workbooks import sheet as sheet_of

from hudhud.core.importing import opening, sheet
from hudhud.core.importing.opening import opened
from hudhud.core.importing.sheet import UNCOMPUTED, UnfitError, read
from hudhud.errors import SheetUnfitError

ROWS = [["الرمز", "الاسم"], ["A1", "قميص، أزرق"]]


def rows_of(data: bytes) -> list[list[str | list[str]]]:
    return read(data)[1]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1256", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_csv_of_any_writer_is_read(delimiter: str, encoding: str, end: str) -> None:
    text = end.join(delimiter.join(f'"{cell}"' for cell in row) for row in ROWS)
    assert rows_of(text.encode(encoding)) == ROWS


def test_the_delimiter_that_excel_names_is_believed() -> None:
    assert rows_of(b"sep=;\r\na;b,c\r\n1;2\r\n") == [["a", "b,c"], ["1", "2"]]


def test_a_cell_of_several_lines_is_one_cell_and_an_empty_line_keeps_its_number() -> None:
    assert rows_of(b'a,b\n"x\ny",2\n\n3,4\n') == [["a", "b"], ["x\ny", "2"], [], ["3", "4"]]


def test_a_workbook_gives_what_a_person_sees_there() -> None:
    rows = [
        ["sku", "price", "stock"],
        ["0012", 0.1 + 0.2, 25000],
        [7, 19.99, Formula("B2*2", "0.6")],
    ]
    assert rows_of(workbook(rows)) == [
        ["sku", "price", "stock"],
        ["0012", "0.3", "25000"],
        ["7", "19.99", "0.6"],
    ]


def test_a_formula_is_never_computed() -> None:
    rows = [["sku", "price"], ["a", Formula("1+1")], ["b", Formula('HYPERLINK("x")')]]
    assert rows_of(workbook(rows))[1:] == [["a", UNCOMPUTED], ["b", UNCOMPUTED]]


def test_json_keeps_numbers_as_they_are_written_and_opens_variants() -> None:
    told = [{"sku": "A", "price": 1.10, "sizes": ["S"], "variants": [{"size": "S"}, {"size": "M"}]}]
    text = json.dumps({"products": told}).replace("1.1", "1.10")
    assert rows_of(text.encode()) == [
        ["sku", "price", "size"],
        ["A", "1.10", "S"],
        ["A", "1.10", "M"],
    ]


DECLARED = '<!DOCTYPE worksheet [<!ENTITY a "b">]>'
SLY = {
    "unpacks_to_too_much": (workbook(ROWS, more={"xl/a.bin": b"\0" * 101_000_000}), "too_large"),
    "many_parts": (packed({f"{n}": b"" for n in range(2_001)}), "too_large"),
    "entities": (
        workbook(ROWS, more={"xl/worksheets/sheet1.xml": (DECLARED + sheet_of(ROWS)).encode()}),
        "broken_workbook",
    ),
    "entities_in_utf_16": (
        workbook(
            ROWS, more={"xl/styles.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16")}
        ),
        "broken_workbook",
    ),
    "no_workbook": (packed({"word/document.xml": b"<x/>"}), "no_sheet"),
    "cut_off": (workbook(ROWS)[:-40], "broken_workbook"),
    "old_excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_workbook"),
    "a_pdf": (b"%PDF-1.7 ...", "no_sheet"),
    "no_text": (b"a,b\n\0\1\2", "no_text"),
    "empty": (b"\xef\xbb\xbf \n\n", "empty"),
    "nothing_but_commas": (b",,,\n,,\n", "empty"),
    "rows": (b"a\n" * 20_002, "too_many_rows"),
    "columns": (b"a," * 81 + b"a", "too_many_columns"),
    "a_cell": (b"a\n" + b"x" * 5_001, "too_long_a_cell"),
    "a_quote_that_nobody_closes": (b'a\n"' + b"x\n" * 20_000, "too_long_a_cell"),
    "deep_json": (b"[" * 100_000, "no_json"),
    "json_of_other_things": (b"[1, 2]", "no_json"),
}


@pytest.mark.parametrize("name", SLY)
def test_what_cannot_be_read_is_refused_by_its_name(name: str) -> None:
    data, why = SLY[name]
    with pytest.raises(UnfitError, match=f"^{why}$"):
        read(data)
    assert why in SheetUnfitError.SAYS


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_no_bytes_end_in_another_error(data: bytes) -> None:
    with contextlib.suppress(UnfitError):
        assert all(isinstance(row, list) for row in rows_of(data))


async def test_a_file_is_read_in_a_process_of_its_own() -> None:
    found = await opened(workbook(ROWS))
    assert (found.headings, found.rows[1:], found.format) == (ROWS[0], ROWS[1:], "xlsx")
    with pytest.raises(SheetUnfitError, match="only headings"):
        await opened(b"sku,price\n")
    with pytest.raises(SheetUnfitError, match="larger than 8 MB"):
        await opened(b"x" * (sheet.FILE_BYTES_MAX + 1))


async def test_a_file_that_takes_too_long_or_too_much_is_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wide = workbook(ROWS, more={"xl/worksheets/sheet1.xml": _corner()})
    with pytest.raises(SheetUnfitError) as caught:
        await opened(wide)
    assert caught.value.why in {"too_large", "too_many_columns", "broken_workbook"}
    monkeypatch.setattr(opening, "TIMEOUT_S", 0.0)
    with pytest.raises(SheetUnfitError, match="larger than 8 MB"):
        await opened(workbook(ROWS))


def _corner() -> bytes:
    """Two cells that are as far from one another as cells can be."""
    return (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c>'
        b"</row></sheetData></worksheet>"
    )
