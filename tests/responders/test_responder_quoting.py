"""From documents the offline responder quotes what surely answers, as it stands, or nothing."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs
from test_responder_catalogue import ask

from hudhud.model import Answer, Faq, Passage
from hudhud.responders.lexicon import understood
from hudhud.responders.quoting import QUOTE_CHARS_MAX, quoted

WASHING = Passage(
    id=7,
    source="دليل العناية",
    heading="دليل العناية › الصوف",
    text="يُغسل الصوف باليد بماء بارد. لا يُعصر ولا يُعلق، بل يُفرد على منشفة.",
)
ALTERING = Passage(
    id=8,
    source="خدمات المحل",
    heading="التقصير والتضييق",
    text="نقصّر البناطيل مجانًا خلال يومين. تضييق الفساتين بعشرة آلاف دينار عند الخياط.",
)
MEMBERS = Passage(
    id=9,
    source="Members' club",
    heading="Points",
    text="Members collect one point for every dollar. Points expire after twelve months.",
)
ALL = (WASHING, ALTERING, MEMBERS)


async def answer(*texts: str, **more: Any) -> Answer:
    return await ask(*texts, **({"passages": ALL, "faqs": ()} | more))


@pytest.mark.parametrize(
    ("asked", "passage", "words"),
    [
        (
            "تضيقون الفساتين؟ تضييق فستان عند الخياط",
            8,
            "تضييق الفساتين بعشرة آلاف دينار عند الخياط.",
        ),
        ("do my points expire?", 9, "Points expire after twelve months."),
    ],
)
async def test_what_no_row_answers_is_quoted_with_its_document(asked, passage, words):
    told = await answer(asked)
    assert words in told.text
    assert f"passage:{passage}" in told.source.split(", ")
    source = next(one.source for one in ALL if one.id == passage)
    assert source in told.text
    assert told.trace["documents"] == {str(passage): source}
    assert told.hand_over is None


@pytest.mark.parametrize(
    "asked",
    [
        "عندكم خدمة تطريز الأسماء على القبعات؟",
        "هل تضيقون الخواتم الذهبية عند الصائغ",
        "do you collect old shoes?",
        "متى تنتهي نقاطي؟",  # told, but in another language than that of the customer
    ],
)
async def test_what_no_sentence_surely_answers_goes_to_a_person(asked):
    told = await answer(asked, products=())
    assert told.hand_over is not None
    assert "passage:" not in told.source


async def test_whoever_complains_or_wants_a_person_is_not_quoted_to():
    told = await answer("اريد اتكلم مع موظف عن تضييق الفساتين عند الخياط")
    assert told.hand_over == "asked_for_person"
    assert "passage:" not in told.source


# It holds one word of what is asked, and the search found it for that.
OPENING = Faq(
    id=1,
    topic="fittings",
    question_ar="أين غرفة القياس عند المدخل أم عند الخياط؟",
    question_en="",
    answer_ar="غرفة القياس في الطابق الأول.",
    answer_en="",
    score=0.55,
)


async def test_a_guess_among_answered_questions_gives_way_to_what_a_document_surely_says():
    words = "تضيقون الفساتين عند الخياط؟"
    guessed = await answer(words, products=(), passages=(), faqs=(OPENING,))
    assert OPENING.answer_ar in guessed.text
    told = await answer(words, products=(), faqs=(OPENING,))
    assert "تضييق الفساتين بعشرة آلاف دينار عند الخياط." in told.text
    assert OPENING.answer_ar not in told.text


async def test_a_sure_answer_of_the_merchant_stands_before_any_document():
    altering = structs.replace(
        OPENING,
        question_ar="هل تضيقون الفساتين عند الخياط؟",
        answer_ar="نعم، في يوم واحد.",
        score=1.0,
    )
    told = await answer("تضيقون الفساتين عند الخياط؟", products=(), faqs=(altering,))
    assert altering.answer_ar in told.text
    assert "passage:" not in told.source


async def test_a_product_is_answered_as_ever_beside_a_document():
    alone = await ask("بكم الحزام؟")
    assert (await ask("بكم الحزام؟", passages=ALL)).text == alone.text


def asked_of(passages: tuple[Passage, ...], words: str) -> Any:
    return quoted(passages, understood(words).said, "ar")


def test_sentences_stand_as_they_are_and_no_longer_than_an_answer():
    quote = asked_of(ALL, "شلون اغسل الصوف باليد")
    assert quote.text in WASHING.text
    long = Passage(id=1, source="س", heading="", text="يُغسل الصوف باليد " * 60 + ".")
    assert asked_of((long,), "شلون اغسل الصوف باليد") is None
    assert len(quote.text) <= QUOTE_CHARS_MAX


def test_of_two_that_fit_alike_only_the_one_that_the_search_found_first_is_quoted():
    twin = Passage(id=2, source="آخر", heading="", text="يُغسل الصوف باليد عندنا.")
    assert asked_of((WASHING, twin), "اغسل الصوف باليد").passage.id == WASHING.id
    # The search thought of something else first, and nobody knows which of both is meant.
    assert asked_of((ALTERING, WASHING, twin), "اغسل الصوف باليد") is None


def test_nothing_said_finds_nothing():
    assert quoted(ALL, (), "ar") is None
    assert quoted((), ("صوف",), "ar") is None


def test_without_the_word_that_says_most_nothing_is_quoted():
    held = ("يعصر", "يعلق", "يفرد", "منشفه")
    assert quoted((WASHING,), held, "ar") is not None
    # Four of five words fit, and the fifth is what is asked about.
    assert quoted((WASHING,), (*held, "نشا"), "ar") is None


def test_a_text_in_another_language_is_no_answer():
    asked = ("points", "expire", "months")
    assert quoted((MEMBERS,), asked, "en") is not None
    assert quoted((MEMBERS,), asked, "ar") is None
