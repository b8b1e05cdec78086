"""What is to be done with an order, and yes and no, in every dialect; pure.

Entries are written as people write them, and folded when the module loads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal

import msgspec

from hudhud.responders.lexicon.arabizi import spelled
from hudhud.text import arabic_spellings, words

Deed = Literal[
    "want", "take", "more", "remove", "make", "swap", "yes", "confirm", "fine", "no", "later",
    "cancel", "rethink", "done",
]  # fmt: skip

_SAID: dict[Deed, str] = {
    "want": (
        "اريد, اريده, اريدها, نريد, ابي, ابيه, ابيها, نبي, ابغى, ابغي, ابغا, ابغاه, نبغى, نبغي, "
        "بغيت, بغينا, عايز, عايزه, عاوز, عاوزه, عايزين, عاوزين, بدي, بدنا, بدي ياه, بدي ياها, "
        "ودي, حاب, حابه, حابب, حابين, نحب, محتاج, محتاجه, احتاج, نحتاج, لازمني, خاطري, اود, نود, "
        "ارغب, نرغب, i want, i need, i would like, id like, i d like, we want, we need, wed like, "
        "need, wanna, wana, looking for, id want, i d want, would like, gimme, "
        "abi, aby, abgha, ab8a, b8it, bghit, bde, bdi, bdy, biddi, badde, baddi, 3ayez, 3ayza, "
        "3awez, 3awza, areed, arid, n7eb, m7taj"
    ),
    # Who says so does not ask about a thing any more.
    "take": (
        "خذلي, خدلي, اخذ, اخذه, اخذها, اخد, اخده, باخذ, باخذه, باخد, باخده, هاخد, هاخده, ناخذ, "
        "ناخد, راح اخذ, بأخذ, خذ لي, حطلي, حطولي, حط لي, سجلي, سجل لي, سجللي, هات, هاتلي, هاتولي, "
        "هات لي, جيب, جيبلي, جيبولي, جيب لي, اعطيني, اعطني, عطني, عطيني, عطوني, ادوني, اديني, "
        "عطيوني, ابعتلي, ابعتولي, بعتلي, بعتولي, ابعثلي, ابعثولي, ارسل لي, ارسلي, ارسلولي, "
        "ارسللي, دزلي, دزولي, ودولي, سيفطلي, سيفطو ليا, صيفط ليا, وصللي, وصلولي, جهزلي, جهزولي, i "
        "will take, ill take, i ll take, we will take, well take, give me, get me, send me, can i "
        "have, can i get, could i have, could i get, let me have, let me get, may i have, ill "
        "have, i ll have, i will have, please take, 3tini, a3tini, hat, hatli, jibli, geebli, "
        "7atli, 5odli, khodli, ba5od, bakhod, hakhod, a5od, akhod, a5oth, a5ath, akhoth"
    ),
    "more": (
        "زيد, زيدلي, زيدني, زيدوا, زود, زودلي, زودي, ضيف, ضيفي, ضيفلي, ضيفولي, اضف, اضيف, اضافه, "
        "كمان, برضو, برضه, ايضا, وياه, معاه, معها, معهم, وفوقه, حتى, add, also, another, extra, "
        "plus, as well, too, more, zid, zeed, zidli, deef, dif, kaman, kamen"
    ),
    "remove": (
        "شيل, شيلي, شيلو, شيلوا, شيله, شيلها, شيلهم, امسح, امسحي, امسحها, احذف, احذفي, احذفلي, "
        "احذفه, احذفها, حذف, ازل, ازاله, استبعد, حيد, حيدو, حيدي, حيدها, نحي, نحيو, طيح, اسقط, "
        "بلا, بلاش, بدون, من دون, ما اريد, ما ابي, مابي, ما ابغى, مابغى, ما ابغا, ما بدي, مابدي, "
        "مش عايز, مش عايزه, مش عاوز, مش عاوزه, ما بغيت, ما بغيتش, مابغيتش, مبغيتش, ما عاد اريد, "
        "لا اريد, ما نحب, مو عايز, خلاص بدون, remove, delete, take out, take off, drop, leave "
        "out, without, no more, dont want, do not want, dont need, sheel, shil, sheeli, shilo, "
        "e7thef, e7zef, bala, bidoun, bdoun, mabi, ma bde, ma bdi, msh 3ayez"
    ),
    "make": (
        "خليه, خليها, خليهم, خليهن, خليهون, خلوه, خلوها, خلوهم, خله, خلها, خلهم, خلي العدد, خلي, "
        "خلو, اجعله, اجعلها, اجعلهم, صير, صيرها, صيرهم, سويه, سويها, سويهم, سوي, اعمله, اعملها, "
        "اعملهم, عملها, عدل, عدله, عدلها, عدلي, تعديل, غير, غيره, غيرها, غيرهم, غيرلي, غيري, "
        "تغيير, حول, حوله, حولها, رده, ردها, ردهم, ديره, ديرها, ديرهم, دير, قصدي, اقصد, اصلح, بس "
        "خليها, make it, make them, make that, make the, change, change it, change to, set, "
        "update, i meant, i mean, rather, khaleeha, khaleehom, khaliha, khalihom, 5aleeha, "
        "5aleehom, 5alihom, 5aliha, khalleehon, 5alleehon, khalleha, ghayer, ghayyer, 8ayer, "
        "dirhom, dirha"
    ),
    "swap": (
        "بدل, بدله, بدلها, بدلهم, بدلي, بدال, بداله, بدالها, بدلا, استبدل, ابدل, "
        "instead, instead of, replace, swap, switch, rather than, badal, baddel, bdal"
    ),
    "yes": (
        "y, نعم, اي, اي نعم, ايه, ايييه, ايوه, ايوا, ايو, ايوة, اه, آه, اها, اجل, بلى, يب, ياب, "
        "يس, اكيد, طبعا, بالتاكيد, بالتأكيد, موافق, موافقه, موافقين, اوافق, أوافق, نوافق, وافقت, "
        "بلي, بلا شك, معلوم, اومال, امال, هيه, إيه, وي, yes, yeah, yep, yup, ya, yea, sure, of "
        "course, definitely, absolutely, correct, aywa, aiwa, aywah, aywa, ee, eh, eeh, ey, "
        "na3am, naam, ah, aah, akeed, akid, mwafe2, mwafiq, ajal, wah, waah, oui"
    ),
    "confirm": (
        "اعتمديه, اعتمديها, اعتمدوها, ثبتيه, ثبتيها, اكديه, اكديها, كمليه, كمليها, اكد, اكدي, "
        "اكده, اكدها, اكدوا, اكدو, اكدلي, اوكد, ااكد, نوكد, ناكد, بأكد, تاكيد, التاكيد, ثبت, "
        "ثبتي, ثبته, ثبتها, ثبتوا, ثبتو, ثبتوه, ثبتوها, ثبتلي, ثبتولي, اثبت, تثبيت, اعتمد, "
        "اعتمده, اعتمدها, اعتمدي, اعتمدوا, اعتمدوه, نعتمد, معتمد, كمل, كملي, كمله, كملها, كملوا, "
        "كملو, اكمل, تمم, اتمم, اتمه, نفذ, نفذه, سجله, سجلها, سجلوه, سجل الطلب, احجزه, احجزها, "
        "اطلبه, اطلبها, ابعثه, ابعته, ارسله, جهزه, جهزوه, كونفيرمي, كونفيرم, نكونفيرمي, كنفرم, "
        "confirm, confirmed, i confirm, confirm it, place it, place the order, place my order, "
        "place order, go for it, lets do it, lets go, all good, good to go, go ahead, proceed, do "
        "it, book it, order it, buy it, check out, checkout, complete it, complete the order, "
        "finalize, finalise, submit, akked, akid el talab, akkid, akkad, akdo, thabbit, thabbet, "
        "thabet, sabbet, sabet, kammel, kamel, konfirmi, e3tamed, conferm"
    ),
    "fine": (
        "تمام, تمم, طيب, زين, خوش, اوكي, اوك, اوكيه, اوكى, اوكاي, ماشي, ماشى, حاضر, تم, خلاص, "
        "حلو, ممتاز, واخا, صافي, مزيان, باهي, صار, يلا, يلا بينا, اتفقنا, مضبوط, صح, صحيح, مية "
        "مية, عظيم, زي الفل, فل الفل, عال العال, تمام التمام, بالظبط, بالضبط, بالزبط, على بركه "
        "الله, على خيره الله, بسم الله, ماكو مشكله, ما في مشكله, مافي مشكله, مفيش مشكله, مش "
        "مشكله, مو مشكله, لا مشكله, ما عندي مانع, معنديش مانع, لا مانع, ما يخالف, مايخالف, "
        "ميخالف, هذا ما, هذا الي, هذا هو, هذا اللي, متل ما, مثل ما, زي ما, كيف ما, كما هو, كما "
        "هي, ما شاء الله, ماشاء الله, لا تنسون, لا تتاخرون, لا تنسى, لا شي, no problem, no "
        "worries, ok, okay, okey, okk, okie, k, great, perfect, fine, good, alright, all right, "
        "cool, right, looks good, thats right, thats correct, that is right, sounds good, tamam, "
        "tmam, mashi, wakha, safi, zain, zein, tayeb, tayyeb"
    ),
    "no": (
        "لا, لأ, لاء, لالا, كلا, مو, مب, مهب, موب, مش, ما, مافي, ولا, لم, لن, مانيش, no, nope, "
        "nah, not, dont, never, la2, laa, la2a, mo, mesh, msh, mish, mou, non"
    ),
    "later": (
        "بعدين, لاحقا, فيما بعد, مو هسه, مو هسا, مو الحين, مو الان, مش دلوقتي, مش هلا, مش هلق, مو "
        "هلق, ماشي دابا, مش الان, ليس الان, خليني افكر, خليني اشوف, بفكر, افكر, هفكر, رح فكر, "
        "نفكر, انتظر, استنى, استني, اصبر, لحظه, دقيقه, شوي, شويه, بعد شوي, راجعلكم, ارجعلكم, "
        "برجعلكم, ارد عليكم, برد عليكم, later, not now, not yet, wait, let me think, think about "
        "it, hold on, one moment, another time, maybe later, ba3den, ba3dein, mo hassa, mo "
        "al7een, mesh dilwa2ti, mish halla2, estanna, stanna"
    ),
    "cancel": (
        "الغ, الغي, الغيه, الغيها, الغوه, الغوا, الغو, الغاء, إلغاء, نلغي, بلغي, بدي الغي, كنسل, "
        "كنسله, كنسلها, كنسلوا, اكنسل, انسى, انسوا, انسى الموضوع, بطلت, هونت, "
        "ما عاد بدي, ما عاد ابي, ما عاد اريد شي, مابي شي, ما اريد شي, ما بدي شي, مش عايز "
        "حاجه, فضي السله, فرغ السله, cancel, cancel it, cancel that, cancel everything, forget "
        "it, never mind, nevermind, empty the cart, empty my cart, clear the cart, clear my cart, "
        "start over, alghi, elghi, el8i, al8i, elghy, kansel, kansil, cansel"
    ),
    # With what is wanted instead it changes the order, alone it drops it.
    "rethink": (
        "غيرت رايي, غيرت رأيي, بدلت رايي, غيرت فكري, غيرت راي, غيرنا راينا, changed my mind, "
        "change my mind, ghayart ra2yi, ghayyart ra2yi"
    ),
    "done": (
        "بس هذا, هذا بس, بس هيك, بس كذا, بس كده, هذا كل شي, هذا كل شيء, هيك بس, هاد هو, بس كدا, "
        "خلصت, thats all, that is all, thats it, nothing else, bas heek, bas keda, bas hay"
    ),
}  # fmt: skip
# «ايي», «تمامم»
_DOUBLED = re.compile(r"([^\W\da-z])\1+")
_IT = "(?:ياه|ياها|ياهم|هم|هن|ها|ه|هون|و|ون)"
_US = "(?:ي?لي|ي?لنا|لنه)"
_SENT = (
    "ابعت ابعث بعت بعث ارسل رسل دز ودي صيفط سيفط جيب حط سجل جهز خذ خد احجز اطلب حضر اعمل سوي اكتب"
)
# «هاخده», «غناخد», «رح اخذها»: the future of every dialect before the verb.
_WILL = ("", "ب", "ه", "ح", "غ", "رح", "راح", "ر", "س", "د", "ك")
_TAKEN = " ".join(
    [f"{will}{verb}" for will in _WILL for verb in ("اخذ", "اخد", "ناخذ", "ناخد", "شتري", "اشتري")]
    + ["خذ", "خد"]
)
_WANTED = "اريد نريد ابي نبي ابغي ابغا نبغي نبغا عايز عايزا عاوز عاوزا بدي احتاج بغيت ندي"
# The imperative of the dialects: the verb, to whom it is said, and for whom or with what.
_VERBS: tuple[tuple[Deed, str, str], ...] = (
    ("take", _SENT, f"{_IT}?{_US}{_IT}?"),
    ("take", "اعط عط اد ناول", f"(?:ني|نا){_IT}?"),
    ("take", _TAKEN, f"{_IT}?"),
    ("want", _WANTED, f"{_IT}?"),
    ("remove", "شيل امسح احذف نحي حيد طيح", f"{_IT}?{_US}?"),
    ("make", "خل خلي غير عدل حول", f"(?:{_IT}{_US}?|{_US}{_IT}?)"),
    ("confirm", "اكد ثبت اعتمد كمل تمم مشي نفذ", f"{_IT}?{_US}?"),
    ("more", "زيد زود ضيف", f"{_IT}?{_US}?"),
)
_ORDERED = tuple(
    (deed, re.compile(rf"(?:{'|'.join(words(stems))})(?:ي|وا?|ا)?{ending}"))
    for deed, stems, ending in _VERBS
)
# «ابعتوهن», «دزه», «وصلوها»: said of what was shown it is a yes, elsewhere it may be of anything.
_SENDABLE = "|".join(words(f"{_SENT} مشي وصل شحن اشحن كمل خلص"))
_SENDS = re.compile(rf"[وف]?[ابنه]?(?:{_SENDABLE})(?:ي|وا?|ا)?{_IT}?{_US}?{_IT}?")
_LATIN_SENDS = frozenset(
    spelled(word)
    for word in words(
        "eb3at eb3ato eb3atha ab3at eb3t eb3to ersel erselo ersl dez dezo dezha sayfet"
    )
)
_LATIN_IT = re.compile(r"([a-z0-9]{3,}?)(?:eh|oh|ha|hom|hon|o|li|lo)")
_LATIN_CONFIRMS = frozenset(
    spelled(word) for word in words("thabbit thabbet thabet sabbet sabet akked akkid kammel kamel")
)
_NODS = frozenset("👍✅👌🆗☑✔🤝💯🫡")
_LITTLE = frozenset(
    words(
        "يا الله والله ان شاء بس هذا هاي هذه هو هي الطلب طلبي طلب الاوردر اوردر الكوموند هيك كذا "
        "كده لو سمحت سمحتي من فضلك رجاء حبيبي عيني اخي اختي عليه عليها علي كل شي شيء الان هسه هسا "
        "الحين دلوقتي هلق هلا دابا please the order my it that this them one all thanks thank you "
        "شكرا مشكور تسلم now i el al talab 6alab law sama7t hal ياه ياها ياهم قمر باشا غالي حياتي "
        "روحي فندم بليز يعني طبعا كفايه كافي يكفي فقط enough only just well so and و w pls plz طب "
        "ده دي دا i ill الي اليه لي لنا عندي معي معاي انا احنا هاد هاي هذي هادي هيدا منه منها "
        "عيوني عيني قلبي خوي خوية اخوي حجي ريس معلم برنس كبير غاليه عزيزي عزيزتي ورده"
    )
)


class Mark(msgspec.Struct, frozen=True):
    """A deed that is named, and the folded words, by place, that name it."""

    deed: Deed
    start: int
    end: int


def _table() -> dict[str, list[tuple[tuple[str, ...], Deed]]]:
    table: dict[str, list[tuple[tuple[str, ...], Deed]]] = {}
    for deed, rows in _SAID.items():
        for row in rows.split(","):
            phrase = tuple(_key(word) for word in words(row))
            table.setdefault(phrase[0], []).append((phrase, deed))
    return table


@lru_cache(maxsize=4096)
def _key(word: str) -> str:
    # One letter is no word in Latin letters: «ee» says yes, and "I" does not.
    return f"*{spelled(word)}" if word[0].isascii() and len(word) > 1 else word


_TABLE = _table()


def marks(said: Sequence[str]) -> list[Mark]:
    """The deeds that folded words name, in the order said; the longest way of saying wins."""
    found: list[Mark] = []
    at = 0
    while at < len(said):
        deed, length = _longest(said, at)
        if deed:
            found.append(Mark(deed, at, at + length))
        at += max(1, length)
    return found


def brings(word: str) -> bool:
    """Whether a folded word is what somebody else shall do with it: «خلي يجيبها»."""
    return word[0] in "يت" and sends(word[1:])


def nods(text: str) -> bool:
    """Whether a sign of consent stands in a text: 👍."""
    return not _NODS.isdisjoint(text)


def sends(word: str) -> bool:
    """Whether a folded word bids us send, prepare or take down what was shown: «ابعتوه»."""
    if word[0].isascii():
        return spelled(word) in _LATIN_SENDS
    return bool(_SENDS.fullmatch(word))


def little(said: Iterable[str]) -> bool:
    """Whether folded words say nothing beside a yes or no."""
    return all(word in _LITTLE for word in said)


@lru_cache(maxsize=4096)
def _imperative(word: str) -> Deed | None:
    """What a verb asks of us, said to one or to several, with what is attached to it.

    «ابعتيلي», «سجلوهالي», «خليهم», «اكدوها», «شيليه».
    """
    bare = word[1:] if word[0] in "وف" and len(word) > len("وشيلي") else word
    if (with_it := _LATIN_IT.fullmatch(word)) and spelled(with_it[1]) in _LATIN_CONFIRMS:
        return "confirm"  # «thabteh», "akkedha"
    latin = word[0].isascii() and any(map(str.isdecimal, word))
    for form in (word, bare, *(arabic_spellings(word) if latin else ())):
        for deed, pattern in _ORDERED:
            if pattern.fullmatch(form):
                return deed
    return None


def _longest(said: Sequence[str], at: int) -> tuple[Deed | None, int]:
    best: tuple[Deed | None, int] = (None, 0)
    first = said[at]
    # «وشيل», «فخليها»: what is joined to the word before.
    joined = first[1:] if first[0] in "وف" and len(first) > len("وشي") else first
    for form in dict.fromkeys((first, joined, _DOUBLED.sub(r"\1", first))):
        for phrase, deed in _TABLE.get(_key(form), ()):
            heard = tuple(_key(word) for word in said[at + 1 : at + len(phrase)])
            if len(phrase) > best[1] and heard == phrase[1:]:
                best = (deed, len(phrase))
    return best if best[0] else (_imperative(first), 1)
