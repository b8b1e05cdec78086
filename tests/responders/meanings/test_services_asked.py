"""What we are asked to do is told by its row, though a ware is named that it is to be done to."""

from __future__ import annotations

import msgspec
import pytest

from hudhud.model import Faq
from hudhud.ops.sample.sample import sample
from hudhud.responders.lexicon import roots, understood
from hudhud.responders.lexicon.asking import may_i, services
from hudhud.responders.lexicon.verbs import asks_of_you
from hudhud.responders.matching import Matched, matched
from hudhud.responders.selling.clauses import clauses
from hudhud.responders.selling.naming import Names
from hudhud.text import words

SHOP = sample()
NAMES = Names(SHOP.products)


def row(topic: str, arabic: str, english: str) -> Faq:
    """A row of the merchant's."""
    return msgspec.structs.replace(
        SHOP.faqs[0],
        id=hash(topic),
        topic=topic,
        question_ar=arabic,
        question_en=english,
        answer_ar="نعم",
        answer_en="Yes",
    )


ROWS = (
    *SHOP.faqs,
    row("stitching", "هل تطرزون الحروف على الملابس؟", "Do you stitch letters on clothes?"),
    row("dyeing", "هل تصبغون الملابس؟ تغيير اللون", "Do you dye clothes?"),
)


def match(text: str) -> Matched:
    return matched(SHOP.products, ROWS, [understood(text)])


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("اذا اخذت القميص الكتان تصبغونه لي", "dyeing"),
        ("القميص الكتان صار قديم، بتصبغوه؟", "dyeing"),
        ("if I buy the linen shirt from you will you dye it?", "dyeing"),
        ("لو جبتلكم القميص الكتان تطرزوهولي؟", "stitching"),
        ("el 2amis el kettan btesbegho?", "dyeing"),
        ("ابي احد يصبغ القميص الكتان", "dyeing"),
    ],
)
def test_what_is_to_be_done_to_a_ware_is_told_by_its_row(text: str, topic: str) -> None:
    assert [one.topic for one in match(text).rows] == [topic]


@pytest.mark.parametrize(
    "text", ["عندكم قميص كتان؟", "بكم القميص الكتان؟", "do you have a linen shirt?"]
)
def test_a_ware_that_is_asked_for_is_shown_and_no_row_told(text: str) -> None:
    found = match(text)
    assert found.groups
    assert not found.rows


def test_a_topic_that_is_named_is_told_before_a_row_that_shares_a_verb() -> None:
    assert match("القميص طلع ضيق، تبدلونه؟").rows[0].topic == "returns"


@pytest.mark.parametrize(
    "word", ["تطحنونه", "بتفصلولنا", "تنقلوهالي", "كتخيطوها", "تبرمجوه", "وتعلقونها"]
)
def test_what_we_do_is_known_whatever_is_attached_to_it(word: str) -> None:
    (folded,) = words(word)
    assert asks_of_you(folded)


@pytest.mark.parametrize("word", ["تلفونها", "تلفزيوني", "تناولها", "تعاونوا", "تخزين", "تكونوا"])
def test_a_noun_that_only_looks_so_is_nothing_that_we_do(word: str) -> None:
    (folded,) = words(word)
    assert not asks_of_you(folded)


def test_a_verb_is_known_by_its_root_under_what_is_attached_and_as_towns_say_it() -> None:
    assert roots("تطبخوهالي") & roots("طبخ")
    assert roots("بتنضفوها") & roots("تنظفون")
    assert not roots("نضاره") & roots("نظاره")


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("will someone carry it up?", "carry"),
        ("would you buy my old one", "buy"),
        ("هل يمكن نقش حرف عليها", "نقش"),
        ("بدي حدا يعلقها", "يعلقها"),
        ("katghselo zrabi?", "katghselo"),
    ],
)
def test_the_deed_that_is_asked_for_is_heard(text: str, deed: str) -> None:
    assert deed in services(words(text))


@pytest.mark.parametrize("text", ["can you send me two", "تقدرون توصلونه", "هل يمكن إرجاعه"])
def test_what_every_shop_does_is_no_service(text: str) -> None:
    assert not services(words(text))


def test_what_they_may_do_is_asked_and_what_they_may_have_is_not() -> None:
    assert may_i(words("can I swim with it on"))
    assert not may_i(words("can I please have a linen shirt"))


@pytest.mark.parametrize(
    "text",
    ["will you dye a linen shirt for me", "can I wash the linen shirt", "القميص الكتان تصبغونه"],
)
def test_who_asks_what_is_done_orders_nothing(text: str) -> None:
    assert all(one.asks for one in clauses({1: text}, NAMES))


@pytest.mark.parametrize(
    "text",
    ["قميص كتان لارج تغلفونه", "can you pack 2 linen shirts for me", "ابي قميص كتان وتغلفونه"],
)
def test_who_tells_a_size_or_a_number_orders_though_something_is_to_be_done(text: str) -> None:
    assert not any(one.asks for one in clauses({1: text}, NAMES))


def test_in_which_month_is_no_goodbye() -> None:
    told = understood("باي شهر يكون موسم الكتان")
    assert told.asks
    assert "goodbye" not in told.meanings
    assert "goodbye" in understood("باي").meanings
