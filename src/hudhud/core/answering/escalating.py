"""Whether a person should take over, and why (S7). Pure: values in, a reason out.

`before` needs no answer, so no model is asked for nothing; `after` judges the answer that was made.
Both are silent where the inbox has escalation off: then only the responder itself gives away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import pairwise

import msgspec

from hudhud.model import Answer, Escalation, Field, Said, Turn
from hudhud.responders.examples import calm
from hudhud.responders.lexicon import Understood, understood
from hudhud.responders.lexicon.denying import without_denied
from hudhud.responders.lexicon.given import GIVEN
from hudhud.responders.lexicon.places import CITIES, STREETS
from hudhud.responders.lexicon.said.trouble import ANGRY_SIGNS
from hudhud.text import arabic_spellings, fold, stems, without_article, words

# The same question with the same answer, once more; an answer alone, twice more while a cart or
# fields are being filled, where a question may well be asked again.
SAME_ANSWERS_MAX = 1
SAME_ANSWERS_WHILE_FILLING_MAX = 2
# A field that was asked for so often, and not understood: a person reads it.
ASKED_IN_VAIN_MAX = 2
# Answers one after another that were rather doubtful than sure.
DOUBTS_MAX = 2
# Words whose forms are kept: people use the same ones.
FORMS_KEPT_MAX = 8192
_QUESTION_CHARS_MIN = 6
# What leans on a word in front: «و», «ب», «ال», «لل», «وبال»; and behind, as several do.
_BEFORE = tuple(map(re.compile, ("[وف]", "[وف]?[بلك]", "[وف]?[بك]?ال", "[وف]?لل")))
_OWNED = ("ه", "ها", "هم", "نا", "كم", "كن", "ين", "ون")
_ANSWER_CHARS_MIN = 12
# Said again and again with nothing wrong.
_SOCIAL = frozenset({"greeting", "thanks", "goodbye", "ack", "your_name"})


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """A person takes over, and why; `keyword`: for a word of the inbox's own.

    `answers`: what was made is worth saying all the same.
    """

    reason: str
    answers: bool = False
    keyword: bool = False


def before(
    known: Escalation | None, messages: Sequence[Said], sold: AbstractSet[str] = frozenset()
) -> Decision | None:
    """What needs no answer to be seen: a keyword of the inbox, or who asks for a person.

    Args:
        known: the inbox's settings; None where escalation is off.
        messages: the batch.
        sold: forms of words that name what is sold: «للبشرة» of a cream is not «بشري».
    """
    if known is None:
        return None
    if known.keywords and (keyword := _keyword(known.keywords, messages, sold)):
        return Decision(reason=f"keyword:{keyword}", answers=True, keyword=True)
    if any(_harmed(one.text) for one in messages):
        return Decision(reason="complaint", answers=True)
    if any("person" in _read(one.text).meanings and not _called_so(one.text) for one in messages):
        return Decision(reason="asked_for_person", answers=True)
    return None


def _keyword(
    keywords: Sequence[str], messages: Sequence[Said], sold: AbstractSet[str]
) -> str | None:
    """The first of the inbox's own words that is said, and meant."""
    said = [without_denied(words(message.text)) for message in messages]
    heard = frozenset(form for one in said for word in one for form in _bare(word))
    for keyword in keywords:
        asked = words(keyword)
        # Nearly every keyword ends here: its first word is none that was said.
        if not asked or heard.isdisjoint(_spelled(asked[0])):
            continue
        if any(_holds(one, asked, sold) for one in said) and not _in_passing(keyword, messages):
            return keyword
    return None


def after(known: Escalation | None, turn: Turn, reply: Answer) -> Decision | None:
    """What only an answer shows: anger that it cannot settle, going in circles, doubt.

    Args:
        known: the inbox's settings; None where escalation is off.
        turn: what the answer was made from.
        reply: the answer, which gives nothing away by itself.
    """
    if known is None:
        return None
    meanings = frozenset(reply.trace.get("meanings", ()))
    if not (meanings or (reply.collected and "meanings" in reply.trace)):
        # What was taken as a name or an address complains of nothing: "leave at reception".
        meanings = _meanings(turn.messages)
    signs = ANGRY_SIGNS.intersection("".join(message.text for message in turn.messages))
    if signs or "complaint" in meanings:
        return Decision(reason="complaint", answers=bool(reply.text))
    if not reply.text or (meanings and meanings <= _SOCIAL):
        return None
    why = _in_circles(turn, reply, meanings)
    if _in_vain(turn.assistant.fields, turn, reply):
        why = "collecting_failed"
    elif why is None and _doubted(known, reply):
        why = "low_confidence"
    return None if why is None else Decision(reason=why)


def _doubted(known: Escalation, reply: Answer) -> bool:
    """Below the threshold, or once more nearer to it than to certainty, as the last two were."""
    if reply.confidence is None or not known.threshold:
        return False
    likely = (1 + known.threshold) / 2
    last = [past.confidence for past in known.past[:DOUBTS_MAX] if past.outcome == "answered"]
    doubts = [sure for sure in (reply.confidence, *last) if sure is not None and sure < likely]
    return reply.confidence < known.threshold or len(doubts) > DOUBTS_MAX


