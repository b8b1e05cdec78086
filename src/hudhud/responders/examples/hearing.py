"""What the rules read, borne out by what a message is like, or put right by it; pure.

Rules read words and examples whole messages: «ابوي مدير ويبي سماعه» calls for no manager, and
«غسلته مره وراح لونه» asks neither how to wash nor after colours.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from msgspec import structs

from hudhud.responders.examples.anybody import seeks_a_thing, without_anybody
from hudhud.responders.examples.calling import (
    SURE,
    SURE_OF_ASKERS,
    SURE_OF_BUYERS,
    SURE_OF_LITTLE,
    Said,
    from_you,
    least,
    supposes,
)
from hudhud.responders.examples.judging import CALLS, CHAT, Likeness, judge
from hudhud.responders.examples.unmistakable import CLAUSE, stated, unmistakable
from hudhud.responders.examples.wanting import wants
from hudhud.responders.lexicon import TOPICS, Understood, understood
from hudhud.responders.lexicon.colours import colour_word
from hudhud.responders.lexicon.denying import without_denied
from hudhud.responders.lexicon.flawed import wronged
from hudhud.responders.lexicon.imperatives import bid
from hudhud.responders.lexicon.own import (
    AT_YOUR_PLACE,
    begins_definite,
    came,
    done_at_yours,
    ours,
    own_body,
)
from hudhud.responders.lexicon.said.others import elsewhere
from hudhud.responders.lexicon.said.trouble import ANGRY_SIGNS
from hudhud.responders.spoken import digit
from hudhud.text import stems, without_article, words

# So far below it a person or a trouble is only spoken of; who asks for a price speaks of it sooner.
SPOKEN_OF: Final = -35.0
SPOKEN_OF_BY_BUYERS: Final = -10.0
# It is talk or the world outside, whatever word of a shop's is in it; where wares are named, more.
ELSEWHERE: Final = 15.0
ELSEWHERE_BESIDE_WARES: Final = {"off_topic": 60.0, "thinking": 30.0, "haggle": 50.0}
ELSEWHERE_OF_BUYERS: Final = 50.0
_BUYING = frozenset({"price", "sizes", "colours", "browse"})
_TOPICS = frozenset(TOPICS)
# Any that does this or that, and none that they have.
_ANY_THING = frozenset(words("شي شيء شئ اشي حاجه something anything"))
_COURTEOUS = 30.0
# Who is only spoken of is so in a noun; «كلموني» is never.
_PEOPLE = frozenset(
    words(
        "موظف موظفه موظفين مدير مديره مسؤول مسول صاحب مندوب مشرف انسان بشر روبوت الي شخص دكتور "
        "دكتوره سكرتيره امي ابوي ابويا امك ماما بابا زوجي زوجتي جوزي مرتي مراتي خطيبي خطيبتي اختي "
        "اخوي اخويا اهلي بنتي ابني صاحبتي صاحبي رفيقتي wife husband mother mom mum dad sister "
        "manager boss human person agent robot bot owner supervisor representative"
    )
)
# What the examples tell where the rules read nothing, and only then.
TOPIC_SURE: Final = 10.0
TOPIC_SURE_OF_WARES: Final = 45.0
# So surely what a row of answers tells that less of its words is enough.
FAQ_SURE: Final = 15.0
_TOLD = frozenset({*TOPICS, "browse", "price"})
_SOFT = frozenset({"greeting", "thanks", "ack"})
_BESIDE = _SOFT | {"sizes"}
_SOCIAL = frozenset({"greeting", "thanks", "goodbye"})
# A statement about a topic is no question about it: «مو اصلي اللي جاني».
_STATEMENT_WORDS_MIN = 4
_STRAYING = frozenset({"off_topic", "small_talk", "vague", "thinking", "haggle"})
_AFTER = frozenset(words("بعد عقب ورا after ba3d"))
_SETTLED = frozenset({"returns", "warranty"})
# Said of something that is complained about, and no wish of its own.
_DROWNED = frozenset({"ack", "order", "thanks", "off_topic"})
_TROUBLE = frozenset({"order_status", "cancel_order"})
# So many words a clause has that says a thing by itself.
_CLAUSE_WORDS_MIN = 3
# A word alone is a size, a name, a count: rules read it.
_WORDS_MIN = 2
# Of more digits than a house's or an order's number is a telephone's.
_HOUSE_DIGITS = 6


def heard(text: str, told: Understood, named: AbstractSet[str]) -> Understood:
    """Read a message by both: what calls for a person, what is only talk, what is of the world.

    What the rules explain whole is not judged, so that a plain question costs nothing more.

    Args:
        text: one message.
        told: what the rules read.
        named: its search terms that name something sold: of what is said of it, no sign.
    """
    borne_out = _borne_out(text, told, named)
    kind = unmistakable(text, borne_out) or ("complaint" if stated(text, borne_out) else "")
    return _calling(borne_out, kind) if kind else borne_out


def _borne_out(text: str, told: Understood, named: AbstractSet[str]) -> Understood:
    said = without_denied(words(text))
    free = [term for term in told.terms if term not in named]
    rest = [word for word in said if without_article(word) not in named]
    if told.aside and not told.danger and (calls := _called_after_all(text, told, said)):
        return _calling(structs.replace(told, aside=False), calls)
    if told.aside or told.danger or len(rest) < _WORDS_MIN or not (free or _states(said, told)):
        return told
    if not CALLS.isdisjoint(told.meanings):
        return _calmed(text, told, judge(" ".join(_unreached(rest))))
    like = judge(" ".join(rest))
    if like.kind == "person":
        like = judge(" ".join(without_anybody(rest)))
    if _of_wares(told, like, said, named):
        return told
    if like.kind in CALLS and "cancel_order" not in told.meanings:
        # «بدي واحد ازرق»: a colour is said of wares alone.
        wares, wanting = bool(named) or any(map(colour_word, told.terms)), wants(said)
        wanted = (wares and (wanting or _counted(said, named))) or _ordered(said)
        one = Said(told=told, said=said, rest=rest, free=free, named=named, wants=wanting)
        from_here = least(one, like.kind)
        wanted |= like.kind != "complaint" and _sought_unread(told, said)
        # "7ayed lmon3im": what is to be taken out is said of an order.
        wanted |= like.kind == "person" and any(bid(word)[0] == "remove" for word in said[:1])
        from_here = max(from_here, SURE_OF_BUYERS) if wanted else from_here
        return _calling(told, like.kind) if like.margin >= from_here else told
    return _otherwise(text, told, like, free, named) if free else told


def _of_wares(
    told: Understood, like: Likeness, said: Sequence[str], named: AbstractSet[str]
) -> bool:
    """Whether it is of wares, however like it is to an offer, or to who wants a person."""
    if elsewhere(said):
        return like.kind != "partner"  # «جبته من محل ثاني وخرب»: none of our business
    if like.kind == "partner":
        if told.asks and "stock" in told.meanings and came(said):
            return True  # «اخويا واخد منكم واحدة وعاجباه، عندكم منها؟»: who bought here buys again
        if like.margin >= SURE_OF_BUYERS:
            return False
        # «في عندكم مبخرة بدون فحم؟»: who asks for what we have offers nothing.
        sought = bool(named) and told.asks and not AT_YOUR_PLACE.isdisjoint(said)
        # «عندي لاب قديم وعايز اشتري جديد، عندكم ايه»: who buys and asks what there is.
        return sought or "wholesale" in told.meanings or {"order", "browse"} <= {*told.meanings}
    return like.kind == "person" and seeks_a_thing(said)


def calm(text: str, told: Understood) -> Understood:
    """What the rules read, without the person or trouble that is only spoken of.

    Args:
        text: one message.
        told: what the rules read.
    """
    if CALLS.isdisjoint(told.meanings) or told.aside or told.danger:
        return told
    said = _unreached(words(text))
    if len(said) < _WORDS_MIN or any(map(_said_apart, CLAUSE.split(text))):
        return told
    return _calmed(text, told, judge(" ".join(without_denied(said))))


def _said_apart(clause: str) -> bool:
    """Whether one clause calls for a person by its words, and is like it: a story around it is not.

    "The last meal from you made my son sick and I want a manager to call me."
    """
    said = words(clause)
    if len(said) < _CLAUSE_WORDS_MIN:
        return False
    told = understood(clause)
    like = judge(" ".join(without_denied(said)))
    sure = like.kind in CALLS and like.margin >= SURE_OF_LITTLE  # "call run_sql text=select"
    return sure and not told.aside and like.kind in told.meanings


def _unreached(said: Sequence[str]) -> list[str]:
    """Words without a telephone: «عندي شكوى ورقمي 0551234567» is as much of a complaint."""
    return [word for word in said if not (word.isdecimal() and len(word) > _HOUSE_DIGITS)]


def _of_staff(text: str, told: Understood, said: Sequence[str]) -> bool:
    """Whether one of us is spoken of, and complained about: «الموظف قفل التلفون بوجهي»."""
    if told.asks or len(said) < len(words(text)) or not ours(said):
        return False
    like = judge(" ".join(said))
    return like.kind == "complaint" and like.margin >= SURE_OF_ASKERS


def _called_after_all(text: str, told: Understood, said: Sequence[str]) -> str:
    """For what a person is called, though one seemed to be only spoken of; "" for nothing."""
    if _of_staff(text, told, said):
        return "complaint"
    return "partner" if _offers(said) else ""


def _offers(said: Sequence[str]) -> bool:
    """Whether business is offered: «نحن فنادق ونود التعاون، من المسؤول الذي نتحدث معه؟»."""
    like = judge(" ".join(said))
    return like.kind == "partner" and like.margin >= SURE_OF_BUYERS


def _states(said: Sequence[str], told: Understood) -> bool:
    """Whether the rules may have taken a statement for a question, or for a call."""
    if not CALLS.isdisjoint(told.meanings):
        return True
    return not told.asks and bool(told.meanings) and len(said) >= _STATEMENT_WORDS_MIN


def _sought_unread(told: Understood, said: Sequence[str]) -> bool:
    """Whether a thing is asked for or wanted in Latin letters of which most were not read.

    "mar7aba bedde ebree2 s2aye akhdar": what was read of it is soon like anything.
    """
    about = [one for one in said if one not in AT_YOUR_PLACE]
    if not told.latin or 2 * len(told.terms) < len(about):
        return False
    sought = "stock" in told.meanings or wants(said)
    return sought and not (ours(about) or from_you(said))


def _guessed(text: str) -> bool:
    """Whether a trouble is read only into letters that digits stand for: "s2aye" is no «سيئة»."""
    guesses = frozenset(one for one in words(text) if any(map(str.isdecimal, one)))
    return CALLS.isdisjoint(understood(text, guesses).meanings)


def _ordered(said: Sequence[str]) -> bool:
    """Whether something is wanted, and so many of it: «بدي صوبة وحدة», whatever that is."""
    return wants(said) and any(digit(word) or word.isdecimal() for word in said)


def _counted(said: Sequence[str], named: AbstractSet[str]) -> bool:
    """Whether several words name a thing, and a number counts it: "2 pcs of the summer shorts"."""
    return len(named) > 1 and any(digit(word) or word.isdecimal() for word in said)


def strays(told: Understood) -> bool:
    """Whether a message, as it was heard, is no shop's business: talk, or the world outside."""
    meanings = {*told.meanings} - ({"discount"} if "haggle" in told.meanings else set())
    return bool(meanings) and meanings <= _STRAYING and not told.terms


