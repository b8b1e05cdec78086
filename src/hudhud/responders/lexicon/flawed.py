"""What came from the shop and is not as it should be: «جاتني بلون آخر», "has a hole"; pure.

A hole or another colour is wrong only of what somebody has in hand: «عندكم لون ثاني؟» asks for
wares, and «ابدلها بلون ثاني» for an exchange. So where a word stands tells as much as the word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Final

from hudhud.responders.lexicon.arabizi import english
from hudhud.responders.lexicon.asking import IF, before_buying
from hudhud.responders.lexicon.denying import without_denied
from hudhud.responders.lexicon.said.overpaid import overpaid
from hudhud.responders.lexicon.swapped import swapped
from hudhud.text import surely_arabic, words

_AND = "[وف]?"
_TO_ME = "(?:ني|نا|لي|لنا|ليا|لينا|ولي|ولنا|وني|ونا|وا|و)"
_IT = "(?:ه|ها|هم|هن|و|وه|وها)"
# «وصلني», «جاتني», «بعتولي», «استلمتها»: it is in somebody's hand.
_CAME: Final = re.compile(
    rf"{_AND}(?:(?:وصل|اجا|اج|جا|ج)(?:ت|ات|و)?(?:ني|نا)|(?:جا|جت|اجا)(?:لي|لنا|لو|لها)|"
    rf"وصل(?:ت|ات)?لي"
    rf"|(?:بعت|بعث|ارسل|دز|دزي|صيفط|سيفط|عطي|اعطي|انطي|ادي|جب|رسل|جاب|بعث)(?:و|تو|توا|تم){_TO_ME}"
    rf"|[اإ]?(?:ستلم|تسلم)(?:ت|نا){_IT}?|طلع(?:ت|ات)?(?:لي|لنا|ليا)?|طالع(?:ه|لي)?"
    r"|w[aeiou]*s[aeiou]*l[aeiou]*t?[aeiou]*n[iya]|(?:[ei]?j|g)[aeiou]+t?n[iya]|"
    r"estalamt(?:h[ao]?)?"
    r"|ista?lamt(?:h[ao]?)?|(?:tal[aeo]?3|6al[ae]?3|tel[ae]?3)(?:et|at)?(?:l[iy])?)"
)
# «الشيلة اللي جت»: of a certain thing only; «وصلت الوان جديدة؟» asks for wares.
_CAME_OF_IT: Final = re.compile(rf"{_AND}(?:وصل|اجا|اجت|جت|جات|جا|اجه|اجى|جه)(?:ت|ات)?")
_TAKEN: Final = re.compile(
    rf"{_AND}(?:(?:ا?شتري|شري|ا?خذ|خذي|ا?خد|خدي|جب)(?:ت|نا){_IT}?|[aei]?(?:5|kh)a?[dz]h?ta?h?a?"
    r"|[ei]?shtare+t(?:h[ao]?)?|shre+t(?:h[ao]?)?|[cs]hrit(?:h[ao]?)?|khdit(?:h[ao]?)?)"
)
_FROM_YOU: Final = re.compile(
    r"منكم|منكن|منكو|منك|عندكم|عندكن|عندكو|عدكم|m[ei]nk[ou][mn]?|3[ae]?nde?k[ou][mn]|you|here"
)
_WITH_IT: Final = re.compile(rf".*[تن]ا?{_IT}")
_THE: Final = re.compile(r"[وف]?ال\w{2,}|هال\w{2,}|اللي|الي|يلي|لي|الذي|التي")
_CAME_ENGLISH: Final = re.compile(
    r"\b(?:(?:i|we|ive|just) (?:just )?(?:got|received|bought|picked up)|arrived|(?:that|"
    r"which|it|they"
    r"|order|parcel|package|box) came|you (?:guys )?(?:sent|gave|delivered|shipped)|sent "
    r"me|gave me|day one|first (?:day|use|wash|try|time i)|out of the box|"
    r"you (?:guys )?(?:installed|fitted|sold|made|put|built|mounted)|bought here|"
    r"was delivered|were delivered|got delivered|came with|came in)\b"
)
# Wrong of whatever came.
_HURT: Final = re.compile(
    rf"{_AND}(?:ال|ب|فيه|فيها)?(?:خرم|خروم|ثقب|ثقوب|تقب|تقوب|بخش|بخوش|خزق|خزوق|شق|شقوق|"
    rf"تمزق|فتق|فزر|"
    r"مخروم|مثقوب|متقوب|مبخوش|مخزوق|مفزور|مفتوق|مفتوقه|ممزوع|ممزوق|بقعه|بقع|لطخه|لطخ|طبعه|"
    r"طبايع|خدش|"
    r"خدوش|شخط|شخوط|شرخ|شروخ|كسر|كسور|صدا|مصدي|مقلد|تقليد|مزور|مغشوش|مطعوج|مطعج|اعوج|معوج|معووج|"
    r"ملوي|مدعوس|مفعوص|مهرس|مخسر|مفطور|مشعور|مثلوم|فاضي|فارغ|معلق|علقان|مفتوح|مخدوش|مشروخ|مخربش|مسحوب|منسول|منسل|مزروف|زرف|"
    r"مكسور|متكسر|مهشم|معطوب|تالف|مقطوع|مشقوق|دخان|شرار|شرر|ولعت?|انفجرت?|احترقت?|انحرقت?)"
    r"(?:ه|ا|ين|ات)?"
)
_HURT_LATIN: Final = re.compile(
    r"(?:kh|5)[aeiou]*rm|bo(?:g|2|q)[3]a|ta[2q]l+ee?d|m[2aeou]*alla?d|ma(?:kh|5)ro?um|"
    r"ma(?:kh|5)zou?[2q]|"
    r"bo(?:kh|5)e?sh|sha[2qg]+"
)
_HURT_ENGLISH: Final = re.compile(
    r"\b(?:(?:a|some|small|big|huge|tiny|little|with|has|have) (?:\w+ )?(?:holes?|tears?|"
    r"rips?|stains?|"
    r"scratch(?:es)?|cracks?|dents?|chips?|marks?)|stuck|jammed|bent|crooked|frayed|"
    r"chipped|mould|mold|"
    r"rusty|rusted|leaks|leaked|burst|snapped|collapsed|slips|drains|"
    r"fake|counterfeit|knock ?off|replica|unsealed|smells? (?:\w+ "
    r")?(?:bad|weird|"
    r"strange|off|funny|awful|burnt|rotten|different|like)|tastes? (?:\w+ )?(?:bad|weird|"
    r"strange|off|"
    r"funny|awful|burnt|rotten|different|like)|(?:not|isnt|arent|never) (?:\w+ "
    r")?(?:original|genuine|"
    r"authentic|real)|(?:doesnt|does not|wont|will not|dont|cant|never) (?:\w+ )?(?:work|"
    r"charge|turn on|"
    r"switch on|close|open|print|heat|start|connect|stick|light up|zip|lock|fire|spin|turn|"
    r"ring|play|hold)|"
    r"(?:was|were|is|are|already|been) (?:already )?(?:opened|used|empty)|"
    # «has a torn sleeve», "the zip came broken": of what is asked for, «ripped jeans», no sign.
    r"(?:has|have|had|with|is|was|are|were|came|arrived|already|all|completely) (?:a |an |the |its "
    r"|one |some )?(?:torn|ripped|cracked|snapped|shattered|smashed|scratched|stained|dented|"
    r"damaged|broken|split|soaked|burst|faded|warped|faulty|defective)"
    r"|(?:smoke|sparks) (?:\w+ )?(?:came|comes?|coming|out|from)|(?:is|was|started|starts) "
    r"(?:smoking|sparking|melting)|caught fire|exploded|blew up|overheat(?:s|ed|ing))\b"
)
# Not what was meant to come; told before any wish for another.
_OTHER_ENGLISH: Final = re.compile(
    r"\b(?:wrong|(?:different|another) (?:colou?r|size|model|one|item|product|book|brand|"
    r"scent|shade|"
    r"thing)|different (?:from|than|to)|not the (?:one|colou?r|size|same|model)|not what|"
    r"(?:doesnt|does "
    r"not|didnt) (?:look like|match)|instead of|without (?:the|its|a|any)|missing)\b"
)
_ASKED_ENGLISH: Final = re.compile(
    r"\b(?:exchange|swap|return|change|replace|want|need|like|get|buy|order(?! came)|do "
    r"you|have you|"
    r"can i|can you|my mistake|ordered the wrong|bought the wrong|is there|available|stock)\b"
)
_KIND: Final = re.compile(
    r"[وبل]?(?:ال)?(?:لون|مقاس|قياس|موديل|نوع|شي|شيء|شئ|اشي|حاجه|صنف|حجم|شكل|رقم|ماركه|"
    r"منتج|قطعه|طلب|"
    r"طلبيه|عطر|كتاب|درجه|نكهه|طعم|ريحه|lo+n|lown|ma[28q]as|mode?l|no3)(?:ه|ها|و|هم|ha|o)?"
)
_OTHER: Final = re.compile(
    r"(?:ثاني|تاني|اخر|اخري|مختلف|غير|غلط|غالط|tan[iy]|thani|8e+r|ghe+i?r|gheir|8eir|"
    r"a?khar|mokhtalef)ه?"
)
_NOT: Final = re.compile(
    "مو|مش|مب|موب|ماشي|مهو|ماهو|ماهي|ليس|ليست|ليسو|mish|mesh|msh|mo|mu|mashi|ماهوش|مهوش|مهيش"
)
_THAT: Final = re.compile(
    "نفس|زي|مثل|متل|بحال|كيما|داك|ديك|هذا|هذه|هاد|هادي|هذاك|هذيك|هداك|دا|ده|دي|اللي|الي|"
    "يلي|لي|الذي|التي|"
    "nafs|zay|mitel|metel|elli|illi"
)
_GENUINE: Final = re.compile(r"(?:ال)?اصلي(?:ه|ا)?|asl[iy]e?|حقيقي")
_SCENT: Final = re.compile(r"[وف]?(?:ال)?(?:ري?حه|ري?حت|رايح[هت]|رائح[هت]|طعم|ري7et)(?:ه|ها|و|هم)?")
_BAD: Final = re.compile(
    r"(?:غريب|كريه|وحش|خايس|معفن|بشع|مقرف|فاسد|سيي|زنخ|حامض|متغير|مختلف|خايب)ه?|مو|مش|ماشي|مب"
)
_WITHOUT: Final = re.compile("بدون|بلا|دون|bala|bidoun|bdoun|bedoun")
_NEITHER: Final = re.compile("ما|مش|مو|لا|مب|ma|mish|mesh")
_DOES: Final = re.compile(
    r"(?:ب|عم|كي?|ت|ي|بي|بت|كت)*(?:شتغل|شحن|ضوي|نور|سخن|برد|طبع|صور|رن|لقط|لف|دور|فتح|قفل|مشي|شارجي|"
    r"سكر|علق|ثبت|خدم)"
    r"(?:ش|و|ها|ه)?"
)
# The same in one word, as the Maghreb writes it: «ماكيشارجيش», «مابقاتش», "makatkhdemch".
_DOES_NOT: Final = re.compile(
    r"ماك(?!ا?ن)\w{3,}ش|ما(?:بقا|بغا|خدما)(?:ت|و)?ش|ما[تي](?:شتغل|خدم|مشي|شحن|شارجي|ضوي|شعل)\w{0,2}ش"
    r"|mak(?!a?n)\w{3,}(?:ch|sh)|ma(?:b[9q]a|bgha)t?(?:ch|sh)"
)
# «… والو»: it does nothing; «ما فيه والو»: nothing is wrong with it.
_NOTHING_AT_ALL: Final = re.compile(r"والو|w[ao]l+ou?|oualou")
_IN_IT: Final = re.compile(r"(?:ما)?في(?:ه|ها|هم)|بي(?:ه|ها)|f(?:i|ee)h[ao]?|mafih[ao]?")
# Wishes: what is said behind one is what they want, and not what came.
_WISH: Final = re.compile(
    r"\w{0,4}(?:بدل|رجع|ستبدل|رد)(?:ه|ها|هم|هن|و|ون|وا|ونه|ونها|وها|وه|لي)?|تبديل\w*|"
    r"استبدال\w*|ابي|ابغي|اريد|"
    r"بدي|عايز|عايزه|عاوز|عاوزه|بغيت|حابه|حاب|احتاج|نبي|نريد|ممكن|تغيير\w*|"
    r"[nya]?[ae]?badd?el\w*|abi|bdi|baddi"
)
_FOR_WARES: Final = frozenset(
    words("عندكم عندكن عندكو عدكم عندك لديكم متوفر متوفره موجود موجوده اكو كاين فيه available")
)
_NEAR: Final = 3
WORDS_KEPT_MAX: Final = 4096


def flaws(said: Sequence[str]) -> list[str]:
    """The parts of a message that tell of what came and is not as it should be.

    Args:
        said: folded words of one message.
    """
    paid = [".overpaid"] if overpaid(said) else []
    return [*paid, ".bought", ".came", ".defect"] if flawed(said) else paid


def wronged(said: Sequence[str]) -> bool:
    """Whether something came that is not as it should be, or too much was paid.

    Args:
        said: folded words of one message.
    """
    return flawed(said) or overpaid(said)


def flawed(said: Sequence[str]) -> bool:
    """Whether something came, or was taken from the shop, and is not as it should be.

    Args:
        said: folded words of one message.
    """
    if not IF.isdisjoint(said) or before_buying(said):
        return False
    # «وصل من دون ولا خدش»: who denies a flaw tells of none.
    said = without_denied(said)
    if swapped(said):
        return True
    if english(said) and _flawed_in_english(" ".join(said)):
        return True
    begins = next((at for at in range(len(said)) if _in_hand(said, at)), None)
    if begins is None:
        return False
    heard = [_heard(word) for word in said]
    wished = (at for at in range(begins + 1, len(said)) if _is(heard[at], _WISH))
    told = range(begins + 1, next(wished, len(said)))
    hurt = any(_hurt(said, heard, at) for at in range(len(said)))
    other = any(_other(heard, at) for at in told) or _lacks(heard, begins)
    return hurt or (other and _FOR_WARES.isdisjoint(said))


def _flawed_in_english(text: str) -> bool:
    came = _CAME_ENGLISH.search(text)
    if came is None:
        return False
    if _HURT_ENGLISH.search(text):
        return True
    other = _OTHER_ENGLISH.search(text, came.end())
    return other is not None and not _ASKED_ENGLISH.search(text, came.end(), other.start())


def _heard(word: str) -> frozenset[str]:
    """A word, and what it may spell in Latin letters."""
    return frozenset((word, *surely_arabic(word)))


def _is(heard: AbstractSet[str], what: re.Pattern[str]) -> bool:
    return any(map(what.fullmatch, heard))


@lru_cache(WORDS_KEPT_MAX)
def _handed(word: str) -> str:
    """What a word tells of how a thing came into somebody's hand; of most nothing."""
    if _CAME.fullmatch(word):
        return "came"
    if _CAME_OF_IT.fullmatch(word):
        return "came_of_it"
    return "taken" if _is(_heard(word), _TAKEN) else ""


