"""The words that ask, in every dialect; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from hudhud.responders.lexicon.verbs import asks_of_you, may_ask_of_you
from hudhud.text import Told, without_article, words

ASKING = frozenset(
    words(
        "هل كيف شلون اشلون ازاي كيفاش ليش ليه لماذا علاش متى شوكت امتى وين فين اين شنو شو ايش وش "
        "اش واش منو مين منين بايه تنصحني تنصحوني تنصحها تنصحه قديش قد ينفع ممكن اقدر اكدر يصير "
        "hal kifash kifach leish leh lesh 3lach 3lash wach wesh shu sho shoo shno shnu esh eish "
        "what how why when where who which can could"
    )
)
# They ask where they begin, or before whom they ask: "sleeves are too long" tells something.
_ASKING_FIRST = frozenset(words("do does did are is will would may"))
_ASKED_AFTER = frozenset(
    words("i you u we they he she it this that these those there the your my any")
)
_AUXILIARIES = frozenset(words("is are do does did can could will would may"))
# "hi is it there", "and can you", "do u"
_BEFORE_THEM = frozenset(words("hi hello hey and so but ok okay also then please or pls if"))
# Behind the face of whom it is for: how many, what else, what for. Nothing there is asked of.
_FACE, _THING_MIN = frozenset({"وش", "wesh"}), 3
# Who wants so says «ايه» for what.
_EGYPTIAN = re.compile(r"عا[يو]ز(?:ه|ين)?|محتاجه?|هاتي?لي|3a[yw]e?z(?:a|een|in)?|me7tag\w?")
_NO_MATTER = re.compile(
    r"واحده?|وحده?|ا?تني?ن|اثنين|تلات\w*|ثلاث\w*|اربع\w*|خمس\w*|و\w{3,}|لل\w{2,}|بال\w{2,}"
    r"|بس|كبيره?|صغيره?|wa?[7h]\w?da?|tnein|etnein"
)
_OF = frozenset(words("من ب ل على ع في باي"))
# «باي شهر»: in which of them; alone it is a goodbye.
_IN_WHICH = "باي"
_OF_WHICH = frozenset(
    words(
        "شهر وقت يوم ايام ساعه سعر طابق دور مكان حي منطقه شارع مدينه لون مقاس قياس طريقه موسم فصل "
        "سنه عمر نوع شركه درجه حراره فرع"
    )
)
# «اي مقاس اخذ»; «اي لون» is whichever it be.
_WHICH = frozenset(words("اي انو انهو انهي ayya ay anhi"))
_SIZES = frozenset(words("مقاس قياس سايز نمره size sayz sayez ma2as maqas"))
# "If", before what may happen.
IF = frozenset(words("اذا ازا لو ايلا الا if iza eza ila law"))
_OR_ELSE = frozenset(words("ولا والا wala wla walla"))
# «معاملتكم ولا اروع»
_NOT_BETTERED = frozenset(words("اروع احلى احلي اطيب اجمل الذ احسن افضل اشيك ارقى ارقي ازبط اهون"))
_DENIES = re.compile(
    r"م[اه]?|م\w+ش|ما\w{3,}|لا|لم|ليس\w?|م[وبش]|مهو|ماكو|مفيش|بدون|بلا|غير|m[ie]?sh|mo|ma|no"
)

# What is done before something is bought is asked of who has not bought it.
_BUYING = re.compile(
    r"(?<= )(?:قبل (?:(?:ما|لا|ان|من) )?(?:ال)?[بنا]{0,2}ا?(?:شتري?|شر[يا]|طلب|اخ[ذد]|قرر|حاسب)\w*"
    r"|[2q9g]?a?be?[ae]?l (?:ma|la|an) ?[bna]{0,2}\w?(?:shtr|shr|chr|tlo?u?b|kho?[dz]|5o?[dz])\w*"
    r"|before (?:(?:i|we) )?(?:buy|order|purchas|pay|commit|decid)\w*)"
)

_BEFORE = Told("قبل|before|[2q9g]?a?be?[ae]?l")

_SERVICE = re.compile(
    r"\bو?(?:(?:how much|what|charge\w*|costs?|price|fees?)(?: \w+){0,4}? (?:to|for)"
    r"(?: an?| the| my)?"
    r"|(?:can|could|do|will|would) (?:you|u|ya|they|someone|somebody|anyone)(?: guys)?"
    r"(?: also| please| ever)?"
    r"|(?:واحد|احد|حدا?) (?=[هح]?ي)|(?:someone|somebody|anyone) to"
    r"|هل (?:يمكن(?:كم)?|ممكن|بالامكان)(?: ان)?"
    r"|[بك]?ت(?:ا?خ[ذد]|حسب)(?:ون?|وا|ولي)?(?: (?:مني|لي|ليا))? (?:علي|ع)"
    r"|(?:ا?جر[هة]|تكلف[هة]|كلف[هة]|مصنعي[هة]) (?:خدم[هة] )?"
    r"|b?[tk]\w{0,2}5[do]\w* 3(?:ala|la|a)) ?(?P<deed>(?!carry$)\w+)"
)

# What every shop does with everything, and what follows a price and is none.
_MAY_I = re.compile(
    r"\b(?:can|could|may) (?:i|we) (?:also |please |still |just |pls )?"
    r"(?!(?:have|get|order|buy|take|book|reserve|add|pay|see|change|make|please|pls|also|just)\b)\w+"
)

_SELLS = re.compile(
    r"\w{0,2}ت(?:بيع|عط|ا?خ[ذد]|حسب|نزل|نقص|خل|وصل|شحن|رسل|بع[تث]|جيب|زيد|كلف|عمل|س[ويا]|د?ير"
    r"|[قك]در|عرف|ريد|بغ|حب|شوف|قول|خبر|ستط)\w*"
    r"|have|get|take|send|deliver|ship|order|give|tell|show|bring|make|be|do|you|me|it|this|that"
    r"|stock|sell|offer|recommend|suggest|these|those|them|one|all|two|both|check|help|please"
    r"|(?:ال)?(?:طلب|شرا|حجز|ارسال|توصيل|تجهيز|اضاف|ارجاع|استرجاع|معرف|دفع)\w*|هذا|هذه|هاي|هاد\w*|هيدا|ده|دي|علي|في|من"
)


_ANY_OF = frozenset({"اي", _IN_WHICH})


def before_buying(said: Sequence[str]) -> range:
    """The places of the words that put something before a purchase: «قبل ما اشتري»; empty if none.

    Args:
        said: folded words of one message.
    """
    if not any(map(_BEFORE.fullmatch, said)):
        return range(0)
    told = " ".join(said)
    found = _BUYING.search(f" {told} ".replace("  ", " "))
    if found is None:
        return range(0)
    begin = len(told[: max(0, found.start() - 1)].split())
    return range(begin, begin + len(found[0].split()))


def services(said: Sequence[str]) -> frozenset[str]:
    """The words of what a shop is to do, and not of what it is to sell.

    «تقصرون», «تاخذون على الطباعة», «اجرة التركيب», "how much to shorten", "can you engrave".

    Args:
        said: folded words of one message.
    """
    told = " ".join(said)
    after = {found["deed"] for found in _SERVICE.finditer(told)}
    asked = (word for word in said if asks_of_you(word) or may_ask_of_you(word))
    deeds = map(without_article, {*after, *asked})
    return frozenset(deed for deed in deeds if not _SELLS.fullmatch(deed))


def may_i(said: Sequence[str]) -> bool:
    """Whether they ask what they may do, and order nothing: "can I smoke after it?".

    Args:
        said: folded words of one message.
    """
    return bool(_MAY_I.search(" ".join(said)))


def either(said: Sequence[str], told: Mapping[int, str]) -> bool:
    """Whether one of two things of one kind is asked for: «اصلي لو تقليد», «كاش لو بطاقة».

    «لو» is "or" in Iraq and "if" elsewhere: it is asked between two of a kind only.

    Args:
        said: folded words of one message.
        told: what each place means, where it means something.
    """
    if "لو" not in said:
        return False
    alike = (told.get(at - 1, "") for at, word in enumerate(said) if word == "لو")
    after = (told.get(at + 1) for at, word in enumerate(said) if word == "لو")
    return any(
        one == other and one[:1] not in ("", ".") for one, other in zip(alike, after, strict=True)
    )


def asks_with(said: Sequence[str], asking: AbstractSet[str]) -> bool:
    """Whether a question word is said; "is" and its like ask where they begin: "4 is fine".

    Args:
        said: folded words of one message.
        asking: the question words that count.
    """
    if asking.isdisjoint(said):
        return False
    return any(
        word in asking
        and (word not in _AUXILIARIES or not at or said[at - 1] in _BEFORE_THEM)
        and not (word in _FACE and _of_the_face(said, at))
        for at, word in enumerate(said)
    )


def _of_the_face(said: Sequence[str], at: int) -> bool:
    """Whether «وش» is the face: «مرطب وش واحد», «غسول وش»; "what" stands before what it asks of."""
    before, after = said[at - 1] if at else "", "".join(said[at + 1 : at + 2])
    told = not after or after[0].isdecimal() or bool(_NO_MATTER.fullmatch(after))
    told = told or any(map(_EGYPTIAN.fullmatch, said))
    return len(before) >= _THING_MIN and told


def asks_first(said: Sequence[str]) -> bool:
    """Whether it is asked by where a word stands: "do you", "is it", «اجي ولا احجز».

    Args:
        said: folded words of one message.
    """
    after = [*said[1:], ""]
    # «من اي بلد؟»; alone «اي» is a yes.
    which = not _ANY_OF.isdisjoint(said) and any(
        (one in _OF and then == "اي") or in_which(one, then) for one, then in pairwise(said)
    )
    return (
        which
        or _asks_which(said)
        or any(
            word in _ASKING_FIRST and (at == 0 or after[at] in _ASKED_AFTER)
            for at, word in enumerate(said)
        )
    )


def in_which(word: str, after: str) -> bool:
    """Whether «باي» is "in which", as before a time, a place or a kind, and no goodbye.

    Args:
        word: folded.
        after: the one behind it.
    """
    return word == _IN_WHICH and after in _OF_WHICH


def _asks_which(said: Sequence[str]) -> bool:
    """Whether one of two is asked for, or one of all sizes: «اي مقاس»; «ما رد ولا واحد» denies."""
    if any(one in _WHICH and without_article(of) in _SIZES for one, of in pairwise(said)):
        return True
    return any(
        word in _OR_ELSE
        and 0 < at < len(said) - 1
        and said[at + 1] not in _NOT_BETTERED
        and not any(map(_DENIES.fullmatch, said[:at]))
        for at, word in enumerate(said)
    )
