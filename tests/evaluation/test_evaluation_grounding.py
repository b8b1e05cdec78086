"""A wrong price, wrong stock and an invented fact are seen; what the rows say is let pass."""

from __future__ import annotations

import pytest
from evaluation.grounding import inventions, products_named, wrong_prices
from evaluation.shops import shops

SHOP = shops()["nakhla"]
SWEETS = shops()["sweets"]
DELIVERY = next(faq for faq in SHOP.faqs if faq.topic == "delivery")


@pytest.mark.parametrize(
    "answer",
    [
        "قميص كتان صيفي: ٢٨٬٠٠٠ د.ع، متوفر.",
        "Linen summer shirt: IQD 28,000, in stock.",
        "2 × Linen summer shirt: IQD 56,000",
        "• قميص كتان صيفي: ٢٨٬٠٠٠ د.ع\n• حجاب قطني: ٩٬٠٠٠ د.ع\nالمجموع ٣٧٬٠٠٠ د.ع",
        "• 2 × Cotton hoodie: IQD 60,000\n• 1 × Sports cap: IQD 10,000\nTotal: IQD 70,000",
        "قميص كاروهات شتوي: ٢٧٬٠٠٠ د.ع، نفد حالياً.",
        "قميص كاروهات شتوي غير متوفر الآن.",
        f"قميص جينز: ٣٠٬٠٠٠ د.ع\n{DELIVERY.answer_ar}",
        "أهلاً بك، كيف أساعدك؟",
        "سجّلت: الاسم: 3imad 7addad.",  # no 7 dirhams (MAD)
    ],
)
def test_the_catalogues_own_prices_and_stock_pass(answer: str) -> None:
    assert wrong_prices(answer, SHOP) == []


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("قميص كتان صيفي: ٢٧٬٠٠٠ د.ع", "price 27000"),
        ("Linen summer shirt: IQD 82,000.", "price 82000"),
        ("قميص كتان صيفي بـ 15000 دينار", "price 15000"),
        ("قميص كتان صيفي، السعر: ٢٥٬٠٠٠", "price 25000"),
        ("قميص جينز: ٢٨٬٠٠٠ د.ع", "price 28000"),
        ("التوصيل ٥٠٠ د.ع", "price 500"),
        ("• 2 × Cotton hoodie: IQD 60,000\nTotal: IQD 30,000", "price 30000"),
        ("قميص كاروهات شتوي: ٢٧٬٠٠٠ د.ع، متوفر.", "SH-04 is not in stock"),
        ("Linen summer shirt is sold out", "SH-01 is in stock"),
    ],
)
def test_another_price_and_another_stock_are_wrong(answer: str, why: str) -> None:
    assert wrong_prices(answer, SHOP) == [why]


def test_a_word_that_holds_another_does_not_say_that_it_is_gone() -> None:
    phones = shops()["phones"]
    assert wrong_prices("سماعة سلكية بمنفذ تايب سي: ٣٩ ر.س، متوفر.", phones) == []


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("نعم، لدينا فرع في أربيل والتوصيل غدا", ["claim اربيل", "claim غدا"]),
        ("You can pay with PayPal", ["claim paypal"]),
        ("قميص كتان صيفي متوفر باللون الأخضر", ["claim اخضر"]),
        ("نفتح الساعة ٧", ["number 7"]),
        ("We open at 7am, the 6th floor", ["number 6", "number 7"]),
        ("راسلنا @nakhla_shop", ["address @nakhla_shop"]),
        ("عليه ضمان سنة", ["claim ضمان"]),
    ],
)
def test_what_stands_in_no_row_is_invented(answer: str, why: list[str]) -> None:
    assert sorted(inventions(answer, SHOP, [])) == sorted(why)


@pytest.mark.parametrize(
    "answer",
    [
        "قميص كتان صيفي: بيج، أبيض. المقاسات: M، L. بقي منه ١٤.",
        DELIVERY.answer_ar,
        DELIVERY.answer_en,
        "1. قميص جينز\n2. حجاب قطني",
        "◦ 1 × Cotton hijab zar2a",
    ],
)
def test_what_the_rows_say_is_no_invention(answer: str) -> None:
    assert inventions(answer, SHOP, []) == []


def test_a_telephone_that_was_written_with_gaps_behind_a_house_is_no_invention() -> None:
    said = ["شارع ١٢ بناية ٥ +965 9441 0023"]
    assert inventions("هذا طلبك:\nرقم الهاتف: +96594410023", SHOP, said) == []
    assert inventions("هذا طلبك:\nرقم الهاتف: +96594410024", SHOP, said)


def test_the_customers_own_words_and_number_may_be_repeated() -> None:
    said = ["اسكن اربيل ورقمي 0770 123 4567"]
    assert inventions("العنوان: اربيل، الرقم: 07701234567", SHOP, said) == []
    assert inventions("الرقم: 07701234568", SHOP, said) == ["number 7701234568"]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("نعم، عندنا فرع في أربيل", ["claim اربيل"]),
        ("لا فرع لنا في أربيل", []),
        ("قميص كتان صيفي: المقاس ٤٩ متوفر", ["number 49"]),
        ("قميص كتان صيفي: المقاس ٤٩ ليس من مقاساته", []),
        ("Yes, 49 is one of our sizes", ["number 49"]),
        ("2 × قميص كتان صيفي", []),
    ],
)
def test_what_the_customer_asked_may_be_denied_and_not_confirmed(
    answer: str, why: list[str]
) -> None:
    said = ["عندكم فرع باربيل؟ اريد 2 قميص كتان مقاس 49"]
    assert inventions(answer, SHOP, said) == why


def test_of_names_in_one_another_the_longest_is_meant() -> None:
    named = products_named("Chocolate cake and Luxury chocolate box", SWEETS.products)
    assert {product.sku for product in named} == {"TR-01", "CH-01"}
