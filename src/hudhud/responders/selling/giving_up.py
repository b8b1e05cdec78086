"""Whether somebody gives up what they were ordering: «ما عاد بدي», «لغيو», "never mind"; pure.

Two closed classes: what is wanted no longer, in any dialect, and a verb that calls it off, said to
one or to several.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from hudhud.responders.lexicon.arabizi import spelled
from hudhud.text import words

_IT = r"(?:ياه|ياها|ياهم|هما?|هن|ها|ه|و)?"
_WANT = re.compile(
    rf"[بكت]?(?:[اأن]?(?:بغي?|ريد|حب|بي|بغى|بغا|رغب|حتاج)|بغيت|بغينا|باغيي?[هن]?|عا[يو]ز[هين]*"
    rf"|[بو]د[ين]ا?|حاب[هين]*|محتاج[هين]*|رايد[هين]*|ناوي[هين]*|مهتم[هين]*|لازم(?:ني)?|خاص(?:ني)?)"
    rf"{_IT}ش?"
)
_NO_LONGER = re.compile(
    r"(?:و?(?:ما\s?|م)(?:عاد|عدت|عدنا|عدش|عدتش|عادش|عاش|عش|بقي?ت|بقي?تش|بقاش|بقا|بقى|بقي|بقينا|بقيناش)"
    r"|لم (?:اعد|نعد))"
)
# «كنسلوها», «لغيو ليا»; «بطلت», «هونا».
_OFF = re.compile(
    r"(?:(?!بالغه?$)[وف]?(?:ال|ا|ت|ن|نا|ب)?(?:لغ(?=[يو])|الغ|كنسل)(?:ي|وا?|ون|يو)?(?:لي|ليا|لنا)?(?:ه|ها|هم|هن|و)?"
    r"|(?:بطل|كنسل|لغي)(?:ت|نا)(?:ه|ها|هم)?|هون(?:ت|ا|نا)|تراجع(?:ت|نا)|انس(?:ي|وا?)(?:ه|ها)?)"
)
_LATIN_WANT = frozenset(
    spelled(word)
    for word in words(
        "badi biddi bidi bede bde bdi baddi badna bghit bghina baghi baghia baghiha baghih abi "
        "abiha abih nabi nabiha abgha abghaha areed arid aridha 3ayez 3ayza 3ayezha 3awez 3awza "
        "n7eb n7ebha nheb nebi nebiha"
    )
)
_LATIN_NO_LONGER = re.compile(
    r"ma\s?(?:ba|b2a|ba2a|ad|3ad|d|dsh|adsh|bqa|bqash|bqtsh|bqitsh|bqit|ba2et|[ai]?dt|sh)"
)
_LATIN_OFF = frozenset(
    spelled(word)
    for word in words(
        "alghi elghi el8i al8i elghy el8y elgho elghoh elghouh lghi lghiw lghiwha laghi lghih "
        "kansel kansil cansel kanslo kansilo kanslou kansilha kanselha batalt battalt ba6alt "
        "hawwant hawant hawant hawnt hawanna"
    )
)
_PHRASES = (
    "forget about it, forget about this, forget about that, forget this, scrap that, call it "
    "off, not ordering, wont be ordering, wont order, ill pass, i ll pass, i will pass, no "
    "longer want, no longer need, no longer interested, not interested anymore, not "
    "interested any more, not buying, not taking it, wont take it, not take it, drop the "
    "order, i give up, not going ahead, صرفنا النظر, صرفت النظر, عدلت عن, عدلنا عن, وقف "
    "الطلب, وقفوا الطلب, وقفي الطلب, اوقفوا الطلب, وقفو الطلب, وقفوا الاوردر, ما غاديش نشري, "
    "ماغاديش نشري, مش هشتري, مش حشتري, مش هكمل, مش حكمل, ما رح كمل, ما راح اكمل, ما بكمل, لا "
    "ارغب بالمتابعه, لا اريد المتابعه, ما نكملش, خلاص مش عايز, خلاص مش عايزه, خلاص ما ابي, "
    "خلاص ما نبي, خلاص ما نبيش, خلاص ما نبيهاش, خلاص ما نبيهش, صافي ما باغيش, صافي ما بغيتش, "
    "صافي ما بغيت, خلاص ما بدي, خلاص ما اريد"
)
_LATIN_PHRASES = (
    "5alas mesh 3ayez, 5alas mesh 3ayza, 5alas ma abi, 5alas ma badi, 5alas ma bghitch, safi "
    "ma bghitch"
)


def _key(word: str) -> str:
    return f"*{spelled(word)}" if word.isascii() else word


_OFFS = frozenset(tuple(words(row)) for row in _PHRASES.split(",")) | frozenset(
    tuple(map(_key, words(row))) for row in _LATIN_PHRASES.split(",")
)
_NOT = frozenset(words("ما مش مو مب موب لا"))
_THING = frozenset(words("شي شيء شيئا شئ اشي حاجه حاجة ولا"))
_ELSE = frozenset(
    words(
        "تاني تانيه ثاني ثانيه اخر اخرى غيره غيرها غيرهم غير زياده كمان اكثر اكتر else more other "
        "tani tanya tany thani thania zyada"
    )
)
# «ما ابي شي، شكرا»; «ما ابي شي غالي» wants a cheap one.
_CLOSES = frozenset(
    words(
        "خلاص شكرا مشكور مشكوره مشكورين تسلم تسلمون يسلمو الحين هسه هسا هلق هلا دلوقتي الان دابا "
        "منكم منك بعد والله ابدا اليوم خلص صافي نهائي نهائيا لا بس سلام معلش اسف اسفه"
    )
)
# «لا» begins the wish anew, but for the one that says it so: «لا اريد شيئا».
_NO, _PLAINLY = "لا", re.compile(r"[انأ]?(?:ريد|رغب)")
_OFFS_MAX = max(map(len, _OFFS))


def gives_up(said: Sequence[str], at: int) -> int:
    """How many folded words, from a place on, give up what was ordered; none: 0.

    Args:
        said: the words of a clause.
        at: the place of the first.
    """
    length = _length(said, at)
    # «خلاص ما ابي شي ثاني»: that is all.
    return length if _ELSE.isdisjoint(said[at + length : at + length + 2]) else 0


def wants_nothing(said: Sequence[str]) -> bool:
    """Whether nothing is wanted, of which no order need be known: «خلاص ما بدي شي».

    «كنسلوها» calls off what was ordered.

    Args:
        said: folded words.
    """
    return any(gives_up(said, at) > 1 for at in range(len(said)))


def _length(said: Sequence[str], at: int) -> int:
    for length in range(min(_OFFS_MAX, len(said) - at), 1, -1):
        told = said[at : at + length]
        if not _OFFS.isdisjoint((tuple(told), tuple(map(_key, told)))):
            return length
    if length := _nothing_wanted(said[at : at + 4]):
        return length
    latin = said[at][0].isascii()
    if spelled(said[at]) in _LATIN_OFF if latin else _OFF.fullmatch(said[at]):
        return 1
    for length in (1, 2):
        told, then = said[at : at + length], said[at + length : at + length + 1]
        if then and latin and _LATIN_NO_LONGER.fullmatch(spelled("".join(told))):
            return length + 1 if spelled(then[0]) in _LATIN_WANT else 0
        if then and not latin and _NO_LONGER.fullmatch(" ".join(told)) and _WANT.fullmatch(then[0]):
            return length + 1
    return 0


def _nothing_wanted(said: Sequence[str]) -> int:
    """How many words say that nothing is wanted: «ما بدي شي»; «لا ابي شي هادي» wants it."""
    joined = 1 if said[0] not in _NOT and said[0].startswith("ما") else 2
    wants = said[1:2] if joined > 1 else [said[0].removeprefix("ما")]
    none = joined < len(said) and said[joined] in _THING
    none = none and _CLOSES.issuperset(said[joined + 1 : joined + 2])
    negated = joined == 1 or said[0] in _NOT
    if said[0] == _NO and wants and not _PLAINLY.fullmatch(wants[0]):
        return 0
    return joined + 1 if none and negated and _WANT.fullmatch(wants[0]) else 0
