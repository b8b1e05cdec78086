"""Whatever is said, in whatever state of a talk, is answered or given to a person (law 6)."""

from __future__ import annotations

from itertools import permutations

import pytest
from talking import Talking, product

STATES = (
    (),
    ("بكم الشورت الصيفي",),
    ("عندكم تيشيرت بولو؟", "شنو الوانه"),
    ("اريد شورت صيفي اسود L",),
    ("اريد شورت صيفي",),
    ("اريد بنطلون",),
    ("اريد حجاب قطني اسود", "هدى سالم", "07712345678", "البصرة العشار"),
    ("اريد حجاب قطني اسود", "هدى سالم", "07712345678", "البصرة العشار", "نعم"),
    ("ضضض غغغ",),
)
PIECES = (
    "تمام", "اريدها", "وبيش", "زين", "eh", "هذا", "يعني", "طيب", "بس", "👍", "w", "ok", "لا",
    "واحد", "اخذه", "بدي", "this", "و", "now", "مثل", "؟", "...", "٧", "take it", "المهم",
)  # fmt: skip
SAID = (*PIECES, *(" ".join(pair) for pair in list(permutations(PIECES, 2))[::7]))

CAMERA = (
    product("CM", "كاميرا فورية", "Instant camera", 30000, 9, colours_ar=("أزرق", "وردي")),
    product("FL", "فيلم كاميرا فورية ٢٠ صورة", "Instant film, 20 shots", 6000, 40),
    product("TP", "حامل تصوير", "Tripod", 9000, 8, sizes=("1 متر", "2 متر")),
    product("BG", "حقيبة عدسات", "Lens bag", 12000, 20),
    product("AL", "ألبوم صور", "Photo album", 4000, 30, colours_ar=("خشب جوز", "خشب بلوط")),
    product("RS", "رز عنبر", "Amber rice", 2000, 90, sizes=("250 غرام", "500 غرام", "1 كيلو")),
    product("FR", "فريكة", "Freekeh", 2500, 90, sizes=("500 غرام", "1 كيلو")),
)


@pytest.mark.parametrize("state", STATES)
async def test_whatever_is_said_is_answered_or_given_to_a_person(state: tuple[str, ...]) -> None:
    silent: list[str] = []
    for said in SAID:
        talk = Talking()
        if state:
            await talk.all(*state)
        found = await talk.say(said)
        if not (found.text or found.contents or found.hand_over):
            silent.append(said)
    assert not silent


@pytest.mark.parametrize("said", ["زين وبيش", "طيب والسالفه"])
async def test_what_is_no_nod_is_asked_about(said: str) -> None:
    found = await Talking().say(said)
    assert "؟" in found.text


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        # «كمان» takes what was shown for a wish as well.
        (("بدي شي شنطة أحط فيها العدسات وقت السفر", "زيدلي حامل تصوير 1 متر"), {"BG", "TP"}),
        # One of two that were offered is wanted otherwise: the other stays.
        (("instant film and lens bag please", "make the lens bag two"), {"FL", "BG"}),
        (("بدي فيلم كاميرا وحقيبة عدسات", "لا خلي الحقيبة حبتين"), {"FL", "BG"}),
        (("بدي نص كيلو رز عنبر ونص كيلو فريكة",), {"RS", "FR"}),
    ],
)
async def test_no_line_is_lost(said: tuple[str, ...], cart: set[str]) -> None:
    talk = Talking(CAMERA)
    await talk.all(*said)
    told = {line.split()[1] for line in talk.cart}
    assert told == cart, [one.text for one in talk.answers]


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        (("اطلب خمس حقائب عدسات", "نزلوهم لثلاثة"), ["3 BG"]),
        (("اطلب خمس حقائب عدسات", "بدلت العدد الى اثنين"), ["2 BG"]),
        (("اطلب حقيبتين عدسات وحامل تصوير 1 متر", "خليهم ثلاث قطع"), ["3 BG", "1 TP 1 متر"]),
        (("i want a lens bag and a tripod 1 m", "skip the tripod, we have one"), ["1 BG"]),
        (("i want a lens bag and a tripod 1 m", "actually no tripod"), ["1 BG"]),
        (("اطلب كاميرتين فورية زرقا", "خلي وحدة وردي"), ["1 CM أزرق", "1 CM وردي"]),
        (("اطلب كاميرتين فورية زرقا", "خلي وحدة وردي", "خلي كلهم وردي"), ["2 CM وردي"]),
        (("اطلب 6 رز عنبر نص و4 رز عنبر ربع",), ["6 RS 500 غرام", "4 RS 250 غرام"]),
    ],
)
async def test_no_number_stays_that_was_taken_back(said: tuple[str, ...], cart: list[str]) -> None:
    talk = Talking(CAMERA)
    await talk.all(*said)
    assert [line.strip() for line in talk.cart] == cart, [one.text for one in talk.answers]


