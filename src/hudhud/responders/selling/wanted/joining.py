"""What is said beside an offer, or beside a question, and so takes what was offered; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hudhud.responders.lexicon import forms
from hudhud.responders.selling import traits
from hudhud.responders.selling.amending.vocabulary import KNOWN
from hudhud.responders.selling.clauses import Clause, begins_joined
from hudhud.responders.selling.counting import number, unit
from hudhud.responders.selling.deeds import marks, turns_it
from hudhud.responders.selling.naming import Names
from hudhud.responders.selling.traits import is_trait
from hudhud.responders.selling.wanted.wish import Wish
from hudhud.responders.shelf import Found, told_of
from hudhud.text import without_article, words

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


def pointed(wishes: Sequence[Wish], clause: Clause) -> Wish | None:
    """Of what we asked about, what a message has just named and points to: «خليها تنتين».

    Args:
        wishes: what the batch wants so far.
        clause: the next of it.
    """
    told = [wish for wish in wishes if wish.live and wish.asked and wish.texts]
    points = clause.acts == ["make"] and not clause.named and turns_it(clause.said)
    return told[-1] if points and told and told[-1].texts[-1][0] == clause.id else None


def of_another(wishes: Sequence[Wish], clause: Clause) -> bool:
    """Whether a clause makes what it calls by an unknown name otherwise: «خلي العوامة اتنين».

    It tells nothing of what was offered, which is called otherwise.

    Args:
        wishes: what our last words asked about.
        clause: what is said.
    """
    if clause.acts != ["make"] or clause.named:
        return False
    offered = [product for wish in wishes for product in wish.found.products]
    things = [
        word
        for word, before in zip(clause.said, ["", *clause.said], strict=False)
        if (word.startswith("ال") or before == "the") and without_article(word) in clause.terms
        if not (unit(word) or is_trait(word) or number(word) or any(word in k for k in KNOWN))
    ]
    return any(
        not any(told_of(one, (word, without_article(word))) for one in offered) for word in things
    )


def one_thing(whole: Found, last: Wish, clause: Clause, names: Names) -> bool:
    """Whether a clause tells more of one thing: «وطاسة» does not, though a row tells of one.

    «زنبق السلام، نبتة واحدة» does: it only says how many.

    Args:
        whole: what it and what was said before it name together.
        last: what was said before it.
        clause: what is said.
        names: the products at hand.
    """
    if not (whole.exact and whole.by == "name" and len(whole.products) == 1):
        return False
    own = Names(whole.products)
    counts = bool(clause.counts) and not last.counts
    return counts or all(own.titled(word) or not names.headed(word) for word in clause.found.words)


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
