"""Trouble and intentions that are denied: «ماعندي اي شكوى», «ما بدي الغي شي»; pure.

A negator of any dialect, a few little words, and a word of trouble; or a negated wish and what is
not wished for: a person, a refund, to cancel. «مو راضي» and "not happy" deny what is good, and are
no such thing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from hudhud.responders.lexicon.arabizi import spelled
from hudhud.text import stems, words

# "There is none", which a thing follows: «مافي», «معنديش», «بدون», "no".
_NONE = """
مافي مافيه مافيها مافيش مفيش مافش مفش ماكو ماكاين مكاين ماكاينش مكاينش ماكاينه ماعندي ماعندنا
معندي معنديش ماعنديش معندناش ماعندناش ماعنديشي معندوش ماليش مالي ماتوجد مايوجد بدون بلا دون لا ليس
ليست لم no without zero never
mafi mafe mafeesh mafish mfish mafesh mafeech maku mako ma3andi ma3ndi ma3andna m3andish ma3andish
ma3ndish m3ndish bidoun bdoun bedoun bala makaynch makaynsh
"""
# "Not", which a feeling follows as well: «مو», «مش», «لست», "not".
_NOT = """
مش مو مب موب مهو مهوب ماهو ماهي ماهوب ماني مانيش منيش مني مالنا لست لسنا مانا
not isnt arent wasnt werent dont doesnt didnt havent hasnt aint nor
mish mesh mosh msh mo mu moo mub
"""
# "Not" before what exists only by a word between: «ما عندي …», for «ما المشكلة؟» asks.
_NOT_YET = frozenset({"ما", "ma"})
_THERE = """
في فيه فيها فيش عندي عندنا عندهم عنده عندها عندك لي لدي لدينا كان كانت كاين كاينه صار صارت واجهت
واجهتنا واجهنا شفت لقيت توجد يوجد تكن يكن اكو بيها به بقى ظل
fi fih feh 3andi 3andna 3indi kan kayn kayna sar there have had got see seen
"""
_BESIDE = """
اي ايه ايا حتى شي ولا ابدا ابد خالص كبيره وحده واحده
any a an single ever even really that at all the least bit real big of ay ayy ayya 7atta wala
is was
"""
_TROUBLES = """
مشكله مشكل مشاكل غش شكوى شكاوى شكاوي
شكوه اعتراض اعتراضات عيب عيوب ملاحظه ملاحظات خلل ازعاج ضرر اضرار
مانع غلط غلطه خطا
كسر كسور خدش خدوش خرم خروم ثقب ثقوب شرخ شروخ شق شقوق بقعه بقع تمزق
scratch scratches crack cracks stain stains dent dents tear tears rip rips holes damage
khadesh khadsh 5adsh
problem problems complaint complaints issue issues trouble troubles objection objections worry
worries fault faults defect defects
mushkila moshkela moshkila moshkele mushkile mushkle moshkle mochkil mochkila mashakel mashakil
shakwa chakwa shakawi
"""
_FEELINGS = """
زعلان زعلانه زعلانين متضايق متضايقه متضايقين مدايق متدايق متدايقه منزعج منزعجه منزعجين معصب معصبه
معصبين مستاء مستاءه مستاا مستائه مستائين غضبان غضبانه غاضب غاضبه مقهور مقهوره زعلت ازعل بزعل تضايقت
انزعجت اشتكي بشتكي
angry upset unhappy disappointed furious mad annoyed offended complaining complain
za3lan za3lane za3lana za3laneen ze3lan ze3lana meday2 meday2a mday2 m3asab m3asbe
"""
_OR = frozenset({"او", "ولا", "or", "nor", "wala"})
# A wish of one's own; a negator stands before it, or is written on to it: «مابدي», «مبغيتش».
_WISHES = """
بدي بدنا ابي نبي ابغى ابغي ابغا نبغى نبغي ابا اريد نريد اود نود احتاج محتاج محتاجه محتاجين عايز
عايزه
عايزين عاوز عاوزه عاوزين بغيت بغينا حاب حابه ناوي ناويه قصدي طالب طالبه جاي جايه لازم داعي ضروري
لزوم حاجه لزم يحتاج احب بحب نيتي غرضي هدفي
want wanna need needed here trying asking looking planning going gonna intend wish calling
baddi badde bedi biddi bdi abi abgha abi areed arid ayez ayza 3ayez 3ayza 3awez 3awza bghit m7taj
me7tag lazem lazim
"""
_WITHOUT = frozenset(words("بدون بلا دون without bidoun bdoun bala"))
_GLUED = ("ما", "م", "ma", "m")
# Between the wish and what is not wished for.
_TOWARDS = """
ان انو انه اني احكي احچي اتكلم اكلم نتكلم نهضر نهدر ندوي اسولف اتواصل تحولني تحولوني حولني اتحدث مع
ويا ويه على ل الى اي حدا احد حد واحد شخص اقدم اعمل اسوي ارفع افتح اطلب طلب ندير نطلب حتى شي
to a an any the my real human live actual talk speak talking speaking with from get be make file
for ask request raise asking transferred connected you even actually ne7ki a7ki e7ki a7chi
akalem akallem atkalem
atkallem nhder ma3 m3a wya weya
"""
_INTENTS = """
موظف موظفه موظفين مسؤول مسول مدير مشرف انسان بشر احد احدا حدا حد واحد شخص يكلمني يحاكيني يحاجيني
يحاچيني يتصل تتصلون تتصلوا يرد
الغي الغيه الغيها الغاء نلغي نلغيه بلغي اكنسل كنسل نانيلي تلغون تلغوا تلغو
اشتكي اشكي بشتكي نشتكي شكوى شكوه اتشكى
ارجع ارجعه ارجعها ارجاع استرجاع استرداد ترجيع نرجع فلوسي مصاري استرجع ابدل ابدله ابدلها تبديل
استبدال
تعويض اعوض
agent agents person human someone somebody anyone anybody manager representative supervisor staff
employee call
cancel cancelling canceling cancellation complain complaining complaint refund refunded refunds
return returning exchange compensation
mowazzaf mowazaf mowadhaf a7ad ahad 7ada hada 7add wa7ed elghi alghi 2elghi nel8i alghe ashteki
eshteki beshteki nechteki arajje3 araje3 arga3 abaddel
"""
# What goes with it: «ولا اشتكي», «مع احد», "no refund needed".
_ALONG = _OR | frozenset(words("and و مع ويا ويه with ma3 m3a wya شي اشي حاجه anything thanks"))
_OTHERS_WISH = frozenset(words("you u they he she guys shop store why ليش ليه لماذا علاش"))
_BAN = frozenset({"لا", "dont", "not", "la"})
_NEED = frozenset(words("needed required necessary wanted please thanks just"))
_BID = re.compile(r"(?:[تن]ل[غق]\w{1,4}|[تن]كنسل\w{0,3}|cancel)")


def _class(row: str) -> frozenset[str]:
    return frozenset(f"*{spelled(word)}" if word.isascii() else word for word in words(row))


_NONE_OF, _NOT_SO = _class(_NONE), _class(_NOT)
_BETWEEN, _EXISTING = _class(_BESIDE), _class(_THERE)
_THINGS, _FELT = _class(_TROUBLES), _class(_FEELINGS)
_WISHED, _TOWARD, _INTENDED = _class(_WISHES), _class(_TOWARDS), _class(_INTENTS)
_BETWEEN_MAX = 4
_KEEPING = frozenset(words("ما مش مو dont doesnt didnt wont not never cant without"))
_AFTER_WHICH = frozenset(words("بعد من يوم اول ساعه وقت لحظه مجرد عند كل"))
_LEANING = ("و", "ف", "ب")
WORDS_KEPT_MAX = 4096


def kept_from(said: Sequence[str], at: int) -> bool:
    """Whether a harm is to be kept off: "so thorns dont cut my hands", «عشان ما تنجرح ايدي».

    «بعد ما بلعها» and «لا، بلعها» deny nothing.

    Args:
        said: folded words of one message.
        at: the place of what tells of the harm.
    """
    return any(
        said[one] in _KEEPING and not (one and said[one - 1] in _AFTER_WHICH)
        for one in range(max(0, at - 2), at)
    )


def denied(said: Sequence[str]) -> frozenset[int]:
    """The places of the words that deny a trouble or an intention, and of what they deny.

    Args:
        said: folded words of one message.
    """
    found: set[int] = set()
    for at, word in enumerate(said):
        if not _may_deny(word):
            continue
        found |= _denial(said, at) if _negates(word) else set()
        found |= _unwanted(said, at)
    return frozenset(found)


def without_denied(said: Sequence[str]) -> list[str]:
    """Folded words without the trouble and the intentions that are denied among them."""
    places = denied(said)
    return [word for at, word in enumerate(said) if at not in places]


def wishes(said: Sequence[str]) -> bool:
    """Whether a wish of one's own is told: «بدي», "I need".

    Args:
        said: folded words of one message.
    """
    return any(_is(word, _WISHED) for word in said)


@lru_cache(WORDS_KEPT_MAX)
def _may_deny(word: str) -> bool:
    """Whether a denial may begin with a word; with most none does, and texts are made of those."""
    return word in _WITHOUT or word in _BAN or word == "no" or _negates(word) or _glued(word)


def _negates(word: str) -> bool:
    return word in _NOT_YET or _is(word, _NONE_OF) or _is(word, _NOT_SO)


def _denial(said: Sequence[str], at: int) -> set[int]:
    """The denial that begins at a negator, if it is one."""
    exists = said[at] not in _NOT_YET
    for place in range(at + 1, min(len(said), at + 2 + _BETWEEN_MAX)):
        word = said[place]
        feels = _is(word, _FELT) and not _is(said[at], _NONE_OF)
        if feels or (exists and _is(word, _THINGS)):
            end = place + 1
            while end + 1 < len(said) and said[end] in _OR and _troubles(said[end + 1]):
                end += 2
            return set(range(at, end))
        there = _is(word, _EXISTING)
        if not (there or _is(word, _BETWEEN)):
            return set()
        # "no, there is a problem": what is none is not there.
        if there and said[at] == "no":
            return set()
        exists |= there
    return set()


def _unwanted(said: Sequence[str], at: int) -> set[int]:
    """The denied intention that begins here, if one does: «ما بدي الغي شي ولا اشتكي»."""
    wished = _unwished(said, at)
    place = wished
    while place and place < min(len(said), wished + _BETWEEN_MAX) and _is(said[place], _TOWARD):
        place += 1
    # «ما بدي احد»: who stands last before something else is the one who is not wanted.
    if place and not (place < len(said) and _intends(said[place])):
        place = place - 1 if place > wished and _intends(said[place - 1]) else 0
    if not place:
        return set()
    end = place + 1
    while end < len(said) and (said[end] in _ALONG or _intends(said[end])):
        end += 1
    return set(range(at, end + (end < len(said) and said[end] in _NEED - {"just"})))


def _unwished(said: Sequence[str], at: int) -> int:
    """The place after a negated wish of one's own that begins here; 0 where none does."""
    word, after = said[at], said[at + 1] if at + 1 < len(said) else ""
    if at and said[at - 1] in _OTHERS_WISH:
        return 0
    if word in _WITHOUT or (word in _BAN and _BID.fullmatch(after)):
        return at + 1
    if word == "no" and _NEED.intersection(said[at + 2 : at + 4]):
        return at + 1
    if _glued(word):
        return at + 1
    negates = word in _NOT_YET or word in _BAN or _is(word, _NOT_SO) or _is(word, _NONE_OF)
    return at + 2 if negates and _is(after, _WISHED) else 0


def _glued(word: str) -> bool:
    """Whether it is a wish with its negator: «مابدي», «مبغيتش»."""
    wishes = [word.removeprefix(no).removesuffix("ش") for no in _GLUED if word.startswith(no)]
    return any(_is(wish, _WISHED) for wish in wishes if wish) and not _is(word, _WISHED)


def _intends(word: str) -> bool:
    if _is(word, _INTENDED) or _BID.fullmatch(word):
        return True
    return not word.isascii() and any(form in _INTENDED for form in stems(word))


def _troubles(word: str) -> bool:
    return _is(word, _THINGS) or _is(word, _FELT)


def _is(word: str, row: frozenset[str]) -> bool:
    """Whether a word is of a class: as it stands, with its endings, or in Latin letters."""
    if word.isascii():
        return f"*{spelled(word)}" in row
    # «ما المشكلة؟» has its article, and asks.
    return word in row or (word[:1] in _LEANING and word[1:] in row)