async def test_a_colour_of_several_words_is_told_by_its_own() -> None:
    talk = Talking(CAMERA)
    await talk.all("اطلب ألبوم صور", "بلوط")
    assert [line.strip() for line in talk.cart] == ["1 AL خشب بلوط"]


@pytest.mark.parametrize("said", ["عندكم حامل تصوير كمان؟", "وبكم حامل التصوير كمان؟"])
async def test_who_asks_after_another_thing_takes_nothing(said: str) -> None:
    talk = Talking(CAMERA)
    await talk.all("بدي شي شنطة أحط فيها العدسات وقت السفر", said)
    assert talk.cart == []


GARDEN = (
    product("RK", "مشط عشب ٥ أسنان", "5-tooth rake", 4000, 9, category_ar="عدد"),
    product("RB", "مشط عشب ١٢ سن", "12-tooth rake", 6000, 9, category_ar="عدد"),
    product("SO", "تربة زراعية", "Potting soil", 2000, 50, category_ar="تربة"),
    product("SF", "تربة زراعية للورد", "Potting soil for roses", 2500, 50, category_ar="تربة"),
    product("SH", "قفازات حديقة", "Garden gloves", 1500, 30, sizes=("M", "L")),
    product("BK", "صناديق خشب", "Wooden boxes", 3000, 20),
    product("PM", "مضخة ماء", "Water pump", 9000, 5),
    product("TG", "أكياس أوراق", "Leaf bags", 900, 60, sizes=("80 لتر", "120 لتر")),
    product("TB", "برميل ١٢٠ لتر", "Barrel, 120 L", 7000, 6, category_ar="أكياس وبراميل"),
    product("DR", "دلاء سقي", "Watering pails", 1200, 40, description_ar="يسمونه سطل أو جردل"),
)


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        # «و» joins what it comes in, in a word that nobody sells.
        ("ابي كيسين تربة زراعية وشتلة صندوق خشب", ["2 SO", "1 BK"]),
        ("بدي قفازات حديقة M معها مضختين ماء", ["1 SH M", "2 PM"]),
        # The number is the name's.
        ("اريد مشط عشب ١٢ سن عدد ٢", ["2 RB"]),
        ("2 pcs of the 5-tooth rake please", ["2 RK"]),
        # Who says no more than what both are called means the plain one.
        ("عايز تربتين زراعية", ["2 SO"]),
        ("محتاج صندوقين خشب", ["2 BK"]),
        ("محتاج مضخة ميه وحدة", ["1 PM"]),
        # The measure of another thing's name is a size of what is meant.
        ("بغيت أكياس أوراق ١٢٠ لتر عدد ٣", ["3 TG 120 لتر"]),
        ("بدي مضخة ماء، وحدة فقط", ["1 PM"]),
    ],
)
async def test_what_an_order_names_is_what_is_meant(said: str, cart: list[str]) -> None:
    talk = Talking(GARDEN)
    await talk.say(said)
    assert sorted(talk.cart) == sorted(cart), talk.answers[-1].text


async def test_what_was_found_only_nearly_is_asked_for_until_it_is_answered() -> None:
    talk = Talking(GARDEN)
    await talk.all("محتاج جردل حديد حبتين وقفازين حديقة", "كم سعر التوصيل؟", "المقاس L")
    assert "دلاء سقي" in talk.answers[0].text
    assert "دلاء سقي" in talk.answers[-1].text
