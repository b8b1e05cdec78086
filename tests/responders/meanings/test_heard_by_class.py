"""Classes of what is said: a wish of the day, a name, a colour, what may fail, a row asked for."""

from __future__ import annotations

import pytest

from hudhud.ops.sample.sample import sample
from hudhud.responders import shelf
from hudhud.responders.examples import CALLS
from hudhud.responders.lexicon import understood
from hudhud.responders.lexicon.colours import colour_word
from hudhud.responders.matching import matched, overheard

SHOP = sample()


@pytest.mark.parametrize("text", ["صباح العسل", "يا مساء السكر", "مسا الجوري عليكم"])
def test_a_day_is_wished_in_any_words(text: str) -> None:
    assert "greeting" in understood(text).meanings


def test_a_morning_that_tells_a_time_greets_nobody() -> None:
    assert "greeting" not in understood("صباح الخميس").meanings


@pytest.mark.parametrize("text", ["بشرى نعمة", "اسمي بشرى", "ابها حي الموظفين"])
def test_a_name_or_a_quarter_calls_no_person(text: str) -> None:
    assert "person" not in understood(text).meanings


@pytest.mark.parametrize("text", ["اريد موظف بشري", "وين الموظفين", "ابي بشري يرد"])
def test_who_wants_a_person_is_still_heard(text: str) -> None:
    assert "person" in understood(text).meanings


@pytest.mark.parametrize(
    ("word", "same"),
    [("قهوي", "بني"), ("جوزي", "بني"), ("رصاصي", "رمادي"), ("نيلي", "كحلي"), ("بوردو", "عنابي")],
)
def test_a_colour_is_known_by_its_name_in_every_dialect(word: str, same: str) -> None:
    product = next(p for p in SHOP.products if same in p.colours_ar)
    assert shelf.colour_said([word], product) == product.colours_ar.index(same)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("لو ما عجبني ارده؟", "returns"),
        ("اذا ما زبط فيني بدل؟", "returns"),
        ("لو خرب بعد شهرين يتبدل؟", "warranty"),
        ("باقي كثير على طلبي؟", "order_status"),
        ("دفعت ثمن ثلاثة ووصلني اثنين", "complaint"),
        ("العرس خلص والطلب ماجتش", "complaint"),
        ("انت بني آدم ولا برنامج؟", "your_name"),
    ],
)
def test_what_may_fail_and_what_did_are_told_apart(text: str, topic: str) -> None:
    assert topic in understood(text).meanings


@pytest.mark.parametrize(
    "text",
    [
        "حلو كتير، بدي واحد أزرق سمول",
        "عطيني واحد قهوي 115",
        "اريد حذاء ما يخرب من الماء",
        "بخبركم بعد ما احكي مع امي",
        "خلاص هاخد اتنين",
    ],
)
def test_praise_a_wish_and_a_family_call_nobody(text: str) -> None:
    assert CALLS.isdisjoint(overheard(SHOP.products, text).meanings)


@pytest.mark.parametrize(
    "text",
    [
        "so the unbreakable one broke after a day",
        "راح اكتب عنكم بكل مكان",
        "اللي بالصورة شي واللي وصلني شي ثاني",
    ],
)
def test_a_complaint_is_heard_without_the_word_for_it(text: str) -> None:
    assert "complaint" in overheard(SHOP.products, text).meanings


def test_a_name_is_no_question_to_a_row() -> None:
    done = matched(SHOP.products, SHOP.faqs, [overheard(SHOP.products, "يوسف طارق")])
    assert not done.rows


@pytest.mark.parametrize("text", ["كيفاش نصبن الشيفون", "كيفاش نصبن الكتان"])
def test_a_row_is_asked_for_in_words_that_it_does_not_hold(text: str) -> None:
    done = matched(SHOP.products, SHOP.faqs, [overheard(SHOP.products, text)])
    assert [row.topic for row in done.rows] == ["care"]


@pytest.mark.parametrize("word", ["اكحل", "كحله", "eswed", "aswad", "sawda"])
def test_black_is_black_in_the_maghreb_and_however_it_is_spelled(word: str) -> None:
    product = next(p for p in SHOP.products if "أسود" in p.colours_ar)
    assert shelf.colour_said([word], product) == product.colours_ar.index("أسود")


@pytest.mark.parametrize("word", ["cake", "code", "beach", "big", "saud", "bede"])
def test_a_word_in_latin_letters_that_only_could_be_spelled_so_is_no_colour(word: str) -> None:
    assert not colour_word(word)


@pytest.mark.parametrize(
    "text", ["خلي الطول مترين", "طول ٣ متر", "بطول متر ونص", "الحبل طوله متران", "طول مترين مو متر"]
)
def test_what_has_a_length_is_not_late(text: str) -> None:
    assert "complaint" not in understood(text).meanings


def test_what_took_long_still_is() -> None:
    assert "complaint" in understood("طول وايد وما وصل").meanings


@pytest.mark.parametrize(
    "text",
    [
        "Hi, I would like 3 pcs of the linen shirt, white, size M",
        "2 pieces of the linen shirt in white",
        "اضيفوا لي ثلاث قطع من القميص الكتان الأبيض",
        "b3atli wa7de bayda",
    ],
)
def test_who_names_wants_and_counts_a_thing_complains_of_none(text: str) -> None:
    assert CALLS.isdisjoint(overheard(SHOP.products, text).meanings)
