"""Which row tells of the place that something is to be brought to; pure.

«بتبعتو ع الرياض؟» is not answered by what the delivery within the Emirates costs, where a row
beside it tells of the Gulf: who names a place asks of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from hudhud.model import Faq
from hudhud.responders.examples.subjects import named
from hudhud.text import words

_DELIVERY: Final = "delivery"
_OF_DELIVERY: Final = frozenset({_DELIVERY, "abroad"})
# A country's names, and below them its cities.
_TOLD_OF = """
السعودية سعودية المملكة saudi ksa so3odiye sa3odia so3oudia:
  الرياض جدة مكة المدينة الدمام الخبر الظهران الطائف تبوك بريدة القصيم حائل ابها
  خميس نجران جازان جيزان الاحساء القطيف الجبيل ينبع عرعر riyadh jeddah jedda
  makkah mecca madinah dammam khobar dhahran taif tabuk abha jazan
الامارات امارات الاماراتي emirates uae emarat imarat:
  دبي ابوظبي الشارقة عجمان الفجيرة العين ام القيوين خيمة dubai sharjah ajman
  fujairah ain dhabi khaimah
قطر qatar:
  الدوحة الوكرة doha wakra
البحرين بحرين bahrain:
  المنامة المحرق manama muharraq
الكويت كويت kuwait:
  حولي الفروانية الجهراء الاحمدي السالمية hawalli salmiya jahra
عمان سلطنة السلطنة oman:
  مسقط صلالة صحار نزوى muscat salalah sohar
العراق عراق iraq el3ira2 3iraq 3irak:
  بغداد البصرة بصرة الموصل موصل اربيل السليمانية دهوك كركوك النجف كربلاء الحلة
  الناصرية baghdad basra mosul erbil duhok kirkuk najaf karbala
مصر egypt masr:
  القاهرة الجيزة الاسكندرية اسكندرية المنصورة طنطا اسيوط اسوان الاقصر بورسعيد
  cairo giza alexandria mansoura aswan luxor
الاردن اردن jordan el2ordon urdon:
  اربد الزرقاء العقبة السلط amman irbid zarqa aqaba
لبنان lebanon libnan lebnan:
  بيروت طرابلس صيدا صور زحلة beirut tripoli saida
سوريا سورية syria sourya:
  دمشق حلب حمص حماة اللاذقية damascus aleppo homs latakia
فلسطين الضفة palestine:
  القدس رام نابلس الخليل غزة جنين jerusalem ramallah nablus hebron gaza
المغرب morocco maghrib:
  الرباط كازا الدارالبيضاء طنجة فاس مكناس مراكش اكادير تطوان rabat casablanca casa
  tangier fes marrakech agadir
تونس tunisia tounes:
  صفاقس سوسة بنزرت tunis sfax sousse
الجزائر algeria:
  وهران قسنطينة عنابة algiers oran constantine
ليبيا libya:
  بنغازي مصراتة benghazi
تركيا turkey turkiye:
  اسطنبول انقرة istanbul ankara
اوروبا اوربا europe المانيا germany allemagne فرنسا france fransa بريطانيا انجلترا uk england:
  السويد سويد sweden النرويج norway الدنمارك denmark هولندا holland netherlands بلجيكا belgium
  belgique ايطاليا italy اسبانيا spain النمسا austria سويسرا switzerland اليونان greece
  لندن london باريس paris برلين berlin بروكسل bruxelles brussels ستوكهولم امستردام مدريد
  برشلونة روما ميلانو فيينا جنيف مرسيليا ليون
امريكا america usa كندا canada استراليا australia ماليزيا malaysia الصين china:
  نيويورك تورنتو مونتريال toronto montreal سيدني sydney
"""
_HEADED: Final = re.compile(r"^(?P<names>\S.*):\n(?P<cities>(?:  .*\n)*)", re.MULTILINE)
_COUNTRIES: Final = tuple(
    (frozenset(words(one["names"])), frozenset(words(one["cities"])))
    for one in _HEADED.finditer(_TOLD_OF)
)
_GULF_COUNTRIES: Final = 6
_GULF: Final = frozenset(words("الخليج خليج خليجية gulf gcc"))
_ABROAD: Final = frozenset(
    words(
        "خارج الخارج برا بره برة دولي دوليا العالم abroad international worldwide outside overseas"
    )
)
_BRINGS: Final = frozenset(
    words(
        "توصيل التوصيل توصلون توصلوا بتوصلوا شحن الشحن تشحنون تشحنوا بتشحنوا ترسلون ترسلوا "
        "بتبعتوا تبعتون نوصل نشحن يوصل تصيفطو deliver delivery ship shipping shipments send shipped"
    )
)
_TOWARDS: Final = ("لل", "ل", "ب", "و", "ع")


def reaching(faqs: Sequence[Faq], rows: Sequence[Faq], text: str) -> list[Faq]:
    """The rows of a delivery, or the one beside them that tells of the place that is named.

    Args:
        faqs: the merchant's rows.
        rows: those that were chosen.
        text: one message.
    """
    if not rows or not _brings(rows[0]):
        return [*rows]
    said = _bare(text)
    country = next((one for one, names in enumerate(_COUNTRIES) if _of(names, said)), None)
    abroad = not _ABROAD.isdisjoint(said)
    if country is not None and abroad and said.isdisjoint(_COUNTRIES[country][1]):
        country = None  # «برا الامارات»
    if country is None and not abroad:
        return [*rows]
    told = _told(rows[0], said, country, rows[0])
    others = [faq for faq in faqs if faq not in rows and _brings(faq)]
    best = max(others, key=lambda faq: _told(faq, said, country, rows[0]), default=None)
    if best is None or _told(best, said, country, rows[0]) <= told:
        return [*rows]
    return [best, *rows[1:]]


def _told(faq: Faq, said: AbstractSet[str], country: int | None, local: Faq) -> int:
    """How nearly a row tells of a place: of the very one, of its country, of what is abroad."""
    asked = _bare(f"{faq.question_ar} {faq.question_en}")
    held = asked | _bare(f"{faq.answer_ar} {faq.answer_en}")
    if country is not None:
        names, cities = _COUNTRIES[country]
        if held & said & (names | cities):
            return 4
        if held & names or (faq is local and held & cities):
            return 3
        if country < _GULF_COUNTRIES and held & _GULF:
            return 2
    return int(faq is not local and bool(asked & _ABROAD))


def _of(names: tuple[AbstractSet[str], AbstractSet[str]], said: AbstractSet[str]) -> bool:
    return any(not one.isdisjoint(said) for one in names)


def _brings(faq: Faq) -> bool:
    # «كاش لما توصلني ع جدة؟» asks how to pay.
    if named().get(faq.topic, _DELIVERY) not in _OF_DELIVERY:
        return False
    return not _BRINGS.isdisjoint(_bare(f"{faq.question_ar} {faq.question_en}"))


def _bare(text: str) -> frozenset[str]:
    """The folded words, and each without what is joined to it: «للرياض», «عالعين»."""
    said = words(text)
    bare = [word.removeprefix(one) for word in said for one in _TOWARDS if word.startswith(one)]
    return frozenset((*said, *bare, *(f"ال{one}" for one in bare if one[:2] != "ال")))
