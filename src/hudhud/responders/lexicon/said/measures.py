"""What time, money and people are counted in, and what stands before how long; closed."""

from __future__ import annotations

from hudhud.responders.lexicon.arabizi import spelled
from hudhud.text import words

# Beside what a shop counts in.
TIME_AND_MONEY = frozenset(
    words(
        "mah امبير الف الاف thousand k ساعة ساعات يوم ايام اسبوع اسابيع دينار دنانير ريال ريالات "
        "جنيه درهم دولار ليرة افراد فرد شخص اشخاص نفر انفار منافذ درجة درجات الوان لونا oz "
        "people persons person pax afrad dollars dinars riyals"
    )
)
# What one thing has several of: «كنبة ٣ مقاعد», "with 4 drawers". Where they are sold they count.
PARTS = frozenset(
    words(
        "مقعد مقاعد درج ادراج دروج جارور جوارير باب ابواب رف رفوف طبقة طبقات طابق طوابق ادوار سرعة "
        "سرعات شعلة شعلات عيون جيب جيوب عجلة عجلات دولاب مستويات وظيفة وظائف منفذ مخارج قنوات "
        "seat seats seater drawer drawers door doors shelf shelves layer layers tier tiers speed "
        "speeds burner burners pocket pockets wheel wheels port ports level levels function "
        "functions way ways"
    )
)
# «بعد ٣ ساعات»: how long, where hours are what is sold.
SPANS = frozenset(
    words("بعد قبل خلال كل لمدة مدة يدوم تدوم يعيش تعيش بطارية شحن وقت كم وصل يوصل تحتاج ظرف غضون")
)
SOUNDED = frozenset(
    map(
        spelled,
        words(
            "sneen snin sinin snein sana sanawat 3am a3wam chhour shhour shohour ashhor shahr "
            "shaher yom youm yawm ayam ayyam iyam daqiqa d2i2a usbu3 osbo3 asabi3 "
            "dinar dananir riyal jneh gneh ginih dirham derham lira"
        ),
    )
)
