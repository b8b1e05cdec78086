"""What is to be done with an order, and yes and no, in every dialect; pure.

Entries are written as people write them, and folded when the module loads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from hudhud.responders.lexicon.arabizi import spelled
from hudhud.responders.lexicon.imperatives import IT, SENT, US, bid
from hudhud.responders.lexicon.own import he_bought
from hudhud.responders.selling.giving_up import gives_up
from hudhud.text import words

Deed = Literal[
    "want", "take", "more", "remove", "make", "swap", "yes", "confirm", "fine", "no", "later",
    "cancel", "rethink", "done",
]  # fmt: skip

_SAID: dict[Deed, str] = {
    "want": (
        "خاصني, خصني, خاصنا, خصنا, لازملي, لازمنا, محتاجين, ودنا, بحاجه, ينقصني, "
        "بغينا, عايزين, عاوزين, بدنا, بدي ياه, بدي ياها, ودي, حاب, حابه, حابب, حابين, نحب, "
        "محتاج, محتاجه, نحتاج, لازمني, خاطري, اود, نود, ارغب, نرغب, i want, i need, i would "
        "like, id like, i d like, we want, we need, wed like, need, wanna, wana, looking for, "
        "id want, i d want, would like, gimme, needed, id need"
    ),
    # Who says so does not ask about a thing any more.
    "take": (
        "راح اخذ, خذ لي, حط لي, سجلي, سجل لي, هات لي, جيب, جيب لي, عطيوني, ارسل لي, ارسلي, "
        "ودولي, سيفطو ليا, صيفط ليا, وصللي, وصلولي, i will take, ill take, i ll take, we will "
        "take, well take, give me, get me, send me, can i have, can i get, could i have, "
        "could i get, let me have, let me get, may i have, ill have, i ll have, i will have, "
        "please take"
    ),
    "more": (
        "اضافه, كمان, برضو, برضه, ايضا, وفوقه, حتى, وياه, وياها, وياهم, وياهن, معاه, "
        "معها, معاها, معهم, معاهم, معهن, معاهن, معهما, معاهما, وياهما, add, also, "
        "another, extra, plus, as well, too, more, اضيفي"
    ),
    "remove": (
        "ازاله, اسقط, بلا, بلاش, بدون, من دون, ما اريد, ما ابي, مابي, ما ابغى, مابغى, ما "
        "ابغا, ما بدي, مابدي, مش عايز, مش عايزه, مش عاوز, مش عاوزه, ما بغيت, ما بغيتش, "
        "مابغيتش, مبغيتش, ما عاد اريد, لا اريد, ما نحب, مو عايز, خلاص بدون, remove, delete, "
        "take out, take off, drop, leave out, without, no more, dont want, do not want, dont "
        "need, do not need, no need for, get rid of, take away"
    ),
    "make": (
        "خلي العدد, خلي, رده, ردها, ردهم, صير, سوي, اعمله, اعملها, اعملهم, عملها, تعديل, "
        "اعملهن, عملهن, اعمليها, اعمليهم, اعمليهن, اعملوها, اعملوهم, اعملوهن, سويهن, سووها, سووهم, "
        "تغيير, دير, قصدي, اقصد, اصلح, بس خليها, make it, make them, make that, make the, "
        "change, change it, change to, set, update, i meant, i mean, rather, خل, خلوا"
    ),
    "swap": (
        "بدال, بداله, بدالها, بدالهم, بدالهن, مكانه, مكانها, مكانهم, مكانهن, محلها, محلهم, عوضه, "
        "عوضها, عوضهم, بلاصته, بلاصتو, بلاصتها, بلاصتهم, instead, instead of, in place of, "
        "in its place, replace, swap, switch, rather than"
    ),
    "yes": (
        "y, نعم, اي, اي نعم, ايه, ايييه, ايوه, ايوا, ايو, ايوة, اه, آه, اها, اجل, بلى, يب, "
        "ياب, يس, اكيد, طبعا, بالتاكيد, بالتأكيد, موافق, موافقه, موافقين, اوافق, أوافق, "
        "نوافق, وافقت, بلي, بلا شك, معلوم, اومال, امال, هيه, إيه, وي, yes, yeah, yep, yup, "
        "ya, yea, sure, of course, definitely, absolutely, correct, oui, yess, yas, yeh, "
        "yeap, yh, akeed, akid, surely, certainly, indeed, affirmative, اي والله, اي بالله, "
        "إي والله"
    ),
    "confirm": (
        "اوكد, نوكد, بأكد, تاكيد, التاكيد, تثبيت, نعتمد, معتمد, سجله, سجلها, سجلوه, سجل "
        "الطلب, احجزه, احجزها, اطلبه, اطلبها, ابعثه, ابعته, ارسله, جهزه, جهزوه, كونفيرمي, "
        "كونفيرم, نكونفيرمي, كنفرم, confirm, confirmed, i confirm, confirm it, place it, "
        "place the order, place my order, place order, go for it, lets do it, lets go, all "
        "good, good to go, go ahead, proceed, do it, book it, order it, buy it, check out, "
        "checkout, complete it, complete the order, finalize, finalise, submit, confrim, "
        "comfirm, confirmer, confirme, confirmez, je confirme, valider, valide, validez, "
        "yes please do, thats the one, thats all correct, go on, كملوها"
    ),
    "fine": (
        "تمام, تمم, طيب, زين, خوش, اوكي, اوك, اوكيه, اوكى, اوكاي, ماشي, ماشى, "
        "حاضر, تم, خلاص, "
        "حلو, ممتاز, واخا, صافي, مزيان, باهي, صار, يلا, يلا بينا, اتفقنا, مضبوط, صح, صحيح, "
        "مية مية, عظيم, زي الفل, فل الفل, عال العال, تمام التمام, بالظبط, بالضبط, بالزبط, على "
        "بركه الله, على خيره الله, بسم الله, ماكو مشكله, ما في مشكله, مافي مشكله, مفيش مشكله, "
        "مش مشكله, مو مشكله, لا مشكله, ما عندي مانع, معنديش مانع, لا مانع, ما يخالف, مايخالف, "
        "ميخالف, هذا ما, هذا الي, هذا هو, هذا اللي, متل ما, مثل ما, زي ما, كيف ما, كما هو, "
        "كما هي, ما شاء الله, ماشاء الله, لا تنسون, لا تتاخرون, لا تنسى, لا شي, no problem, "
        "no worries, no change, no changes, nothing to change, ماكو تغيير, مافي تغيير, ما في "
        "تغيير, مفيش تغيير, مافيش تغيير, بدون تغيير, لا تغيير, ميه بالميه, ok, okay, okey, "
        "okk, okie, k, great, perfect, fine, good, alright, all right, cool, right, looks "
        "good, thats right, thats correct, that is right, sounds good, الصح, okej, oke, fine "
        "by me, works, works for me, spot on, exactly, exactly right, bang on, alrighty"
    ),
    "no": (
        "لا, لأ, لاء, لالا, كلا, مو, مب, مهب, موب, مش, ما, مافي, ولا, لم, لن, مانيش, no, "
        "nope, nah, not, dont, never, non"
    ),
    "later": (
        "بعدين, لاحقا, فيما بعد, مو هسه, مو هسا, مو الحين, مو الان, مش دلوقتي, مش هلا, مش "
        "هلق, مو هلق, ماشي دابا, مش الان, ليس الان, خليني افكر, خليني اشوف, بفكر, افكر, هفكر, "
        "رح فكر, نفكر, انتظر, استنى, استني, اصبر, لحظه, دقيقه, شوي, شويه, بعد شوي, راجعلكم, "
        "ارجعلكم, برجعلكم, ارد عليكم, برد عليكم, later, not now, not yet, wait, let me think, "
        "think about it, hold on, one moment, another time, maybe later"
    ),
    "cancel": (
        "تلغون, تلغوا, تلغو, تلغي, تلغيه, تلغيها, تلغوه, تلغوها, تلغونه, تلغونها, نلغيه, نلغيها, "
        "الغيلي, الغولي, تكنسل, تكنسلون, كنسلي, كنسلو, "
        "ما بقيتش باغي, ما بقيتش باغيه, مابقيتش باغي, مابقيتش باغيه, مبقيتش باغي, ما بقيتش بغيت, "
        "لغي, لغيه, لغيها, لغوه, لغوها, لغيلي, لغولي, الغ, "
        "الغي, الغيه, الغيها, الغوه, الغوا, الغو, الغاء, إلغاء, نلغي, بلغي, بدي الغي, "
        "كنسل, كنسله, كنسلها, كنسلوا, اكنسل, انسى, انسوا, انسى الموضوع, بطلت, هونت, ما عاد "
        "بدي, ما عاد ابي, ما عاد اريد شي, فضي السله, فرغ السله, cancel, cancel it, cancel that, "
        "cancel everything, forget it, never mind, nevermind, empty the cart, empty my cart, "
        "clear the cart, clear my cart, start over"
    ),
    # With what is wanted instead it changes the order, alone it drops it.
    "rethink": (
        "غيرت رايي, غيرت رأيي, بدلت رايي, غيرت فكري, غيرت راي, غيرنا راينا, changed my mind, "
        "change my mind"
    ),
    "done": (
        "بس هذا, هذا بس, بس هيك, بس كذا, بس كده, هذا كل شي, هذا كل شيء, هيك بس, هاد هو, بس "
        "كدا, لا بس هذا, لا بس هيك, لا بس كذا, لا بس كده, ولا شي, ولا شيء اخر, لا "
        "شيء اخر, no thats all, no thats it, خلصت, thats all, that is all, thats "
        "it, nothing else"
    ),
}  # fmt: skip
# Arabic in Latin letters, of which every word is written in many ways.
_LATIN_SAID: dict[Deed, str] = {
    "want": (
        "abi, aby, abgha, bghit, bde, bdi, bdy, biddi, badde, baddi, areed, arid, n7eb, "
        "m7taj, m7taja, nebi, nabgha, ba8ena, bghina"
    ),
    "take": "hat, hatli, bakhod, hakhod, akhod, akhoth, hati, hato",
    "more": (
        "kaman, kamen, bardo, bardu, ma3o, ma3ah, ma3ha, ma3aha, ma3hom, ma3ahom, ma3hon, "
        "ma3hum, ma3ahum, wiyah, wiyaha, wiyahom, wiyahum, wiyyah, wiyyaha"
    ),
    "remove": "bala, bidoun, bdoun, mabi, ma bde, ma bdi, msh 3ayez, msh 3ayza, ma badde, ma abi",
    "swap": (
        "badal, baddel, bdal, badalo, badalha, bdalha, bdalo, badalhom, makano, makanha, mkano, "
        "mkanha, 3awado, 3awadha, blasto, blastha, plasto, plastha"
    ),
    "yes": (
        "aywa, aiwa, aywah, aywa, ee, eh, eeh, ey, na3am, naam, ah, aah, mwafe2, mwafiq, "
        "iyeh, iyyeh, iyyah, "
        "ajal, wah, waah, ewa, iwa, hih, heh, eih, ayoh, mwaf2, mwaf2a, muwafiq, muwafiqa"
    ),
    "confirm": "akid el talab, konfirmi, conferm",
    "fine": (
        "tamam, tmam, mashi, wakha, safi, zain, zein, tayeb, tayyeb, tayib, 5osh, khosh, "
        "7elw, 7elo, mezyan, mzyan, bahi, kwayes, mni7, mnee7, 3al, mazbout, mazboot, mazbut, "
        "sa7, sah, sa7i7, kida, keda, keda kwayes, heik, hek, khalas, 5alas, tmem"
    ),
    "no": "la2, laa, la2a, mo, mesh, msh, mish, mou",
    "later": "ba3den, ba3dein, mo hassa, mo al7een, mesh dilwa2ti, mish halla2, estanna, stanna",
    "cancel": "alghi, elghi, el8i, al8i, elghy, kansel, kansil, cansel",
    "rethink": "ghayart ra2yi, ghayyart ra2yi",
    "done": "bas heek, bas keda, bas hay, bas kida, bas hek",
}  # fmt: skip
# «ايي», «تمامم»
_DOUBLED = re.compile(r"([^\W\da-z])\1+")
# Of a sound of two letters a word is no longer than four: "laa", "eeh".
_SOUND_CHARS_MIN, _SHORT_CHARS_MAX = 3, 4
# «ابعتوهن», «دزه», «وصلوها»: said of what was shown it is a yes, elsewhere it may be of anything.
_SENDABLE = "|".join(words(f"{SENT} مشي وصل شحن اشحن كمل خلص"))
_SENDS = re.compile(rf"[وف]?[ابنه]?(?:{_SENDABLE})(?:ي|وا?|ا)?{IT}?{US}?{IT}?")
_LATIN_SENDS = frozenset(
    spelled(word)
    for word in words(
        "eb3at eb3ato eb3atha ab3at eb3t eb3to ersel erselo ersl dez dezo dezha sayfet"
    )
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
        "حسنا عيوني عيني قلبي خوي خوية اخوي حجي ريس معلم برنس كبير غاليه عزيزي عزيزتي ورده"
    )
)
_ENGLISH_MAKES, _ENGLISH_IT = frozenset({"make", "change"}), frozenset({"it", "that", "them"})
_IT_APART = frozenset(words("ياه ياها ياهم yah yaha yahom"))
_ARABIC_IT, _LATIN_IT = ("ه", "ها", "هم", "هن"), ("ha", "ah", "eh", "uh", "hom", "hum", "hon")
_NEVER = frozenset(words("لا ما بلا"))
_ELSE = frozenset(words("تاني تانيه ثاني ثانيه اخر اخرى غيره غيرها غيرهم غير زياده كمان"))
_TAKES, _AWAY = frozenset(words("take leave kick pull")), frozenset({"out", "off"})
_PARTED_MAX = 6
_DO_NOT = frozenset({"dont", "not", "never"})
_NOT = frozenset(words("ما مش مو مب موب ma msh mesh mo mou mub"))


class Mark(msgspec.Struct, frozen=True):
    """A deed that is named, and the folded words, by place, that name it."""

    deed: Deed
    start: int
    end: int


def _table() -> dict[str, list[tuple[tuple[str, ...], Deed]]]:
    table: dict[str, list[tuple[tuple[str, ...], Deed]]] = {}
    for said, key in ((_SAID, str), (_LATIN_SAID, _sound)):
        for deed, rows in said.items():
            for row in rows.split(","):
                phrase = tuple(map(key, words(row)))
                table.setdefault(phrase[0], []).append((phrase, deed))
    return table


def _sound(word: str) -> str:
    return f"*{spelled(word)}"


def _sounds(word: str) -> tuple[str, ...]:
    """What a folded word may stand for in the table: English as it is written, Arabic as it sounds.

    "sorry" is no "sure", and «laila» no «la2»: where little is left, little was said.
    """
    if not word[0].isascii() or len(word) == 1:
        return (word,)
    sound = _sound(word)
    arabic = len(word) <= _SHORT_CHARS_MAX or any(map(str.isdecimal, word))
    return (word, sound) if arabic or len(sound) > _SOUND_CHARS_MIN else (word,)


_TABLE = _table()


def marks(said: Sequence[str]) -> list[Mark]:
    """The deeds that folded words name, in the order said; the longest way of saying wins."""
    found: list[Mark] = []
    at = 0
    while at < len(said):
        deed, length = _longest(said, at)
        if deed in (None, "take") and _takes_out(said, at):
            deed, length = "remove", 1
        if deed and not he_bought(said, at):
            found.append(Mark(deed, at, at + length))
        at += max(1, length)
    return found


def _takes_out(said: Sequence[str], at: int) -> bool:
    """Whether English parts a deed in two: "take the strings out", "leave the caps off"."""
    if said[at] not in _TAKES or "out" in said[at + 1 : at + 2]:
        return False
    ends = next((n for n in range(at + 2, len(said)) if said[n] in _AWAY), 0)
    return bool(ends) and ends - at <= _PARTED_MAX


def brings(word: str) -> bool:
    """Whether a folded word is what somebody else shall do with it: «خلي يجيبها»."""
    return word[0] in "يت" and sends(word[1:])


def nods(text: str) -> bool:
    """Whether a sign of consent stands in a text: 👍."""
    return not _NODS.isdisjoint(text)


def turns_it(said: Sequence[str]) -> bool:
    """Whether what was spoken of shall be another thing: «غيره لاتيه», "change it to a latte"."""
    for word, then in zip(said, [*said[1:], ""], strict=True):
        latin = word[0].isascii()
        if (word in _ENGLISH_MAKES and then in _ENGLISH_IT) or (
            bid(word)[0] == "make"
            and (then in _IT_APART or word.endswith(_LATIN_IT if latin else _ARABIC_IT))
        ):
            return True
    return False


def sends(word: str) -> bool:
    """Whether a folded word bids us send, prepare or take down what was shown: «ابعتوه»."""
    if word[0].isascii():
        return spelled(word) in _LATIN_SENDS
    return bool(_SENDS.fullmatch(word))


def little(said: Iterable[str]) -> bool:
    """Whether folded words say nothing beside a yes or no."""
    return all(word in _LITTLE for word in said)


def _longest(said: Sequence[str], at: int) -> tuple[Deed | None, int]:
    if given_up := gives_up(said, at):
        return "cancel", given_up
    best: tuple[Deed | None, int] = (None, 0)
    first = said[at]
    # «وشيل», «فخليها»: what is joined to the word before.
    joined = first[1:] if first[0] in "وف" and len(first) > len("وشي") else first
    forms = dict.fromkeys((first, joined, _DOUBLED.sub(r"\1", first)))
    for phrase, deed in (row for f in forms for key in _sounds(f) for row in _TABLE.get(key, ())):
        heard = said[at + 1 : at + len(phrase)]
        whole = len(heard) == len(phrase) - 1
        if len(phrase) > best[1] and whole and all(map(_is, heard, phrase[1:])):
            best = (deed, len(phrase))
    if _forbids(first, said[at + 1 : at + 2]):
        return "cancel", 2
    unwanted = first in _NOT and any(
        "want" in (bid(word)[0], bid(word.removesuffix("ش") or "-")[0])
        for word in said[at + 1 : at + 2]
    )
    # «ما بدي شي تاني» gives nothing up, and takes nothing out.
    if unwanted and (
        other := [n for n in (2, 3) if not _ELSE.isdisjoint(said[at + n : at + n + 1])]
    ):
        return "done", other[0] + 1
    if unwanted and best[0] != "cancel":
        return "remove", 2  # «ما ابيه», «مش عايزاها»; «لا بدي ياه رمادي» begins anew after its no
    return best if best[0] else bid(first, *said[at + 1 : at + 2])


def _forbids(first: str, then: Sequence[str]) -> bool:
    """Whether we are bidden not to: «لا تكملوا», «ما تثبتون», "don't place"; «لا أكد» is a yes."""
    if first in _DO_NOT:
        return any(deed == "confirm" for one in then for _, deed in _TABLE.get(one, ()))
    bidden = (one for one in then if one[0] == "ت" and first in _NEVER)
    return any(bid(one)[0] in ("confirm", "take") or sends(one[1:]) for one in bidden)


def _is(word: str, key: str) -> bool:
    return key in _sounds(word)
