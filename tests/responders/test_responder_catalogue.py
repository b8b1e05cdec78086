"""The offline default answers whole batches from rows alone (S6, law 6)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from no_tools import NoTools

from hudhud.core.answering import escalating
from hudhud.model import Answer, Escalation, Said, Turn
from hudhud.ops.sample.sample import sample
from hudhud.responders import catalogue
from hudhud.responders.phrases import reason

SHOP = sample()
ASKS = ("؟", "?")


def turn(*texts: str, assistant: int = 0, kind: str = "text", **more: Any) -> Turn:
    now = datetime.now(UTC)
    history = more.pop("history", ())
    before = [
        Said(id=n, author=author, kind="text", text=text, at=now)
        for n, (author, text) in enumerate(history, 1)
    ]
    batch = [
        Said(id=n, author="contact", kind=kind, text=text, at=now)
        for n, text in enumerate(texts, 100)
    ]
    rows = {"products": SHOP.products, "faqs": SHOP.faqs} | more
    return Turn(
        merchant_id=1,
        merchant_name=SHOP.merchant.name_ar,
        conversation_id=1,
        contact_name="",
        assistant=SHOP.assistants[assistant],
        messages=tuple(batch),
        history=tuple(before),
        **rows,
    )


async def ask(*texts: str, **more: Any) -> Answer:
    return await catalogue.answer(
        turn(*texts, **more), catalogue.Options(), deadline_s=1, tools=NoTools()
    )


# What a customer writes, the rows that answer, and words that must stand in the answer. The whole
# shop is offered each time, so every other row is a distractor.
SAID = [
    ("السلام عليكم بكم القميص الكتان؟", "product:SH-01", "وعليكم السلام|٢٨٬٠٠٠ د.ع"),
    ("شكد سعر الجاكيت الجلد", "product:JK-01", "٧٥٬٠٠٠|بقي منه ٥"),
    ("بچم هودي قطني", "product:JK-04", "٣٠٬٠٠٠"),
    ("بكام فستان السهرة", "product:DR-01", "١٢٠٬٠٠٠"),
    ("قديش حق الشورت الصيفي", "product:TR-05", "١٥٬٠٠٠"),
    ("بقديش التنورة البليسيه", "product:TP-02", "٣٤٬٠٠٠"),
    ("بيش البلوزة الشيفون", "product:TP-01", "٢٩٬٠٠٠"),
    ("كم سعر العباية السوداء الكريب", "product:AB-01", "٦٥٬٠٠٠"),
    ("سعر طقم المواليد لو سمحتي", "product:KD-03", "٣٠٬٠٠٠"),
    ("كم ثمن الحزام؟", "product:AC-01", "٢٠٬٠٠٠"),
    ("وش سعر السترة الرسمية بليزر", "product:JK-03", "٨٥٬٠٠٠"),
    ("سعر القميص الجينز", "product:SH-03", "٣٠٬٠٠٠"),
    ("بكم الحجاب القطني", "product:AC-03", "٩٬٠٠٠"),
    ("عندكم فستان سهرة احمر مقاس L؟", "product:DR-01", "المقاس L من مقاساته|منه أحمر"),
    ("في عندكم كندرة رسمية جلد", "product:SO-02", "٧٨٬٠٠٠"),
    ("عاوز كوتشي مقاس 42", "product:SO-01", "٤٨٬٠٠٠|(٤٢)|بأي لون"),
    ("عاوز كوتشي مقاس 49", "product:SO-01", "ليس له المقاس ٤٩"),
    ("ابي جنطة", "product:AC-02", "٥٨٬٠٠٠"),
    ("قمصله جلد متوفره؟", "product:JK-01", "متوفر"),
    ("متوفر عباية بسحاب؟", "product:AB-03", "نفد|عباية سوداء كريب"),
    ("بنطلون جينز ضيق موجود؟", "product:TR-02", "نفد|بنطلون جينز مستقيم"),
    ("خلص الكعب العالي؟", "product:SO-04", "نفد"),
    ("شنو مقاسات الدشداشة الشتوية", "product:DS-02", "٥٤، ٥٦، ٥٨، ٦٠"),
    ("مقاسات بدلة الأولاد", "product:KD-02", "٤، ٦، ٨، ١٠، ١٢"),
    ("وش ألوان البولو", "product:TS-03", "كحلي، أخضر، أبيض"),
    ("ألوان الكاب الرياضي", "product:AC-04", "أسود، كحلي"),
    ("بيجامه اطفال", "product:KD-01", "١٨٬٠٠٠|الألوان"),
    ("تيشيرت اوفر سايز", "product:TS-02", "١٨٬٠٠٠"),
    ("فُسـتان مُشجّر", "product:DR-02", "٤٢٬٠٠٠"),
    ("ﻗﻤﻴﺺ ﻛﺘﺎﻥ", "product:SH-01", "٢٨٬٠٠٠"),
    ("قميس كتان", "product:SH-01", "٢٨٬٠٠٠"),
    ("دشداشة أولاد للعيد", "product:DS-03", "٢٥٬٠٠٠"),
    ("How much is the linen shirt?", "product:SH-01", "IQD 28,000, in stock"),
    ("price of leather formal shoes pls", "product:SO-02", "IQD 78,000|only 4 left"),
    ("do you have the padded winter jacket in XL", "product:JK-02", "size XL"),
    ("is the zip everyday abaya available?", "product:AB-03", "sold out|Black crepe abaya"),
    ("what colours does the women's handbag come in", "product:AC-02", "Black, Camel, White"),
    ("what sizes are the straight jeans", "product:TR-01", "30, 32, 34, 36, 38"),
    ("hi! looking for a floral dress", "product:DR-02", "Hello|IQD 42,000"),
    ("شوكت تفتحون؟", "faq:hours", "من الأحد إلى الخميس"),
    ("فاتحين الجمعة؟", "faq:hours", "عطلتنا الجمعة والسبت"),
    ("متى تسكرون اليوم", "faq:hours", "٩ مساءً"),
    ("what are your opening hours", "faq:hours", "Sunday to Thursday"),
    ("وبكم التوصيل للبصرة؟", "faq:delivery", "٨٬٠٠٠"),
    ("توصلون لاربيل؟", "faq:delivery", "بقية المحافظات"),
    ("وكم يوم ياخذ التوصيل", "faq:delivery", "٢ إلى ٤ أيام"),
    ("بتوصلوا ع البيت؟", "faq:delivery", "بغداد"),
    ("do you deliver to Mosul", "faq:delivery", "IQD 8,000"),
    ("اگدر ابدل القياس اذا ما صار؟", "faq:returns", "٧ أيام"),
    ("ممكن ترجيع؟", "faq:returns", "٧ أيام"),
    ("can I get a refund", "faq:returns", "7 days"),
    ("الدفع كاش لو زين كاش؟", "faq:payment", "نقداً عند الاستلام"),
    ("تقبلون فيزا", "faq:payment", "فيزا"),
    ("في تقسيط؟", "faq:payment", "لا يوجد تقسيط"),
    ("وين مكانكم عيني", "faq:location", "الكرادة"),
    ("فين عنوان المحل", "faq:location", "كهرمانة"),
    ("where are you located?", "faq:location", "Karrada"),
    ("عندكم جملة؟", "faq:wholesale", "١٢ قطعة"),
    ("اخر سعر؟", "faq:discount", "١٠٪"),
    ("any discount?", "faq:discount", "10%"),
    ("وزني ٨٥ شنو يناسبني", "faq:size_guide", "XL من ٨٠ إلى ٩٠"),
    ("تغلفون هدايا؟ تغليف", "faq:gift", "٣٬٠٠٠"),
    ("شلون اغسله", "faq:care", "ماء بارد"),
]


@pytest.mark.parametrize(("said", "source", "facts"), SAID)
async def test_a_customer_gets_the_facts_of_the_right_row(
    said: str, source: str, facts: str
) -> None:
    found = await ask(said)
    assert source in found.source.split(", "), found
    assert all(fact in found.text for fact in facts.split("|")), found.text
    assert found.hand_over is None
    prices = [p for p in SHOP.products if f"product:{p.sku}" not in found.source]
    assert not any(f"{p.name_ar}:" in found.text or f"{p.name_en}:" in found.text for p in prices)


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len(SAID) >= 60


@pytest.mark.parametrize(
    ("said", "why", "kind"),
    [
        ("اريد احچي ويه موظف", "asked_for_person", "text"),
        ("بدي احكي مع شخص حقيقي", "asked_for_person", "text"),
        ("I want to talk to a real person", "asked_for_person", "text"),
        ("طلبي ما وصل", "complaint", "text"),
        ("القميص وصل ممزق", "complaint", "text"),
        ("هل يوجد ضمان؟", "unknown_topic:warranty", "text"),
        ("ابي اطلب هودي اسود لارج", "wants_to_order", "text"),
        ("", "unseen_message:image", "image"),
        ("", "unseen_message:audio", "audio"),
        ("", "unseen_message:location", "location"),
        ("بيت أحمد", "unseen_message:location", "location"),
        ("أحمد علي", "unseen_message:contacts", "contacts"),
        ("بكم القميص الكتان", "unseen_message:image", "image"),
    ],
)
async def test_what_is_not_known_goes_to_a_person_and_the_customer_is_told(
    said: str, why: str, kind: str
) -> None:
    found = await ask(said, kind=kind)
    assert found.hand_over == why
    assert any(word in found.text for word in ("زملائنا", "colleague")), found.text
    assert reason(why, "ar") != why
    assert reason(why, "en") != why


async def test_a_burst_is_answered_once_in_a_sensible_order() -> None:
    found = await ask("هلا", "بكم القميص الكتان", "وعندكم جاكيت جلد؟", "وكم التوصيل؟", "شكراً")
    places = [found.text.index(part) for part in ("أهلاً", "٢٨٬٠٠٠", "٧٥٬٠٠٠", "بغداد", "العفو")]
    assert places == sorted(places)
    assert found.source == "product:SH-01, product:JK-01, faq:delivery"


async def test_one_thing_said_over_four_messages_is_one_thing() -> None:
    found = await ask("عندكم", "قميص", "كتان", "ابيض؟")
    assert found.source == "product:SH-01"
    assert "منه أبيض" in found.text


async def test_a_follow_up_is_about_the_product_named_before() -> None:
    before = (("contact", "بكم فستان السهرة"), ("assistant", "فستان سهرة طويل: ١٢٠٬٠٠٠ د.ع"))
    assert (await ask("والمقاسات؟", history=before)).source == "product:DR-01"
    before = (("contact", "بكم الحذاء الرياضي"), ("operator", "تفضل"))
    assert (await ask("في منه مقاس 42؟", history=before)).source == "product:SO-01"


async def test_without_any_product_it_asks_which_once_and_then_gives_to_a_person() -> None:
    first = await ask("بكم؟")
    assert first.hand_over is None
    assert first.text.startswith("عن أي قطعة")
    second = await ask("بكم؟", history=(("assistant", first.text),))
    assert second.hand_over == "not_understood"


async def test_what_is_nearest_is_said_to_be_only_near() -> None:
    found = await ask("عندكم قميص حرير؟")
    assert "أقرب ما عندنا" in found.text
    assert found.text.count("•") == 4


async def test_no_row_no_fact() -> None:
    found = await ask("بكم القميص الكتان وكم التوصيل؟", products=(), faqs=())
    assert not any(char.isdigit() for char in found.text)
    assert found.hand_over


@pytest.mark.parametrize("said", ["عندكم ثلاجات؟", "do you sell laptops?", "do you also sell vans"])
async def test_what_is_not_sold_is_said_so_with_what_is(said: str) -> None:
    done = await ask(said)
    assert done.hand_over is None
    assert ("فساتين" in done.text) or ("Dresses" in done.text)
    assert done.confidence < 0.5


async def test_work_that_is_asked_for_is_no_ware_and_a_persons() -> None:
    assert (await ask("عندكو وظايف؟")).hand_over


async def test_browsing_names_categories_and_a_category_its_products() -> None:
    assert "فساتين" in (await ask("شنو عندكم")).text
    assert "Dresses" in (await ask("what do you have")).text
    assert (await ask("شنو عندكم فساتين")).text.count("•") == 4
    assert (await ask("شنو عندكم", products=())).hand_over == "unknown_product"


async def test_the_language_is_that_of_most_of_the_batch() -> None:
    assert (await ask("hello there", "how much is the linen shirt", "شكرا")).text.startswith(
        "Hello"
    )
    before = (("contact", "how much is the linen shirt"),)
    assert "IQD" not in (await ask("٤٢؟", history=(("contact", "مرحبا"),))).text
    assert "a colleague" in (await ask("", kind="image", history=before)).text


@pytest.mark.parametrize("said", ["a b kam", "شششش", "يعني"])
async def test_words_of_which_nothing_is_read_are_asked_about_and_a_person_is_offered(
    said: str,
) -> None:
    found = await ask(said)
    assert (found.noted, found.hand_over) == (None, None)
    assert any(sign in found.text for sign in ASKS)
    assert any(word in found.text for word in ("زملائنا", "colleague")), found.text
    assert found.confidence is not None
    assert found.confidence < 0.5


async def test_who_is_not_understood_once_more_is_given_to_a_person() -> None:
    first = await ask("شششش")
    before = (("contact", "شششش"), ("assistant", first.text))
    again = await ask("ضضضض غغغ", history=before)
    assert again.hand_over == "not_understood"
    later = await ask("بكم القميص الكتان", history=before)
    assert later.hand_over is None
    assert "٢٨٬٠٠٠" in later.text


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("صباح الهنا والبركه عليكم", "greeting"),
        ("sabah el ward ya jama3a", "greeting"),
        ("الف تشكرات الكم", "thanks"),
        ("احزر شنو اسم اغنيتي المفضله", "off_topic"),
        ("who invented the radio", "off_topic"),
    ],
)
async def test_small_talk_that_no_rule_lists_is_answered_kindly(said: str, meaning: str) -> None:
    found = await ask(said)
    assert found.hand_over is None
    assert meaning in found.trace["meanings"]
    assert found.text


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("الماكنه اللي شلتها من يمكم احترگ سلكها ثاني يوم", "complaint"),
        ("you people are thieves and your driver insulted me", "complaint"),
        ("خلي اي حد من عندكو يكلمني", "asked_for_person"),
        ("khalo wa7ed mnkom y7aki ma3i", "asked_for_person"),
    ],
)
async def test_who_complains_in_fresh_words_is_given_to_a_person(said: str, why: str) -> None:
    assert (await ask(said)).hand_over == why


async def test_a_merchant_who_wants_certainty_gets_a_person_at_the_first_doubt() -> None:
    said = turn("شششش")
    asked = await ask("شششش")
    assert escalating.after(Escalation(threshold=0.3, keywords=()), said, asked) is None
    decided = escalating.after(Escalation(threshold=0.6, keywords=()), said, asked)
    assert decided is not None
    assert decided.reason == "low_confidence"
    worded = escalating.before(Escalation(threshold=0.3, keywords=("شششش",)), said.messages)
    assert worded is not None
    assert worded.keyword


@pytest.mark.parametrize("said", ["👍", "تمام", "ok", "🌹🌹"])
async def test_a_nod_gets_a_kind_word_and_asks_for_nobody(said: str) -> None:
    found = await ask(said)
    assert (found.noted, found.hand_over) == (None, None)
    assert any(word in found.text for word in ("الرحب", "pleasure")), found.text


async def test_a_sticker_needs_no_answer_and_says_so() -> None:
    found = await ask("thumbs", kind="sticker")
    assert (found.text, found.noted, found.hand_over) == ("", "acknowledgement", None)


@pytest.mark.parametrize(
    ("said", "word"),
    [("شكرا جزيلا", "العفو"), ("thank you!", "welcome"), ("مع السلامة", "أمان"), ("hi", "help")],
)
async def test_small_talk_is_answered_kindly(said: str, word: str) -> None:
    assert word in (await ask(said)).text


async def test_digits_are_the_merchants_choice() -> None:
    latin = catalogue.Options(digits="latin")
    found = await catalogue.answer(turn("بكم القميص الكتان"), latin, deadline_s=1, tools=NoTools())
    assert "28,000 د.ع" in found.text


async def test_the_source_incident_asks_nothing_twice() -> None:
    first = await ask("ممكن أعرف اسمك؟ ⭐", "عبدالرحيم", "من القوي", assistant=1)
    assert first.collected == {"name": "عبدالرحيم القوي"}
    assert "أنا لياقة" in first.text
    assert "الهدف" in first.text
    assert "خطة الوجبات" in first.text
    assert "الاسم؛" not in first.text
    before = (("contact", "عبدالرحيم"), ("assistant", first.text))
    last = await ask(
        "وجبة واحدة", "لايف ستايل", assistant=1, collected=first.collected, history=before
    )
    assert last.collected == {"meal_plan": "وجبة واحدة", "goal": "لايف ستايل"}
    assert not any(sign in last.text for sign in ASKS)
    assert all(word in last.text for word in ("عبدالرحيم القوي", "وجبة واحدة", "لايف ستايل"))
    assert last.hand_over is None


async def test_a_collecting_assistant_asks_for_all_that_is_missing_in_one_question() -> None:
    found = await ask("اريد اشترك بالبرنامج", assistant=1)
    assert sum(found.text.count(sign) for sign in ASKS) == 1
    assert all(label in found.text for label in ("الاسم", "الهدف", "خطة الوجبات"))
    english = await ask("hi, my name is Sara", "I want to lose weight", assistant=1)
    assert english.collected == {"name": "Sara", "goal": "تنزيل وزن"}
    assert "one meal" in english.text
    assert "Goal: weight loss" in english.text


async def test_an_answer_that_fits_no_question_is_asked_about_once_then_for_a_person() -> None:
    before = (("assistant", "تكرّماً، هل تخبرني بهذه: الهدف؛ خطة الوجبات؟"),)
    known = {"name": "سارة"}
    said = "هيج اريد والله ما اعرف الصحيح"
    found = await ask(said, assistant=1, history=before, collected=known)
    assert found.hand_over is None
    again = (*before, ("contact", said), ("assistant", found.text))
    assert (await ask(said, assistant=1, history=again, collected=known)).hand_over


async def test_a_name_and_a_price_in_one_message_are_both_read() -> None:
    fields = SHOP.assistants[1]
    mixed = turn("اسمي أحمد وبكم القميص الكتان؟", assistant=1)
    assert fields.fields
    found = await catalogue.answer(mixed, catalogue.Options(), deadline_s=1, tools=NoTools())
    assert "٢٨٬٠٠٠" in found.text


async def test_a_topic_of_the_merchants_own_is_offered_by_no_raw_name() -> None:
    own = tuple(msgspec.structs.replace(faq, topic="gold_plating") for faq in SHOP.faqs[:2])
    found = await ask("شششش", faqs=own)
    assert "gold" not in found.text
    assert "؟" in found.text


@pytest.mark.parametrize("said", ["غالي كتير نزلولنا شوي", "too expensive, can you do it cheaper"])
async def test_who_haggles_is_told_the_price_and_passed_to_nobody(said: str) -> None:
    row = tuple(faq for faq in SHOP.faqs if faq.topic != "discount")
    found = await ask(said, faqs=row)
    assert found.hand_over is None
    assert "الأسعار" in found.text or "prices" in found.text


async def test_who_asks_to_buy_for_a_shop_gets_a_person_and_says_why() -> None:
    found = await ask("I own a boutique and want to stock your abayas")
    assert found.hand_over == "business_offer"
    assert "•" not in found.text


async def test_a_yes_in_latin_letters_is_answered_in_arabic() -> None:
    found = await ask("ok thabteh", history=(("contact", "salam kam el hoodie"),))
    assert any("\u0600" <= char <= "\u06ff" for char in found.text)
