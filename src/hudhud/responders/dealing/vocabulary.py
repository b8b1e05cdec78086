"""The words of business: who buys for many, what is agreed, what is printed on what is bought."""

from __future__ import annotations

from hudhud.text import words

MINE = frozenset(
    words(
        "عندي عندنا عنا عدنا تبعي تبعنا حقي حقنا بتاعي بتاعنا ديالي ديالنا 3andi 3endi 3anna taba3i"
    )
)
ANOTHER = frozenset(words("ثاني ثانيه تاني تانيه اخر اخرى غيركم غيركن غير other another"))
FITTING_OUT = frozenset(
    words(
        "نجهز اجهز تجهيز تجهزون تجهزوا نفرش افرش تفرشون ناثث اثث تاثيث "
        "furnish furnishing equip equipping fitting outfit outfitting refurbish refurbishing"
    )
)
# So many of them nobody lives in: they are let, or run.
DWELLINGS = frozenset(
    words(
        "شقة شقق شاليه شاليهات فيلا فيلات فلل وحدات غرفة غرف فرع فروع استوديو جناح اجنحة "
        "flats apartments villas chalets rooms branches studios houses suites homes "
        "bed beds room bedroom bedrooms key keys "
        "sha2a sha22a sho2a2 sho2aq shaqqa shuqaq ghorfe ghoraf 8orfe ghurfa far3 froo3 forou3"
    )
)
# Who trades for a living.
TRADERS = frozenset(
    words(
        "مقاول مقاولين مقاولون تاجر تجار موزع موزعين contractor contractors retailer retailers "
        "distributor distributors reseller resellers builder builders moqawel m2awel mqawel"
    )
)
# Who goes there or works there owns none.
ATTENDING = frozenset(
    words(
        "اروح بروح نروح اداوم بداوم اشتغل بشتغل شغلي موظف موظفه موظفين طالب طالبه اشترك اشتركت "
        "مشترك مشتركه go going went work works working employee student join joined member"
    )
)
OWNING = frozenset(
    words(
        "احنا نحن نحنا حنا احنه انا اني آني عندي عندنا عنا عدنا لدي لدينا املك نملك امتلك نمتلك "
        "صاحب صاحبة مدير مديرة معلم معلمة "
        "استاذ استاذة موظف موظفة مسؤول مسؤولة ممثل لموظفين موظفين من "
        "my our we i im were own run have manage represent teacher manager owner "
        "e7na 7na ne7na na7no ana ani 3andi 3anna 3endi sa7eb sahib mudir"
    )
)


def _phrases(said: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(words(one)) for one in said.split(","))


