"""Trouble that is denied or one's own, and topics told in other words or meant otherwise."""

from __future__ import annotations

import pytest

from hudhud.ops.sample.sample import sample
from hudhud.responders.examples import CALLS
from hudhud.responders.lexicon import understood
from hudhud.responders.matching import overheard

SHOP = sample()


@pytest.mark.parametrize(
    "text",
    [
        "ما عندنا اي شكاوي الحمد لله",
        "مافيه اي مشاكل، كل شي وصل",
        "ماكو مشكلة عيني",
        "معنديش مشكله خالص",
        "ماكاين حتى مشكل",
        "لا توجد لدي أي ملاحظات أو مشكلة",
        "بدون اي مشاكل تسلمون",
        "انا مو متضايق ابد",
        "لست مستاءً",
        "i have no issues whatsoever",
        "not upset at all",
        "there wasn't any problem",
        "ma3andi ay mushkila",
        "mish za3lan abadan",
    ],
)
def test_trouble_that_is_denied_calls_nobody(text: str) -> None:
    assert CALLS.isdisjoint(understood(text).meanings)
    assert CALLS.isdisjoint(overheard(SHOP.products, text).meanings)


@pytest.mark.parametrize(
    "text",
    [
        "مو راضي عن شغلكم ابد",
        "الجهاز مش شغال",
        "not happy at all",
        "ما المشكلة عندكم؟ زعلان منكم",
        "مو زعلان، انا مقهور منكم",
        "مافي مشكلة بس القطعة وصلتني مكسورة",
        "no, there is a problem and I'm angry",
        "لا، انا منزعج",
    ],
)
def test_what_is_denied_beside_a_trouble_leaves_it_one(text: str) -> None:
    assert "complaint" in understood(text).meanings


@pytest.mark.parametrize("text", ["ما في مشكلة", "no problem", "mafi mushkila", "مفيش مشكلة"])
def test_that_nothing_is_wrong_is_a_nod(text: str) -> None:
    assert understood(text).meanings == ("ack",)


@pytest.mark.parametrize(
    "text",
    [
        "اظافري مكسورة، في شي يقويها؟",
        "بشرتي ناشفة كتير شو تنصحوني",
        "جوالي خرب، عندكم جديد؟",
        "my nails are all broken, what do you suggest?",
        "شاحني احترق، بدي واحد تاني عندكن؟",
    ],
)
def test_trouble_of_ones_own_is_a_wish_for_what_is_sold(text: str) -> None:
    assert CALLS.isdisjoint(overheard(SHOP.products, text).meanings)


@pytest.mark.parametrize(
    "text",
    [
        "شعري خرب من الزيت اللي اشتريته منكم، شو تنصحوني؟",
        "my phone stopped working after your charger, what do you suggest?",
        "جوالي وصلني مكسور، عندكم بديل؟",
    ],
)
def test_trouble_that_came_from_us_is_a_complaint_still(text: str) -> None:
    assert "complaint" in understood(text).meanings


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("حالين دابا؟", "hours"),
        ("حتى لشحال كتخدمو فالليل", "hours"),
        ("بدفع مصاري ولا بالكارت؟", "payment"),
        ("هل الساعات أصلية ولا تقليد؟", "original"),
        ("واش كتردوها إلا ما جاتش قدي؟", "returns"),
        ("can it look like a present with a note inside?", "gift"),
        ("عليه كفالة لو خرب؟", "warranty"),
        ("كثير غالي، في شي ارخص؟", "price"),
        ("3andkom shi arkhas?", "price"),
    ],
)
def test_a_topic_is_known_in_other_words(text: str, topic: str) -> None:
    assert topic in understood(text).meanings


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("بدي شي يفتح البشرة", "hours"),
        ("كريم يفتح لون ايدي", "hours"),
        ("عندكم حاجة تقفل المسام", "hours"),
        ("المسكرا ثابتة؟", "hours"),
        ("مسكرا سوداء بكم", "hours"),
        ("اقدر اجرب قبل ما اشتري؟", "order"),
        ("can I smell it before I buy it?", "order"),
        ("شحال كيبقى في الثلاجة", "price"),
        ("كم تقعد بالفريزر", "price"),
        ("لو خرب عليه كفالة؟", "returns"),
    ],
)
def test_a_word_of_a_topic_that_means_another_thing_is_not_that_topic(
    text: str, topic: str
) -> None:
    assert topic not in understood(text).meanings


@pytest.mark.parametrize("text", ["متى يفتح المحل", "تقفلون الجمعة؟", "المحل مسكر هلق؟"])
def test_who_asks_when_we_open_is_still_heard(text: str) -> None:
    assert "hours" in understood(text).meanings


@pytest.mark.parametrize("text", ["بدي هدية لخطيبتي شو تنصحوني", "what would you recommend?"])
def test_who_asks_for_advice_wants_to_be_shown_something(text: str) -> None:
    assert understood(text).meanings == ("browse",)


@pytest.mark.parametrize(
    "said",
    [
        "اذا ما عجبتني المكنسة ترجعون فلوسي؟",
        "لو وصلت مكسورة تبدلونها؟",
        "if the kettle breaks in a month do you replace it?",
        "wen el forou3 bel zabt",
        "وين صايرين بالضبط",
        "بدي دفاية كهربا وحدة",
        "three trays of the walnut maamoul please",
        "القلاية الهوائية الكبيرة بكم عندكم",
    ],
)
def test_who_only_supposes_asks_or_orders_complains_of_nothing(said: str) -> None:
    assert CALLS.isdisjoint(overheard((), said).meanings)


@pytest.mark.parametrize(
    "said",
    [
        "السماعة اللي اخذتها من عندكم خربت من ثاني يوم",
        "الكريم لي شريت من عندكم دار ليا حبوب",
        "the heater I got from you burnt out after a day",
    ],
)
def test_who_had_it_from_us_and_tells_what_became_of_it_complains(said: str) -> None:
    assert not CALLS.isdisjoint(overheard((), said).meanings)