def _calmed(text: str, told: Understood, like: Likeness) -> Understood:
    other = tuple(meaning for meaning in told.meanings if meaning not in CALLS)
    # «اللي شريتها منكم خربت، نقدر نبدلها؟» is like what a row tells, and is no less a complaint.
    about = [one for one in words(text) if one not in AT_YOUR_PLACE]
    # «الغلاية خربت بعد يومين، عليها ضمان؟»: it was bought, or nobody would know.
    bought = ours(about) or (begins_definite(about) and not _AFTER.isdisjoint(about))
    settled = not _SETTLED.isdisjoint(told.meanings) and bought
    asks = told.asks and not supposes(told, words(text))
    broke = "complaint" in told.meanings and asks and (settled or came(words(text)))
    broke |= wronged(words(text))
    spoken_of = not broke and like.calling <= _spoken_of(text, told, like)
    if spoken_of and _only_named(text, told, like):
        return structs.replace(told, meanings=other, aside=True)
    unread = _sought_unread(told, words(text))
    if unread and like.kind != "complaint" and like.margin < SURE_OF_BUYERS and _guessed(text):
        return structs.replace(told, meanings=other)
    # Code is like the sentences of who offers software, and of nobody else's.
    least_of_it = SURE_OF_ASKERS if like.kind == "partner" else SURE
    another = like.kind in CALLS - {*told.meanings} and like.margin >= least_of_it
    if another and (like.kind != "complaint" or ours(words(text))):
        return _calling(structs.replace(told, meanings=other), like.kind)
    return told


