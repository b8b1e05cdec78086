"""Which column of a sheet is what, by its heading in Arabic or English, however it is spelt; pure.

A guess only: whoever imports sees it and may say otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, get_args

from hudhud.text import fold, without_article, words

Column = Literal[
    "sku",
    "name",
    "name_ar",
    "name_en",
    "price",
    "price_minor",
    "own_price",
    "own_price_minor",
    "currency",
    "stock",
    "sizes",
    "colours",
    "colours_ar",
    "colours_en",
    "category",
    "category_ar",
    "category_en",
    "description",
    "description_ar",
    "description_en",
    "on_sale",
]
COLUMNS: tuple[Column, ...] = get_args(Column)
HEADING_CHARS_MAX = 80

_SAID: dict[Column, str] = {
    "sku": (
        "sku, رمز, كود, رقم, معرف, باركود, رقم قطعه, رقم صنف, موديل, code, item code, id, "
        "barcode, article, article number, reference, ref, part number, model, handle, "
        "variant sku, product id, style, style code, number, no, upc, ean"
    ),
    "name": (
        "name, اسم, عنوان, اسم تجاري, title, item, product, منتج, صنف, سلعه, بضاعه, ماده, اسم "
        "ماده, product name, item name"
    ),
    "price": (
        "price, سعر, ثمن, قيمه, سعر بيع, سعر مفرد, سعر قطعه, سعر وحده, سعر مستهلك, سعر حالي, "
        "selling price, sale price, unit price, retail price, regular price, variant price, "
        "amount, rrp"
    ),
    "price_minor": "price minor, price minor units",
    "own_price": "own price, price of this size, سعر خاص, سعر خاص به, سعر مقاس, سعر لون",
    "own_price_minor": "own price minor, own price minor units",
    "currency": "currency, عمله, price currency, currency code",
    "stock": (
        "stock, مخزون, كميه, عدد, متوفر, متبقي, رصيد, كميه متوفره, كميه متاحه, عدد متوفر, "
        "مخزن, رصيد مخزون, كميه مخزون, quantity, qty, inventory, in stock, available, on "
        "hand, count, units, stock quantity, quantity available, variant inventory qty, "
        "inventory quantity"
    ),
    "sizes": (
        "size, sizes, مقاس, مقاسات, قياس, قياسات, حجم, احجام, سايز, سايزات, نمره, نمر, مقاسات "
        "متوفره"
    ),
    "colours": "colour, colours, color, colors, لون, الوان, لون متوفر, الوان متوفره",
    "category": (
        "category, categories, قسم, اقسام, فئه, فءه, تصنيف, نوع, صنف رءيسي, مجموعه, type, "
        "group, department, product type, product category, collection, section"
    ),
    "description": (
        "description, وصف, تفاصيل, شرح, ملاحظات, مواصفات, نبذه, details, about, body, body "
        "html, notes, info, specifications, long description, short description, text"
    ),
    "on_sale": (
        "on sale, معروض, معروض للبيع, حاله, فعال, نشط, ظاهر, active, status, published, "
        "visible, enabled, sold"
    ),
}
_IN = {
    "ar": "ar arabic ara عربي عربيه بعربي بعربيه عربيا بلعربي ع",
    "en": "en english eng انجليزي انجليزيه بانجليزي بانجليزيه انكليزي انكليزيه بانكليزي انكليزيا",
}
_BOTH = ("name", "colours", "category", "description")
# What says nothing of the column: whose it is, and in which money.
_EMPTY = {
    word
    for words_of in (
        "منتج صنف product item by in the of optional required في",
        "iqd sar aed kwd bhd qar omr jod egp usd دينار دينارا ريال درهم جنيه ليره دولار",
        "عراقي سعودي كويتي اماراتي مصري د ر ج م س ق ك ب ا ل",
    )
    for word in words_of.split()
}


def _plain(text: str) -> str:
    return " ".join(without_article(word) for word in words(fold(text)))


_KNOWN: dict[str, Column] = {
    _plain(said): column for column, told in _SAID.items() for said in told.split(",")
}
_LANGUAGES = {_plain(word): language for language, told in _IN.items() for word in told.split()}


def guessed(heading: str) -> Column | None:
    """What a column with this heading holds; None when nobody could tell.

    Args:
        heading: as it stands in the sheet, in any spelling.
    """
    said = _plain(heading[:HEADING_CHARS_MAX]).split()
    rest = [word for word in said if word not in _LANGUAGES]
    column = _KNOWN.get(" ".join(said)) or _KNOWN.get(" ".join(rest))
    column = column or _KNOWN.get(" ".join(word for word in rest if word not in _EMPTY))
    language = next((_LANGUAGES[word] for word in said if word in _LANGUAGES), "")
    if column in _BOTH and language and len(rest) < len(said):
        return next(one for one in COLUMNS if one == f"{column}_{language}")
    return column


def columns_of(
    headings: Sequence[str], chosen: Mapping[str, str] | None = None
) -> tuple[Column | None, ...]:
    """What each column holds; of two that say the same, the first.

    Args:
        headings: of the sheet.
        chosen: by heading, a column's name, or "" to leave it out; what is not there is guessed.
    """
    given = chosen or {}
    found = [
        next((one for one in COLUMNS if one == given[heading]), None)
        if heading in given
        else guessed(heading)
        for heading in headings
    ]
    # What a person chose stands before what was guessed.
    order = sorted(range(len(found)), key=lambda at: headings[at] not in given)
    taken: set[Column] = set()
    for at in order:
        column = found[at]
        if column in taken:
            found[at] = None
        elif column is not None:
            taken.add(column)
    return tuple(found)
