"""A person's name out of what they say: «أنا محمد علي ومحلي في الرياض», "I'm Tom, …" (S5)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hudhud.responders.lexicon import correcting, courtesy, forms, understood
from hudhud.responders.lexicon.given import (
    GIVEN,
    KUNYA,
    NO_NAMES,
    PRAISES_TOO,
    TITLES,
    WAW_NAMES,
    WOMEN,
    says_yes,
)
from hudhud.responders.lexicon.places import called_so
from hudhud.responders.lexicon.relatives import OF_KIN, RECEIVES
from hudhud.responders.lexicon.said.announcing import (
    CAPITALS,
    INTRODUCED,
    ON_BEHALF,
    PRESENTED,
    PUT,
)
from hudhud.responders.spoken import digit
from hudhud.responders.telephones import TELEPHONE
from hudhud.text import arabic_spellings, fold, language, without_article, words

NAME_WORDS_MAX = 4
LEADING_WORDS_MAX = 6
_CAPITAL_CHARS_MIN = 3
# They join two names, and are none: «عبد الله بن محمد آل الشيخ».
_JOINING = frozenset(words("بن ابن بنت ال آل ابو ام عبد الله الدين bin ben al el abu abdul abd"))
NAME_PARTS_MAX = 8  # of a whole one, as it stands in a passport
# «من القوي», «آل سعيد»: the family that belongs to the name just said.
_FAMILY = re.compile(r"^(?:من\s+)?((?:آل|ال|بيت|بني|بن|ابن|بنت|أبو|ابو)\s*\w[\w\s]*)$")
_OF_A_PLACE = re.compile(r"ال\w{2,}[^\Wي]ي")
# Places and times begin with the article too, and are no families.
_NO_FAMILY = frozenset(
    words(
        "البصرة الموصل النجف الكوت الحلة العمارة السماوة الناصرية الديوانية الرمادي الانبار "
        "المنصور الاعظمية الكاظمية الكرادة العراق السعودية الرياض الدمام الخبر المدينة الطائف "
        "الكويت الاردن الامارات الشارقة البحرين المنامة الدوحة اليمن السودان الخرطوم القاهرة "
        "الاسكندرية الجيزة الان اليوم الحين الاول الاخر البداية المغرب الجزائر الشام اللاذقية "
        "القدس الخليل السوق البيت العمل المحل الموقع"
    )
)
# Given names that are spelled like a greeting or a little word (علي like على).
_ALSO_NAMES = frozenset(
    words("علي فرح بشرى ولاء رجاء هناء آية نور سلام صباح رحمة خير هادي امين تمام حلو زين كريم فادي")
)
_SURELY_NAMES = frozenset(words("علي فرح بشرى ولاء هادي فادي"))
# «د. هاني», «ا/ طارق», "Mr. Cole": the sign would end the name.
_TITLED = re.compile(r"(?<![^\W\d_])(?:[اأدم]|mr|mrs|ms|dr|eng)\s*[./]\s*(?=\w)", re.IGNORECASE)
_HERE = re.compile(r"(^|[\n.,!]\s*|\b(?:[Hh]i|[Hh]ey|[Hh]ello)\W+)((?:[A-Z]\w+ ){2,3})here\b")
_CLAUSE_END = re.compile(r"[,.،;؛\n?؟!]")
# «7aider»: Arabic in Latin letters writes some letters as digits.
_DIGIT_LETTER = re.compile(r"(?<!\d)[235679](?=[a-z])|(?<=[a-z])[235679](?!\d)", re.IGNORECASE)
_LETTER = r"(?:[^\W\d_][\u064b-\u0652]*|(?<!\d)[235679](?=[a-zA-Z])|(?<=[a-zA-Z])[235679](?!\d))"
_LETTERS = re.compile(rf"{_LETTER}+(?:[-'’]{_LETTER}+)*")
_NOT_NAMED = re.compile(r"[?؟\d@/:]")
_ALSO_FINE = frozenset(words("اكد ثبت صح نعم شكرا yes thanks"))
# Folded they are «حسناً» and «عذراً».
_WITH_HAMZA = frozenset({"حسناء", "عذراء"})
_TALK = frozenset({"ack", "thanks", "greeting"})
_CALLS = frozenset(words("يا ya"))
# What hands over one's data.
_HANDING = frozenset(
    words(
        "تفضل تفضلي تفضلو اتفضل اتفضلي اتفضلو هذي هذه هاي دي بياناتي بيانات البيانات معلوماتي "
        "معلومات المعلومات خذ خذي خد خدي خذو خذوا خدو خدوا هاك هاكي هاكم اكتب اكتبي اكتبو اكتبوا "
        "سجل سجلي سجلو سجلوا تفضلوا اتفضلوا التفاصيل تفاصيلي عيني عينك "
        "here are my details data info is it you go this below tfadal tfaddal itfadal bayanati"
    )
)
_OF_DATA = frozenset(words("الطلب التوصيل"))  # «بيانات التوصيل»
_WITH_YOU = frozenset(words("عندك عندكم عندكن عندكو 3andak"))  # «سجل عندك»
_NISBA = re.compile(r"ال\w{2,}ي")


def introduced(text: str) -> bool:
    """Whether a name is announced: «اسمي …», "my name is …"."""
    return _announced(text) is not None


def presented(text: str) -> bool:
    """Whether somebody says who they are, by a name that surely is one: «أنا سامر خوري»."""
    said = PRESENTED.search(text)
    return (
        said is not None and _begins_name(said[1]) and not _asked_back(text, said[1], beside=True)
    )


def without_introduction(text: str, name: str) -> str:
    """A text without the name that it announces, and without what announces it."""
    said = _announced(text) or PRESENTED.search(text)
    if said is None or name not in said[0]:
        return text
    end = said.start() + said[0].index(name) + len(name)
    before = PUT.sub("", correcting.before(text[: said.start()], "name"))
    return f"{before}\n{correcting.behind(text[end:], 'name')}".strip()


def name(
    text: str, taken: frozenset[str], *, asked: bool, alone: bool, beside: bool = False
) -> str:
    """The name in a text; empty when there is none.

    Args:
        text: one message.
        taken: folded words that name products, and so no person, unless somebody who was asked
            for their name says that it is theirs.
        asked: whether we have just asked for it.
        alone: whether the text may be nothing but a name, for it gives no other field.
        beside: whether a name is read beside a question, which is answered by itself.
    """
    sold = frozenset() if asked else taken
    if said := _announced(text):
        if _asked_back(text, said["value"], beside=beside):
            return ""
        return _name_of(_value(said["value"]), sold, asked=True) or _praised_so(said["value"])
    if said := PRESENTED.search(text):
        sold = sold if _begins_name(said[1]) else taken
        found = (
            ""
            if _asked_back(text, said[1], beside=beside)
            else _name_of(said[1], sold, asked=asked)
        )
        arabic = fold(said[0]).startswith(("ana ", "ani "))
        sure = arabic or found.istitle() or (asked and _begins_name(found))
        plain = language(text) == "en" and not sure  # "it's urgent"
        return "" if plain else found
    bare = TELEPHONE.sub(" ", text).strip(" ،,.-")
    return _name_of(bare, taken, asked=asked and surely(bare), whole=True) if alone else ""


def untitled(text: str) -> str:
    """A text without titles that end in a sign: «د. هاني»; "Emma Stone here" says who it is."""
    return _HERE.sub(r"\1this is \2", _TITLED.sub("", text))


def surely(text: str) -> bool:
    """Whether a text begins as only a name does: «ابو علي», «د. هاني», "Layla Hassan"."""
    said = words(_TITLED.sub(" ", text))
    if not said or _length(said) > NAME_WORDS_MAX + 1 or called_so(said) or says_yes(text):
        return False
    first, rest = said[0], said[1:]
    if rest and text.split(maxsplit=1)[0] in _WITH_HAMZA:
        return True
    if first in KUNYA or (first in TITLES and len(first) > 1):
        return bool(rest)
    if _of_god(said[:2]):
        return True
    follows = bool(rest) and (rest[0] in GIVEN or rest[0] in KUNYA)
    told = {*understood(first).meanings, *understood(text).meanings} & {"greeting"}
    if _spelled_given(first):
        return bool(rest)
    return first in GIVEN and (follows or not (told or understood(first).meanings))


def _of_god(said: Sequence[str]) -> bool:
    """Whether two folded words are one name: «عبد الإله»."""
    return len(said) > 1 and said[-2] == "عبد" and said[-1].startswith("ال")


def _spelled_given(word: str) -> bool:
    """Whether a folded word is a name in Latin letters with Arabic ones among them: «7aider»."""
    return bool(_DIGIT_LETTER.search(word)) and not GIVEN.isdisjoint(arabic_spellings(word))


def _announced(text: str) -> re.Match[str] | None:
    """What announces a name, and the name and what goes on behind it as `value`."""
    if (said := ON_BEHALF.search(text)) is not None:
        basem = fold(said[1]) == "باسم" and fold(said[3]) not in WOMEN | KUNYA | TITLES
        if not basem and _begins_name(said["value"]):
            return said
    if (said := RECEIVES.search(text)) is not None and _begins_name(_own_name(said["value"])):
        return said
    return INTRODUCED.search(text)


def _own_name(value: str) -> str:
    """A name without whose it is: «اخوي مصطفى»."""
    bare = OF_KIN.sub("", value)
    return bare if bare != value and _begins_name(bare) else value


def _praised_so(value: str) -> str:
    """A name that is praise of things as well, where it is announced and alone: «اسمي غالية»."""
    clause = _CLAUSE_END.split(value.strip(), maxsplit=1)[0].strip()
    first, *rest = words(clause) or [""]
    alone = not rest or (len(rest) == 1 and rest[0].startswith("ال"))
    return clause if alone and first in PRAISES_TOO else ""


def _asked_back(text: str, value: str, *, beside: bool) -> bool:
    """Whether a name is asked about, and not told beside a question: «معك فرح، متى توصلون؟»."""
    if not {"?", "؟"} & set(text) or not beside:
        return bool({"?", "؟"} & set(text))
    told = _name_of(value, frozenset(), asked=True) if _begins_name(value) else ""
    behind = value.partition(told)[2] if told else ""
    return not any(map(str.isalpha, re.split("[?؟]", behind, maxsplit=1)[0]))


def _begins_name(text: str) -> bool:
    """Whether a text begins with a name that surely is one, whatever goes on behind it."""
    said = words(_TITLED.sub(" ", text))[:2]
    sure = surely(" ".join(said)) or surely(" ".join(said[:1]))
    return sure or (CAPITALS.match(text) is not None and NO_NAMES.isdisjoint(said))


def _length(said: Sequence[str]) -> int:
    """How many names a name is made of."""
    return sum(fold(word) not in _JOINING for word in said)


def _value(text: str) -> str:
    """What is announced as a name, without what it is not: «سارا مو سارة»."""
    return correcting.undenied(_own_name(correcting.after(text, "name")))


def apart(text: str) -> list[str]:
    """What is said before a name that surely is one, and the name: «تمام سارة محمود»."""
    if INTRODUCED.search(text) or PRESENTED.search(text):
        return [text]
    said = text.replace(":", " ").split()
    for at in range(min(len(said), LEADING_WORDS_MAX)):
        before, word, rest = words(" ".join(said[:at])), fold(said[at]), " ".join(said[at:])
        known = word in GIVEN or word in KUNYA or word in TITLES or _spelled_given(word)
        if known or (at and CAPITALS.fullmatch(rest) and NO_NAMES.isdisjoint(words(rest))):
            called = before[-1:] and before[-1] in _CALLS  # «تمام يا قمر»
            sure = not called and (not known or surely(" ".join(said[at : at + 2])))
            thanked = "thanks" in understood(" ".join(before)).meanings
            sure = sure and not _for_what(rest, thanked=thanked)
            if at and sure and before[-1:] not in (["al"], ["el"], ["ال"]):  # "Al Reem"
                return [" ".join(said[:at]), rest]
            if at or sure:
                return [text]  # «زين علي» is a man, «زين» alone says yes
        if not _leads([*before, word]):
            break
    return [text]


def _for_what(text: str, *, thanked: bool = False) -> bool:
    """Whether a text says for what somebody thanks: «على التوضيح»; «علي الحسن» is a man."""
    plain = thanked or text.startswith("على ")
    said = words(text)[:2]
    return plain and courtesy.about(said) and without_article(said[1]) not in GIVEN


def hands_over(said: Sequence[str]) -> bool:
    """Whether folded words only hand over what follows: «تفضل», "here are my details"."""
    return not _HANDING.isdisjoint(said) and _leads(said)


def _leads(said: Sequence[str]) -> bool:
    """Whether folded words only lead to a name: praise, thanks, «هذي بياناتي»."""
    rest = [
        word
        for before, word in zip(["", *said], said, strict=False)
        if word not in _HANDING | _OF_DATA
        and not (word in _WITH_YOU and before in _HANDING)
        and not courtesy.courteous([word])
    ]
    told = understood(" ".join(rest))
    return not told.terms and not told.asks and set(told.meanings) <= _TALK


def plausible(value: str) -> bool:
    """Whether a text can be a person's name: letters, few words, no greeting and no answer."""
    said = value.split()
    if len(said) > NAME_PARTS_MAX:
        return False
    begun = " ".join(said[:NAME_WORDS_MAX])
    return sum(map(str.isalpha, value)) > 1 and bool(_name_of(begun, frozenset(), whole=True))


