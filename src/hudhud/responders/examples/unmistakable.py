"""What calls for a person beyond doubt, whatever a rule made of its words; pure.

Rules read words: «من منتجاتكم» asks what there is, and stands in «أودّ أن أكون وكيلًا لمنتجاتكم» too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from hudhud.responders.examples.anybody import without_anybody
from hudhud.responders.examples.calling import from_you, supposes
from hudhud.responders.examples.judging import CALLS, judge, likelihoods
from hudhud.responders.lexicon import Understood
from hudhud.responders.lexicon.asking import IF
from hudhud.responders.lexicon.courtesy import pleads
from hudhud.responders.lexicon.own import came
from hudhud.responders.lexicon.said.others import elsewhere
from hudhud.text import words

# From here all but one in two hundred of what strangers wrote did call (decision 0024). Who buys
# for a shop of his own writes much like who offers one.
BEYOND_DOUBT: Final = {"complaint": 65.0, "person": 65.0, "partner": 100.0}
# So much likelier a complaint must be where wares are asked for beside what came.
BUYING_AGAIN: Final = 20.0
_BUYS = frozenset({"price", "stock", "colours", "sizes", "browse"})
# Fewer words are a name, a size, an answer: rules read them.
_WORDS_MIN = 3
# What came to whom it was for: «وصلني», «لسه واصلي», «استلمتها», "arrived". «جايني ضيوف» is yet
# to come, and asks for wares.
_CAME = re.compile(
    "[وف]?(?:وصل|واصل|ا?جا?|جاي(?=ت))(?:ت|ات|ه|ا)?(?:ني|نا|لي|لنا)|[وف]?واصلي"
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
    if like.margin >= BEYOND_DOUBT.get(like.kind, float("inf")):
        return like.kind
    return "complaint" if _went_wrong(text, told, said) else ""


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
