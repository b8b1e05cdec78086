"""What one cell says; a price is right or refused, never something else."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hudhud.core.importing import cells
from hudhud.core.importing.cells import UnreadableError, joined, parts, price, stock
from hudhud.core.importing.sheet import UNCOMPUTED
from hudhud.text import digits, exponent, money

CURRENCIES = ("IQD", "KWD", "SAR", "JPY")

RIGHT = [
    ("٢٥٬٠٠٠ د.ع", "IQD", 25_000_000),
    ("25,000", "IQD", 25_000_000),
    ("IQD 25 000", "IQD", 25_000_000),
    ("\u200f٢٥٬٠٠٠ د.ع.\u200f", "IQD", 25_000_000),
    ("25,000 دينار عراقي", "IQD", 25_000_000),
    ("1.250", "KWD", 1_250),
    ("د.ك ٣٫٥", "KWD", 3_500),
    ("KD 3", "KWD", 3_000),
    ("9.99", "SAR", 999),
    ("3,5 ريال", "SAR", 350),
    ("1,234.50", "SAR", 123_450),
    ("", "SAR", None),
]
REFUSED = [
    ("25.000", "IQD", "price_unsure"),
    ("25.5", "IQD", "price_unsure"),
    ("1.250", "SAR", "price_unsure"),
    ("1,250", "KWD", "price_unsure"),
    ("9.999", "SAR", "price_unsure"),
    ("1.2345", "KWD", "price_decimals"),
    ("25 USD", "IQD", "price_currency"),
    ("$25", "SAR", "price_currency"),
    ("25 دينار كويتي", "IQD", "price_currency"),
    ("٢٥ ألف", "IQD", "price"),
    ("25k", "IQD", "price"),
    ("10-20", "SAR", "price"),
    ("-5", "SAR", "price"),
    ("٥٪", "SAR", "price"),
    ("6.29E+12", "SAR", "price"),
    (UNCOMPUTED, "SAR", "formula"),
    ("#REF!", "SAR", "formula"),
    ("#N/A", "SAR", "formula"),
]


@pytest.mark.parametrize(("cell", "currency", "minor"), RIGHT)
def test_a_price_is_read_as_people_write_it(cell: str, currency: str, minor: int | None) -> None:
    assert price(cell, currency) == minor


@pytest.mark.parametrize(("cell", "currency", "why"), REFUSED)
def test_a_price_that_could_be_another_is_refused(cell: str, currency: str, why: str) -> None:
    with pytest.raises(UnreadableError, match=f"^{why}$"):
        price(cell, currency)


@given(
    st.integers(0, 10**12),
    st.sampled_from(CURRENCIES),
    st.sampled_from(("ar", "en")),
    st.sampled_from(("arabic", "latin")),
    st.sampled_from(("", "\u200f", " ", "\u00a0")),
)
def test_a_price_that_was_written_is_that_price_or_refused(minor, currency, language, style, mark):
    written = f"{mark}{money(minor, currency, language, style)}{mark}"
    try:
        assert price(written, currency) == minor
    except UnreadableError:
        # Only what has two readings: a lone group of three digits behind a comma or a point.
        assert minor % 10 ** exponent(currency) or exponent(currency) == 3


@given(st.integers(0, 10**9), st.sampled_from(CURRENCIES))
def test_a_whole_number_is_never_refused(whole, currency):
    for written in (str(whole), digits(str(whole), "arabic")):
        assert price(written, currency) == whole * 10 ** exponent(currency)


@given(st.text(max_size=30) | st.text("0123456789٠١٢٣.,،٬٫ -$دعك", max_size=12))
def test_no_cell_ends_in_another_error(text):
    readers = (stock, cells.yes, parts, lambda cell: price(cell, "IQD"), cells.price_minor)
    for read in (*readers, lambda cell: price(cell, "KWD"), lambda c: cells.article_number(c, 64)):
        with contextlib.suppress(UnreadableError):
            read(text)


@given(
    st.lists(
        st.text("aب 0,،;|", min_size=1)
        .map(str.strip)
        .filter(lambda part: part and "|" not in part),
        unique=True,
        max_size=5,
    ).map(tuple)
)
def test_a_list_that_was_written_is_read_as_it_was(of):
    assert parts(joined(of)) == of


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        ("10", 10),
        ("١٠", 10),
        ("10.0", 10),
        ("1,000", 1000),
        ("نفد", 0),
        ("Sold out", 0),
        ("", None),
    ],
)
def test_stock_is_read(cell: str, count: int | None) -> None:
    assert stock(cell) == count


@pytest.mark.parametrize("cell", ["متوفر", "-1", "1.5", "1.250", "1000001", "many"])
def test_stock_that_is_no_number_is_refused(cell: str) -> None:
    with pytest.raises(UnreadableError, match=r"^stock$"):
        stock(cell)


@pytest.mark.parametrize(
    ("cell", "why"),
    [("6.29E+12", "sku_shortened"), ("2024-01-02", "sku_date"), ("x" * 65, "too_long")],
)
def test_an_article_number_that_a_spreadsheet_spoilt_is_refused(cell: str, why: str) -> None:
    with pytest.raises(UnreadableError, match=f"^{why}$"):
        cells.article_number(cell, 64)
    assert cells.article_number("1E5", 64) == "1E5"
