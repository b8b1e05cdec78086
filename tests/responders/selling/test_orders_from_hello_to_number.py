"""The offline responder alone takes an order from hello to its number, in every dialect (S6)."""

from __future__ import annotations

import pytest
from talking import BAKERY, Talking

# What a customer writes, turn by turn (a bar parts the messages of one burst), and what is placed.
# Name, telephone, address and consent are said as each dialect says them.
CLOTHES_ORDERS = [
    # Standard Arabic
    (["أريد شراء قميص رسمي أكسفورد أبيض مقاس L", "سعاد محمود، ٠٧٧٠١٢٣٤٥٦٧",
      "العنوان: البصرة، شارع الكويت", "نعم"], "1 SH-02 L أبيض"),
    (["السلام عليكم", "أرغب في طلب ثلاث قطع من تيشيرت بولو كحلي مقاس XL",
      "اسمي عبد الله سالم|رقم هاتفي 0501112223", "أسكن في الرياض حي الياسمين", "أؤكد الطلب"],
     "3 TS-03 XL كحلي"),
    (["أود أن أطلب حقيبة يد نسائية سوداء", "ليلى حداد", "0791234567", "عمان، الصويفية، شارع باريس",
      "موافق"], "1 AC-02 أسود"),
    (["أحتاج إلى حزامين جلد بني قياس 105", "كريم يوسف 07801234567 بغداد الكرادة", "نعم، ثبّت الطلب"],
     "2 AC-01 105 بني"),
    # Gulf
    (["هلا", "ابغى عباية كريب سودا مقاس ٥٦", "ام خالد 0555123456", "الرياض حي النرجس",
      "ايه اعتمدي"], "1 AB-01 56 أسود"),
    (["ابي اطلب دشداشة رجالية صيفية بيضا مقاس ٥٨ عدد ٢", "فهد المطيري ٠٥٠٩٩٨٨٧٧٦",
      "الكويت السالمية قطعة ٤ شارع ٥", "اي ثبتها"], "2 DS-01 58 أبيض"),
    (["ودي اخذ هودي رمادي لارج حبتين", "نواف", "٠٥٥٥٠٠٠١١١", "جدة الصفا",
      "تمام توكل على الله اكد"], "2 JK-04 L رمادي"),
    (["احجزلي حذاء رسمي جلد بني ٤٣", "سلطان العتيبي|0567778889|الدمام حي الفيصلية", "اوكي"],
     "1 SO-02 43 بني"),
    # Iraqi
    (["شلونكم عيني اريد قميص جينز ازرق XL", "حيدر كاظم ورقمي 07712223334", "النجف حي السلام",
      "اي عيني ثبت"], "1 SH-03 XL أزرق"),
    (["اريد بيجامتين اطفال وردي قياس ٦", "زينب علي", "07801112223", "كربلاء حي الحسين", "اي"],
     "2 KD-01 6 وردي"),
    (["نطلب تنورة بليسيه سودة ميديوم", "سارة ٠٧٧٠٠٠٠١١١١", "الموصل حي الزهور", "هسه اكدي"],
     "1 TP-02 M أسود"),
    (["جيبلي ٣ حجابات قطن بيج", "ام علي 07733334444 البصرة العشار", "زين اكد"], "3 AC-03 بيج"),
    # Egyptian
    (["عايزة بلوزة شيفون وردي مقاس M واحدة", "منى السيد ورقمي 01012345678",
      "١٥ شارع الحجاز مصر الجديدة", "ايوه"], "1 TP-01 M وردي"),
    (["عاوز اوردر ٢ شورت صيفي بيج لارج", "محمود حسن|٠١١٢٣٤٥٦٧٨٩", "الهرم الجيزة", "اه تمام"],
     "2 TR-05 L بيج"),
    (["ممكن اطلب كوتشي رياضي ابيض مقاس 42؟", "احمد فتحي 01234567890", "الدقي شارع التحرير",
      "ايوة اكد"], "1 SO-01 42 أبيض"),
    (["هاخد تيشيرتين قطن سادة أسود لارج", "كريم", "01099998888", "المعادي شارع ٩", "اكيد"],
     "2 TS-01 L أسود"),
    # Levantine
    (["مرحبا بدي اطلب فستان محجبات كاجوال كحلي XL", "رنا خليل 0944123456", "دمشق المزة", "اي اكيد"],
     "1 DR-03 XL كحلي"),
    (["بدنا ناخد جاكيت جلد اسود L وكاب رياضي كحلي", "سامر حداد|0791112223", "عمان الجبيهة", "ماشي"],
     "1 JK-01 L أسود, 1 AC-04 كحلي"),
    (["خدلي بنطلون جينز مستقيم اسود ٣٤", "لينا", "٠٧٩٥٥٥٤٤٤٣", "اربد شارع الجامعة", "تمام ثبت"],
     "1 TR-01 34 أسود"),
    (["بعتولي عباية ملونة بتطريز زيتي ٥٤", "هدى عمر 70123456", "بيروت الحمرا", "اي نعم"],
     "1 AB-02 54 زيتي"),
    # Maghrebi
    (["بغيت نكوموندي جوج قمصان كتان بيض لارج", "سميتي يوسف والنمرة 0661223344", "الرباط اكدال",
      "ايه"], "2 SH-01 L أبيض"),
    (["سلام خويا بغيت نشري حزام جلد كحل قياس 95", "سميرة 0655443322", "كازا المعاريف", "واخا"],
     "1 AC-01 95 أسود"),
    (["عطيني ساك نسائي ابيض", "نادية", "0677889900", "مراكش كيليز", "صافي اكد"], "1 AC-02 أبيض"),
    # Arabizi
    (["abi a6lob hoodie aswad L 7abtein", "ahmed salem 0551234567", "riyadh olaya", "ee akked"],
     "2 JK-04 L أسود"),
    (["bde otlob 3abaye crepe sawda size 54", "rana 0791234567", "amman jabal hussein", "aywa"],
     "1 AB-01 54 أسود"),
    (["3ayez order cap aswad wa7ed", "mostafa 01077778888", "zamalek", "tamam"], "1 AC-04 أسود"),
    # English
    (["hi there", "I'd like to order a faux leather jacket, brown, size L",
      "my name is Omar Zaki, phone 07809998877", "deliver to Erbil, 60m street", "yes please"],
     "1 JK-01 L بني"),
    (["Can I get two polo t-shirts navy XL?", "Sara Ahmed, 07701112223", "Karrada, Baghdad",
      "confirm"], "2 TS-03 XL كحلي"),
    (["3 cotton hijabs black please", "Mariam", "+964 770 123 4567", "Mosul, Al Zuhur district",
      "ok"], "3 AC-03 أسود"),
    (["how much is the formal blazer?", "great, I'll take one in grey size 52",
      "Adam Lee 0567778889", "Jeddah", "go ahead"], "1 JK-03 52 رمادي"),
    (["I want a pair of light sports shoes white 43", "name: Tom, number: 07501234567",
      "address: 12 Main Street, Erbil", "yes, place the order"], "1 SO-01 43 أبيض"),
    (["add 2 summer shorts beige M and 1 sports cap navy", "Lina Farah 0544445555", "Riyadh, Olaya",
      "sure"], "2 TR-05 M بيج, 1 AC-04 كحلي"),
]  # fmt: skip

