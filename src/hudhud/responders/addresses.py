"""Where somebody wants it brought: «بغداد، الكرادة، شارع ٦٢», "5 El Hegaz Street, Zamalek" (S5)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from hudhud.responders.lexicon import correcting, courtesy, inquires, understood
from hudhud.responders.lexicon.places import BEHIND_NAMES, CITIES, QUARTERS, STREETS, town
from hudhud.text import fold, language, latin_digits, words
from hudhud.text.phones import WRITTEN

ADDRESS_CHARS_MAX = 200
_LETTERS_MIN = 3

_ANNOUNCED = re.compile(
    r"(?:(?<!\w)و?(?:(?:ال)?عنوان(?:ي|ى|نا|ه)?(?:\s+(?:هو|هي|الجديد|التوصيل|البيت|بيتي|صار|صحيح))*"
    r"|(?:[اأ]نا\s+)?ساكن(?:ه|ة|ين)?|(?<!\w)[اأ]سكن|(?<!\w)[كب]?نسكن|بيت(?:ي|ى|نا)(?=\s+(?:في|ب|هو|قرب|عند|مقابل|خلف|بجانب|يم))|مكاني|موقعي|(?<!\w)السكن(?!\w)"
    r"|(?:ال)?توصيل(?=\s+(?:[إا]لى|على|ل|ع)\s*)|وصل(?:وه|وها|وهم|وا|لي|ولي|ه|ها)?(?=\s+(?:[إا]لى|على|ل|ع))"
    r"|و?(?:[اأتني]?(?:رسل|بعت|بعث|وصل|جيب)|دز|ود|صيفط|سيفط)(?:وه|وها|وهم|وا?|ي|لي|ولي|ه|ها|هم|هن|و?ه[اوي]?ل[يو]|و?لياه[ا]?|و?لنا)?"
    r"(?=\s+(?:[إا]لى|على|لل\w|عال\w)))"
    r"|\b(?:my\s+|the\s+|delivery\s+|shipping\s+|new\s+)*(?:address|addr)\b(?:\s+is)?"
    r"|\b(?:location|loc)(?=\s*[:=])|📍"
    r"|\b(?:please\s+)?(?:deliver|ship|send|bring)(?:ed)?(?:\s+(?:it|them))?\s+to"
    r"|\bi\s+live\s+(?:in|at)|\b(?:[ae]?l\s*)?3[eou]?i?nwan[iye]?\b|\bsak[ei]?na?\b)"
    r"\s*[:=：/-]?\s*(?:(?:[إا]لى|على|ع|في|ف|ب|هو|in|at|[bf]|[bf][ei]?l?|fi)\s+)?(.+)",
    re.IGNORECASE | re.DOTALL,
)
# An address ends where something else is announced; «رقم 18» is a house.
_GOES_ON = re.compile(
    r"[\s،,.]+(?:(?:و?[اأإ]?سم[يى]|و?(?!رقم\s+\d{1,4}\b)(?:رقم|هاتف|موبايل|جوال|تلفون)\w*|و?ال(?:اسم|[إأ]سم|سمي[ةه])|و?سميتي|ب[اإأ]سم"
    r"|و?[اأ]ريد|و?[اأ]بغى|و?[اأ]بغا|و?[اأ]بي|و?عايز[هة]?|و?عاوز[هة]?|و?بدي|و?محتاج[هة]?|بس"
    r"|و?[اأ]ك[ّ]?د\w*|و?ثبت\w*|و?[اأ]عتمد\w*|بدل|بدلا)(?!\w)"
    r"|\b(?:w\s+)?(?:[aei]l[\s'’-]*[ie]sm|[aie]sm[iye]+|s[iy]?m[iy]+t[iy]+)\b"
    r"|\b(?:and\s+)?(?:my\s+)?(?:name|phone|number|mobile|mob)\b|\b(?:and\s+)?confirm|\bplease\b"
    r"|\binstead\b|(?:و?(?:ال)?(?:لون|مقاس|قياس)|(?:and\s+)?(?:the\s+)?(?:colou?r|size))(?!\w)).*",
    re.IGNORECASE | re.DOTALL,
)
_INSTEAD = re.compile(r"^[\s،,.]+instead\b", re.IGNORECASE)
_THANKS = re.compile(
    r"[\s،,.!]+(?:و?شكر\w*|و?مشكور\w*|لو\s+سمحت\w*|من\s+فضل\w*|بسرع[ةه]|ضروري"
    r"|pls|plz|please|thanks?|thx|asap)(?!\w).*$",
    re.IGNORECASE | re.DOTALL,
)
_PLEADED = re.compile(
    r"^(?:عافاك\w*|عفاك\w*|من\s+فضل\w*|لو\s+سمحت\w*|رجاء[ًا]{0,2}|بليز|please|pls|plz"
    r"|3?afak\w*|law\s+sama7t\w*|svp)[\s،,:.؛]+",
    re.IGNORECASE,
)
_IN_HOUSES = frozenset(
    words(
        "شقة الشقة شقه طابق الطابق دور الدور عمارة العمارة بناية البناية بيت فيلا flat apt "
        "apartment floor building bldg villa unit door"
    )
)
# «قطعة ٥» of a quarter, and not of what is sold, beside a place.
_BLOCKS = frozenset(words("قطعة بلوك block zone منطقة منزل"))
_DETAIL_WORDS_MAX = 4
_MINE = frozenset(words("ديالى"))
_ALSO_NAMES = frozenset(words("فيصل نرجس ياسمين رحاب"))
# Quarters and towns by which families are called.
_FAMILIES = frozenset(
    words(
        "المالكي السويدي العجمي الشميسي الرفاعي حسان صفوان بشر الشيخ زايد mansour sheikh zayed "
        "faisal nasr marina saida rehab"
    )
)
# After a family the address begins: with its city or its quarter.
_BEGINS = CITIES | frozenset(words("حي الحي منطقة المنطقة محلة مدينة محافظة قضاء ناحية 7ay hay"))
# As channels write a place that was shared: its name, its address, latitude and longitude.
_PIN = re.compile(r"-?\d{1,2}\.\d{1,17},\s?-?\d{1,3}\.\d{1,17}$")
_NUMBER = re.compile(WRITTEN)
_BLOCK = re.compile(r"(?:قطعه|قسيمه|جاده|block|blk|qit3a|8et3a|2et3a) \d{1,4}")
_HOUSE = re.compile(r"\d{1,5}")
_MARKS = " \t\n،,.:؛;-–/؟?!"


def address(text: str) -> tuple[str, str]:
    """The address that a text announces, and the text without it; two empty texts when none.

    «العنوان: كربلاء، حي الحسين», "deliver to Erbil". A question about an address gives none.
    """
    found = _ANNOUNCED.search(text)
    if found is None or inquires(text) or "price" in understood(text).meanings:
        return "", ""
    told = correcting.after(found[1], "address")
    start = len(found[1]) - len(told)
    value = bare(correcting.undenied(_GOES_ON.sub("", told)))
    if not fits(value):
        return "", ""
    at = found.start(1) + start + len(_GOES_ON.sub("", told))
    inner, _ = address(value)
    rest = _INSTEAD.sub("", text[at:], count=1)
    before = correcting.before(text[: found.start()], "address")
    return inner or value, f"{before} {rest}".strip()


def bare(value: str) -> str:
    """An address without what leads to it and what thanks for it: «لجدة حي الصفا وشكراً»."""
    value = _PLEADED.sub("", _THANKS.sub("", value).strip(_MARKS))
    value = re.sub(r"^(?:من|from)\s+|\s+(?:w|and|و|&)$", "", value)
    value = re.sub(r"^لل(?=\w{3,})", "ال", value)
    first = words(value)[:1]
    joined = bool(first) and first[0][0] in "لبفو" and first[0][1:] in CITIES
    return value[1:] if joined and first[0] not in CITIES else value


def detail(value: str) -> bool:
    """Whether a text tells only of a house that which one it is: «شقة ٤», "flat 4, floor 2"."""
    said = words(value)
    return bool(said) and said[0] in _IN_HOUSES and len(said) <= _DETAIL_WORDS_MAX


def fits(value: str) -> bool:
    """Whether a text can be an address at all: it has some letters, and is not endless."""
    return sum(map(str.isalpha, value)) >= _LETTERS_MIN and len(value) <= ADDRESS_CHARS_MAX


def plausible(value: str) -> bool:
    """Whether a text that answers "which address?" is one: not «تمام», not a telephone number."""
    if not fits(value) or _NUMBER.fullmatch(value.strip()):
        return False
    told = understood(value)
    if courtesy.courteous(words(value)):
        return False
    return bool(told.terms) and not (set(told.meanings) - {"location"} and len(told.terms) <= 1)


def pinned(text: str) -> bool:
    """Whether a text names a place on the map: it ends with its coordinates."""
    return _PIN.search(text) is not None


def with_pin(address: str, place: str) -> str:
    """An address with the place on the map that was shared for it; the newest pin stands."""
    told = _PIN.sub("", address).strip(_MARKS)
    pin = _PIN.search(place)
    if not told or pin is None:
        return (
            place[:ADDRESS_CHARS_MAX] if pin is None or len(place) <= ADDRESS_CHARS_MAX else pin[0]
        )
    kept = told[: ADDRESS_CHARS_MAX - len(pin[0]) - 2]
    return f"{kept}، {pin[0]}" if language(told) == "ar" else f"{kept}, {pin[0]}"


def first_place(text: str) -> int | None:
    """The place, among the folded words of a text, of the first that belongs to an address."""
    said = words(text)
    places = [at for at, word in enumerate(said) if _known(word) or town(said[at : at + 3])]
    places = [at for at in places if not _owned(said, at)]
    # «فيصل العنزي» is a man, «شارع فيصل» a street.
    alone = len(places) == 1 and said[places[0]] in _ALSO_NAMES
    if places and places[0] and said[places[0]] in _FAMILIES:
        # «تركي المالكي الطائف حي شهار»
        then = said[places[0] + 1 : places[0] + 2]
        places = places[1:] if not then or not _BEGINS.isdisjoint(_bare(then[0])) else places
    return None if alone or not places else places[0]


def _owned(said: Sequence[str], at: int) -> bool:
    """Whether a word says whose a thing is: «الطلب ديالي» is no Diyala, «علي السعدي ديالى» is."""
    before = said[at - 1] if at else ""
    return said[at] in _MINE and before.startswith("ال") and not before.endswith("ي")


def lives_in(word: str) -> bool:
    """Whether a folded word says in or to which city: «بالرياض», «للبصرة»."""
    return any(form in CITIES and form != word for form in _bare(word))


def named_before(said: Sequence[str], at: int) -> bool:
    """Whether a word's name stands before it, as English has it: "Sun Tower", "Al Reem Island"."""
    return at > 0 and said[at] in BEHIND_NAMES


