"""A message is about a row by its subject, whatever the merchant calls it (decision 0024)."""

from __future__ import annotations

import pytest

from hudhud.model import Faq
from hudhud.responders.examples import about
from hudhud.responders.examples.subjects import named, subjects, utterances
from hudhud.responders.lexicon import TOPICS


def row(topic: str, arabic: str = "", english: str = "") -> Faq:
    """A row of the merchant's."""
    return Faq(
        id=hash(topic),
        topic=topic,
        question_ar=arabic,
        question_en=english,
        answer_ar="نعم",
        answer_en="yes",
    )


ROWS = (
    row("hours", "متى تفتحون؟", "When are you open?"),
    row("delivery", "كم التوصيل؟", "How much is delivery?"),
    row("payment", "كيف أدفع؟", "How can I pay?"),
    row("location", "وين المحل؟", "Where is the shop?"),
    row("returns", "أقدر أرجع؟", "Can I return it?"),
    row("warranty", "عليه ضمان؟", "Is there a warranty?"),
    row("packaging", "ترتبون الهدايا؟", "Do you wrap gifts?"),
)


def told(text: str, rows: tuple[Faq, ...] = ROWS) -> str:
    """The topic of the row that a message is about, where it surely is about one."""
    like = about(rows, text)
    return like.rows[0].topic if like and like.lead >= 8 else ""


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("انا باسوان، كام يوم وتكون في ايدي", "delivery"),
        ("ساكن بعيد، اكو واحد يجيبها لي للبيت", "delivery"),
        ("I finish late on sundays, would anybody still be there", "hours"),
        ("طالع من الجامعة عالسبعة، بلحق عليكم", "hours"),
        ("if it gives up after a year who takes care of it", "warranty"),
        ("لو عطلت عندي بعد كام شهر، مين يصلحها ببلاش", "warranty"),
        ("3ayz ajeelko bel 3arabeya, a5osh mnein", "location"),
        ("ما اقدر على المبلغ كله، يصير كل شهر شوي", "payment"),
        ("اختي تتخرج وابيه مرتب بعلبة وشريطة", "packaging"),
        ("ma baddi yeh khalas, byerja3 floosi?", "returns"),
    ],
)
def test_who_tells_a_situation_asks_for_its_row(text: str, topic: str) -> None:
    assert told(text) == topic


@pytest.mark.parametrize(
    "text",
    [
        "عندكم مرايا للحمام",
        "بدي مصباح للمكتب ما بيوجع العين",
        "do you have a smaller kettle",
        "واش كاين شي كرسي ديال البلاستيك",
        "صباح الفل",
        "شكرا ما قصرتم",
    ],
)
def test_what_is_asked_of_a_product_is_of_no_row(text: str) -> None:
    assert told(text) == ""


def test_a_row_is_known_by_what_it_asks_where_its_name_says_nothing() -> None:
    odd = row("q7", "هل تصلحون الأجهزة المكسورة؟ الصيانة", "Do you repair broken devices?")
    assert told("الشاشة انشعرت من وقعة، تعدلونها؟", (*ROWS, odd)) == "q7"
    both = row("q8", "هل تصلحون الأجهزة المكسورة؟ الصيانة", "How can I pay? Cash, card, transfer")
    assert told("الشاشة انشعرت من وقعة، تعدلونها؟", (*ROWS, both)) != "q8"


def test_a_narrower_subject_is_answered_by_the_wider_only_without_its_own_row() -> None:
    assert told("وين احط السيارة لما اجيكم") == "location"
    own = row("parking", "عندكم مواقف؟", "Is there parking?")
    assert told("وين احط السيارة لما اجيكم", (*ROWS, own)) == "parking"


def test_a_subject_without_a_row_is_of_no_row() -> None:
    assert told("تقبلون كرت الشركة الصحي ولا ادفع من جيبي") == ""
    assert about((), "كم التوصيل") is None


def test_every_subject_has_examples_and_a_name_of_its_own() -> None:
    kinds = [kind for _, kind in utterances()]
    assert set(kinds) == set(subjects())
    assert all(kinds.count(kind) >= 10 for kind in subjects())
    assert sum(len(one.names) for one in subjects().values()) == len(named())
    assert all(one.within in subjects() for one in subjects().values() if one.within)
    assert set(TOPICS) <= set(subjects())
