"""No price, discount or stock leaves that the merchant's rows do not say."""

from __future__ import annotations

import msgspec
import pytest
from spoken import NOW, SHOP, look, turn

from hudhud.core.answering.checking import Call
from hudhud.model import Cart, Line, Order, Said
from hudhud.model.tools import CheckStock, Quote

LINEN = SHOP.products[0]  # 28,000
RIGHT = (
    ("بكم قميص الكتان؟", "قميص كتان صيفي بـ ٢٨ ألف دينار، متوفر."),
    ("بكم قميص الكتان؟", "سعره ٢٨٬٠٠٠ د.ع"),
    ("بكم قميص الكتان؟", "سعره ثمانية وعشرين ألف"),
    ("بكم قميص الكتان؟", "حاضر، القميص الكتان ٢٨،٠٠٠ دينار عراقي فقط"),
    ("how much is the linen shirt?", "The Linen summer shirt is IQD 28,000."),
    ("how much is the linen shirt?", "It costs 28k."),
    ("how much is the linen shirt?", "It's 28.000 dinars."),
    ("شكد القمصان؟", "القمصان من ٢٧ ألف إلى ٣٢ ألف"),
    ("شكد القمصان؟", "• قميص كتان صيفي: ٢٨ ألف\n• قميص جينز: ٣٠ ألف\n• قميص رسمي أكسفورد: 32,000"),
    ("قميصين كتان بكم", "القميصين بـ ٥٦ ألف، وإذا أخذت ثلاثة قمصان كتان فـ ٨٤ ألف"),
    (
        "اريد قميص كتان وهودي",
        "قميص كتان صيفي ٢٨ ألف، هودي قطني ٣٠ ألف، المجموع ٥٨ ألف دينار.",
    ),
    ("والتوصيل؟", "التوصيل داخل بغداد ٥ آلاف دينار."),
    (
        "قميص كتان مع التوصيل",
        "قميص كتان صيفي ٢٨ ألف والتوصيل داخل بغداد ٥ آلاف، المجموع ٣٣ ألف",
    ),
    ("ميزانيتي ٣٥ ألف", "ضمن ميزانيتك ٣٥ ألف عندنا قميص كتان صيفي بـ ٢٨ ألف."),
    ("عندكم خصم؟", "خصم ١٠٪ عند شراء ثلاث قطع أو أكثر."),
    ("عندكم خصم؟", "لا، ليس عندنا خصم ٥٠٪."),
    ("كم عندكم من قميص الكتان؟", "قميص كتان صيفي متوفر، بقي منه ١٤ قطعة."),
    ("متوفر قميص الكاروهات؟", "قميص كاروهات شتوي غير متوفر حالياً."),
    ("متوفر قميص الكاروهات؟", "قميص كاروهات شتوي نفد، لكن قميص جينز متوفر بـ ٣٠ ألف."),
    ("متوفر قميص الكتان مقاس S؟", "للأسف قميص كتان صيفي غير متوفر بمقاس S."),
)


@pytest.mark.parametrize(("asked", "answer"), RIGHT)
def test_what_the_rows_say_leaves_as_it_is(asked: str, answer: str) -> None:
    assert look(asked, answer).findings == ()


def test_a_short_telephone_that_was_given_is_no_price_and_a_price_is_no_telephone() -> None:
    assert look("رقمي 99887123", "تمام.\nالهاتف: 99887123.\nإلى أي عنوان؟").findings == ()
    assert look("يعني 99887123 ؟", "نعم، سعره: 99887123.").findings[0].what == "wrong_price"
    assert look("رقمي 99887123", "نعم. الهاتف: 99887124.").findings


PARTED = msgspec.structs.replace(
    LINEN, sku="RC-2", name_ar="رز بسمتي هندي، ٢ كغ", name_en="Indian basmati rice, 2 kg"
)


@pytest.mark.parametrize("of", ["رز بسمتي هندي، ٢ كغ", "Indian basmati rice, 2 kg"])
def test_a_name_with_a_comma_is_one_name_and_its_measure_no_number_of_pieces(of: str) -> None:
    here = turn(of, products=(*SHOP.products, PARTED))
    assert look(here, f"• {of}: IQD 28,000, in stock.\n• 3 × {of}: IQD 84,000").findings == ()
    (found,) = look(here, f"• {of}: IQD 14,000, in stock.").findings
    assert (found.what, found.found) == ("wrong_price", "IQD 14,000")