def housed(part: str) -> bool:
    """Whether a part tells a house, a floor or a block with its number: «بيت ٩», "flat 4"."""
    said = words(latin_digits(part))
    told = said and (said[0] in _IN_HOUSES or said[0] in _BLOCKS or said[0] in STREETS)
    return bool(told) and len(said) <= _DETAIL_WORDS_MAX and any(map(str.isdecimal, said))


def leads(said: Sequence[str]) -> bool:
    """Whether folded words begin with a place, and go on with another, or with its number.

    A verb and a colour are called like some: «حولي قطعة ٢ شارع تونس», «الرمادي حي التأميم».
    """
    called = town(said)
    if not said or not (called or _known(said[0]) or said[0] in _BLOCKS):
        return False
    if called or any(map(_known, said[1:])):
        return True
    return said[0] not in _BLOCKS and any(map(block, pairwise(said)))


def block(said: Sequence[str]) -> bool:
    """Whether folded words begin with a block and its number: «قطعة ٥», "block 5"."""
    return len(said) > 1 and said[0] in _BLOCKS and said[1].isdecimal()


def begins_with_city(text: str) -> bool:
    """Whether an address names its city first, and so is a whole one."""
    said = words(text)
    return bool(said) and not CITIES.isdisjoint(_bare(said[0]))


def _known(word: str) -> bool:
    return any(form in CITIES or form in QUARTERS or form in STREETS for form in _bare(word))


def _bare(word: str) -> tuple[str, ...]:
    """The word, also without a letter before it; the article stays («منصور» is a man)."""
    if word.startswith("لل"):
        return word, f"ال{word[2:]}"
    return (word, word[1:]) if word[0] in "وبلف" and len(word) > _LETTERS_MIN else (word,)


def numbered(part: str, *, last: bool) -> bool:
    """Whether a part behind a place is its block, or its house's number, and no pieces.

    «…، حولي، قطعة ٢، شارع تونس، ٣١»

    Args:
        part: what stands between two commas.
        last: whether nothing stands behind it.
    """
    folded = fold(part)
    return bool(_BLOCK.fullmatch(folded) or (last and _HOUSE.fullmatch(folded)))
