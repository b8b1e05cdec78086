"""Rows become products, and products stand beside those that are there; nothing is written."""

from __future__ import annotations

import itertools

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hudhud.core.importing.cells import FAILED
from hudhud.core.importing.columns import COLUMNS, columns_of, guessed
from hudhud.core.importing.comparing import Compared, Known, compared
from hudhud.core.importing.exporting import as_csv, as_json
from hudhud.core.importing.families import families
from hudhud.core.importing.sheet import read
from hudhud.model.goods import Entry, Variant

SHIRT = Entry(
    id=1,
    sku="SH-1",
    name_ar="قميص",
    name_en="Shirt",
    price_minor=25_000_000,
    currency="IQD",
    sizes=("S", "M"),
    variants=(Variant(stock=5),),
)
DRESS = Entry(
    id=2,
    sku="DR-1",
    name_ar="فستان",
    price_minor=40_000_000,
    currency="IQD",
    sizes=("S", "M"),
    colours_ar=("أحمر",),
    colours_en=("Red",),
    variants=tuple(
        Variant(size=size, colour_ar="أحمر", colour_en="Red", stock=stock, reserved=1)
        for size, stock in (("S", 3), ("M", 4))
    ),
)


def judged(text: str, *there: Entry, currency: str = "IQD") -> list[Compared]:
    rows = read(text.encode())[1]
    columns = columns_of([str(cell) for cell in rows[0]])
    return list(compared(families(rows, columns, currency), Known(there), currency))


def whys(of: Compared) -> list[str]:
    return [problem.why for problem in of.problems]


HEADINGS = {
    "sku": "الرمز,رمز المنتج,SKU,كود الصّنف,Item code,الباركود",
    "name": "الاسم,اسم المنتج,Product Name,المنتج",
    "name_ar": "الاسم بالعربي,name_ar,Arabic name,الإسم (عربي)",
    "name_en": "Name_EN,الاسم (إنجليزي),الاسم بالانجليزية",
    "price": "السّعر (د.ع),سعر البيع,Unit Price,Price (IQD),السعر بالدينار",
    "stock": "الكمية المتوفرة,المخزون,QTY,in_stock,العدد",
    "sizes": "المقاسات,Size,القياس",
    "colours": "الألوان,color,اللون",
    "colours_en": "colours_en,اللون بالانجليزي",
    "category": "القسم,الفئة,Category",
    "description": "الوصف,وصف المنتج,Details",
    "on_sale": "معروض للبيع,الحالة,Status",
}


@pytest.mark.parametrize(
    ("column", "heading"),
    [(column, heading) for column, told in HEADINGS.items() for heading in told.split(",")],
)
def test_a_column_is_known_by_its_heading_in_any_spelling(column: str, heading: str) -> None:
    assert guessed(heading) == column


@pytest.mark.parametrize("heading", ["سعر الشراء", "سعر الجملة", "التكلفة", "Cost", "Weight", ""])
def test_a_price_that_customers_do_not_pay_is_no_price(heading: str) -> None:
    assert guessed(heading) is None


def test_what_a_person_chose_stands_before_a_guess() -> None:
    assert columns_of(["Price", "Cost"], {"Cost": "price"}) == (None, "price")
    assert columns_of(["Price", "Name"], {"Price": ""}) == (None, "name")


def test_a_row_is_a_product_and_a_name_goes_to_the_language_that_it_is_in() -> None:
    (one,) = judged("الرمز;الاسم;السعر;المخزون;المقاسات\nA1;Blue shirt;٢٥٬٠٠٠ د.ع;١٢;S، M\n")
    assert one.verdict == "new"
    assert one.entry == Entry(
        sku="A1",
        name_ar="Blue shirt",
        name_en="Blue shirt",
        price_minor=25_000_000,
        currency="IQD",
        sizes=("S", "M"),
        variants=(Variant(stock=12),),
    )


def test_several_rows_of_one_number_are_its_variants() -> None:
    text = "sku,name,price,size,colour,stock\nA,قميص,25000,S,أحمر,3\nA,,,M,أحمر,4\n,,,L,أسود,5\n"
    (one,) = judged(text)
    assert one.entry is not None
    assert one.entry.sizes == ("S", "M", "L")
    assert one.entry.colours_ar == ("أحمر", "أسود")
    assert [(v.name, v.stock) for v in one.entry.variants] == [
        ("S · أحمر", 3),
        ("M · أحمر", 4),
        ("L · أسود", 5),
    ]


WRONG = [
    ("sku,name,price\n,قميص,1000\n", ["no_sku"]),
    ("sku,name,price\nA,,1000\n", ["no_name"]),
    ("sku,name,price\nA,قميص,\n", ["no_price"]),
    ("sku,name,price\nA,قميص,غالي\n", ["price"]),
    ("sku,name,price,currency\nA,قميص,5,USD\n", ["price_currency"]),
    ("sku,name,price,size\nA,قميص,5,S\nA,قميص,6,M\n", ["differs"]),
    ("sku,name,price,size\nA,قميص,5,S\nA,,,S\n", ["repeated"]),
    ('sku,name,price,size\nA,قميص,5,S\nA,,,"M,L"\n', ["several_in_one"]),
]


