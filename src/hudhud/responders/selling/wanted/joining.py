"""What is said beside an offer, or beside a question, and so takes what was offered; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hudhud.responders.lexicon import forms
from hudhud.responders.selling import traits
from hudhud.responders.selling.clauses import begins_joined
from hudhud.responders.selling.counting import number, unit
from hudhud.responders.selling.deeds import marks
from hudhud.responders.selling.naming import Names
from hudhud.responders.selling.wanted.wish import Wish
from hudhud.text import words

# Who says so wants that one, and perhaps none of the others.
_ONLY = frozenset(words("بس فقط وبس only just bas bass"))
# "plus cola", «و كولا»
_JOINT_MAX = len("plus ")


def joined(wishes: Sequence[Wish], messages: Mapping[int, str], names: Names) -> list[Wish]:
    """The things that a message joins to what our last words were about: "w 2 cola".

    Args:
        wishes: what the batch wants.
        messages: the batch as it was written, by id.
        names: the products at hand.
    """
    going = {one: text for one, text in messages.items() if begins_joined(text, names)}
    return [
        wish
        for wish in wishes
        if wish.live and wish.named and not wish.asked and wish.act in ("add", "more")
        if wish.texts and _begins(wish, going) and _ONLY.isdisjoint(wish.said)
    ]


def _begins(wish: Wish, messages: Mapping[int, str]) -> bool:
    """Whether a message begins with it: «و» within one may go on with anything."""
    at, text = wish.texts[0]
    message = messages.get(at, "").lstrip()
    return -1 < message.find(text.split()[0]) <= _JOINT_MAX


def told_of_one(wishes: Sequence[Wish]) -> bool:
    """Whether a size or colour is told of what was offered, and nothing else: «ذهبي»."""
    return any(_only_traits(wish) for wish in wishes if wish.live and wish.asked)


def adjusted(wishes: Sequence[Wish]) -> bool:
    """Whether one of what was offered is wanted otherwise, and so the others as they were.

    «خلي القصص نسختين», «لا الراس ٦٠» of two that we asked about take both; «بس القصص» takes one.
    """
    offered = [wish for wish in wishes if wish.live and wish.asked and wish.texts]
    told = [word for wish in offered for _, text in wish.texts for word in words(text)]
    if not (offered and _ONLY.isdisjoint(told)):
        return False
    counted = any(number(word) is not None or unit(word) for word in told)
    return counted or any(w.traits for w in offered) or any(m.deed == "make" for m in marks(told))


def _only_traits(wish: Wish) -> bool:
    if wish.act != "add" or not _ONLY.isdisjoint(wish.said):
        return False
    said = [word for _, text in wish.texts for word in words(text)]
    own = {form for one in wish.found.products[:1] for form in traits.size_forms(said, one)}
    named = [word for word in wish.things if own.isdisjoint(forms(word))]
    return bool(wish.texts) and bool(wish.traits or own) and not named