def _meanings(messages: Sequence[Said]) -> frozenset[str]:
    return frozenset(meaning for said in messages for meaning in _read(said.text).meanings)


def _harmed(text: str) -> bool:
    """Whether what was sold did harm: «الكريم منكم عملي حساسية»; nobody waits for an answer."""
    told = _read(text)
    return told.danger and "complaint" in told.meanings


def _in_passing(keyword: str, messages: Sequence[Said]) -> bool:
    """Whether it is the word for a person, and none is wanted: «الموظف كان محترم»."""
    return "person" in understood(keyword).meanings and any(
        _read(said.text).aside or _called_so(said.text) for said in messages
    )


def _called_so(text: str) -> bool:
    """Whether somebody or a place is called as the word for a person: «بشرى نعمة», «حي الموظفين».

    Args:
        text: one message.
    """
    said = words(text)
    families = [word for word in said[1:] if word.startswith("ال") and word.endswith("ي")]
    if len(said) > 1 and GIVEN.issuperset(word for word in said if word not in families):
        return True
    # «ابوظبي المشرف فيلا ٢٢»: a quarter behind its town, where a house is told too.
    before_it = STREETS if STREETS.isdisjoint(said) else STREETS | CITIES
    places = (after for before, after in pairwise(said) if before in before_it)
    return any("person" in understood(after).meanings for after in places)


def _read(text: str) -> Understood:
    return calm(text, understood(text))


def _holds(said: Sequence[str], keyword: Sequence[str], sold: AbstractSet[str]) -> bool:
    """Whether the words of a keyword stand in a message, side by side, in any spelling."""
    places = range(len(said) - len(keyword) + 1)
    return any(
        all(_same(said[at + i], word, sold) for i, word in enumerate(keyword)) for at in places
    )


def _same(said: str, word: str, sold: AbstractSet[str]) -> bool:
    """Whether a word is that of a keyword; one that is sold only where it is spelled just so."""
    if said != word and not sold.isdisjoint(_forms(said)):
        return False
    return not _bare(said).isdisjoint(_spelled(word))


def _spelled(word: str) -> Sequence[str]:
    """How a word of a keyword may stand in a message: English in the plural too, or by itself."""
    return (word, f"{word}s") if word.isascii() else (word, without_article(word))


@lru_cache(FORMS_KEPT_MAX)
def _bare(said: str) -> frozenset[str]:
    """A word without what may lean on it: «وللبشري» is «بشري», and «للبشرة» is not.

    A stem would be another word of the same root as well.
    """
    spelled = (said, *arabic_spellings(said))
    bare = {*spelled, *(one[lean.end() :] for one in spelled for lean in _leans(one))}
    plain = {one.removesuffix(end) for one in bare for end in _OWNED if one.endswith(end)}
    # «شكوته» is «شكوه» and its owner.
    turned = {f"{one[:-1]}ه" for one in plain if one.endswith("ت")}
    return frozenset({*bare, *plain, *turned})


def _leans(word: str) -> Iterator[re.Match[str]]:
    return (one for before in _BEFORE if (one := before.match(word)))


@lru_cache(FORMS_KEPT_MAX)
def _forms(said: str) -> frozenset[str]:
    """A word as it was said, and whatever else it may be."""
    return frozenset((said, *(f for one in (said, *arabic_spellings(said)) for f in stems(one))))


def _in_circles(turn: Turn, reply: Answer, meanings: frozenset[str]) -> str | None:
    """The same question again with the same answer, or an answer that was just given."""
    ours = [fold(one.text) for one in turn.history if one.author == "assistant"]
    answer = fold(reply.text)
    if len(answer) < _ANSWER_CHARS_MIN or answer not in ours:
        return None
    question = fold(" ".join(message.text for message in turn.messages))
    theirs = [fold(one.text) for one in turn.history if one.author == "contact"]
    if len(question) >= _QUESTION_CHARS_MIN and question in theirs:
        return "asked_again"
    filling = turn.cart.lines or turn.assistant.fields
    most = SAME_ANSWERS_WHILE_FILLING_MAX if filling else SAME_ANSWERS_MAX
    # A product's line answers several questions about it.
    if reply.trace.get("products") or ours[-most:] != [answer] * most:
        return None
    return "out_of_scope" if "off_topic" in meanings else "same_answer"


def _in_vain(fields: Sequence[Field], turn: Turn, reply: Answer) -> bool:
    """Whether one field is asked for once more, after every one of our last answers asked it."""
    ours = [one.text for one in turn.history if one.author == "assistant"][-ASKED_IN_VAIN_MAX:]
    if reply.collected or len(ours) < ASKED_IN_VAIN_MAX:
        return False
    open_fields = (field for field in fields if field.name not in turn.collected)
    return any(all(_asks(text, one) for text in (*ours, reply.text)) for one in open_fields)


def _asks(text: str, field: Field) -> bool:
    asked = fold(text)
    said = (field.question_ar, field.question_en, field.label_ar, field.label_en)
    return ("?" in text or "؟" in text) and any(one and fold(one) in asked for one in said)