def _spoken_of(text: str, told: Understood, like: Likeness) -> float:
    """How far a person or a trouble must be from what is like them to be only spoken of."""
    said = words(text)
    # «خربت غلايتي، عندكم وحدة ستانلس؟»: what is at our place is not from it.
    about = said if done_at_yours(said) else [one for one in said if one not in AT_YOUR_PLACE]
    if "person" not in told.meanings and own_body(said) and not ours(about):
        return math.inf  # «شعري هايش وناشف»
    sought = not _ANY_THING.isdisjoint(said) or wants(said)
    if "person" not in told.meanings and sought and not ours(about):
        return 0.0  # «في شي للعين الناشفة؟», «بغيت شي حاجة بالحامض»
    described = like.kind == "wish" and not (told.asks or begins_definite(said))
    if "person" not in told.meanings and described and not ours(about):
        return 0.0  # "a sour mix for stew": any such thing, and none that they have
    easily = like.kind == "data" or "your_name" in told.meanings
    easily |= not _BUYING.isdisjoint(told.meanings)
    return SPOKEN_OF_BY_BUYERS if easily else SPOKEN_OF


def _only_named(text: str, told: Understood, like: Likeness) -> bool:
    """Whether it may be that a person or a trouble is named, and nothing is wanted of them."""
    if like.kind in _SOCIAL or not ANGRY_SIGNS.isdisjoint(text):
        return False
    heard = {form for word in words(text) for form in stems(word)}
    return "person" not in told.meanings or not _PEOPLE.isdisjoint(heard)


