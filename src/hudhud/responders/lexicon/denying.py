"""Trouble that is denied: «ماعندي اي شكوى», «انا مش زعلانة», "no complaints"; pure.

A negator of any dialect, a few little words, and a word of trouble. «مو راضي» and "not happy"
deny what is good, and are no such thing.
"""

from __future__ import annotations

from collections.abc import Sequence

from hudhud.responders.lexicon.arabizi import spelled
from hudhud.text import words

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
مشكله مشكل مشاكل شكوى شكاوى شكاوي شكوه اعتراض اعتراضات عيب عيوب ملاحظه ملاحظات خلل ازعاج ضرر اضرار
مانع problem problems complaint complaints issue issues trouble troubles objection objections worry
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


def _class(row: str) -> frozenset[str]:
    return frozenset(f"*{spelled(word)}" if word.isascii() else word for word in words(row))


_NONE_OF, _NOT_SO = _class(_NONE), _class(_NOT)
_BETWEEN, _EXISTING = _class(_BESIDE), _class(_THERE)
_THINGS, _FELT = _class(_TROUBLES), _class(_FEELINGS)
_BETWEEN_MAX = 4
_OR = frozenset({"او", "ولا", "or", "nor", "wala"})
_LEANING = ("و", "ف", "ب")


def denied(said: Sequence[str]) -> frozenset[int]:
    """The places of the words that deny a trouble, and of the trouble.

    Args:
        said: folded words of one message.
    """
    found: set[int] = set()
    for at, word in enumerate(said):
        found |= _denial(said, at) if _negates(word) else set()
    return frozenset(found)


def without_denied(said: Sequence[str]) -> list[str]:
    """Folded words without the trouble that is denied among them."""
    places = denied(said)
    return [word for at, word in enumerate(said) if at not in places]


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


def _troubles(word: str) -> bool:
    return _is(word, _THINGS) or _is(word, _FELT)


def _is(word: str, row: frozenset[str]) -> bool:
    """Whether a word is of a class: as it stands, with its endings, or in Latin letters."""
    if word.isascii():
        return f"*{spelled(word)}" in row
    # «ما المشكلة؟» has its article, and asks.
    return word in row or (word[0] in _LEANING and word[1:] in row)
