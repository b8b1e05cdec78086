"""An order is changed in the customer's own words until it is placed (S6)."""

from __future__ import annotations

import pytest
from talking import Talking, product

WHO = ("علي حسن", "07701234567", "بغداد الكرادة")

# What is in the cart, what is said of it, and what is in it then.
CHANGES = [
    ("ابي هودي اسود لارج", "خليهم ثلاثة", "3 JK-04 L أسود"),
    ("ابي هودي اسود لارج", "لا اثنين", "2 JK-04 L أسود"),
    ("ابي هودي اسود لارج", "قصدي حبتين", "2 JK-04 L أسود"),
    ("ابي هودي اسود لارج", "خليها اربعة مو وحدة", "4 JK-04 L أسود"),
    ("عايز هودي اسود لارج حبة", "خليهم تلاتة", "3 JK-04 L أسود"),
    ("اريد هودي اسود لارج واحد", "زيد واحد", "2 JK-04 L أسود"),
    ("بغيت هودي كحل لارج واحد", "ديرهم جوج", "2 JK-04 L أسود"),
    ("بدي هودي اسود لارج ٣", "شيل واحد", "2 JK-04 L أسود"),
    ("I want one black hoodie L", "make it two", "2 JK-04 L أسود"),
    ("I want one black hoodie L", "actually make that 3", "3 JK-04 L أسود"),
    ("I want one black hoodie L", "add one more", "2 JK-04 L أسود"),
    ("abi hoodie aswad L wa7ed", "khaleehom tlate", "3 JK-04 L أسود"),
    # Size and colour
    ("ابي هودي اسود لارج", "خليه XL", "1 JK-04 XL أسود"),
    ("ابي هودي اسود لارج", "خليه مقاس ميديوم", "1 JK-04 M أسود"),
    ("ابي هودي اسود لارج", "بدل الاسود ابي رمادي", "1 JK-04 L رمادي"),
    ("ابي هودي اسود لارج", "ابي رمادي بدل الاسود", "1 JK-04 L رمادي"),
    ("ابي هودي اسود لارج عدد ٢", "غير اللون لعنابي", "2 JK-04 L عنابي"),
    ("اريد هودي اسود لارج واحد", "لا رمادي", "1 JK-04 L رمادي"),
    ("عايز هودي اسود لارج واحد", "غيره لرمادي ومقاس XL", "1 JK-04 XL رمادي"),
    ("I want one black hoodie L", "change the size to M", "1 JK-04 M أسود"),
    ("I want one black hoodie L", "grey instead of black please", "1 JK-04 L رمادي"),
    ("I want one black hoodie L", "make it grey", "1 JK-04 L رمادي"),
    # Several things
    ("ابي هودي اسود لارج وكاب اسود", "شيل الكاب", "1 JK-04 L أسود"),
    ("ابي هودي اسود لارج وكاب اسود", "شيل القبعة", "1 JK-04 L أسود"),
    ("ابي هودي اسود لارج وكاب اسود", "ما ابي الهودي", "1 AC-04 أسود"),
    ("ابي هودي اسود لارج وكاب اسود", "بدون الكاب", "1 JK-04 L أسود"),
    ("ابي هودي اسود لارج وكاب اسود", "خلي الهودي اثنين", "2 JK-04 L أسود, 1 AC-04 أسود"),
    ("ابي هودي اسود لارج وكاب اسود", "الهودي خليه XL", "1 JK-04 XL أسود, 1 AC-04 أسود"),
    ("two black hoodies L and a navy cap", "remove the cap", "2 JK-04 L أسود"),
    ("two black hoodies L and a navy cap", "remove the hoodies", "1 AC-04 كحلي"),
    ("ابي هودي اسود لارج", "وضيف كاب كحلي", "1 JK-04 L أسود, 1 AC-04 كحلي"),
    ("ابي هودي اسود لارج", "وكمان حجابين قطن بيج", "1 JK-04 L أسود, 2 AC-03 بيج"),
    ("I want one black hoodie L", "also a navy cap", "1 JK-04 L أسود, 1 AC-04 كحلي"),
    ("ابي كاب اسود واحد", "بدل الكاب ابي حقيبة يد سوداء", "1 AC-02 أسود"),
    ("a black cap please, one", "replace the cap with a black handbag", "1 AC-02 أسود"),
    ("ابي كاب اسود واحد", "بدل الكاب بحجاب قطني بيج", "1 AC-03 بيج"),
    # A word of what comes stands in the name of what goes
    ("ابي تيشيرت سادة اسود لارج", "بدلوه بتيشيرت رياضي اسود لارج", "1 TS-04 L أسود"),
    ("one black plain tshirt L", "swap it for the quick dry tshirt black L", "1 TS-04 L أسود"),
    ("٢ تيشيرت سادة اسود لارج و١ ابيض لارج", "تمام", "2 TS-01 L أسود, 1 TS-01 L أبيض"),
    # Contradicted, not added to
    ("ابي هودي اسود لارج", "لا مو واحد، ابي اثنين", "2 JK-04 L أسود"),
    ("بدي هودي اسود لارج", "لا بدي ياه رمادي", "1 JK-04 L رمادي"),
    ("abi hoodie aswad L wa7ed", "la 5alih 3nabi", "1 JK-04 L عنابي"),
    ("ابي هودي اسود مو رمادي لارج", "تمام", "1 JK-04 L أسود"),
    # Taken out, and what comes or stays is said in the same breath
    ("ابي هودي اسود لارج", "شيل الهودي وحطلي كاب كحلي", "1 AC-04 كحلي"),
    ("ابي هودي اسود لارج وكاب اسود", "شيل الكاب بس الهودي", "1 JK-04 L أسود"),
    # A sum that is told one by one, things joined by «مع», a size before the next thing
    ("ابي كابين واحد اسود وواحد كحلي", "تمام", "1 AC-04 أسود, 1 AC-04 كحلي"),
    ("ابي هودي اسود لارج مع كاب كحلي", "تمام", "1 JK-04 L أسود, 1 AC-04 كحلي"),
    ("بدي حزام جلد بني 105 وكاب كحلي", "تمام", "1 AC-01 105 بني, 1 AC-04 كحلي"),
    # To a woman, to several, for us
    ("ابعتيلي كاب كحلي", "تمام", "1 AC-04 كحلي"),
    ("سجلولنا كاب كحلي", "تمام", "1 AC-04 كحلي"),
    # Signs between the words
    ("ابي هودي 🙏 قطني اسود لارج", "٢ 🙏 لو سمحت", "2 JK-04 L أسود"),
    ("ابي كاب 🙏 واحد اسود", "تمام 🙏", "1 AC-04 أسود"),
    # Counted in Latin letters, and by a dual of another word for it
    ("abi cap aswad", "7abbtain", "2 AC-04 أسود"),
    ("ابي شنطتين سود", "تمام", "2 AC-02 أسود"),
    ("جوز صنادل نسائية بيج ٣٨", "تمام", "1 SO-03 38 بيج"),
    # Said again is not wanted twice
    ("ابي هودي اسود لارج", "ابي هودي اسود لارج", "1 JK-04 L أسود"),
    ("I want one black hoodie L", "one black hoodie L", "1 JK-04 L أسود"),
]


