"""What customers say and mean: Gulf, Iraqi, Egyptian, Levantine and standard Arabic, and English.

Data, and one deed over it: `understood`. Entries are written as people write them and folded
when the module loads; a space makes a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from hudhud.text import search_terms, stems, words

ASPECTS = ("price", "stock", "sizes", "colours")
TOPICS = (
    "hours", "delivery", "returns", "payment", "location", "wholesale", "discount", "size_guide",
    "gift", "care", "contact", "warranty",
)  # fmt: skip
_STEM_CHARS_MIN = 3

# One meaning a row; phrases parted by commas.
_SAID = {
    "greeting": (
        "السلام عليكم, سلام عليكم, سلام, مرحبا, مرحبتين, هلا, هلا والله, اهلا, اهلين, أهلا "
        "وسهلا, هلو, الو, صباح الخير, صباح النور, مساء الخير, مساء النور, شلونك, شلونكم, "
        "شخبارك, شخباركم, كيفك, كيفكم, كيف حالك, كيف الحال, ازيك, ازيكم, يا هلا, حياكم "
        "الله, حياك الله, hi, hello, hey, salam, good morning, good evening, good "
        "afternoon, how are you"
    ),
    "thanks": (
        "شكرا, شكرا جزيلا, مشكور, مشكورين, تسلم, تسلمين, تسلمون, يسلمو, يسلموا, ممنون, "
        "ممنونك, ممنونكم, يعطيك العافية, يعطيكم العافية, الله يعافيك, رحم الله والديك, رحمه "
        "لوالديك, كل الشكر, متشكر, متشكرين, ما قصرت, ما قصرتوا, عاشت ايدك, thanks, thank "
        "you, thx, thank u, many thanks, appreciate it"
    ),
    "goodbye": (
        "مع السلامة, الى اللقاء, باي, باي باي, في امان الله, بأمان الله, تصبح على خير, "
        "تصبحون على خير, bye, goodbye, good night, see you, take care"
    ),
    "ack": (
        "تمام, اوكي, اوك, طيب, زين, ماشي, حاضر, تم, ان شاء الله, انشاءالله, خلاص, اتفقنا, "
        "حلو, ممتاز, صار, ok, okay, great, perfect, fine, cool, got it, alright"
    ),
    "person": (
        "موظف, موظفة, موظفين, شخص حقيقي, انسان, بشر, خدمة العملاء, خدمة الزبائن, اكلم احد, "
        "اكلم حد, اكلم شخص, احكي مع حدا, احكي مع شخص, احكي ويا واحد, احچي ويه, احجي ويا "
        "واحد, احد يرد, حد يرد, حدا يرد, المدير, مدير, صاحب المحل, صاحب المتجر, مندوب, "
        "اتكلم مع حد, اتصلوا بي, اتصلوا فيني, كلموني, دقوا علي, بدي حدا, talk to a person, "
        "talk to a human, real person, human, agent, representative, customer service, "
        "speak to someone, talk to someone, manager, call me"
    ),
    "order": (
        "اطلب, اطلبه, اطلبها, طلبها, احجز, احجزلي, احجزوا لي, احجزلي ياه, اشتري, اشتريه, "
        "اشتريها, اثبت الطلب, ثبتلي, ثبتولي, اكمل الطلب, اطلبلي, order, place an order, "
        "buy, purchase, reserve, book it, checkout"
    ),
    "complaint": (
        "شكوى, اشتكي, مشكلة, طلبي ما وصل, ما وصل طلبي, ما وصلني, لم يصل, ما وصل, وين طلبي, "
        "فين طلبي, اين طلبي, وين الطلب, فين الاوردر, وين الاوردر, رقم التتبع, تتبع الطلب, "
        "تأخر الطلب, متأخر, مكسور, ممزق, مشقوق, خربان, غلط, غير اللي طلبته, نصابين, نصب, "
        "سيء, سيئة, زفت, complaint, broken, damaged, torn, wrong item, wrong size, where is "
        "my order, track my order, tracking, not arrived, hasnt arrived, didnt arrive, "
        "late, scam"
    ),
    "browse": (
        "شنو عندكم, شو عندكم, ايش عندكم, وش عندكم, ما عندكم, ماذا عندكم, ايه عندكم, عندكم "
        "ايه, عندكو ايه, شنو موجود, شو موجود, ايش الموجود, شنو تبيعون, شو بتبيعوا, ايش "
        "تبيعون, وش تبيعون, بتبيعوا ايه, ماذا تبيعون, ماذا لديكم, ما لديكم, شنو المتوفر, وش "
        "المتوفر, منتجاتكم, المنتجات, البضاعة, بضاعتكم, الكتالوج, كتالوج, الموديلات, "
        "موديلاتكم, الاقسام, شو في عندكم, what do you have, what do you sell, what you "
        "have, what else do you have, catalogue, catalog, your products, show me what, "
        "collection, categories"
    ),
    "your_name": (
        "اعرف اسمك, شنو اسمك, شو اسمك, ايش اسمك, وش اسمك, ما اسمك, اسمك ايه, اسمك, منو "
        "وياي, مين معي, مين معاي, من معي, منو انت, مين انت, من انت, انت روبوت, your name, "
        "who are you, are you a bot, are you a robot"
    ),
    "price": (
        "سعر, السعر, سعره, سعرها, اسعار, اسعاركم, ثمن, الثمن, بكم, بجم, بكام, كم, جم, كام, "
        "بقديش, قديش, قديه, شكد, اشكد, بيش, ابيش, ابكم, شقد, بشقد, حقه, التكلفة, كلفته, "
        "يكلف, price, prices, cost, costs, how much"
    ),
    "stock": (
        "متوفر, متوفره, متوفرين, موجود, موجوده, متاح, متاحه, عندكم, عندك, عندكو, لديكم, "
        "لديك, باقي, بقى منه, خلص, نفذ, نفد, معكم, يوجد, في منه, in stock, available, "
        "availability, do you have, have you got, any left, sold out, do you sell, got any"
    ),
    "sizes": (
        "مقاس, مقاسات, مقاسه, مقاسها, المقاس, المقاسات, قياس, قياسات, قياسه, قياسها, سايز, "
        "سايزات, حجم, نمرة, نمره, نمر, size, sizes"
    ),
    "colours": (
        "لون, الوان, الالوان, لونه, لونها, الوانه, الوانها, بألوان, colour, colours, color, colors"
    ),
    "hours": (
        "دوام, الدوام, دوامكم, اوقات العمل, ساعات العمل, اوقات الدوام, وقت العمل, تفتحون, "
        "تفتحوا, بتفتحوا, تفتح, تسدون, تسكرون, تسكروا, بتسكروا, تقفلون, تقفلوا, بتقفلوا, "
        "تغلقون, فاتحين, مفتوح, مفتوحين, فاتح, مسدود, مغلق, الجمعة, السبت, عطلة, عطلتكم, "
        "مواعيدكم, مواعيد العمل, opening hours, working hours, business hours, hours, open, "
        "close, closed, friday, saturday, weekend, opening times"
    ),
    "delivery": (
        "توصيل, التوصيل, توصلون, توصلوا, بتوصلوا, يوصل, توصل, شحن, الشحن, تشحنون, بتشحنوا, "
        "دليفري, ديليفري, مندوب توصيل, توصيلكم, delivery, deliver, shipping, ship, courier"
    ),
    "returns": (
        "ارجاع, استرجاع, ترجيع, ارجعه, ارجعها, ارجع, مرتجع, المرتجعات, استبدال, تبديل, "
        "ابدل, ابدله, ابدلها, تبدلون, ترجعون, تبديله, ترجيعه, استرداد, return, returns, "
        "exchange, refund, send it back"
    ),
    "payment": (
        "الدفع, دفع, ادفع, تدفعون, كاش, فيزا, ماستر, ماستركارد, زين كاش, تحويل, بطاقة, "
        "تقسيط, اقساط, قسط, مدى, عند الاستلام, payment, pay, cash, visa, mastercard, card, "
        "installments, cash on delivery, transfer"
    ),
    "location": (
        "وين موقعكم, موقعكم, الموقع, موقع, عنوانكم, العنوان, عنوان, وين مكانكم, مكانكم, فين "
        "مكانكم, وين محلكم, محلكم, فرعكم, فروعكم, فرع, فروع, لوكيشن, اللوكيشن, وينكم, "
        "فينكم, location, address, where are you, located, branch, branches, store address"
    ),
    "wholesale": ("جملة, الجملة, بالجملة, جمله, كميات, كمية كبيرة, wholesale, bulk"),
    "discount": (
        "خصم, خصومات, تخفيض, تخفيضات, عروض, عرض, عروضكم, كوبون, كود خصم, تنزيلات, اخر سعر, "
        "نهائي, ينزل, تراعينا, راعينا, discount, discounts, offer, offers, sale, coupon, "
        "promo, best price, last price"
    ),
    "size_guide": (
        "جدول المقاسات, جدول القياسات, شلون اعرف مقاسي, كيف اعرف مقاسي, وزني, طولي, "
        "يناسبني, اي مقاس, اي قياس, ياخذ اي قياس, size chart, size guide, my weight, my "
        "height, which size fits, what size should, what is my size, which size should"
    ),
    "gift": ("هدية, هديه, تغليف, تغليف هدايا, كهدية, gift, gift wrap, wrapping"),
    "care": ("غسيل, الغسيل, اغسله, اغسلها, كوي, غسالة, wash, washing, iron, care"),
    "contact": (
        "رقمكم, رقم الهاتف, رقم التلفون, تلفونكم, هاتفكم, رقم المحل, الانستغرام, "
        "انستغرامكم, انستا, phone number, your number, instagram"
    ),
    "warranty": (
        "ضمان, كفالة, الضمان, مكفول, اصلي, أصلية, تقليد, warranty, guarantee, original, authentic"
    ),
}

_QUESTION = re.compile(r"[?؟]")
_ASKING = frozenset(
    words(
        "هل كيف شلون ازاي ليش ليه لماذا متى شوكت امتى وين فين اين شنو شو ايش وش منو مين "
        "what how why when where who which can do does is are"
    )
)


class Understood(msgspec.Struct, frozen=True, kw_only=True):
    """One message: its meanings in the order said, the words that may name a thing, if it asks."""

    meanings: tuple[str, ...]
    terms: tuple[str, ...]
    asks: bool


def _table() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for meaning, said in _SAID.items():
        for phrase in said.split(","):
            folded = tuple(words(phrase))
            table.setdefault(folded[0], []).append((folded, meaning))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


_TABLE = _table()


def understood(text: str) -> Understood:
    """Read one message.

    The longest phrase wins at each place: «كم» asks a price, «كم التوصيل» is about delivery, and
    what a phrase took is not searched among products.
    """
    said, meanings, free, at = words(text), [], [], 0
    while at < len(said):
        phrase, found = _longest(said, at)
        if found:
            meanings.append(found)
        else:
            free.append(said[at])
        at += max(1, len(phrase))
    asks = bool(_QUESTION.search(text)) or not _ASKING.isdisjoint(said)
    terms = search_terms(" ".join(free))
    return Understood(meanings=tuple(dict.fromkeys(meanings)), terms=tuple(terms), asks=asks)


def _longest(said: list[str], at: int) -> tuple[tuple[str, ...], str]:
    best: tuple[tuple[str, ...], str] = ((), "")
    for form in forms(said[at]):
        for phrase, meaning in _TABLE.get(form, ()):
            ahead = said[at + 1 : at + len(phrase)]
            fits = len(ahead) == len(phrase) - 1 and _follow(ahead, phrase[1:])
            if fits and len(phrase) > len(best[0]):
                best = (phrase, meaning)
    return best


def _follow(said: Iterable[str], phrase: Iterable[str]) -> bool:
    return all(word in forms(heard) for heard, word in zip(said, phrase, strict=True))


@lru_cache(maxsize=4096)
def forms(word: str) -> tuple[str, ...]:
    """A word and its stems, without those so short that they are another word (لكم is not كم)."""
    return tuple(form for form in stems(word) if form == word or len(form) >= _STEM_CHARS_MIN)