def family(text: str, taken: frozenset[str]) -> str:
    """The family that a text is: «من القوي», «آل سعيد»; empty when it is a place or a time."""
    found = _FAMILY.match(" ".join(re.sub(r"[^\w\s'-]", " ", text).split()))
    if not found:
        return ""
    told, said = understood(found[1]), words(found[1])
    if told.meanings or told.asks or _NO_FAMILY & set(said) or _NOT_NAMED.search(text):
        return ""
    if any(form in taken for word in said for form in forms(word)):
        return ""
    return " ".join(found[1].split())


def _name_of(text: str, taken: frozenset[str], *, asked: bool = False, whole: bool = False) -> str:
    """The name that a text begins with, or, when `whole`, that the text is."""
    text = _TITLED.sub(" ", text).strip()
    if whole and _NOT_NAMED.search(_DIGIT_LETTER.sub("", text)):
        return ""
    parts = _CLAUSE_END.split(text, maxsplit=1)[0] if not whole else text
    if called_so(words(parts)) or says_yes(parts) or _for_what(parts):
        return ""
    if fold(parts.split(" ")[0]) == "ربي" and "thanks" in understood(parts).meanings:
        return ""  # «ربي يحفظك» is no Ruba
    kept: list[str] = []
    asked = asked or surely(parts)
    letters = _LETTERS.findall(parts)
    for at, part in enumerate(letters):
        said = [*kept, part]
        given = _also_given(said, last=at + 1 == len(letters)) or _given(said, taken, asked=asked)
        if (not given and _is_speech(said, taken)) or _length(kept) == NAME_WORDS_MAX:
            return "" if whole or not kept else " ".join(kept)
        kept.append(part)
    if whole and len(kept) == 1 and not kept[0].isalpha() and _DIGIT_LETTER.search(kept[0]):
        return ""  # «7abbtain» alone is rather a number of things than a name
    return " ".join(kept)