@pytest.mark.parametrize(("text", "why"), WRONG)
def test_what_is_wrong_is_told_with_its_row_and_changes_nothing(text: str, why: list[str]) -> None:
    (one,) = judged(text)
    assert (one.verdict, whys(one), one.entry) == ("wrong", why, None)
    assert all(problem.row in {2, 3} for problem in one.problems)


def test_a_problem_names_its_column_and_what_the_cell_says() -> None:
    (one,) = judged("الرمز,الاسم,السعر\nA,قميص,25.000\n")
    problem = one.problems[0]
    assert (problem.row, problem.column, problem.cell) == (2, "السعر", "25.000")


def test_of_two_products_with_one_number_in_other_letters_only_one_is_taken() -> None:
    rows = "sku,name,price\nab,قميص,5\nB,قميص,5\n"
    assert [one.verdict for one in judged(rows)] == ["new", "new"]
    first, second = judged("name,price\nقميص,5\nقَمِيص,6\n")
    assert (first.verdict, second.verdict, whys(second)) == ("new", "wrong", ["repeated"])


def test_a_file_without_numbers_knows_products_by_their_names() -> None:
    (one,) = judged("name,price\nقَميص,30000\n", SHIRT)
    assert (one.sku, one.verdict) == ("SH-1", "changed")
    assert [(c.field, c.old, c.new) for c in one.changes] == [
        ("name_ar", "قميص", "قَميص"),
        ("price_minor", 25_000_000, 30_000_000),
    ]
    fresh = [judged("name,price\nثوب جديد,30000\n", SHIRT)[0].sku for _ in range(2)]
    assert fresh[0] == fresh[1] != "SH-1"


def test_what_a_file_does_not_tell_stays_as_it_is() -> None:
    (one,) = judged("sku,stock\nsh-١,9\n", SHIRT)
    assert one.entry == msgspec.structs.replace(SHIRT, variants=(Variant(stock=9),))
    (same,) = judged("sku,name,price,size,description\nSH-1,,25000,,\n", SHIRT)
    assert same.verdict == "unchanged"


def test_a_price_that_is_not_told_stays_in_its_own_money() -> None:
    old = msgspec.structs.replace(SHIRT, currency="USD", price_minor=1_000)
    (told,) = judged("sku,stock\nSH-1,9\n", old)
    (priced,) = judged("sku,price\nSH-1,9000\n", old)
    assert told.entry is not None
    assert priced.entry is not None
    assert (told.entry.price_minor, told.entry.currency) == (1_000, "USD")
    assert (priced.entry.price_minor, priced.entry.currency) == (9_000_000, "IQD")
    assert [change.field for change in priced.changes] == ["price_minor", "currency"]


def test_a_product_in_another_currency_is_read_in_it_and_no_other_one_comes_in() -> None:
    old = msgspec.structs.replace(SHIRT, currency="USD", price_minor=1_000)
    (same,) = judged("sku,price,currency\nSH-1,10.00,usd\n", old)
    (dearer,) = judged("sku,price,currency\nSH-1,12.50,USD\n", old)
    assert same.verdict == "unchanged"
    assert dearer.entry is not None
    assert (dearer.entry.price_minor, dearer.entry.currency) == (1_250, "USD")
    for rows, there in (
        ("SH-1,10.00,EUR\n", old),
        ("SH-2,10.00,USD\n", old),
        ("DR-1,40,USD\n", DRESS),
        ("SH-1,10,money\n", SHIRT),
    ):
        (wrong,) = judged(f"sku,price,currency\n{rows}", there)
        assert "price_currency" in whys(wrong), rows


def test_a_size_has_a_price_of_its_own_and_the_others_that_of_the_product() -> None:
    rows = "sku,size,colour,سعر خاص\nDR-1,S,أحمر,\nDR-1,M,أحمر,٤٥٬٠٠٠\n"
    (one,) = judged(rows, DRESS)
    assert one.entry is not None
    assert [v.price_minor for v in one.entry.variants] == [None, 45_000_000]
    assert [(c.field, c.of, c.old, c.new) for c in one.changes] == [
        ("own_price", "M · أحمر", None, 45_000_000)
    ]
    # An empty cell takes nothing away, and a leap of one size is to be looked at twice.
    (again,) = judged("sku,size,colour,stock\nDR-1,M,أحمر,4\n", one.entry)
    assert again.verdict == "unchanged"
    (leap,) = judged("sku,size,colour,own_price\nDR-1,M,أحمر,450000\n", one.entry)
    assert (leap.careful, one.careful) == (True, False)
    (plain,) = judged("sku,own_price\nSH-1,30000\n", SHIRT)
    assert whys(plain) == ["own_price_plain"]


