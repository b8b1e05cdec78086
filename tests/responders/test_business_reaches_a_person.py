"""Many of a thing for a house or a feast is settled by a person; a customer's order is not."""

from __future__ import annotations

import pytest

from hudhud.ops.sample.sample import sample
from hudhud.responders.dealing import deals
from hudhud.responders.selling.naming import Names

NAMES = Names(sample().products)


@pytest.mark.parametrize(
    "text",
    [
        "عندنا فندق ونبي ٨٠ منشفة بيضا، منو المسؤول عن الأسعار",
        "حنا جمعية خيرية ونحتاج ٢٠٠ بطانية للشتا",
        "اريد اتفق وياكم على ٥٠ قميص مال عمال",
        "احنا شركة ومحتاجين ١٢٠ مج عليهم اللوجو بتاعنا",
        "عايزة ٧٠ توزيعة لفرح اختي ينفع؟",
        "بدنا ٣٠ تيشيرت وتطبعوا عليهم اسم الفريق",
        "عنا حفلة تخرج ل ٩٠ شخص بتقدرو عليها؟",
        "حنا مدرسة وبغينا خمسين دفتر",
        "نحن معهد ونودّ مئتي نسخة من الكتاب",
        "كم السعر لو شعار شركتنا على الأكواب نطبع ٢٥ حبة",
        "اني صاحب كافيه واريد اتفق وياكم على تجهيز كل شهر",
        "e7na sherke w bedna 60 kanze 3aleha logo",
        "3anna 3ers w badna 150 3elbe sho2olata",
        "I manage a hotel and we would like 45 bathrobes",
        "we need 25 mugs for the office, could you send me a quote?",
        "can you print our logo on 50 caps",
        "عندي صيدلية وبدي اخد منكن كمامات بالجملة",
        "للصالون عندي احتاج ٢٤ منشفة",
        "ورشتي تستهلك دهان كثير، تعطوني سعر خاص؟",
        "we own a bakery and need boxes every month",
        "بدنا نجهز فندق صغير بالشراشف",
        "عندي مكتبة وابيع عندي دفاتركم",
    ],
)
def test_business_is_known_by_two_of_its_signs(text: str) -> None:
    assert deals([text], NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "ابي عباية قياس ٦٠ لعرس اختي",
        "ابني عمره ٢٥ شهر ويحتاج بيجاما للحضانة",
        "كم سعر ٢٠ قطعة جملة",
        "من كام قطعة يبقى سعر جملة",
        "ابي ثلاث قمصان، العنوان شارع ٤٢ خلف مدرسة النور",
        "عندكم فستان عرس تحت ٢٠٠ ريال؟",
        "اريد عطر ١٠٠ مل هدية لمدير شركتنا",
        "رقمي 0770 123 4567 وانا صاحب محل",
        "بدلة ٥٤ لعرس اخوي",
        "عايز قميصين للشركة",
        "صينية تكفي ٣٠ شخص لعزيمة بكم؟",
        "اتفقنا، ابي حبتين",
        "الاسم سعد، ومعي ٥٠ ريال بس",
        "I am 25 and want a shirt for a wedding",
        "size 42 shoes for my company party",
        "2 shirts please, the address is 44 Main Street near the school",
        "abi fostan size 40 lel 3ers",
        "i go to the gym every week and need a bottle",
        "كنت اخذ من محل ثاني كل شهر",
        "وزني ٨٠ كيلو وانا من فريق الحي",
        "عندي محل قريب منكم، توصلون؟",
    ],
)
def test_a_size_an_age_a_price_and_a_few_pieces_are_no_business(text: str) -> None:
    assert not deals([text], NAMES)


def test_business_may_be_told_over_several_messages() -> None:
    assert deals(["نحن روضة أطفال", "ونريد أربعين حقيبة"], NAMES)


def test_a_feast_is_none_where_a_row_tells_of_feasts() -> None:
    texts = ["عندنا عرس ونريد ٦٠ علبة معمول"]
    assert deals(texts, NAMES)
    assert not deals(texts, NAMES, feasts=False)
    assert deals([*texts, "ومع مين نتفق على السعر"], NAMES, feasts=False)
