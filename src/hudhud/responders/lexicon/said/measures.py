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
