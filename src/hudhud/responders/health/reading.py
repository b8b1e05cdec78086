"""Whether a batch asks if a thing may harm who is pregnant, ill, very small or on a medicine; pure.

Each alone is a customer's: a diabetic looks for sweets without sugar, who is allergic for sand
without dust, and whether a toy is safe a row may tell. Both together are for a colleague.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hudhud.responders.health import vocabulary as told_by
from hudhud.responders.health.vocabulary import State
from hudhud.responders.selling.counting import number
from hudhud.text import stems, words

_NEAR = 3
_LONGEST = 3
_FIRST = frozenset(phrase[0] for phrases in told_by.STATES.values() for phrase in phrases)


def risks(texts: Iterable[str]) -> frozenset[State]:
    """The states of a body for which a batch asks whether a thing is safe.

    Args:
        texts: the messages of one batch.
    """
    said = [word for text in texts for word in words(text)]
    heard = [{word, *stems(word)} for word in said]
    states = _states(said, heard)
    if not states:
        return frozenset()
    if _any(heard, told_by.RISKS):
        return states
    if _any(heard, told_by.SOUGHT):
        return frozenset()
    if not states.isdisjoint(told_by.SICK) and _any(heard, told_by.SUITS):
        return states
    if _any(heard, told_by.MAY) and _any(heard, told_by.USED):
        return states
    return states if _suits(said, heard) else frozenset()


def _states(said: Sequence[str], heard: Sequence[set[str]]) -> frozenset[State]:
    places = range(len(said))
    told = {one for at in places if heard[at] & _FIRST for one in _phrases(heard, at)}
    states: set[State] = {
        state for state, phrases in told_by.STATES.items() if not phrases.isdisjoint(told)
    }
    if any(_with_child(said, at) for at in places):
        states.add("pregnancy")
    if any(_near(heard, at, told_by.AILMENTS, told_by.AILING) for at in places):
        states.add("illness")
    if any(_near(heard, at, told_by.MEDICINES, told_by.TAKEN) for at in places):
        states.add("medicine")
    if any(_small(said, at) for at in places):
        states.add("infancy")
    return frozenset(states)


def _phrases(heard: Sequence[set[str]], at: int) -> set[tuple[str, ...]]:
    """The phrases that begin at a place, their words as said or without what is joined to them."""
    found: set[tuple[str, ...]] = {(form,) for form in heard[at]}
    longer = found
    for forms in heard[at + 1 : at + _LONGEST]:
        longer = {(*before, form) for before in longer for form in forms}
        found = found | longer
    return found


def _with_child(said: Sequence[str], at: int) -> bool:
    """Whether «حامل» is a woman here: «انا حامل», «حامل بالشهر الرابع», «مناسب للحامل»."""
    if said[at] not in told_by.WITH_CHILD:
        return False
    before, after = said[max(0, at - 2) : at], said[at + 1 : at + 1 + _NEAR]
    suited = bool(before) and before[-1] in told_by.SUITS | told_by.RISKS and not after
    hers = not {*before}.isdisjoint(told_by.SHE)
    return suited or hers or not {*after}.isdisjoint(told_by.MONTHS)


def _near(heard: Sequence[set[str]], at: int, what: frozenset[str], behind: frozenset[str]) -> bool:
    """Whether a word of one kind stands shortly behind one of the other."""
    before = heard[max(0, at - _NEAR) : at]
    return bool(heard[at] & what) and any(forms & behind for forms in before)


def _small(said: Sequence[str], at: int) -> bool:
    """Whether so many months tell how old somebody is: «عمره ٤ شهور», "6 months old"."""
    months = not told_by.MONTHS.isdisjoint(said[at + 1 : at + 2])
    few = months and 0 < (number(said[at]) or 0) <= told_by.SMALL_MONTHS_MAX
    if not few and said[at] not in told_by.A_MONTH_OR_TWO:
        return False
    near = {*said[max(0, at - 2) : at], *said[at + 1 : at + 1 + _NEAR]}
    return not near.isdisjoint(told_by.AGED)


def _suits(said: Sequence[str], heard: Sequence[set[str]]) -> bool:
    """Whether it is asked if a thing suits who is in such a state: «يناسب مرضى الضغط؟»."""
    suits = (at for at, word in enumerate(said) if word in told_by.SUITS)
    return any(_states(said[at:], heard[at:]) for at in suits)


def _any(heard: Iterable[set[str]], kind: frozenset[str]) -> bool:
    return any(not forms.isdisjoint(kind) for forms in heard)
