"""What broke by itself, in words that no example of a complaint is made of."""

from __future__ import annotations

from collections.abc import Sequence

from hudhud.responders.lexicon.arabizi import spelled
from hudhud.text import words

_BROKE = words("تفركع تفرقع تهرس تخسر تقطع تفرشخ تخربق تفتق تشقق تكسر تزدع تحل")
# «تفتق»: it broke, or may break; of what came it did.
BREAKS = ", ".join([*(one for one in _BROKE if one != "تحل"), "منتهي", "منتهيه"])
# «تهرسات ليه الرويضة»: of what broke by itself, and whose it was; no example of a complaint.
BROKE = ", ".join(
    f"{broke}ات, {broke}ت ل{whose}, {broke} ل{whose}"
    for broke in _BROKE
    for whose in words("يا يه يها ينا يهم ي و ها نا")
)
# «بطلت تشتغل», "stopped charging": of any machine.
BROKE += "".join(
    f", {stopped} ~{does}"
    for stopped in words("بطل بطلت بطلو توقف توقفت")
    for does in words(
        "شتغل شحن فتح قفل ضوي نور سخن برد طبع صور رن سمع لقط لف دور ستجيب صب عمل مشي سحب كنس غسل "
        "عصر طلع حس"
    )
)
BROKE += "".join(
    f", stopped {doing}"
    for doing in words("charging heating cooling spinning printing responding turning ringing")
)
BROKE += "".join(
    f", keeps {doing}"
    for doing in words("crashing freezing overheating disconnecting restarting leaking flickering")
)
# «صارت تعلق», «صار يطفي لحاله»
BROKE += "".join(
    f", {became} ~{does}"
    for became in words("صار صارت صاير صايره بدا بدات بلشت بلش")
    for does in words("علق قطع طفي فصل سرب نقط رجف")
)
# What nobody may eat or drink.
POISONED = "".join(
    f", {took}{the}{what}"
    for took in ("شرب ", "شربت ", "اكل ", "اكلت ", "بلعت ")
    for the in ("", "ال", "من ال")
    for what in words(
        "شامبو صابون معقم كلور كلوركس منظف مبيض ديتول مطهر سم مبيد صمغ غراء مزيل اسيتون معطر عطر"
    )
)
POISONED += "".join(
    f", {took}{the} {what}"
    for took in ("drank", "ate", "eaten", "drunk")
    for the in ("", " the", " some", " your", " some of the")
    for what in words(
        "shampoo soap bleach detergent cleaner perfume glue sanitizer acetone poison battery pills"
    )
)
POISONED += ", جرعه زايده, جرعه زائده, overdose, overdosed, too many pills, حبوب كثير بالغلط"
# A child or an animal that took something in, and that nobody knows what is to be done.
_SMALL = frozenset(
    words(
        "ابني بنتي ولدي طفلي طفلتي الولد البنت الطفل الطفله البيبي الصغير الصغيره الصغيرون وليدي "
        "قطتي القطه البسه كلبي الكلب ابن بنت son daughter kid child baby toddler dog cat puppy"
    )
    + [spelled(word) for word in words("ibni ebni binti benti waladi wlidi weldi el6efl el2otta")]
)
_TOOK = frozenset(
    words(
        "شرب شربت شربها شربه اكل اكلت اكلها اكله كلا كلات بلع بلعت بلعها بلعه بلعو لحس لحست لحسها "
        "drank drunk ate eaten licked swallowed"
    )
    + [spelled(word) for word in words("shereb sherib shirib sherbat akal akalat kla bala3 le7es")]
)
_WHAT = frozenset(
    words("شو شنو ايش وش اش ايه شنهو ماذا what shu sho shou shno eish esh wesh ash eh")
)
_DO = frozenset(
    words(
        "اسوي اعمل نعمل نسوي ندير ندي افعل نفعل بعمل اساوي do a3mel a3mil asawi asawwi ndir asawy"
    )
)
_POISONS = frozenset(
    f"{the}{what}"
    for the in ("", "ال")
    for what in words(
        "شامبو صابون معقم كلور كلوركس منظف مبيض ديتول مطهر سم مبيد صمغ غراء اسيتون معطر عطر بطاريه"
        " bleach detergent cleaner soap glue sanitizer acetone battery"
    )
)
_EYES = frozenset(words("بعيني بعينه بعينها بعيونه بعيونها بعيوني بعينو فعيني فعينيه"))
_EYE = frozenset(words("عيني عينه عينها عيونه عيونها عيوني عينو عينيه eye eyes"))
_INTO = frozenset(words("دخل دخلت دخله طاح طرطش طرطشت طشت got went splashed sprayed"))
_IN = frozenset(words("في in into"))
_NEAR, _FAR, _INTO_FAR = 3, 6, 8


def came_to_harm(said: Sequence[str]) -> bool:
    """Whether a child or an animal swallowed what is no food, or something got into an eye.

    «ابني شرب منه شو اسوي», "my son drank some of it, what do I do", «دخل الكلور بعيني».

    Args:
        said: folded words of one message.
    """
    return any(
        (_one_of(word, _TOOK) and _swallowed(said, at))
        or (word in _INTO and _into_an_eye(said[at + 1 : at + _INTO_FAR]))
        for at, word in enumerate(said)
    )


def _swallowed(said: Sequence[str], at: int) -> bool:
    """Whether a child took in what no child may, or nobody knows what to do about it."""
    if not any(_one_of(word, _SMALL) for word in said[max(0, at - _NEAR) : at + 2]):
        return False
    helpless = any(
        word in _DO and not _WHAT.isdisjoint(said[max(0, place - _NEAR) : place + 2])
        for place, word in enumerate(said)
    )
    return helpless or not _POISONS.isdisjoint(said[at + 1 : at + _FAR])


def _into_an_eye(after: Sequence[str]) -> bool:
    """Whether what follows "it got" says that it was an eye."""
    into = not _IN.isdisjoint(after) and not _EYE.isdisjoint(after)
    return into or not _EYES.isdisjoint(after)


def _one_of(word: str, row: frozenset[str]) -> bool:
    """Whether a folded word is of a row, as it is written or as it sounds."""
    return word in row or (word[0].isascii() and spelled(word) in row)