def test_prices_of_one_product_are_in_one_currency() -> None:
    dear = msgspec.structs.replace(DRESS.variants[1], price_minor=5_000)
    old = msgspec.structs.replace(
        DRESS, currency="USD", price_minor=4_000, variants=(DRESS.variants[0], dear)
    )
    # Its new price would be in dinars, and that of one size in dollars as before.
    (one,) = judged("sku,price\nDR-1,40000\n", old)
    assert whys(one) == ["price_currency"]
    (one,) = judged("sku,size,colour,own_price\nDR-1,S,أحمر,40000\n", old)
    assert whys(one) == ["price_currency"]
    (one,) = judged("sku,size,colour,own_price,currency\nDR-1,S,أحمر,45,USD\n", old)
    assert one.entry is not None
    assert [v.price_minor for v in one.entry.variants] == [4_500, 5_000]


def test_a_row_of_one_variant_changes_that_one() -> None:
    (one,) = judged("sku,size,stock\nDR-1,M,9\n", DRESS)
    assert whys(one) == ["which_variant"]
    (one,) = judged("sku,size,colour,stock\nDR-1,M,أحمر,9\n", DRESS)
    assert one.entry is not None
    assert [v.stock for v in one.entry.variants] == [3, 9]
    assert [v.reserved for v in one.entry.variants] == [1, 1]
    assert one.entry.colours_en == ("Red",)
    assert [(c.field, c.of, c.old, c.new) for c in one.changes] == [("stock", "M · أحمر", 4, 9)]


def test_a_price_that_leaps_is_to_be_looked_at_twice() -> None:
    careful = [
        judged(f"sku,price\nSH-1,{price}\n", SHIRT)[0].careful for price in (26000, 250000, 2500)
    ]
    assert careful == [False, True, True]


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zs", "Zl", "Zp")),
    max_size=8,
)
TEXT = TEXT.filter(lambda text: text not in FAILED)
NAMES = TEXT.filter(bool)
PARTS = st.lists(NAMES.filter(lambda t: not set(t) & set("|,،;؛")), max_size=3, unique=True)


@st.composite
def entries_(draw: st.DrawFn) -> Entry:
    sizes, colours = draw(PARTS), draw(PARTS)
    pairs = list(itertools.product(sizes or [""], colours or [""]))
    stock = st.integers(0, 1_000_000)
    told = draw(st.booleans()) or pairs == [("", "")]
    own = st.none() | st.integers(0, 10**12)
    variants = tuple(
        Variant(size=s, colour_ar=c, stock=draw(stock), price_minor=draw(own)) for s, c in pairs
    )
    return Entry(
        sku=f"S{draw(st.integers(0, 10**9))}",
        name_ar=draw(NAMES),
        name_en=draw(NAMES),
        category_ar=draw(TEXT),
        description_en=draw(TEXT),
        price_minor=draw(st.integers(0, 10**12)),
        # What was there before the merchant sold in another currency keeps its own.
        currency=draw(st.sampled_from(("IQD", "IQD", "USD", "KWD", "JPY"))),
        on_sale=draw(st.booleans()),
        sizes=tuple(sizes),
        colours_ar=tuple(colours),
        variants=(Variant(stock=draw(stock)),) if told else variants,
    )


@settings(deadline=None)
@given(st.lists(entries_(), min_size=1, max_size=4, unique_by=lambda entry: entry.sku))
def test_what_was_exported_comes_in_again_unchanged(entries: list[Entry]) -> None:
    for written in (as_csv(entries), as_json(entries)):
        told = judged(written.decode("utf-8-sig"), *entries)
        assert [(one.sku, one.verdict, one.changes, whys(one)) for one in told] == [
            (entry.sku, "unchanged", (), []) for entry in entries
        ]
        # And into an empty shop as it was, but for what is in a currency that it does not sell in.
        fresh = judged(written.decode("utf-8-sig"))
        assert [
            one.entry and (one.entry.name_ar, one.entry.price_minor, one.entry.stock)
            for one in fresh
        ] == [(e.name_ar, e.price_minor, e.stock) if e.currency == "IQD" else None for e in entries]
        assert [whys(one) == ["price_currency"] for one in fresh] == [
            e.currency != "IQD" for e in entries
        ]
        assert [[v.price_minor for v in one.entry.variants] for one in fresh if one.entry] == [
            [v.price_minor for v in e.variants] for e in entries if e.currency == "IQD"
        ]


def test_a_cell_that_a_spreadsheet_would_compute_is_marked_and_comes_back_without_its_mark() -> (
    None
):
    entry = msgspec.structs.replace(SHIRT, name_en="=HYPERLINK(1)", description_ar="'+1")
    written = as_csv([entry]).decode("utf-8-sig")
    assert ",'=HYPERLINK(1)," in written
    assert ",''+1," in written
    assert [one.verdict for one in judged(written, entry)] == ["unchanged"]


@given(
    st.lists(st.sampled_from((*COLUMNS, "x")), min_size=1, max_size=8),
    st.lists(st.lists(st.text(max_size=8), max_size=8), max_size=5),
)
def test_no_sheet_ends_in_an_error(headings: list[str], rows: list[list[str]]) -> None:
    sheet = [headings, *rows]
    found = compared(families(sheet, columns_of(headings), "KWD"), Known([SHIRT, DRESS]), "KWD")
    for one in found:
        assert one.verdict == "wrong" or one.entry is not None
