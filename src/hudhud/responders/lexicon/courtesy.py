"""Praise and excuses said beside the matter: «منيح», «خوش سعر», «عذراً», "oops, sorry"; closed.

None of it is a name, an address, or anything to be answered where something else was told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from hudhud.responders.lexicon.arabizi import spelled
from hudhud.text import surely_arabic, words

# Said first it greets, said last it leaves: «شكرا، سلام».
_PEACE = frozenset(words("سلام سلامات salam"))
_BEFORE_PEACE = frozenset(words("يا الف هلا اهلا مرحبا هاي هلو حبايب شباب hi hello hey"))
_PRAISE = """
جيد جيده جيدا جيدين حسنا منيح منيحه مليح مليحه كويس كويسه كويسين حلو حلوه حلوين جميل جميله رائع
رائعه روعه ممتاز ممتازه عظيم عظيمه عال مزيان مزيانه زوين زوينه باهي باهيه زين زينه خوش ظريف هايل
هايله تحفه جامد تمام تمامم طيب ماشي اوكي اوك اوكيه اشطه اشطا قشطه صحا صحيت واخا صافي برافو احسنت
احسنتم احسنتو يجنن يهبل مذهل خرافي فله حسنن خلاص خلص اتفقنا ماشاء مناسب مناسبه احسن افضل مقبول
معقول معقوله رخيص
good great nice perfect lovely awesome excellent amazing brilliant super cool fine wonderful
fantastic alright ok okay deal mnih mneeh mni7 mnee7 mlih mli7 kwayes kwayyes kowayes kways kwaes
7elw helw helou 7elo 7elwa gamil gameel jamil jayed jayyed mumtaz momtaz mezyan mzyan mezian bahi
behi zwin meshi mashi mashy tamam tmam tayeb tayyeb raw3a ra2e3 3azim wakha safi khosh zain zein
"""
_EXCUSES = """
عذرا سوري عفوا العفو معذره المعذره معذرتا اعتذر نعتذر اسف اسفه اسفين متاسف متاسفه متاسفين معلش معليش
معلشي ماعليش معلي معلهش سامحني سامحوني سامحيني سامحونا تواخذوني تواخذني تواخذيني مواخذه تاخذوني
السموحه سموحه سمحلي سمحولي سمحيلي سمحو سمح بردون باردون اوبس اوه اوف يوه استنى استني استنو استنا
لحظه اللحظه لحظات ثانيه ثواني دقيقه انتظر انتظرو اصبر اصبرو
sorry sry srry soz oops ops oh pardon apologies apologise apologize apology excuse wait hold
moment asif asef asfe asfa asifa ma3lesh ma3lish m3lesh maalesh maalish 3afwan 3fwan 3othran sme7
smeh sma7 sme7li sma7li sm7oli sama7oni samehni lahza la7za sanye estana istanna stanna stana
"""
# Who says so wants what they name; what we are wished by God is said beside what is wanted too.
_PLEADS = """
سمحت سمحتي سمحتو سمحتوا سمحتم فضلك فضلكم فضلكن عفاك عافاك عافاكم عفاكم رجاء رجاءا تكرما تكرمت
تكرمتي تكرمتوا لطفا اذنك اذنكم بليز بلييز بليس بلز امانه
please pls plz plzz afak 3afak afakom 3afakom fadlak fadlek fadlik fadlkom fadhlak sama7t sama7te
sama7ti sama7to sama7tou sama7tom samaht samahti samahto bleez bliz
"""
_WISHED = re.compile(
    r"(?:الله|ربي|ربنا|allah|alla|rabbi|rabena) "
    r"(?:ي(?:خلي|رضي|حفظ|سعد|عافي|بارك|طول|رحم|وفق|جزا|سلم|ستر)\w{0,4}"
    r"|y[ei]?(?:kh|5)al+[iey]+\w{1,3}|ye?7fa[dzt]h?\w{1,3}|yer[dz]h?a|yes3ed\w{1,3}|ye?3afi\w{1,3})"
)
# What praise and excuses are said with: how much, of what, to whom.
_BESIDE = """
كتير كثير كتيير جدا جدن اوي قوي مره مرا وايد هواي هوايه برشا بزاف والله يا اذن اذا طب يعني شوي بس
السعر سعر سعره سعرها الاسعار اسعاركم الخبر كلامك لا و اه الله شاء ان على ذلك لكم منكم لو سمحت
so very really then much me on my bad one sec a the price that thats this is its it all i am im
ktir kteer awi gedan jiddan wallah ya for to us from lia
"""


def _class(row: str) -> frozenset[str]:
    return frozenset(spelled(word) if word.isascii() else word for word in words(row))


_PRAISING, _EXCUSING = _class(_PRAISE), _class(_EXCUSES)
_PLEADING = _class(_PLEADS)
_FOR = frozenset(words("على عن عال for about"))
# Spelled like «حلو».
_GREETINGS = frozenset(words("hello hallo halo hola"))
_ANY = _PRAISING | _EXCUSING | _class(_BESIDE)


def praises(word: str) -> bool:
    """Whether a folded word praises or agrees, and names nobody: «منيح», "mni7"."""
    return _of(word, _PRAISING)


def excuses(word: str) -> bool:
    """Whether a folded word begs pardon or bids us wait: «عفوا», «لحظه», "oops"."""
    return _of(word, _EXCUSING)


def pleads(said: Sequence[str]) -> bool:
    """Whether folded words ask kindly: «عافاك», «الله يخليك», "law sama7t", "please"."""
    return any(_of(word, _PLEADING) for word in said) or bool(_WISHED.search(" ".join(said)))


def courteous(said: Sequence[str]) -> bool:
    """Whether folded words are praise or an excuse, and nothing else: «عذراً على التأخير» too."""
    first, second, third, *_ = [*said, "", "", ""]
    if second in _FOR and excuses(first):
        return second != "علي" or about((second, third))
    meant = any(praises(word) or excuses(word) for word in said)
    return meant and all(_of(word, _ANY) for word in said)


def about(said: Sequence[str]) -> bool:
    """Whether folded words say for what somebody thanks: «على التوضيح»; «علي العتيبي» is a man."""
    first, second, *_ = [*said, "", ""]
    return first == "علي" and second.startswith("ال") and not second.endswith("ي")


def _of(word: str, row: frozenset[str]) -> bool:
    if not word.isascii():
        return word in row
    if word in _GREETINGS:
        return False
    return spelled(word) in row or not row.isdisjoint(surely_arabic(word))


def leaves(said: Sequence[str], at: int) -> bool:
    """Whether peace is wished last: «شكرا، سلام»; «هلا سلام» greets.

    Args:
        said: folded words of one message.
        at: the place of the word for it.
    """
    last = 0 < at == len(said) - 1
    return last and said[at] in _PEACE and said[at - 1] not in _BEFORE_PEACE
