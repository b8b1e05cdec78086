"""Fields are collected from the customer's own words, and never asked for again (S5)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hudhud.model import Author, Field, Said
from hudhud.ops.sample.sample import sample
from hudhud.responders.collecting import Gathered, chosen, gather

INTAKE = sample().assistants[1].fields
SHOPPING = (
    Field(name="phone", kind="phone", label_ar="رقم الهاتف", label_en="Phone",
          question_ar="ما رقمك؟", question_en="Your phone?"),
    Field(name="address", kind="text", label_ar="العنوان", label_en="Address",
          question_ar="ما عنوانك؟", question_en="Your address?"),
)  # fmt: skip
ASKED_NAME: tuple[Author, str] = ("assistant", "ما اسمك الكريم؟")


def said(*texts: str, history: tuple[tuple[Author, str], ...] = ()) -> tuple[Said, ...]:
    rows = history or tuple(("contact", text) for text in texts)
    now = datetime.now(UTC)
    return tuple(
        Said(id=n, author=a, kind="text", text=t, at=now) for n, (a, t) in enumerate(rows, 1)
    )


def gathered(*texts: str, known: dict[str, str] | None = None, asked: bool = False) -> Gathered:
    history = said(history=(ASKED_NAME,)) if asked else ()
    return gather(INTAKE, said(*texts), known or {}, history, frozenset({"قميص"}))


def test_the_source_incident_is_collected_over_two_batches() -> None:
    first = gathered("ممكن أعرف اسمك؟ ⭐", "عبدالرحيم", "من القوي")
    assert first.values == {"name": "عبدالرحيم القوي"}
    assert [field.name for field in first.missing] == ["goal", "meal_plan"]
    second = gathered("وجبة واحدة", "لايف ستايل", known=first.values)
    assert second.values == {"meal_plan": "وجبة واحدة", "goal": "لايف ستايل"}
    assert not second.missing


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (("اسمي محمد علي وابي انزل وزن",), "محمد علي"),
        (("اسمي: فاطمة الزهراء.",), "فاطمة الزهراء"),
        (("هلا، أنا سارة",), "سارة"),
        (("محمد علي",), "محمد علي"),
        (("علي حسن",), "علي حسن"),
        (("عبد الله",), "عبد الله"),
        (("نور الهدى",), "نور الهدى"),
        (("خالد 👍",), "خالد"),
        (("أم أحمد",), "أم أحمد"),
        (("My name is John Smith and I want weight loss",), "John Smith"),
        (("I'm Sarah",), "Sarah"),
        (("my name is khaled al otaibi",), "khaled al otaibi"),
        (("Peter Hanna", "sorry its Petra Hanna"), "Petra Hanna"),
        (("عبدالرحيم", "آل سعيد"), "عبدالرحيم آل سعيد"),
        (("حسن", "الجبوري"), "حسن الجبوري"),
    ],
)
def test_names_are_read_as_people_give_them(texts: tuple[str, ...], name: str) -> None:
    assert gathered(*texts).values.get("name") == name


@pytest.mark.parametrize(
    "text",
    ["هلا", "صباح الخير", "كيف حالكم", "من بغداد", "I'm late", "انا اريد اشترك", "قميص", "تمام",
     "شكرا", "لا ادري", "اسمك ايه", "وجبة واحدة", "بكم؟", "0770", "👍", "ما اسمي؟", "a@b.co"],
)  # fmt: skip
def test_what_is_no_name_is_not_taken_for_one(text: str) -> None:
    assert "name" not in gathered(text).values


def test_a_family_name_may_come_a_batch_later_and_a_place_is_none() -> None:
    known = {"name": "عبدالرحيم"}
    assert gathered("من القوي", known=known).values == {"name": "عبدالرحيم القوي"}
    assert gathered("من البصرة", known=known).values == {}
    assert gathered("من الجمعة", known=known).values == {}
    assert gathered("القوي", known=known).values == {}
    assert gathered("عبدالرحيم", "من القميص").values == {"name": "عبدالرحيم"}


def test_what_was_said_is_kept_unless_corrected() -> None:
    known = {"name": "علي", "goal": "لايف ستايل", "meal_plan": "وجبة واحدة"}
    assert gathered("حسين", known=known).values == {}
    assert gathered("اسمي حسين", known=known).values == {"name": "حسين"}
    assert gathered("لا خليها وجبتين", known=known).values == {"meal_plan": "وجبتان"}


def test_a_question_about_a_choice_chooses_nothing() -> None:
    assert gathered("وش الفرق بين وجبة واحدة ووجبتين؟").values == {}


def test_the_longest_way_of_saying_wins_in_any_spelling() -> None:
    meal = INTAKE[2]
    assert chosen(meal, "أريد ثَلاث وجبات") == "ثلاث وجبات"
    assert chosen(meal, "ONE MEAL please") == "وجبة واحدة"
    assert chosen(meal, "والوجبه واحده") == "وجبة واحدة"
    assert chosen(INTAKE[1], "لايفستايل") == "لايف ستايل"
    assert chosen(meal, "") == ""


def test_a_shared_contact_is_not_the_contact() -> None:
    card = Said(id=1, author="contact", kind="contacts", text="أحمد علي", at=datetime.now(UTC))
    assert gather(INTAKE, (card,), {}).values == {}


def test_free_text_is_taken_when_it_was_asked_for_or_named() -> None:
    asked = said(history=(("assistant", "ما عنوانك؟"),))
    assert gather(SHOPPING, said("الكرادة قرب الساحة"), {}, asked).values == {
        "address": "الكرادة قرب الساحة"
    }
    assert gather(SHOPPING, said("الكرادة قرب الساحة"), {}).values == {}
    assert gather(SHOPPING, said("العنوان: بغداد، زقاق ٣"), {}).values == {
        "address": "بغداد، زقاق ٣"
    }
    assert gather(SHOPPING, said("كم التوصيل؟"), {}, asked).values == {}
    assert gather(SHOPPING, said("07701234567"), {}, asked).values == {"phone": "07701234567"}
