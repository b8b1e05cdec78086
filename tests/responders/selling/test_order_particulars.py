"""Who orders and where to, in one message or in five, announced or bare (S5)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from talking import CLOTHES, FASHION

from hudhud.model import Field, Said
from hudhud.responders.addresses import first_place
from hudhud.responders.selling.particulars import particulars
from hudhud.responders.selling.who import fields
from hudhud.responders.shelf import vocabulary
from hudhud.responders.telephones import Dialling
from hudhud.text import words

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
    # Led by a courtesy, announced in the Maghreb's way, handed over, and no word of it is lost.
    (("السمية رقية بنجلون، النمرة 07701234567، العنوان مراكش جليز شارع 9",),
     "رقية بنجلون", "07701234567", "مراكش جليز شارع 9"),
    (("7amza zaki", "07701234567", "baghdad karrada"),
     "7amza zaki", "07701234567", "baghdad karrada"),
    (("عبد الإله زروق، مراكش جليز شارع 9، 07701234567",),
     "عبد الإله زروق", "07701234567", "مراكش جليز شارع 9"),
    (("اسمي عالية، رقمي 07701234567، وبغداد، المنصور",),
     "عالية", "07701234567", "بغداد، المنصور"),
    # A name that is spelled like a word, and a town that is spelled like a verb or a colour.
    (("رباب طالب 07701234567 عمان طبربور عمارة ٤",),
     "رباب طالب", "07701234567", "عمان طبربور عمارة ٤"),
    (("الاسم: هناء برادة، الهاتف 07701234567، مراكش جليز شارع 9",),
     "هناء برادة", "07701234567", "مراكش جليز شارع 9"),
    (("فهد سعود 07701234567", "حولي قطعة ٢ شارع تونس بناية ٩"),
     "فهد سعود", "07701234567", "حولي قطعة ٢ شارع تونس بناية ٩"),
    (("Nadia Hassan 07701234567", "Hamra, Bliss street, 5th floor"),
     "Nadia Hassan", "07701234567", "Hamra, Bliss street, 5th floor"),
    (("send it to Sharjah, Al Majaz 2, tower 4, Omar Aziz 07701234567",),
     "Omar Aziz", "07701234567", "Sharjah, Al Majaz 2, tower 4"),
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


PRAISED = [
    ("منيحة كتير. رنا الخوري 07701234567 بغداد الكرادة", "رنا الخوري"),
    ("سعر مناسب جدا، عماد سالم، 07701234567، بغداد الكرادة", "عماد سالم"),
    ("خوش اسعار. ضرغام فاضل 07701234567 بغداد الكرادة", "ضرغام فاضل"),
    ("عذراً على التأخير، اسمي ليلى حسن، 07701234567، بغداد الكرادة", "ليلى حسن"),
    ("kwayes awi. Rania Fouad 07701234567 Baghdad Karrada", "Rania Fouad"),
    ("oops sorry. Mark Ellis 07701234567 Baghdad Karrada", "Mark Ellis"),
    ("تمام سارة محمود 07701234567 بغداد الكرادة", "سارة محمود"),
    ("هذي بياناتي منى علي 07701234567 بغداد الكرادة", "منى علي"),
    ("فهمت عليك. منى علي 07701234567 بغداد الكرادة", "منى علي"),
    ("جميل. سعد العتيبي 07701234567 بغداد الكرادة", "سعد العتيبي"),
    ("جميل سعد 07701234567 بغداد الكرادة", "جميل سعد"),
    ("حسناء المراكشي 07701234567 بغداد الكرادة", "حسناء المراكشي"),
    ("زينة كاظم 07701234567 بغداد الكرادة", "زينة كاظم"),
    ("تركي المالكي، بغداد الكرادة، 07701234567", "تركي المالكي"),
    ("تركي المالكي بغداد الكرادة 07701234567", "تركي المالكي"),
]


@pytest.mark.parametrize(("text", "name"), PRAISED)
def test_what_is_said_beside_a_name_is_no_name(text: str, name: str) -> None:
    values, _ = told(text)
    place = "بغداد الكرادة" if "بغداد" in text else "Baghdad Karrada"
    assert values == {"name": name, "phone": "07701234567", "address": place}


@pytest.mark.parametrize(
    "text",
    ["حسناً", "منيح", "عذرا", "معليش", "lovely", "mni7 ktir", "oops", "صحا", "كويس والله",
     "سعر حلو", "nice price"],
)  # fmt: skip
def test_praise_and_an_excuse_are_nobody_and_nowhere(text: str) -> None:
    assert told(text) == ({}, [text])
    assert told(text, known={"name": "علي", "phone": "07701234567"}) == ({}, [text])


@pytest.mark.parametrize(
    "text",
    ["منى علي 07701234567 بغداد الكرادة وشكرا", "منى علي 07701234567 بغداد الكرادة لو سمحتوا بسرعة",
     "انا منى علي من بغداد الكرادة 07701234567",
     "الاسم/ منى علي\nالجوال/ 07701234567\nالعنوان/ بغداد الكرادة"],
)  # fmt: skip
def test_thanks_and_signs_are_no_part_of_an_address(text: str) -> None:
    values, _ = told(text)
    assert values == {"name": "منى علي", "phone": "07701234567", "address": "بغداد الكرادة"}


LABELLED = [
    "Name - Omar Zaki\nMob: 07701234567\nAddr: Erbil, 60m street",
    "name Omar Zaki / mobile no. 07701234567 / addr Erbil, 60m street",
    "Full name: Omar Zaki, cell 07701234567, location: Erbil, 60m street",
    "fine. Name Omar Zaki, ph 07701234567, Erbil, 60m street",
]


@pytest.mark.parametrize("text", LABELLED)
def test_a_label_is_no_part_of_what_it_labels(text: str) -> None:
    values, left = told(text.replace(" / ", "\n"))
    assert values == {"name": "Omar Zaki", "phone": "07701234567", "address": "Erbil, 60m street"}
    assert left in ([], ["fine"])


KNOWN = {"name": "سارة", "phone": "07701112233", "address": "بغداد الكرادة شارع 10"}
CORRECTED = [
    ("لحظة رقمي غلط الصحيح 07709998877", "phone", "07709998877"),
    ("اعطيتكم رقم غلط، رقمي 07709998877", "phone", "07709998877"),
    ("لا الرقم 07709998877 مو 77", "phone", "07709998877"),
    ("الجوال تغير ابعتوا على هذا 07709998877", "phone", "07709998877"),
    ("غيروا رقم الهاتف الى 07709998877", "phone", "07709998877"),
    ("07709998877 هذا الصح مو اللي قبل", "phone", "07709998877"),
    ("I mistyped my number, the correct one is 07709998877", "phone", "07709998877"),
    ("ra2my ghalat el sa7 07709998877", "phone", "07709998877"),
    ("معلش رقم 07709998877 غلطت بالأول", "phone", "07709998877"),
    ("استنى العنوان ده غلط، ابعتوها البصرة العشار", "address", "البصرة العشار"),
    ("لا العنوان غير، وصلوهن ع الفلوجة حي المعلمين", "address", "الفلوجة حي المعلمين"),
    ("المعذرة العنوان الصحيح البصرة العشار وليس بغداد", "address", "البصرة العشار"),
    ("لا مو بغداد، البصرة العشار", "address", "البصرة العشار"),
    ("wrong address, it's Al Naeem district in Erbil", "address", "Al Naeem district in Erbil"),
    ("please change the address: Erbil, 60m street", "address", "Erbil, 60m street"),
    ("el 3enwan ghalat, basra 7ay el jazaer", "address", "basra 7ay el jazaer"),
    ("عفوا البناية 12 مو 10", "address", "بغداد الكرادة شارع 12"),
    ("عفوا نسيت، الشقة 7", "address", "بغداد الكرادة شارع 10، الشقة 7"),
    ("العنوان ناقصه شقة 4", "address", "بغداد الكرادة شارع 10، شقة 4"),
    ("زيدوا على العنوان شقة 4", "address", "بغداد الكرادة شارع 10، شقة 4"),
    ("رقم الشارع 12 مو 10", "address", "بغداد الكرادة شارع 12"),
    ("ممكن تغير العنوان للبصرة العشار؟", "address", "البصرة العشار"),
    ("انقلوها لأربيل عينكاوة", "address", "أربيل عينكاوة"),
    ("ممكن تغيرون الرقم الى 07709998877؟", "phone", "07709998877"),
    ("can you change my number to 07709998877", "phone", "07709998877"),
    ("خلوا الرقم 07709998877 احسن", "phone", "07709998877"),
    ("اسمي مكتوب غلط، اسمي سارا", "name", "سارا"),
    ("الاسم سارا مو سارة", "name", "سارا"),
    ("الاسم غلط، الصح سارة محمود", "name", "سارة محمود"),
    ("wrong name, it's Sara Adel", "name", "Sara Adel"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "value"), CORRECTED)
def test_a_correction_is_taken_whole_and_nothing_of_it_is_left(
    text: str, kind: str, value: str
) -> None:
    values, left = told(text, known=KNOWN, asked=False)
    assert values == {kind: value}
    assert all(piece in ("لا", "no") for piece in left)


def test_a_correction_in_two_messages_is_one() -> None:
    for first, second in (
        ("لحظة الرقم غلط", "07709998877 هذا الصح"),
        ("العنوان غلط", "الصح البصرة العشار"),
    ):
        values, left = told(first, second, known=KNOWN, asked=False)
        assert [*values.values()] in (["07709998877"], ["البصرة العشار"])
        assert not left


def test_what_else_is_changed_beside_a_correction_is_left() -> None:
    _, left = told("الرقم غلط الصح 07709998877 وبدلوا اللون الى ابيض", known=KNOWN, asked=False)
    assert left == ["وبدلوا اللون الى ابيض"]
    values, left = told("العنوان البصرة العشار واللون اسود", known=KNOWN, asked=False)
    assert values == {"address": "البصرة العشار"}
    assert left == ["واللون اسود"]
    assert told("لا غير اللون الى اسود", known=KNOWN, asked=False) == (
        {},
        ["لا غير اللون الى اسود"],
    )
    assert told("مو هسه", known=KNOWN, asked=False) == ({}, ["مو هسه"])


GULF = Dialling(country="KW", writes_from="+9647901234567")
# Candles, a face cream «نور», a perfume «ريم», roses and musk are sold here.
SOLD = frozenset(words("ريم الفاخر بخور هند هندي ورد احمر مسك الرمان ياسمين لين noor reem jasmine"))


def kept(*texts: str, by: Dialling = GULF) -> tuple[str, str, str]:
    now = datetime.now(UTC)
    batch = [
        Said(id=n, author="contact", kind="text", text=text, at=now) for n, text in enumerate(texts)
    ]
    values = particulars(WANTED, batch, {}, SOLD, asked=True, by=by).values
    return values.get("name", ""), values.get("phone", ""), values.get("address", "")


@pytest.mark.parametrize(
    ("text", "name"),
    [("زين انا طلال الفضلي 65120345", "طلال الفضلي"), ("تمام معاك ورد الحسن 65120345", "ورد الحسن"),
     ("طلبي باسم مسك الراشد 65120345", "مسك الراشد"), ("باسم ريم 65120345", "ريم"),
     ("بأسم ياسمين الفهد 65120345", "ياسمين الفهد"), ("باسم طلال 65120345", "باسم طلال"),
     ("سجل عندك ام هند 65120345", "ام هند"),
     ("sure, put it under Reem Adel, 65120345", "Reem Adel"),
     ("under the name of Jasmine Fahd 65120345", "Jasmine Fahd"),
     ("tayeb ana Talal 65120345", "Talal"), ("ma3ak Noor Adel 65120345", "Noor Adel"),
     ("3ala esm Reem 65120345", "Reem"), ("واسمى لين ورقمى 65120345", "لين"),
     ("عبد الرحمن بن علي آل ثاني 65120345", "عبد الرحمن بن علي آل ثاني"),
     ("الاسم سارة لا عفوا الاسم هند 65120345", "هند"), ("ريم", "ريم"), ("ريم الفاخر", ""),
     ("Peter White", "Peter White"),
     ("ورد احمر", ""), ("بدي ياسمين", ""), ("it's urgent", "")],
)  # fmt: skip
def test_a_name_that_is_told_where_one_is_asked_for_is_no_thing(text: str, name: str) -> None:
    assert kept(text)[0] == name


HOUSE = "الجابرية قطعة ٢ شارع ٩ بيت ٤"


@pytest.mark.parametrize(
    "text",
    [f"طلال الفضلي 65120345 {HOUSE}", f"65120345 طلال الفضلي {HOUSE}",
     f"{HOUSE} طلال الفضلي 65120345", f"{HOUSE}، طلال الفضلي، 65120345",
     f"{HOUSE} 65120345 طلال الفضلي", f"طلال الفضلي {HOUSE} 65120345"],
)  # fmt: skip
def test_who_orders_is_told_in_any_order_and_without_a_sign(text: str) -> None:
    assert kept(text) == ("طلال الفضلي", "+96565120345", HOUSE)


def test_a_quarter_called_by_two_names_and_a_street_stay_in_their_address() -> None:
    told = kept("منيرة صباح السالم قطعة ٤ شارع ٤٢ 65120345")
    assert told == ("منيرة", "+96565120345", "صباح السالم قطعة ٤ شارع ٤٢")
    told = kept("Riyadh Al Olaya, Tahlia street, building 4, Fahad Adel 65120345")
    assert told[0] == "Fahad Adel"
    assert told[2] == "Riyadh Al Olaya, Tahlia street, building 4"


def test_a_telephone_that_is_told_again_as_the_right_one_stands() -> None:
    assert kept("سامر 65120345 لا غلط 65120346") == ("سامر", "+96565120346", "")


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("رقم البناية 31 مو 13", "حلب العزيزية بناية 31"),
        ("عفوا البناية صارت 5", "حلب العزيزية بناية 5"),
    ],
)
def test_the_number_of_a_house_is_put_right_in_its_address(said: str, address: str) -> None:
    known = {"name": "هاني", "phone": "07701234567", "address": "حلب العزيزية بناية 13"}
    assert told(said, known=known, asked=False) == ({"address": address}, [])


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("my brother will collect it: Rami Khalil, 07701234567", "Rami Khalil"),
        ("اللي راح يستلم اختي هند سالم 07701234567", "هند سالم"),
        ("الاسم رنّا نصّار مش رنا", "رنّا نصّار"),
    ],
)
def test_who_receives_it_is_the_name(said: str, name: str) -> None:
    assert told(said)[0]["name"] == name


def test_a_yes_with_whose_order_it_is_names_no_province() -> None:
    assert first_place("صافي أكدي الطلبية ديالي") is None
    assert first_place("علي السعدي ديالى") is not None


@pytest.mark.parametrize(
    "text", ["الرقم آخره 31 مو 13", "sorry my number ends with 31 not 13", "رقمي مو 13 بل 31",
             "معلش الرقم آخره 31 مش 13 يعني 07701234531"],
)  # fmt: skip
def test_the_last_figures_of_a_telephone_are_corrected_and_count_nothing(text: str) -> None:
    values, left = told(text, known={"name": "هدى", "phone": "07701234513", "address": "بغداد"})
    assert values == {"phone": "07701234531"}
    assert not left


def test_a_size_after_a_number_in_words_is_no_telephone() -> None:
    assert told("والسجادة وحدة 150×220")[0] == {}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("شكرا على التوضيح، رغد القيسي، 07701234567، بغداد المنصور", "رغد القيسي"),
        ("ولا يهمكم. رغد القيسي، 07701234567، بغداد المنصور", "رغد القيسي"),
        ("تمام خدوا بياناتي: رغد القيسي، 07701234567، بغداد المنصور", "رغد القيسي"),
        ("ok Iris Novak, 07701234567, Erbil, 60m street", "Iris Novak"),
        ("ربي يحفظك. رغد القيسي، 07701234567، بغداد المنصور", "رغد القيسي"),
        ("زيدلي وحدة وهاي معلوماتي: رغد القيسي، 07701234567، بغداد المنصور", "رغد القيسي"),
        ("tislam, lama shahin, 07701234567, baghdad karrada", "lama shahin"),
    ],
)
def test_a_courtesy_before_a_name_is_no_part_of_it(text: str, name: str) -> None:
    assert told(text)[0]["name"] == name


def test_thanks_behind_an_address_are_no_part_of_it() -> None:
    values = told("رغد القيسي 07701234567 بغداد المنصور، الله يعطيكم العافية")[0]
    assert values["address"] == "بغداد المنصور"
