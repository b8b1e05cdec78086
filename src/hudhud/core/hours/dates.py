"""Days, months and times of day as people name them, in Arabic and English; pure."""

from __future__ import annotations

from datetime import date

from hudhud.core.hours.hijri import HijriDay, hijri_of
from hudhud.model import Dates
from hudhud.text import Language

_DAYS = {
    "ar": ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS_AR = (
    "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
    "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
)  # fmt: skip
# In Iraq and the Levant the months have their own old names.
_MONTHS_EAST = (
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران",
    "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
)  # fmt: skip
_EAST = ("Asia/Baghdad", "Asia/Damascus", "Asia/Beirut", "Asia/Amman", "Asia/Gaza", "Asia/Hebron")
_HIJRI = {
    "ar": ("محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة",
           "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة"),
    "en": ("Muharram", "Safar", "Rabi I", "Rabi II", "Jumada I", "Jumada II",
           "Rajab", "Shaban", "Ramadan", "Shawwal", "Dhu al-Qadah", "Dhu al-Hijjah"),
}  # fmt: skip
_NOON, _AFTERNOON, _EVENING, _DAY = 12, 15, 18, 24
HALF = 12


def day_name(day: date, language: Language) -> str:
    """The name of a day of the week."""
    return _DAYS[language][day.weekday()]


def date_name(
    day: date,
    language: Language,
    *,
    zone: str,
    today: date,
    dates: Dates = "gregorian",
    later_days: int = 0,
) -> str:
    """A date as the merchant wishes it, in Latin digits; the year only where it is another one.

    Args:
        day: of the Gregorian calendar.
        language: `ar` or `en`.
        zone: the merchant's time zone; its people have their own names of months.
        today: the day on which it is read.
        dates: which calendar, or both: the Hijri date follows in brackets.
        later_days: how many days later than reckoned Hijri months begin there.
    """
    months = _MONTHS_EN
    if language == "ar":
        months = _MONTHS_EAST if zone in _EAST else _MONTHS_AR
    year = "" if day.year == today.year else f" {day.year}"
    gregorian = f"{day.day} {months[day.month - 1]}{year}"
    hijri = hijri_of(day, later_days) if dates != "gregorian" else None
    if hijri is None:
        return gregorian
    said = _hijri_name(hijri, language, hijri_of(today, later_days))
    return said if dates == "hijri" else f"{gregorian} ({said})"


def _hijri_name(day: HijriDay, language: Language, today: HijriDay | None) -> str:
    sign = "هـ" if language == "ar" else "AH"
    year = "" if today is not None and today.year == day.year else f" {day.year} {sign}"
    return f"{day.day} {_HIJRI[language][day.month - 1]}{year}"


def clock_name(minute: int, language: Language) -> str:
    """A time of day as people say it: «٩ صباحاً» (in Latin digits), "9 am"; 1440 is midnight."""
    hour, rest = divmod(minute % (_DAY * 60), 60)
    face = (hour % HALF or HALF, rest)
    told = f"{face[0]}:{rest:02}" if rest else f"{face[0]}"
    if language == "en":
        if not rest and hour % HALF == 0:
            return "noon" if hour else "midnight"
        return f"{told} {'am' if hour < HALF else 'pm'}"
    if not rest and not hour:
        return "منتصف الليل"
    if hour < _NOON:
        return f"{told} صباحاً"
    return f"{told} {'ظهراً' if hour < _AFTERNOON else 'عصراً' if hour < _EVENING else 'مساءً'}"