@pytest.mark.parametrize(("wish", "change", "cart"), CHANGES)
async def test_the_cart_follows_what_is_said(wish: str, change: str, cart: str) -> None:
    talk = Talking()
    answer = await talk.all(wish, change)
    assert sorted(talk.cart) == sorted(cart.split(", ")), [one.text for one in talk.answers]
    assert answer.hand_over is None
    assert not talk.orders


@pytest.mark.parametrize(("wish", "change", "cart"), CHANGES)
async def test_a_change_of_what_was_shown_is_shown_before_it_can_be_placed(
    wish: str, change: str, cart: str
) -> None:
    talk = Talking()
    await talk.all(wish, WHO)
    shown = talk.cart
    await talk.say(change)
    if sorted(shown) != sorted(cart.split(", ")):
        assert not talk.orders
        assert talk.counter.cart.quoted == talk.counter.cart.version
    if not talk.orders:
        await talk.say("نعم")
    assert sorted(talk.bought) == sorted(cart.split(", ")), [one.text for one in talk.answers]


async def test_an_address_that_is_corrected_is_shown_again() -> None:
    talk = Talking()
    await talk.all("ابي كاب اسود واحد", WHO)
    changed = await talk.say("لا العنوان البصرة العشار")
    assert "البصرة العشار" in changed.text
    assert "الكرادة" not in changed.text
    assert not talk.orders
    await talk.say("نعم")
    assert talk.orders[0].address == "البصرة العشار"