def _in_hand(said: Sequence[str], at: int) -> bool:
    """Whether it is told at a place that something came, or was taken from us."""
    how = _handed(said[at])
    if how in ("", "came"):
        return bool(how)
    if how == "came_of_it":
        return at > 0 and bool(_THE.fullmatch(said[at - 1]))
    near = said[at + 1 : at + 1 + _NEAR]
    which = at > 0 and said[at - 1] in ("اللي", "الي", "يلي", "لي", "elli", "illi")
    return which or any(map(_FROM_YOU.fullmatch, near)) or bool(_WITH_IT.fullmatch(said[at]))


def _hurt(said: Sequence[str], heard: Sequence[AbstractSet[str]], at: int) -> bool:
    """Whether a hole, a stain, a bad smell is told of at a place, or that it does not work."""
    if _is(heard[at], _HURT) or _HURT_LATIN.fullmatch(said[at]):
        # «اخاف تكون مقلدة», «بدون خدش»: there is none.
        return not (at and _is(heard[at - 1], _WITHOUT))
    if _DOES_NOT.fullmatch(said[at]):
        return True
    if _NOTHING_AT_ALL.fullmatch(said[at]):
        return not (at and _IN_IT.fullmatch(said[at - 1]))
    after = said[at + 1] if at + 1 < len(said) else ""
    if _NOT.fullmatch(said[at]) or said[at] == "غير":
        return bool(_GENUINE.fullmatch(after))
    if _NEITHER.fullmatch(said[at]):
        verb = said[at + 2] if after == "عم" and at + 2 < len(said) else after
        return bool(_DOES.fullmatch(verb))
    return bool(_SCENT.fullmatch(said[at]) and _BAD.fullmatch(after))


def _other(heard: Sequence[AbstractSet[str]], at: int) -> bool:
    """Whether another thing is told of than was meant: «بلون آخر», «مش نفس»."""
    if at + 1 == len(heard):
        return False
    after = heard[at + 1]
    if _is(heard[at], _KIND) and _is(after, _OTHER):
        return True
    return _is(heard[at], _NOT) and _is(after, _THAT)


def _lacks(heard: Sequence[AbstractSet[str]], came: int) -> bool:
    """Whether it came without something: «وصلني بدون شاحن», «جاني التلفون بلا علبة»."""
    return any(_is(word, _WITHOUT) for word in heard[came + 1 : came + _NEAR])
