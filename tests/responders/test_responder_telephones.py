"""Numbers as contacts say them: in words, «نفس الرقم», short of a digit, from abroad (S5)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hudhud.model import Author, Field, Said, TurnInbox
from hudhud.responders import addresses, names
from hudhud.responders.collecting import Gathered, gather
from hudhud.responders.telephones import Dialling, fitted, spoken_number, telephone

BAGHDAD = Dialling(country="IQ", writes_from="+9647909998877")
NOBODYS = Dialling(country="IQ")
ARABIC = ["صفر", "واحد", "اثنين", "ثلاثة", "اربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"]
ENGLISH = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
WANTED = tuple(
    Field(name=kind, kind=kind, label_ar=ar, label_en=en, question_ar=f"{ar}؟", question_en=en)
    for kind, ar, en in (
        ("name", "الاسم", "Name"),
        ("phone", "رقم الهاتف", "Phone"),
        ("address", "العنوان", "Address"),
    )
)  # fmt: skip


def said(text: str, author: Author = "contact", kind: str = "text") -> Said:
    return Said(id=len(text), author=author, kind=kind, text=text, at=datetime.now(UTC))


def gathered(*texts: str, asked: str = "رقم الهاتف؟", inbox: TurnInbox | None = None) -> Gathered:
    history = (said(asked, "assistant"),)
    box = inbox or TurnInbox(country="IQ", writes_from="+9647909998877")
    return gather(WANTED, [said(text) for text in texts], {"name": "علي"}, history, inbox=box)


@given(st.text("0123456789", min_size=7, max_size=14), st.sampled_from((ARABIC, ENGLISH)))
def test_a_number_said_digit_by_digit_is_the_one_that_was_meant(
    digits: str, words: list[str]
) -> None:
    assert spoken_number("رقمي " + " ".join(words[int(digit)] for digit in digits)) == digits


@pytest.mark.parametrize(
    "text",
    [
        "صفر سبعة سبعة صفر واحد اثنين ثلاثة اربعة خمسة ستة سبعة",
        "صفر سبعة وسبعين صفر اثنعش اربعة وثلاثين ستة وخمسين سبعة",
        "صفر سبعمية وسبعين مية وثلاثة وعشرين خمسة واربعين سبعة وستين",
        "صفر سبع مية وسبعين، واحد اثنين ثلاثة، اربعة خمسة ستة سبعة",
        "oh double seven zero one two three four five six seven",
        "oh seventy seven zero twelve thirty four fifty six seven",
        "٠٧٧ صفر ١٢٣ اربعة خمسة ستة سبعة",
        "صفر دبل سبعة صفر واحد اثنين ثلاثة بعدين اربعة خمسة ستة سبعة",
        "صفر سبعة مرتين صفر واحد اثنين ثلاثة اربعة خمسة ستة سبعة",
        "زائد تسعة ستة اربعة سبعة سبعة صفر واحد اثنين ثلاثة اربعة خمسة ستة سبعة",
    ],
)
def test_a_number_in_words_is_written(text: str) -> None:
    assert fitted(text, NOBODYS) == "+9647701234567"


@pytest.mark.parametrize(
    "text",
    ["نفس الرقم", "نفس الرقم هذا", "على نفس الرقم", "هذا رقمي", "رقمي هذا", "هالرقم",
     "رقم الواتساب نفسه", "الرقم اللي اكلمك منه", "على هذا الواتساب", "this number",
     "same number please", "the number I'm texting from", "my whatsapp number", "nafs el ra2m"],
)  # fmt: skip
def test_this_number_is_the_one_that_the_contact_writes_from(text: str) -> None:
    found = gathered(text)
    assert found.values == {"phone": "+9647909998877"}
    assert [field.name for field in found.missing] == ["address"]
    unseen = gathered(text, inbox=TurnInbox(country="IQ"))
    assert unseen.values == {}
    assert unseen.doubt is not None
    assert unseen.doubt.doubt == "phone_unseen"


def test_this_number_is_nobodys_where_none_was_asked_for() -> None:
    assert telephone("وين الطلب على هذا الرقم؟", BAGHDAD, wanted=True) is None
    assert telephone("نفس الرقم", BAGHDAD, wanted=False) is None


@pytest.mark.parametrize("text", ["1250000", "ميزانيتي 15000000", "رقم الطلب 1250000"])
def test_an_amount_is_no_telephone_number(text: str) -> None:
    assert telephone(text, BAGHDAD, wanted=False) is None


@pytest.mark.parametrize("text", ["077012345", "0770 12", "رقمي 0770123", "05512345678901"])
def test_a_number_that_can_be_none_is_asked_for_again_and_kept_when_it_is_said_again(
    text: str,
) -> None:
    found = telephone(text, NOBODYS, wanted=True)
    assert found is not None
    assert (found.kept, found.doubt) == ("", "phone_unfit")
    ours = f"{found.said} لا يبدو رقم هاتف كاملاً."
    again = telephone(text, Dialling(country="IQ", ours=ours), wanted=True)
    assert again is not None
    whole = sum(map(str.isdigit, text)) >= 7
    assert bool(again.kept) is whole


def test_a_mobile_from_elsewhere_is_kept_as_it_was_said_and_its_country_asked_for() -> None:
    found = gathered("٠٥٥١٢٣٤٥٦٧")
    assert found.values == {"phone": "0551234567"}
    assert found.doubt is not None
    assert found.doubt.doubt == "phone_abroad"


def test_what_was_said_stands_beside_what_is_kept() -> None:
    found = gathered("رقمي ٠٧٧٠ ١٢٣ ٤٥٦٧ والعنوان بغداد الكرادة")
    assert found.values == {"phone": "+9647701234567", "address": "بغداد الكرادة"}
    assert found.said == {"phone": "٠٧٧٠ ١٢٣ ٤٥٦٧"}


@pytest.mark.parametrize("text", ["ok", "اوكي", "تمام", "نعم", "شكرا", "07", "👍", "لا اعرف"])
def test_an_answer_is_no_address(text: str) -> None:
    assert "address" not in gathered(text, asked="العنوان؟").values


@pytest.mark.parametrize("text", ["بغداد", "الكرادة داخل", "Erbil", "5 El Hegaz Street"])
def test_a_place_is_one(text: str) -> None:
    assert gathered(text, asked="العنوان؟").values == {"address": text}


def test_a_place_shared_on_the_map_is_an_address_and_keeps_its_coordinates() -> None:
    pin = said("سوق الكرادة, 33.300000,44.400000", kind="location")
    words = said("بغداد، الكرادة، شارع ٦٢")
    alone = gather(WANTED, [pin], {"name": "علي", "phone": "+9647701234567"})
    assert alone.values == {"address": "سوق الكرادة, 33.300000,44.400000"}
    assert (alone.used, alone.missing) == (frozenset({pin.id}), ())
    history = (said("العنوان؟", "assistant"),)
    both = gather(WANTED, [words, pin], {}, history)
    assert both.values["address"] == "بغداد، الكرادة، شارع ٦٢، 33.300000,44.400000"
    unnamed = said("", kind="location")
    assert gather(WANTED, [unnamed], {}).values == {}
    assert addresses.with_pin("x" * 300, pin.text).endswith("33.300000,44.400000")


@pytest.mark.parametrize(
    ("value", "fits"),
    [("علي حسن", True), ("محمد بن عبد الله الجبوري", True), ("Mary-Jane O'Neil", True),
     ("نعم", False), ("ok", False), ("مرحبا", False), ("صباح الخير", False), ("0770", False),
     ("ما اسمي؟", False), ("ع", False)],
)  # fmt: skip
def test_a_name_is_no_greeting_and_no_answer(value: str, fits: bool) -> None:  # noqa: FBT001
    assert names.plausible(value) is fits
