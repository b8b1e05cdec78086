"""Which rows a message is about, when words and rows do not meet as they stand."""

from __future__ import annotations

import msgspec
import pytest

from hudhud.model import Faq
from hudhud.ops.sample.sample import sample
from hudhud.responders.lexicon import understood
from hudhud.responders.matching import Matched, answered, matched

SHOP = sample()


def match(text: str, *, score: float = 0.0, fresh: bool = True) -> Matched:
    first, *rest = SHOP.products
    found = [msgspec.structs.replace(first, score=score), *rest]
    return matched(found, SHOP.faqs, [understood(text)], fresh=fresh)


def test_what_only_the_search_understands_is_offered_as_the_nearest() -> None:
    (group,) = match("اريد زنقليط", score=0.9).groups
    assert (group.products[0].sku, group.exact) == (SHOP.products[0].sku, False)


def test_a_score_of_what_was_said_before_offers_nothing() -> None:
    done = match("اريد زنقليط", score=0.9, fresh=False)
    assert not done.groups
    assert len(done.lost) == 1


def test_a_question_beside_a_product_is_answered_by_its_row() -> None:
    done = match("كيف أغسل الفستان الشيفون؟")
    assert [row.topic for row in done.rows] == ["care"]


def test_trouble_with_a_product_shows_no_product() -> None:
    assert not match("القميص الكتان وصل ممزق").groups


def test_a_detail_that_no_row_tells_is_not_guessed() -> None:
    assert match("هل القميص الكتان آمن لمن عنده حساسية؟").unsure


def test_the_world_is_no_business_of_the_shop() -> None:
    assert match("ما عاصمة اليابان؟").beyond


@pytest.mark.parametrize("text", ["fi daman 3laha?", "عليه كفالة؟", "is there any guarantee?"])
def test_a_topic_without_a_row_is_answered_by_the_row_that_asks_it_by_name(text: str) -> None:
    row = msgspec.structs.replace(
        SHOP.faqs[0], id=99, topic="quality", question_ar="كم مدة الضمان؟", question_en=""
    )
    done = matched(SHOP.products, (*SHOP.faqs, row), [understood(text)])
    assert [one.topic for one in done.rows] == ["quality"]
    assert not done.unanswered


def test_what_no_word_says_is_told_by_what_answered_it() -> None:
    question = understood("هو الحشو بيوجع؟")
    assert answered(["faq:pain", "product:FL-01"], [question]) == {"pain"}
    assert answered(["product:FL-01"], [question]) == {"stock"}
    assert answered(["product:FL-01"], [understood("القميص الكتان")]) == set()
    assert answered([], [question]) == set()


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("انا بالنجف، كم يوم وتصير القطعة بيدي", "delivery"),
        ("اخلص جامعة عالسبعة، الحگ اجيكم", "hours"),
        ("العباية اذا دخلتها بالغسالة تبوظ؟", "care"),
        ("اريد افاجئ امي، تزينونه بعلبة وشريط", "gift"),
        ("bought one too many and it's unopened, would you take it", "returns"),
    ],
)
def test_who_tells_a_situation_is_told_the_row_of_its_subject(text: str, topic: str) -> None:
    assert [row.topic for row in match(text).rows] == [topic]


@pytest.mark.parametrize("text", ["اريد فستان ما يتكرمش", "قميص للشغل ما يتجعد", "بدلة عرس"])
def test_who_wants_a_product_is_told_no_row_for_what_it_is_for(text: str) -> None:
    found = match(text)
    assert found.groups
    assert not found.rows


def test_a_thing_that_is_named_in_so_many_words_is_shown_beside_the_row() -> None:
    found = match("قميص كتان صيفي، ترتبونه بعلبة وشريط لامي؟")
    assert [row.topic for row in found.rows] == ["gift"]
    assert found.groups


def service(topic: str, arabic: str, english: str) -> Faq:
    return msgspec.structs.replace(
        SHOP.faqs[0], id=900 + len(arabic), topic=topic, question_ar=arabic, question_en=english
    )


SERVICES = (
    service("hemming", "هل تقصرون الفستان أو القميص؟", "Do you shorten a dress or a shirt?"),
    service("quality", "هل القماش أصلي أم تقليد؟", "Is the fabric genuine or an imitation?"),
)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("بكم تقصرون الفستان الشيفون؟", "hemming"),
        ("how much to shorten the linen shirt", "hemming"),
        ("القمصان اصلية ولا تقليد؟", "quality"),
        ("الفساتين اصليه لو تقليد", "quality"),
        ("hal el fasateen asliye?", "quality"),
    ],
)
def test_a_service_or_a_quality_asked_of_a_ware_is_told_by_its_row(text: str, topic: str) -> None:
    done = matched(SHOP.products, (*SHOP.faqs, *SERVICES), [understood(text)])
    assert [row.topic for row in done.rows] == [topic]


def test_the_price_of_a_ware_is_its_own_where_a_row_tells_of_a_service_to_it() -> None:
    done = matched(SHOP.products, (*SHOP.faqs, *SERVICES), [understood("بكم الفستان الشيفون؟")])
    assert done.groups
    assert not done.rows


@pytest.mark.parametrize(
    "text",
    ["ممكن اشوفه قبل ما اشتري", "may I hold it before I buy", "momken ashoofo 2abl ma ashtri"],
)
def test_what_is_done_before_buying_is_no_order(text: str) -> None:
    told = understood(text)
    assert told.asks
    assert "order" not in told.meanings


@pytest.mark.parametrize(
    "text", ["لنفرض وصل الكوب مكسور شو بتعملوا؟", "if the mug arrives broken, what do you do?"]
)
def test_a_trouble_that_is_supposed_asks_for_the_row_and_is_no_complaint(text: str) -> None:
    told = understood(text)
    assert "returns" in told.meanings
    assert {"complaint", "browse"}.isdisjoint(told.meanings)
