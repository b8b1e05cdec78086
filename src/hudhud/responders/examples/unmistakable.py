"""What calls for a person beyond doubt, whatever a rule made of its words; pure.

Rules read words: «من منتجاتكم» asks what there is, and stands in «أودّ أن أكون وكيلًا لمنتجاتكم» too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from hudhud.responders.examples.anybody import without_anybody
from hudhud.responders.examples.calling import from_you, supposes
from hudhud.responders.examples.judging import CALLS, judge, likelihoods
from hudhud.responders.examples.wanting import wants
from hudhud.responders.lexicon import Understood, interrogates
from hudhud.responders.lexicon.asking import IF
from hudhud.responders.lexicon.courtesy import pleads
from hudhud.responders.lexicon.denying import wishes
from hudhud.responders.lexicon.own import begins_definite, bought, came, ours, own
from hudhud.responders.lexicon.said.others import elsewhere
from hudhud.text import words

# From here all but one in two hundred of what strangers wrote did call (decision 0024). Who buys
# for a shop of his own writes much like who offers one.
BEYOND_DOUBT: Final = {"complaint": 65.0, "person": 65.0, "partner": 100.0}
# A statement of a certain thing, or of one of ours: of 13 000 calm messages none was one, and
# three in ten of 835 calls. Of what was bought here nearly anything that is like one is.
TOLD_PLAINLY: Final = 10.0
BOUGHT_HERE: Final = -12.0
# The same where it is told what the thing does not do: «المضخة ما تسحب».
BOUGHT_AND_NOT: Final = -60.0
CERTAIN_AND_NOT: Final = -20.0
_DOES_NOT = re.compile(
    r"(?<!بعد )(?<!قبل )(?<!كل )(?<!مثل )(?<!متل )(?<!زي )(?<!يوم )(?<!حسب )\b"
    r"(?:ما (?!شاء|شا|في|فيه|عندي|بدي|قصر\w*|كنت|ندم\w*)\w{3,}|[وف]?ما?[بكتين]?\w{3,}ش|ma \w{3,}"
    r"|(?:doesnt|didnt|wont|dont|not|never|no longer) \w+)\b"
)
# So much likelier a complaint must be where wares are asked for beside what came.
BUYING_AGAIN: Final = 20.0
_UNTOLD: Final = 1.5
_SETTLED = frozenset({"returns", "warranty"})
# Where one clause ends and another begins.
CLAUSE: Final = re.compile(r"[.!?؟،,;\n]+|\s(?:and|but|so|w|wa|bas)\s|\s(?=و\w{3,})|\s(?:بس|لكن)\s")
_BUYS = frozenset({"price", "stock", "colours", "sizes", "browse"})
# Fewer words are a name, a size, an answer: rules read them.
_WORDS_MIN = 3
# What came to whom it was for: «وصلني», «لسه واصلي», «استلمتها», "arrived". «جايني ضيوف» is yet
# to come, and asks for wares.
_CAME = re.compile(
    "[وف]?(?:وصل|واصل|ا?ج(?:ا|(?=ت))|جاي(?=ت))(?:ت|ات|ه|ا)?(?:ني|نا|لي|لنا)|[وف]?واصلي"
    "|[وف]?ا?ستلم(?:ت|نا)(?:ه|ها|هم|هن|و)?"
    "|arrived|received|delivered|w[aei]?s+[aei]?l+(?:[aei]?t)?(?:n[iy]|na|l[iy]|lna)|[ei]?jat?n[iy]"
)
# «اخوي اشترى منكم», «جابت الخلاط من عندكم», "elli sharetha": whoever it was. «بعتولي» bids
# as well as tells.
_BOUGHT = re.compile(
    r"(?:ا?شتري?|شري|ا?خ[ذد]|جاب|طلب|وصي)(?:ت|و|وا|نا)?(?:ه|ها|لي|لنا)? (?:\w+ ){0,2}"
    r"(?:من ?(?:عند|محل|متجر|معرض)?)(?:كم|كن|كو)\b"
    r"|\b[وف]?(?:بعت|بعث|دز|دزي|جاب|جبت|رسلت|ارسلت|صيفط|سيفط|وصلت|عطي)(?:و|توا?|تم)(?:ه|ها)?"
    r"(?:لي|لنا|ني|نا|ليا)\b"
    r"|\b[ei]?l+[iey]+ (?:i?shtara?|shar|a?[5k]h?a[dztd]h?|[t6]alab|t?lab|j[ei]b)[eiy]*t\w{0,3}\b"
)
# Who has a thing asks neither whether it is there nor what it costs, and wishes for no other; it
# may be praised, and how it is used may be asked.
_STILL = (
    "thanks", "ack", "greeting", "goodbye", "small_talk", "faq", "detail", "data", "order_status",
    "yes", "delivery", "payment", "cancel_order", "order_change",
)  # fmt: skip
# Who bought here before may do all that again.
_AGAIN = (
    "wish", "stock", "order", "price", "browse", "discount", "haggle", "location", "hours",
    "partner", "person",
)  # fmt: skip


def unmistakable(text: str, told: Understood) -> str:
    """The kind of what calls for a person beyond doubt; "" for what does not, or was read so.

    Args:
        text: one message.
        told: how it was read.
    """
    said = words(text)
    if len(said) < _WORDS_MIN or told.danger or not CALLS.isdisjoint(told.meanings):
        return ""
    if supposes(told, said) or elsewhere(said):
        return ""
    like = judge(text)
    if like.kind == "person":
        like = judge(" ".join(without_anybody(said)))
    # "can you test my water? it tastes salty": nothing of ours is told of.
    told_of = not told.asks or ours(said) or begins_definite(said)
    least = BEYOND_DOUBT.get(like.kind, math.inf) * (1 if told_of else _UNTOLD)
    if like.margin >= least:
        return like.kind
    return "complaint" if _went_wrong(text, told, said) else ""


def stated(text: str, told: Understood) -> bool:
    """Whether a trouble with what was sold is stated, in words that no rule lists.

    Not of who changes an open order: «طلعوا الكاب من السلة» is said of a certain thing too.

    Args:
        text: one message.
        told: how it was read.
    """
    said = words(text)
    settled = told.danger or told.aside or not CALLS.isdisjoint(told.meanings)
    if settled or len(said) < _WORDS_MIN:
        return False
    supposed = wants(said) or wishes(said) or not IF.isdisjoint(said) or supposes(told, said)
    if supposed or own(said) or elsewhere(said):
        return False
    return _told_plainly(text, told, said) or _told_beside(text, told)


def _told_plainly(text: str, told: Understood, said: Sequence[str]) -> bool:
    """Whether a trouble is stated, of a certain thing or one of ours, and nothing asked or wanted.

    «الخيمة دخلها المطر كله»: whoever looks for one tells of any, or asks for it.
    """
    likely = likelihoods(text)
    if told.asks or interrogates(text) or not likely:
        return False
    lead = likely["complaint"] - max(map(likely.__getitem__, (*_STILL, *_AGAIN)))
    denied = bool(_DOES_NOT.search(" ".join(said)))
    if (came(said) or bought(said)) and lead > (BOUGHT_AND_NOT if denied else BOUGHT_HERE):
        return True
    if not _BUYS.isdisjoint(told.meanings):
        return False
    if denied and begins_definite(said) and lead > CERTAIN_AND_NOT:
        return True
    like = judge(text)
    sure = like.kind == "complaint" and like.margin >= TOLD_PLAINLY
    return sure and (begins_definite(said) or ours(said))


def _told_beside(text: str, told: Understood) -> bool:
    """Whether a trouble is told beside a question of what a warranty, or a return, is good for.

    «السماعة بطلت، شو بعمل بالضمان؟»: the clause that asks is like a row, and the other is not.
    """
    settled = not _SETTLED.isdisjoint(told.meanings)
    return settled and any(map(_is_trouble, CLAUSE.split(text)))


def _is_trouble(clause: str) -> bool:
    """Whether a clause by itself states a trouble of a certain thing, or of one of ours."""
    said = words(clause)
    if len(said) < _WORDS_MIN or interrogates(clause):
        return False
    like = judge(clause)
    sure = like.kind == "complaint" and like.margin >= TOLD_PLAINLY
    return sure and (begins_definite(said) or ours(said))


def _went_wrong(text: str, told: Understood, said: Sequence[str]) -> bool:
    """Whether what came, or was bought here, is told of, and neither praised nor asked about."""
    # «وأصلي عليه» is a prayer; "law waselet maksoora a3mel eh?" supposes.
    prayed = any(then.startswith("علي") for one, then in pairwise(said) if one == "واصلي")
    if prayed or (not IF.isdisjoint(said) and not pleads(said)):
        return False
    arrived = any(map(_CAME.fullmatch, said))
    if not (arrived or from_you(said) or came(said) or _BOUGHT.search(" ".join(said))):
        return False
    likely = likelihoods(text)
    # «وصلني إعلانكم، شو الألوان؟», «البن حقكم خطير، بكم اليوم؟»: who asks for more buys again.
    buys = told.asks and not _BUYS.isdisjoint(told.meanings)
    others = _STILL if arrived and not buys else _STILL + _AGAIN
    least = BUYING_AGAIN if buys else 0.0
    return bool(likely) and likely["complaint"] > least + max(likely[kind] for kind in others)
