"""What is said about a name, a number or an address that was wrong: «الرقم غلط، الصح …»; pure.

Around the new value stands a run of words that only say that the old one does not hold. They are
taken out with it, so that nothing of them is answered: «تبدل» of a number returns nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import pairwise, takewhile
from typing import Literal

from hudhud.responders.lexicon.arabizi import spelled
from hudhud.responders.lexicon.courtesy import excuses
from hudhud.responders.lexicon.imperatives import bid
from hudhud.responders.lexicon.places import STREETS
from hudhud.responders.lexicon.said import houses
from hudhud.text import fold, latin_digits, surely_arabic, words

Kind = Literal["name", "phone", "address"]
_NOUNS: dict[Kind, str] = {
    "name": "اسم اسمي الاسم name esm esmi ism ismi",
    "phone": """
رقم رقمي الرقم رقمنا نمره النمره نمرتي نمرتنا موبايل موبايلي الموبايل جوال جوالي الجوال هاتف هاتفي
الهاتف تلفون تلفوني التلفون تليفون تليفوني التليفون محمول المحمول
number phone mobile mob raqm raqam rakam ra2m ra8m elraqm nemra nimra nemreti nimrti ra2my ra2mi
rakmi raqmi
""",
    "address": """
عنوان عنواني العنوان عنواننا الموقع موقعي مكان المكان مكاني
address addr location 3enwan 3nwan el3enwan
""",
}
# What says that it was wrong, or is another one now; each is enough.
_WRONG = """
غلط غالط غالطه
غلطان غلطانه غلطت غلطنا غلطه غلطتي الغلط بالغلط خطا خطء خاطي خاطيء اخطات مغلوط تغير تغيرت
اتغير اتغيرت تبدل تبدلت اتبدل اتبدلت تبدّل غيرت غيرته غيرنا غيرناه بدلت بدلته بدلنا ضيعت ضاع انقطع
مقطوع مسكر مغلق مقفول قديم القديم الصح الصحيح الصحيحه الجديد الاصح الاصلي
ناقص ناقصه
wrong incorrect mistake mistyped typo misspelled misspelt changed change correction update edit
fix outdated ghalat ghlt ghalta 8alat 8lt 5ata khata etghayar etghayyar tghayar tghayyar tghayyart
tghayret tbaddal tbaddalt tbaddlet tbadlat
"""
# What stands among them, and says nothing alone.
_AMONG = """
هو هي هوه هيه هذا هاذا هاد هادا هذه هاي هيدا ده دا دي ذا كان كانت صار صارت بيكون يكون صح صحيح
صحيحه جديد ليا لي ديالي ديالنا تاعي متاعي تبعي بتاعي بتاعتي ها
مو مش مب موب ماهو مهو ليس غير ما لا و عليك عليكم عليكو عليا عندك عندكم فيه فيها به بيه
ممكن مكتوب مكتوبه اخر اخره اخرو اخرها الاخير اخير باخره نهايته ينتهي بينتهي
اني راني انا كتبته كتبت كتبتها كاتب كاتبه اعطيتك اعطيتكم عطيتك عطيتكم عطيتكن بعتلك بعتلكم بعتت
ارسلت ارسلته حطيت دخلت دخلته سجلت اللي الي الذي يلي بالاول الاول اول قبل فوق سابق السابق من في الى
لل ع عال بس يعني بدال بدالها اقول اقلك اقلكم اكتب صرت نقلت انتقلت حولت ليكم لكم لك ليك وين نسيت
its it is was the my a an i you gave give sent typed wrote put have has had made this that thats
one here heres right correct new old actually should be please pls to with of in by for as use no
not last end ends ending digit digits earlier before previous me meant spelled spelt el al
howa hiya heya huwa hada hatha hadha sah sahih sa7 s7i7
saheeh lia jdid jdeed can could kindly
"""
# Words that may lead to an address or a number and are no part of it.
_LINKS = frozenset(
    words(
        "صار صارت هو هي هذا هاد هادا هذه هاي ده دا الى le its it is to use should be spelled spelt"
    )
)
_SENDS = re.compile(
    r"[وف]?[اتين]?(?:رسل|بعت|بعث|وصل|جيب|حط|كتب|سجل|خل|خلي|دز|ود|صيفط|سيفط|توصل|كلم|تصل|تواصل|نقل)"
    r"(?:ي|وا?)?(?:ل?ي|لنا)?(?:ه|ها|هم|هن|ون|و)?"
)
_CHANGES = re.compile(
    r"[وف]?[اتن]?(?:غير|بدل|ستبدل|عدل|صحح|صلح|حدث|خل)(?:ي|ون|وا?|ا)?(?:لي|لنا)?(?:ه|ها|و)?"
)
# «زيدوا على العنوان شقة ٤»
_ADDS = re.compile(r"(?:^|\s)[وف]?(?:زيد|زود|ضيف|ا?ضف)(?:ي|وا?)?(?:\s+(?:على|ع|ل))?\s*$")
_LATIN_SENDS = frozenset(
    spelled(word) for word in words("send ship deliver bring eb3ato eb3atha ab3at khaliha 5aliha")
)
# «رقم العمارة 44»
_HOUSES = STREETS | frozenset(words("البيت بيت الدار دار المنزل الباب الطلب طلبي house home"))
# Who bids what the address shall be.
_BIDS = frozenset(words("make put set let change oops wait actually to into be la la2 laa"))
_NOT = r"و?(?:مو|مش|موش|مب|موب|ليس|ليست|بدل|بدلا من|not|mo|msh|mesh|mish|instead of)"
_DENIED = re.compile(rf"(?:^|[\s،,.])[\s،,.]*{_NOT}\s+[^،,.؛;\n]*", re.IGNORECASE)
# «مو الهارثة، …»
_DENIED_FIRST = re.compile(rf"^[\s،,.]*{_NOT}\s+[^،,.؛;\n]*[،,.؛;\n]\s*", re.IGNORECASE)
# «مو 12»: the end of the number that does not hold.
_RENUMBERED = re.compile(
    rf"(?<!\d)(?P<new>\d{{1,5}})[\s،,]+{_NOT}\s+(?P<old>\d{{1,5}})(?!\d)", re.IGNORECASE
)
# «مو 90، 98»
_OTHERWISE = re.compile(
    rf"(?<!\w){_NOT}\s+(?P<old>\d{{1,5}})[\s،,]+(?:لا\s+|but\s+|بل\s+)?(?P<new>\d{{1,5}})(?!\d)",
    re.IGNORECASE,
)
_OLD = re.compile(rf"^[\s،,.]*{_NOT}\s+[^،,.؛;\n]*", re.IGNORECASE)
_NO = re.compile(r"^\s*(?:لا+|no)\s+", re.IGNORECASE)
_OLD_NUMBER = re.compile(rf"^[\s،,.]*{_NOT}\s+[\d\s٠-٩+-]+", re.IGNORECASE)
_EASTERN = "٠١٢٣٤٥٦٧٨٩"
_TOKEN = re.compile(r"[^\s،,؛;.:!()\"«»/\-–]+")


def _class(row: str) -> frozenset[str]:
    return frozenset(spelled(word) if word.isascii() else word for word in words(row))


_SURE = _class(_WRONG)
_NAMED = {kind: _class(nouns) for kind, nouns in _NOUNS.items()}
_ANY_NAMED = frozenset().union(*_NAMED.values())
_BESIDE = _class(_AMONG)


def before(text: str, kind: Kind) -> str:
    """What stands before a new value, without the words at its end that the old one is wrong.

    Args:
        text: what stands before it.
        kind: of what.
    """
    text = _ADDS.sub("", text) if kind == "address" else text
    text = _without_end(text) if kind == "phone" else text
    run = _run([*_TOKEN.finditer(text)][::-1], _NAMED[kind])
    return text[: run[-1].start()].rstrip(" ،,.:-–/") if _strong(run, _NAMED[kind]) else text


def after(text: str, kind: Kind) -> str:
    """A new value without the words at its beginning that say so.

    «ده غلط، ابعتوها الجيزة الدقي» is «الجيزة الدقي».

    Args:
        text: the value.
        kind: of what.
    """
    text = _DENIED_FIRST.sub("", text)
    run = _run([*_TOKEN.finditer(text)], _NAMED[kind])
    if not _strong(run, _NAMED[kind]):
        run = [*takewhile(lambda one: _folded(one) in _LINKS or _bids(_folded(one)), run)]
    return text[run[-1].end() :].lstrip(" ،,.:-–/") if run else text


def undenied(text: str) -> str:
    """A text without what is denied in it: «حي السعد مو شارع الروان», «وليس الخبر»."""
    return _DENIED.sub("", text).strip()


def behind(text: str, kind: Kind) -> str:
    """What stands behind a new value, without what it says of the old one.

    «هذا الصح», «مو 12», «وليس منال»: as far as a clause goes, and no further.

    Args:
        text: what stands behind it.
        kind: of what.
    """
    text = (_OLD_NUMBER if kind == "phone" else _OLD).sub("", text)
    run = _run([*_TOKEN.finditer(text)], _NAMED[kind])
    rest = text[run[-1].end() :] if run else text
    ends = not rest.strip() or rest.lstrip(" ")[0] in "،,.؛;\n!"
    return rest.lstrip(" ،,.:-–/") if ends and _strong(run, _NAMED[kind]) else text


def denies(text: str) -> bool:
    """Whether a text only says what does not hold: «لا مو الرياض»."""
    told = after(text, "address")
    return bool(_OLD.fullmatch(told) or _OLD.fullmatch(_NO.sub("", text)))


def renumbered(old: str, text: str) -> str:
    """An address whose number is another one: «البناية ١٢ مو ١٠»; empty where nothing says so.

    Args:
        old: the address as it was.
        text: what is said.
    """
    said = _RENUMBERED.search(latin_digits(text))
    if said is None and of_house(words(text)):
        return _renumbered_house(old, words(latin_digits(undenied(text))))
    if said is None:
        return ""
    there = [*re.finditer(rf"(?<!\d){said[2]}(?!\d)", latin_digits(old))]
    return _put(old, there[0], said[1]) if len(there) == 1 else ""


def redialled(old: str, text: str) -> str:
    """A telephone whose last figures are others: «الرقم آخره 98 مو 90»; empty where none says so.

    Args:
        old: the number as it was.
        text: what is said.
    """
    plain = latin_digits(text)
    said = _RENUMBERED.search(plain) or _OTHERWISE.search(plain)
    if said is None or of_house(words(text)):
        return ""
    new, wrong = (said["new"], said["old"])
    named = any(_of(word, _NAMED["phone"]) for word in words(text[: said.start()]))
    fits = len(new) == len(wrong) and old.endswith(wrong)
    return f"{old[: -len(wrong)]}{new}" if named and fits else ""


def _without_end(text: str) -> str:
    """What stands before a number, without how the one told before ended: «آخره 98 مش 90 يعني»."""
    said = _RENUMBERED.search(latin_digits(text)) or _OTHERWISE.search(latin_digits(text))
    if said is None:
        return text
    led, then = text[: said.start()], words(text[said.end() :])
    run = [_folded(one) for one in _run([*_TOKEN.finditer(led)][::-1], _NAMED["phone"])]
    named = any(_of(word, _NAMED["phone"]) for word in run)
    return led if named and all(map(_among, then)) else text


def _put(old: str, at: re.Match[str], number: str) -> str:
    """An address with another number in a place of it, in the figures that stand there."""
    arabic = old[at.start()] in _EASTERN and number.isdecimal()
    told = "".join(_EASTERN[int(figure)] for figure in number) if arabic else number
    return f"{old[: at.start()]}{told}{old[at.end() :]}"


def rehoused(old: str, text: str) -> str:
    """An address in which only the number of the house was wrong: «رقم الدار 21 مو 12»."""
    return renumbered(old, text) if old and of_house(words(text)) else ""


def of_house(said: Iterable[str]) -> bool:
    """Whether folded words speak of the number of a house: «رقم الدار 21», "the flat is 4"."""
    return any(houses.kind(word) is not None for word in said)


def _renumbered_house(old: str, said: list[str]) -> str:
    """An address in which the house that is named has another number: «الدار صارت 21»."""
    named = {kind for word in said if (kind := houses.kind(word)) is not None}
    numbers = [word for word in said if houses.numbers(word)]
    rest = [w for w in said if houses.kind(w) is None and not houses.numbers(w)]
    if len(named) != 1 or len(numbers) != 1 or not all(_among(word) for word in rest):
        return ""
    tokens = [*_TOKEN.finditer(old)]
    for one, then in pairwise(tokens):
        if houses.kind(_folded(one)) in named and houses.numbers(_folded(then)):
            return _put(old, then, numbers[0])
    return ""


def _among(word: str) -> bool:
    """Whether a word only tells that the number is another one."""
    said = _of(word, _SURE) or _of(word, _BESIDE) or _of(word, _ANY_NAMED) or word in _BIDS
    bids = said or excuses(word) or _bids(word) or bid(word)[0] in ("make", "swap")
    return bids or bool(_CHANGES.fullmatch(word))


def corrects(text: str) -> bool:
    """Whether a text says no more than that something told before does not hold: «غلطت بالاول»."""
    tokens = [*_TOKEN.finditer(text)]
    run = _run(tokens, _ANY_NAMED)
    return bool(tokens) and len(run) == len(tokens) and _strong(run, _ANY_NAMED)


def _run(tokens: Iterable[re.Match[str]], nouns: Collection[str]) -> list[re.Match[str]]:
    """The tokens, from the first on, that belong to what is said about a wrong value."""
    return [*takewhile(lambda one: _belongs(one, nouns), tokens)]


def _strong(run: Iterable[re.Match[str]], nouns: Collection[str]) -> bool:
    said = [_folded(one) for one in run]
    return any(_says_so(word, nouns) for word in said)


def _says_so(word: str, nouns: Collection[str]) -> bool:
    told = _of(word, _SURE) or _of(word, nouns) or excuses(word)
    return told or bool(_CHANGES.fullmatch(word))


def _belongs(token: re.Match[str], nouns: Collection[str]) -> bool:
    word = _folded(token)
    if word == "علي":
        return token[0].endswith("ى")  # «على»; «علي» is a man
    if word in ("رقم", "number") and _numbers_a_house(token):
        return False
    return _says_so(word, nouns) or _of(word, _BESIDE) or _bids(word)


def _numbers_a_house(token: re.Match[str]) -> bool:
    """Whether a number is that of a house: «رقم العمارة 44»."""
    then = words(token.string[token.end() :][:40])[:1]
    return bool(then) and (then[0] in _HOUSES or then[0].isdecimal())


def _bids(word: str) -> bool:
    return bool(_SENDS.fullmatch(word)) or (word.isascii() and spelled(word) in _LATIN_SENDS)


def _folded(token: re.Match[str]) -> str:
    return fold(token[0])


def _of(word: str, row: Collection[str]) -> bool:
    if not word.isascii():
        joined = len(word) > len("وهو") and word[0] in "وفب"
        return word in row or (joined and word[1:] in row)
    return spelled(word) in row or any(one in row for one in surely_arabic(word))