def _given(parts: Sequence[str], taken: frozenset[str], *, asked: bool) -> bool:
    """Whether the last of these words is a name for sure, whatever else it may mean.

    A word of what is sold is one beside another name, or where a name was asked for: «كريم».
    """
    said = [fold(part) for part in parts]
    word, before = said[-1], said[-2] if len(said) > 1 else ""
    if word in NO_NAMES or digit(word) or (before and _joins(word)):
        return False
    if before in KUNYA or before in TITLES or _of_god(said):
        return True
    if len(said) == 2 and before in GIVEN and asked and not _answers(word):  # noqa: PLR2004
        if _NISBA.fullmatch(word):
            return True  # «سحر النابلسي», where «كنافة نابلسية» is sold
        return word not in taken and not understood(word).asks
    known = word in GIVEN or (bool(before) and without_article(word) in GIVEN)
    if before:
        return known or _spelled_given(word)
    beginning = (
        known
        or (asked and _spelled_given(word))
        or word in KUNYA
        or (word in TITLES and len(word) > 1)
    )
    told = understood(word)
    plain = bool(told.terms) and not told.meanings and taken.isdisjoint(forms(word))
    return beginning and (asked or plain)


def _is_speech(parts: Sequence[str], taken: frozenset[str]) -> bool:
    """Whether the last of these words cannot go on a name that the others began."""
    word = fold(parts[-1])
    if len(parts) > 1 and word in _JOINING:
        return False
    joins = len(parts) > 1 and _joins(word)
    if word in NO_NAMES or digit(word) or joins or _pleads(parts[-1]):
        return True
    also = without_article(word) if len(parts) > 1 else word  # «محمد العلي»
    if also in _SURELY_NAMES or (len(parts) > 1 and not _ALSO_NAMES.isdisjoint((word, also))):
        return False
    # «سحر النابلسي», though a sweet is called so too; «Dana K.»
    family = fold(parts[0]) in GIVEN and _OF_A_PLACE.fullmatch(word)
    if len(parts) > 1 and (family or (len(word) == 1 and word.isascii())):
        return False
    told = understood(word)
    # "Maryam Hadi": a capital after a name is no little word.
    latin = len(parts) > 1 and word.isascii() and all(part[0].isupper() for part in parts)
    if latin and len(word) >= _CAPITAL_CHARS_MIN and not told.meanings:
        return not taken.isdisjoint(forms(word))
    return not told.terms or bool(told.meanings) or not taken.isdisjoint(forms(word))


def _also_given(parts: Sequence[str], *, last: bool) -> bool:
    """Whether the last of these words is a name as it is written, or in its place.

    «هناء» is no «هنا», and «طالب» ends a name: «زينب طالب».
    """
    if fold(parts[-1]) not in GIVEN:
        return False
    behind = len(parts) > 1 and fold(parts[-2]) in GIVEN
    return parts[-1].endswith("اء") if len(parts) == 1 else behind and last


def _answers(word: str) -> bool:
    """Whether a word beside a name says that all is well: «علي تمام»."""
    return word in _ALSO_FINE or courtesy.praises(word)


def _pleads(part: str) -> bool:
    """Whether a word praises or excuses; «حسناء» with its ء is a woman, «جميل» a man."""
    word = fold(part)
    return (
        word not in GIVEN and (courtesy.praises(word) or courtesy.excuses(word)) and part[-1] != "ء"
    )


def _joins(word: str) -> bool:
    """Whether «و…» goes on to something else: «محمد ومحلي في الرياض»."""
    return word.startswith("و") and len(word) > len("وجد") and word not in WAW_NAMES
