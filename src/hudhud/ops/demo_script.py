"""Who writes what and when in the demo, and into which batches it must fall. Nothing but words."""

from __future__ import annotations

from typing import Literal, NamedTuple

How = Literal["in_order", "one_webhook", "at_once"]
EVERY_S = 0.8


class Line(NamedTuple):
    """One message: seconds after the start, its text (or emoji), and how it arrives."""

    at_s: float
    text: str
    kind: Literal["text", "reaction"] = "text"
    copies: int = 1


class Customer(NamedTuple):
    """One contact. `batches` are places of lines, from 1; a reaction belongs to none.

    `to` is the inbox: the shop's, or `intake`, whose assistant collects name, goal and meal plan.
    """

    name: str
    lines: tuple[Line, ...]
    batches: tuple[tuple[int, ...], ...]
    to: Literal["shop", "intake"] = "shop"
    how: How = "in_order"


# The source incident: five messages that were once answered five times, each asking again.
INCIDENT = Customer(
    name="عبدالرحيم",
    lines=(
        Line(0.0, "ممكن أعرف اسمك؟ ⭐"),
        Line(3.3, "عبدالرحيم"),
        Line(6.649, "من القوي"),
        Line(10.976, "وجبة واحدة"),
        Line(12.5, "لايف ستايل"),
    ),
    batches=((1, 2, 3), (4, 5)),
    to="intake",
)
# What the incident must leave behind: the stored value of each field begins with this.
COLLECTED = {"name": "عبدالرحيم", "goal": "لايف ستايل", "meal_plan": "وجبة واحدة"}


def _burst(name: str, start_s: float, *texts: str) -> Customer:
    lines = tuple(Line(start_s + n * EVERY_S, text) for n, text in enumerate(texts))
    return Customer(name, lines, (tuple(range(1, len(texts) + 1)),))


def _together(name: str, start_s: float, how: How, *texts: str) -> Customer:
    burst = _burst(name, start_s, *texts)
    return burst._replace(lines=tuple(line._replace(at_s=start_s) for line in burst.lines), how=how)


SHOP = (
    _together(
        "نور",
        0.5,
        "at_once",
        "السلام عليكم",
        "عندكم عباية سوداء كريب؟",
        "كم سعرها؟",
        "شنو المقاسات؟",
        "والتوصيل لبغداد؟",
    ),
    _together(
        "Sarah",
        0.5,
        "one_webhook",
        "Hello",
        "Do you have the linen summer shirt?",
        "How much is it?",
        "Which sizes?",
        "And delivery to Basra?",
    ),
    Customer("علي", (Line(1.0, "كم سعر قميص الكتان؟", copies=3),), ((1,),)),
    Customer(
        "زينب",
        (Line(0.2, "عندكم حجاب قطني؟"), Line(1.0, "بكم؟"), Line(12.0, "❤️", kind="reaction")),
        ((1, 2),),
    ),
    Customer(
        "حسين",
        (Line(0.3, "عندكم دشداشة صيفية؟"), Line(1.2, "كم سعرها؟"), Line(10.5, "وشنو مقاساتها؟")),
        ((1, 2), (3,)),
    ),
    _burst("مريم", 0.4, "مرحبا", "أريد التحدث مع موظف"),
    _burst("James", 0.6, "Hi", "Can I talk to a person please?"),
    _burst("كرار", 0.8, "هل تبيعون ثلاجات؟"),
    _burst("فاطمة", 1.1, "سلام عليكم", "أوقات الدوام شوكت؟"),
    _burst("مصطفى", 1.3, "السلام عليكم", "عندكم بنطلون جينز؟", "كم سعره؟"),
    _burst("Layla", 1.5, "Hello", "Do you have a floral summer dress?", "What colours?"),
    _burst("أحمد", 1.7, "مساء الخير", "بكم التوصيل للموصل؟"),
    _burst("هدى", 1.9, "عندكم فستان سهرة؟", "كم سعره", "شنو الألوان؟"),
    _burst("Omar", 2.1, "Do you have running shoes?", "I mean the light sports shoes", "Size 42?"),
    _burst("سجاد", 2.3, "هلو", "جاكيت جلد صناعي متوفر؟", "والسعر؟"),
    _burst("رقية", 2.5, "هل أقدر أرجع القطعة إذا ما ناسبت؟"),
    _burst("ياسر", 2.7, "السلام عليكم", "كاب رياضي", "كم باقي منه؟"),
    _burst("Emma", 2.9, "Hi there", "What are your opening hours?"),
    _burst("نبأ", 3.1, "طقم مواليد", "بكم؟"),
    _burst("حيدر", 3.3, "صباح الخير", "حزام جلد طبيعي", "شكد سعره؟"),
    _burst("شهد", 3.5, "عندكم تنورة بليسيه؟", "شنو مقاساتها؟", "وألوانها؟"),
    _burst("Adam", 3.7, "How can I pay?"),
    _burst("سارة", 3.9, "حقيبة يد نسائية", "كم سعرها؟"),
    _burst("عباس", 4.1, "بدلة أولاد", "مقاس ٨ موجود؟"),
    _burst("آية", 4.3, "بيجامة أطفال", "السعر؟", "والتوصيل؟"),
    _burst("Noah", 4.5, "Cotton hoodie", "price?", "thanks"),
    _burst("جعفر", 4.7, "وين مكان المحل؟"),
    _burst("دعاء", 4.9, "بلوزة شيفون", "متوفرة؟", "كم سعرها؟"),
    _burst("منتظر", 5.1, "شورت صيفي", "بكم؟"),
    _burst("تبارك", 5.3, "عندكم بنطلون جينز ضيق؟", "متى يتوفر؟"),
)
CUSTOMERS = (INCIDENT, *SHOP)
