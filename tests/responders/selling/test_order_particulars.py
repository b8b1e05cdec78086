"""Who orders and where to, in one message or in five, announced or bare (S5)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from talking import CLOTHES, FASHION

from hudhud.model import Field, Said
from hudhud.responders.selling.particulars import fields, particulars
from hudhud.responders.shelf import vocabulary

WANTED = fields(FASHION.assistants[0])


def told(
    *texts: str, known: dict[str, str] | None = None, asked: bool = True
) -> tuple[dict[str, str], list[str]]:
    now = datetime.now(UTC)
    batch = [
        Said(id=n, author="contact", kind="text", text=text, at=now) for n, text in enumerate(texts)
    ]
    found = particulars(WANTED, batch, known or {}, vocabulary(CLOTHES), asked=asked)
    return found.values, [left for left in found.left.values() if left]


ALL = [
    (("علي جاسم", "٠٧٨٠١١١٢٢٣٣ البصرة الجزائر"), "علي جاسم", "07801112233", "البصرة الجزائر"),
    (("علي جاسم 07801112233 البصرة العشار",), "علي جاسم", "07801112233", "البصرة العشار"),
    (("علي جاسم البصرة العشار ٠٧٨٠١١١٢٢٣٣",), "علي جاسم", "07801112233", "البصرة العشار"),
    (("اسمي نورة العتيبي", "رقمي +966 50 123 4567", "عنواني الرياض حي الملز شارع ١٠"),
     "نورة العتيبي", "+966501234567", "الرياض حي الملز شارع ١٠"),
    (("سارة\n0551234567\nجدة، حي الصفا، بناية ٧",), "سارة", "0551234567", "جدة، حي الصفا، بناية ٧"),
    (("صفر سبعة سبعة صفر واحد اثنين ثلاثة اربعة خمسة ستة سبعة", "حسن كريم", "بغداد",
      "زيونة شارع ٣"),
     "حسن كريم", "07701234567", "بغداد، زيونة شارع ٣"),
    (("my name is Omar Zaki, phone 07809998877", "deliver to Erbil, 60m street"),
     "Omar Zaki", "07809998877", "Erbil, 60m street"),
    (("Mark, 01198765432", "5 El Hegaz Street, Heliopolis"),
     "Mark", "01198765432", "5 El Hegaz Street, Heliopolis"),
    (("name: Adam", "number: 0567778889", "address: Jeddah, Al Safa district, villa 3"),
     "Adam", "0567778889", "Jeddah, Al Safa district, villa 3"),
    (("ahmed salem 07755667788", "baghdad karrada"),
     "ahmed salem", "07755667788", "baghdad karrada"),
    (("سميتي يوسف والنمرة 0661223344", "الرباط اكدال"), "يوسف", "0661223344", "الرباط اكدال"),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "name", "phone", "address"), ALL)
def test_name_telephone_and_address_are_read_as_people_give_them(
    texts: tuple[str, ...], name: str, phone: str, address: str
) -> None:
    values, left = told(*texts)
    read = {kind: values.get(kind, "").replace("، ", " ").replace(", ", " ") for kind in values}
    wanted = {"name": name, "phone": phone, "address": address}
    assert read == {kind: v.replace("، ", " ").replace(", ", " ") for kind, v in wanted.items()}
    assert not left


@pytest.mark.parametrize(
    "text",
    ["كم التوصيل للبصرة؟", "do you deliver to Mosul?", "لارج", "اسود", "حبتين", "اي اكد",
     "هودي قطني", "شيل الكاب", "تمام", "وين عنوانكم؟"],
)  # fmt: skip
def test_what_is_of_the_order_is_nobody(text: str) -> None:
    values, left = told(text)
    assert values == {}
    assert left == [text]


def test_what_is_left_is_what_is_ordered() -> None:
    values, left = told(
        "ابي هودي اسود لارج اسمي علي حسن ورقمي 07701234567 وعنواني بغداد الكرادة", asked=False
    )
    assert values == {"name": "علي حسن", "phone": "07701234567", "address": "بغداد الكرادة"}
    assert left == ["ابي هودي اسود لارج"]


def test_what_was_said_is_kept_until_it_is_corrected() -> None:
    known = {"name": "علي", "phone": "0770", "address": "بغداد"}
    assert told("حسين", known=known)[0] == {}
    assert told("اسمي حسين", known=known)[0] == {"name": "حسين"}
    assert told("العنوان البصرة", known=known)[0] == {"address": "البصرة"}
    assert told("الكرادة شارع ٦٢", known=known)[0] == {"address": "بغداد، الكرادة شارع ٦٢"}
    assert told("البصرة العشار", known=known)[0] == {"address": "البصرة العشار"}


def test_the_assistants_own_fields_are_asked_for_where_it_has_them() -> None:
    own = Field(
        name="mobile",
        kind="phone",
        label_ar="الجوال",
        label_en="Mobile",
        question_ar="ما جوالك؟",
        question_en="Your mobile?",
    )
    wanted = fields(replace(FASHION.assistants[0], fields=(own,)))
    assert [field.name for field in wanted] == ["name", "mobile", "address"]