# Whom to talk to, and that something is to be agreed.
AGREEING = _phrases(
    "مع مين, مع من, مع منو, ويا منو, ويه منو, وي منو, ويا من, معا من, مع مينو, مين المسؤول, منو "
    "المسؤول, من المسؤول, مين بيحكي, لمين احكي, مين نحكي, مين اكلم, اكلم مين, نكلم مين, منو اكلم, "
    "من اكلم, منو احجي, نتفق, اتفق, ونتفق, واتفق, نتفاهم, اتفاهم, نتعاقد, اتعاقد, اتفاق, "
    "اتفاقية, عقد شهري, عقد سنوي, عقد توريد, نعمل عقد, عرض سعر, عرض اسعار, تسعيرة, سعر خاص, "
    "اسعار خاصة, سعر مخصوص, تعملولنا سعر, "
    "نرتب, ارتب, نرتبها, ننسق, تسوون لنا سعر, تسوولنا سعر, سعر للكمية, سعر الكمية, "
    "سعر على الكمية, سعر حلو, "
    "who do i talk, who do we talk, who do i speak, who do we speak, who can i talk, who can i "
    "speak, who can we talk, who should i talk, who should we talk, who should i contact, who "
    "should i speak, who handles, who do i contact, who do we contact, who do i ask, a quote, "
    "quote, quotation, price list, special price, bulk price, bulk discount, trade price, trade "
    "prices, group price, agreement, contract, a deal, invoice us, "
    "ma3 min, ma3 meen, ma3 men, wiya mno, ma3 mno, netfe2, nettefe2, netefa2, atfe2, nitfaq, "
    "etfa2, netfehem, 3ard se3er, 3ard s3r, se3er 5as, se3er khas, s3r 5a9"
)
TRADE = _phrases(
    "جملة, الجملة, بالجملة, للجملة, جمله, سعر الجملة, بسعر الجملة, كميات, بالكميات, بكميات, كمية, "
    "بالكثرة, بالكثره, بالكترة, بالكتره, وكيل, وكالة, وكاله, موزع, موزعة, "
    "موزعه, مورد, المورد, "
    "توريد, لتوريد, التوريد, للتوريد, بتوريد, التعاقد, تعاقد, للتعاقد, "
    "بالتعاقد, تجهيز, تجهزوها, تجهزونا, تجهزوهم, توردون, توردولنا, تزودوني, تزودونا, بالدرزن, "
    "بضاعة, ابيع, وابيع, نبيع, ونبيع, للتجار, wholesale, bulk, in bulk, trade, supply, supplying, "
    "supplier, resell, resale, jomla, jumla, gomla, bel jomla, kmiye, kamiyat"
)
# Business is offered or sought by these in so many words.
OFFERED = _phrases(
    "عمولة, عموله, بعمولة, مقابل نسبة, مقابل نسبه, لي نسبة, لي نسبه, لنا نسبة, "
    "نسبة على كل, اكون موزع, اكون موزعة, اكون وكيل, اكون وكيلة, اكون وكيلكم, "
    "نكون موزعين, نكون وكلاء, اصير موزع, اصير وكيل, اكون مورد, تكونوا المورد, "
    "تكونون المورد, نتعامل معكم, اتعامل معكم, اتعامل وياكم, نتعامل وياكم, اتعامل معاكو, "
    "commission, commission basis, working together, work together, work with you, "
    "become a distributor, be a distributor, be your distributor, be a reseller, "
    "be your reseller, referral fee, finders fee, percentage per, cut for every, "
    "trade account, trade accounts, trade discount"
)
# For whom a household buys nothing.
OUR_PEOPLE = frozenset(
    words(
        "موظفينا لموظفينا موظفيننا لموظفيننا عمالنا لعمالنا عملائنا لعملائنا زبائننا "
        "لزبائننا زباينا "
        "طلابنا لطلابنا فريقنا لفريقنا ضيوفنا نزلائنا لنزلائنا"
    )
)
# A price for them alone.
PRICED = _phrases(
    "سعر خاص, اسعار خاصة, سعر مخصوص, سعر الكمية, سعر للكمية, سعر على الكمية, عرض سعر, عرض اسعار, "
    "special price, special prices, bulk price, bulk discount, trade price, trade prices, a quote, "
    "quotation, contract, contractor price, contractor prices, contractors price, سعر مقاولين, "
    "اسعار مقاولين, سعر المقاولين, اسعار المقاولين, سعر مشاريع, اسعار مشاريع, "
    "se3er 5as, se3er khas, s3r 5a9, 3ard se3er"
)
# Again and again, as a household takes it too.
STANDING = _phrases(
    "شهري, شهريا, كل شهر, كل اسبوع, كل اسبوعين, اسبوعيا, اسبوعي, monthly, weekly, every week, "
    "every month, each week, each month, kel shaher, kel shahr, kol shahr, kel 2osbo3, koll usbu3"
)
TAKING = _phrases(
    "اخذ, اخد, ناخذ, ناخد, باخذ, باخد, نحتاج, احتاج, محتاج, محتاجين, يحتاج, تحتاج, استهلك, نستهلك, "
    "يستهلك, تستهلك, بدنا, بدها, بدو, بدي, نريد, اريد, نبي, ابي, ابغى, نبغى, عايز, عايزين, بغينا, "
    "بغيت, need, needs, want, take, order, buy, get, bedna, badna, bedda, baddi, badde, na5od"
)
# What is made for them alone: their sign or their names on it.
OWN_MARKS = _phrases(
    "شعار, شعارنا, الشعار, بشعار, شعار الشركة, لوجو, لوقو, لوغو, اللوجو, لوجونا, نطبع, اطبع, "
    "ونطبع, تطبعون, تطبعوا, تطبعو, بتطبعوا, بتطبعو, تطبعولنا, تطبعوها, مطبوع عليها, مطبوع عليه, "
    "طباعة, الطباعة, نحفر, تحفرون, تحفروا, محفور عليها, محفور عليه, نطرز, تطرزون, تطريز اسم, "
    "عليها اسم, عليه اسم, عليهم اسم, عليهم اسماء, عليها اسماء, عليها اسمنا, عليه اسمنا, عليهم "
    "اسمنا, عليها اسامي, عليهم اسامي, عليهم اساميهم, باسماء, logo, logos, print, printed with, "
    "printed on, printing, engrave, engraved, embroidered with, our name on, names on, name on, "
    "our brand, branding, branded, initials, sho3ar, she3ar, logona, notba3, ntba3, tetba3o, "
    "tetba3ou, 3aleha esm, 3aleh esm, 3alayha ism"
)
FEASTS = _phrases(
    "عرس, لعرس, العرس, للعرس, عرسي, عرسنا, بعرسي, لعرسي, زفاف, الزفاف, لزفاف, زفافي, لزفافي, "
    "زواج, لزواج, الزواج, زواجي, لزواجي, فرح, الفرح, لفرح, فرحي, خطوبة, الخطوبة, لخطوبة, خطوبتي, "
    "لخطوبتي, ملكة, ملكتي, لملكتي, عزيمة, العزيمة, لعزيمة, عزايم, حفلة, الحفلة, لحفلة, حفل, لحفل, "
    "تخرج, التخرج, تخرجنا, مناسبة, لمناسبة, مؤتمر, لمؤتمر, فعالية, لفعالية, عقيقة, حنة, مولد, "
    "توزيعات, wedding, engagement, party, event, conference, graduation, reception, banquet, "
    "ceremony, guests, 3ers, 3eres, el3ers, zafaf, 5otoba, khtobe, 5toube, fara7, 7afle, 7afla, "
    "3azime, 3azeema, takharoj, ta5aroj"
)
PEOPLE = frozenset(
    words(
        "شخص اشخاص نفر انفار فرد افراد ضيف ضيوف معزوم موظف موظفين عامل عمال طالب طلاب طالبة طالبات "
        "تلميذ تلاميذ طفل اطفال واحد people persons person guests pax employees staff students "
        "kids children pupils workers sha5es shakhs sha5s nafar dyouf"
    )
)
# «صينية تكفي ٢٠ شخص» is how great a tray is.
HOLDING = frozenset(words("تكفي يكفي بتكفي بيكفي تسع يسع حجم serves feeds serving"))
MEASURED = frozenset(
    words(
        "طوله طولها طولي طول وزنه وزنها وزني وزن عمره عمرها عمري مقاسه مقاسها مقاسي قياسه قياسها "
        "قياسي رقم رقمي الرقم موديل بناية دار بيت بلوك قطعة محلة زقاق ب فوق تحت اقل ابو weighs "
        "height weight aged model room no block"
    )
)
MONEY = frozenset(
    words(
        "الف الاف مل ملي ملم غرام جرام بالمية بالمئة بالمائة درهم دينار ريال جنيه ليرة دولار "
        "دقيقة دقايق دقائق يوم يوما ايام اسبوع ml gr mg percent k thousand dirhams riyals aed sar "
        "egp usd minutes min days day am pm"
    )
)
COUNTED = frozenset(words("عدد عددها كمية بعدد حوالي تقريبا"))
HUNDREDS = {
    word: value
    for value, row in (
        (200, "مئتي مئتين مائتين ميتين مئتا مائتي"),
        (300, "ثلاثمية تلتمية تلاتمية ثلاثمئة ثلاثمائة"),
        (400, "اربعمية ربعمية اربعمئة"),
        (500, "خمسمية خمسمئة خمسمائة"),
    )
    for word in words(row)
}
