"""What customers of a run write: of ordinary words, and hardly ever the same text twice.

Whoever reads a message keeps what it read for a while, so one text for all would be read once and
measured as if it cost nothing. The words are few, as people's are; what they make of them is not.
"""

from __future__ import annotations

import math

_OPENINGS = (
    "السلام عليكم، ", "مرحبا ", "هلا ", "صباح الخير ", "مساء الخير، ", "لو سمحت ", "عفوا ",
    "اهلين ", "يعطيك العافية ", "",
)  # fmt: skip
_ASKED = (
    "بكم", "كم سعر", "عندكم", "هل يوجد", "اريد", "ابي", "عايز", "بدي", "شكد", "قديش", "متوفر",
    "ممكن اشوف", "فيه عندكم", "بغيت", "محتاج", "كم باقي من", "هل توصلون",
)  # fmt: skip
_THINGS = (
    "القميص", "البنطلون", "الحذاء", "الشنطة", "الجاكيت", "الفستان", "العباية", "الساعة", "النظارة",
    "المحفظة", "الحزام", "القبعة", "الشال", "المعطف", "البلوزة", "التنورة", "الكرسي", "الطاولة",
    "المصباح", "السجادة", "الستارة", "الوسادة", "الكتاب", "السماعة", "الشاحن", "الخلاط", "المكنسة",
    "الغلاية", "المروحة",
)  # fmt: skip
_WHICH = (
    "الأزرق", "الأسود", "الأبيض", "الكبير", "الصغير", "الجديد", "القطن", "الجلد", "الخفيف", "الوسط",
    "",
)  # fmt: skip
_CLOSINGS = (
    "؟", "؟ وهل يوجد منه قياس وسط؟", " لو تكرمت", " وكم التوصيل؟", " اليوم", " بسرعة لو سمحتم", "",
)  # fmt: skip


_ALL = math.prod(map(len, (_OPENINGS, _ASKED, _THINGS, _WHICH, _CLOSINGS)))
# Prime, so that every number below `_ALL` gets a text of its own; one customer's lie far apart.
_STRIDE = 104_729


def text(number: int) -> str:
    """The text of one message; no two of 379 610 numbers in a row have the same.

    Args:
        number: of the message in its run.
    """
    left, said = number * _STRIDE % _ALL, []
    for parts in (_OPENINGS, _ASKED, _THINGS, _WHICH, _CLOSINGS):
        left, place = divmod(left, len(parts))
        said.append(parts[place])
    opening, asked, thing, which, closing = said
    return f"{opening}{asked} {thing} {which}{closing}".strip()