async def test_a_name_and_a_number_that_are_corrected_are_shown_again() -> None:
    talk = Talking()
    await talk.all("one black cap please", ("Ali", "07701234567", "Baghdad Karrada"))
    changed = await talk.say("my name is Hassan Kareem")
    assert "Hassan Kareem" in changed.text
    changed = await talk.say("use 0780 999 8877")
    assert "07809998877" in changed.text
    await talk.say("yes confirm")
    assert (talk.orders[0].name, talk.orders[0].phone) == ("Hassan Kareem", "07809998877")


async def test_yes_with_a_change_is_a_change() -> None:
    talk = Talking()
    await talk.all("ابي كاب اسود واحد", WHO)
    await talk.say("اي بس خليهم اثنين")
    assert (talk.orders, talk.cart) == ([], ["2 AC-04 أسود"])


async def test_the_cart_is_dropped_on_request() -> None:
    for said in ("الغي كل شي", "خلاص ما عاد ابي", "cancel", "كنسل", "never mind", "بطلت"):
        talk = Talking()
        await talk.all("ابي كاب اسود واحد", WHO)
        answer = await talk.say(said)
        assert talk.cart == [], said
        assert answer.hand_over is None, said
        await talk.say("نعم")
        assert not talk.orders, said


GYM = (
    product("KB", "كيتل بل حديد", "Iron kettlebell", 100, 40, sizes=("8 كجم", "12 كجم", "16 كجم")),
    product("MT", "سجادة يوغا", "Yoga mat", 200, 40),
    product("TB", "علبة كرات ٢٤", "Box of 24 balls", 300, 40),
    product("CB", "علبة بروتين", "Protein box", 400, 40, sizes=("24 قطعة", "48 قطعة")),
)
ASKED = (
    ("اريد كيتل بل حديد ١٢ كيلو عدد ٢", "خليها ١٦ كيلو", ["2 KB 16 كجم"]),
    ("2 iron kettlebells of 12 kg please", "make it 16 kg", ["2 KB 16 كجم"]),
    ("عايز ٣ سجادة يوغا", "خليهم ٢ بدل ٣", ["2 MT"]),
    ("3 yoga mats please", "just 2 mats instead of 3", ["2 MT"]),
    ("عندكم سجادة يوغا؟", "بدي 24 منهم", ["24 MT"]),
    ("do you have yoga mats?", "i'll take 24 of them", ["24 MT"]),
    ("one iron kettlebell 12 kg", "sorry, we are more, make it the one of 16 kg", ["1 KB 16 كجم"]),
    ("سلام", "اريد علبتين بروتين، ٤٨ قطعة", ["2 CB 48 قطعة"]),
)


@pytest.mark.parametrize(("first", "then", "cart"), ASKED)
async def test_the_number_that_is_meant_is_ordered(first: str, then: str, cart: list[str]) -> None:
    talk = Talking(GYM, faqs=())
    await talk.all(first, then)
    assert talk.cart == cart, [one.text for one in talk.answers]