BAKERY_ORDERS = [
    (["ابي كيلوين تمر سكري", "عبير 0555566667", "القصيم بريدة حي الريان", "نعم تمام"], "2 DT"),
    (["عايزة ٣ علب معمول", "منى 01055556666", "مدينة نصر", "ايوه اكدي"], "3 MM"),
    (["اطلب درزن خبز صاج", "ابو فهد", "0501234567", "الرياض الملز", "اعتمد"], "12 BR"),
    (["بغيت جوج كيلو قهوة عربية ومعمول واحد", "خديجة 0612345678", "فاس شارع الحسن الثاني", "نعم"],
     "2 CF, 1 MM"),
    (["I want half a dozen... no, 6 saj bread and one sidr honey", "Nadia 01012341234",
      "Zamalek, Cairo", "yes"], "6 BR, 1 HN"),
    (["اريد صينية حلى مشكل ١٢ شخص", "حسن 07701112223", "بغداد زيونة", "اي"], "1 TR 12 شخص"),
    (["عندكم عسل؟", "خذلي علبتين", "سعد", "0567890123", "ابها حي المنسك", "ايوه"], "2 HN"),
    (["a dozen saj bread and 2 boxes of pistachio maamoul, please", "Huda 0551112223",
      "Jeddah Al Safa", "confirmed"], "12 BR, 2 MM"),
]  # fmt: skip