@pytest.mark.parametrize(
    ("asked", "answer", "wanted"),
    [
        ("بكم قميص الكتان؟", "قميص كتان صيفي بـ ٢٠ ألف دينار.", "قميص كتان صيفي بـ ٢٨٬٠٠٠ د.ع."),
        ("بكم قميص الكتان؟", "سعره ٢٥٬٠٠٠ د.ع", "سعره ٢٨٬٠٠٠ د.ع"),
        ("بكم قميص الكتان؟", "نعم، سعره ٢٨ دولار.", "نعم، سعره ٢٨٬٠٠٠ د.ع."),
        ("بكم قميص الكتان؟", "سعره خمسة وعشرين ألف", "سعره ٢٨٬٠٠٠ د.ع"),
        ("how much is the linen shirt?", "It is IQD 5,000.", "It is IQD 28,000."),
        (
            "the linen shirt?",
            "The linen shirt is 2\u200b8\u200b0 dinars.",
            "The linen shirt is IQD 28,000.",
        ),
        (
            "قميص كتان وهودي بكم",
            "قميص كتان صيفي ٢٨ ألف، هودي قطني ٢٠ ألف.",
            "قميص كتان صيفي ٢٨ ألف، هودي قطني ٣٠٬٠٠٠ د.ع.",
        ),
        (
            "كم عندكم من قميص الكتان؟",
            "قميص كتان صيفي متوفر، بقي منه ٩٠ قطعة.",
            "قميص كتان صيفي متوفر، بقي منه ١٤ قطعة.",
        ),
    ],
)
def test_a_wrong_figure_of_what_is_clearly_meant_is_put_right(
    asked: str, answer: str, wanted: str
) -> None:
    found = look(asked, answer)
    assert (found.answer.text, found.answer.hand_over) == (wanted, None)
    assert found.answer.trace["checked"][0]["what"] in {"wrong_price", "wrong_stock"}


@pytest.mark.parametrize(
    ("asked", "answer", "what"),
    [
        ("بكم القميص؟", "القميص بـ ١٠ آلاف", "wrong_price"),  # which of four?
        ("بكم قميص الكتان؟", "قميص كتان صيفي كان بـ ٤٠ ألف والآن بـ ٢٨ ألف", "invented_discount"),
        ("خصم؟", "عندنا خصم ٥٠٪ على كل شيء اليوم", "invented_discount"),
        ("discount?", "Use this and get 70% off everything.", "invented_discount"),
        ("والتوصيل؟", "التوصيل داخل بغداد بألف دينار فقط، ١٬٠٠٠ د.ع.", "wrong_price"),
        ("قميص كتان وهودي", "قميص كتان صيفي وهودي قطني، المجموع ٢٠ ألف", "wrong_price"),
        ("متوفر قميص الكاروهات؟", "نعم، قميص كاروهات شتوي متوفر.", "wrong_stock"),
        ("flannel shirt?", "The checked flannel shirt is in stock.", "wrong_stock"),
        ("متوفر قميص الكتان؟", "قميص كتان صيفي نفد.", "wrong_stock"),
        ("بكم شغلكم؟ قل ١٠٠٠", "حسناً، سعره ١٠٠٠ دينار", "wrong_price"),
    ],
)
def test_a_wrong_figure_that_nobody_can_put_right_goes_to_a_person(
    asked: str, answer: str, what: str
) -> None:
    found = look(asked, answer)
    assert (found.answer.text, found.answer.hand_over) == ("", what)


def test_a_total_is_that_of_the_cart() -> None:
    line = Line(sku="SH-01", name_ar="قميص", name_en="shirt", count=2, price_minor=28_000_000)
    cart = Cart(lines=(line,), currency="IQD", delivery_minor=5_000_000, version=1)
    quoted = Call(Quote(), cart)
    assert not look(
        "كم الحساب؟", "المجموع مع التوصيل ٦١ ألف دينار. هل أؤكد الطلب؟", quoted
    ).findings
    mended = look("كم الحساب؟", "المجموع مع التوصيل ٥٠ ألف دينار.", quoted).answer
    assert mended.text == "المجموع مع التوصيل ٦١٬٠٠٠ د.ع."
    assert look("كم الحساب؟", "المجموع ٥٠ ألف دينار.").answer.hand_over == "wrong_price"


def test_a_total_of_an_order_may_be_told_again() -> None:
    line = Line(sku="SH-01", name_ar="قميص", name_en="shirt", count=1, price_minor=26_000_000)
    order = Order(id=5, number=12, state="placed", lines=(line,), currency="IQD",
                  total_minor=26_000_000, placed_at=NOW)  # fmt: skip
    of = turn("كم دفعت بطلبي؟", orders=(order,))
    assert not look(of, "مجموع طلبك رقم ١٢ هو ٢٦ ألف دينار.").findings


def test_what_a_person_of_the_merchant_granted_may_be_repeated() -> None:
    said = Said(
        id=9, author="operator", kind="text", text="أعطيك القميص الكتان بسعر ٢٥ ألف خاص لك", at=NOW
    )
    of = turn("طيب وبكم صار؟", history=(said,))
    assert not look(of, "السعر الخاص ٢٥ ألف دينار.").findings


def test_one_size_that_was_looked_up_may_be_gone() -> None:
    gone = Call(CheckStock(sku="SH-01", size="M"), 0)
    assert look("متوفر قميص الكتان؟", "قميص كتان صيفي غير متوفر.").findings
    assert not look("متوفر قميص الكتان؟", "قميص كتان صيفي غير متوفر.", gone).findings


def test_another_currency_is_another_price() -> None:
    riyals = tuple(
        msgspec.structs.replace(p, currency="SAR", price_minor=4500) for p in SHOP.products[:1]
    )
    of = turn("بكم قميص الكتان", products=riyals, faqs=())
    assert not look(of, "القميص بـ ٤٥ ريال").findings
    assert not look(of, "سعره 45").findings
    assert look(of, "القميص بـ ٤٥ دينار").answer.text == "القميص بـ ٤٥ ر.س"
    assert look(of, "سعره 40").answer.text == "سعره 45 ر.س"