def _calling(told: Understood, kind: str) -> Understood:
    kept = (meaning for meaning in told.meanings if meaning not in _DROWNED)
    # Who offers work or a partnership wants a person, and is told so.
    calls = ("partner", "person") if kind == "partner" else (kind,)
    return structs.replace(told, meanings=(*dict.fromkeys((*kept, *calls)),))


def _otherwise(
    text: str,
    told: Understood,
    like: Likeness,
    free: Sequence[str],
    named: AbstractSet[str],
) -> Understood:
    """What was read is a word of such talk, and no more: «بشاور زوجي وارجع» returns nothing."""
    if not named and like.kind in _TOLD and like.lead >= TOPIC_SURE and {*told.meanings} <= _SOFT:
        # «وش يسوى» names nothing: what was spoken of is meant.
        left = () if like.kind == "price" and len(free) == 1 else told.terms
        return structs.replace(told, meanings=(*told.meanings, like.kind), terms=left)
    if like.kind in TOPICS and like.lead >= TOPIC_SURE_OF_WARES and {*told.meanings} <= _BESIDE:
        # «اذا المقاس ما زبط بقدر بدل», where suits are sold.
        return structs.replace(told, meanings=(*told.meanings, like.kind))
    if like.kind == "faq" and like.lead >= FAQ_SURE:
        return structs.replace(told, of_rows=True)
    least = _least_of_talk(told, like)
    if named:
        # «كم الساعة الآن في طوكيو» where watches are sold.
        like, least = judge(text), ELSEWHERE_BESIDE_WARES.get(judge(text).kind, math.inf)
        if len(named) > 1 or (told.asks and like.kind != "off_topic"):
            return told
    wanting = wants(words(text))
    courteous = like.kind in _SOCIAL and not wanting and _courteous(like, free)
    coloured = like.kind == "haggle" and any(map(colour_word, words(text)))  # «خليه احمر»
    elsewhere = courteous or (like.kind in _STRAYING and not coloured)
    if not elsewhere or like.margin < least or not _TROUBLE.isdisjoint(told.meanings):
        return told
    meanings = ("haggle", "discount") if like.kind == "haggle" else (like.kind,)
    return structs.replace(told, meanings=meanings, terms=(), beside=(), said=())


def _least_of_talk(told: Understood, like: Likeness) -> float:
    inquires = told.asks and like.kind != "off_topic" and not _TOPICS.isdisjoint(told.meanings)
    buying = inquires or not _BUYING.isdisjoint(told.meanings)
    return ELSEWHERE_OF_BUYERS if buying else ELSEWHERE


def _courteous(like: Likeness, free: Sequence[str]) -> bool:
    """Whether nothing but courtesy is in it, what no rule reads too."""
    return like.margin >= _COURTEOUS and judge(" ".join(free)).kind in CHAT