async def _bought(talk: Talking, turns: list[str]) -> str:
    for turn in turns:
        await talk.say(*turn.split("|"))
    return ", ".join(talk.bought)


@pytest.mark.parametrize(("turns", "placed"), CLOTHES_ORDERS, ids=[t[0][0] for t in CLOTHES_ORDERS])
async def test_clothes_are_ordered_in_every_dialect(turns: list[str], placed: str) -> None:
    talk = Talking()
    assert await _bought(talk, turns) == placed, [answer.text for answer in talk.answers]
    _placed_well(talk)


@pytest.mark.parametrize(("turns", "placed"), BAKERY_ORDERS, ids=[t[0][0] for t in BAKERY_ORDERS])
async def test_what_is_sold_by_the_box_and_the_kilo_is_ordered(
    turns: list[str], placed: str
) -> None:
    talk = Talking(BAKERY, faqs=())
    assert await _bought(talk, turns) == placed, [answer.text for answer in talk.answers]
    _placed_well(talk)


def _placed_well(talk: Talking) -> None:
    (order,) = talk.orders
    told = talk.answers[-1]
    assert str(order.number) in told.text.translate(str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789"))
    assert told.trace["order"]["number"] == order.number
    assert order.name
    assert len(order.phone) >= len("7012345")
    assert order.address
    assert not any(answer.hand_over for answer in talk.answers)


async def test_everything_at_once_is_shown_once_and_asked_never_placed_unseen() -> None:
    talk = Talking()
    first = await talk.say(
        "السلام عليكم اريد هودي اسود لارج عدد ٢ اسمي علي حسن ورقمي ٠٧٧٠١٢٣٤٥٦٧"
        " وعنواني بغداد الكرادة واكد"
    )
    assert not talk.orders
    for part in ("٢ × هودي قطني (أسود، L)", "٦٠٬٠٠٠", "علي حسن", "بغداد الكرادة", "هل أؤكد الطلب؟"):
        assert part in first.text
    assert "تخبرني" not in first.text
    await talk.say("اي")
    assert talk.bought == ["2 JK-04 L أسود"]


async def test_a_burst_of_six_messages_is_one_order() -> None:
    talk = Talking()
    asked = await talk.say(
        *("I want a cotton hoodie", "black", "size L", "two"),
        *("Ali Hassan 0770 123 4567", "Baghdad, Karrada"),
    )
    assert "2 × Cotton hoodie (Black, L)" in asked.text
    assert asked.text.endswith("Shall I place this order?")
    await talk.say("yes")
    assert talk.bought == ["2 JK-04 L أسود"]


async def test_a_second_order_asks_nothing_again() -> None:
    talk = Talking()
    await talk.all("ابي كاب اسود", "اي", "سعد ٠٥٥١١١٢٢٢٣ الرياض العليا", "نعم")
    second = await talk.say("وابي حجاب قطني بيج حبتين")
    assert "تخبرني" not in second.text
    assert all(part in second.text for part in ("سعد", "0551112223", "الرياض العليا"))
    await talk.say("اكد")
    assert talk.bought == ["1 AC-04 أسود", "2 AC-03 بيج"]
    assert [order.number for order in talk.orders] == [1, 2]


async def test_wanting_to_order_nothing_in_particular_is_asked_what() -> None:
    talk = Talking()
    assert (await talk.say("ابي اطلب")).text.startswith("أبشر، ماذا تحب أن تطلب؟")
    assert (await talk.say("كاب رياضي اسود")).hand_over is None
    talk = Talking()
    assert "What would you like to order?" in (await talk.say("I want to place an order")).text
