"""What one drill does and when: a pure function of its arguments. Same seed, same plan."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Literal

import msgspec

from hudhud.errors import BadInputError
from hudhud.ops.drills.faults import FAULTS

ACCOUNTS = 6
# The customers of these accounts are answered by a model, all others by the catalogue.
MODEL_ACCOUNTS = (1, 4)
BURST_MAX = 6
GAP_S = (2.0, 5.0)
# What was struck needs a moment to be whole again before it is struck the next time.
RECOVERY_S = 2.0
# What kills comes twice as often as what does not.
DECK = sorted([*FAULTS, *(name for name, fault in FAULTS.items() if fault.kills)])
# How often nothing else is struck while Valkey is dead, so that its absence alone can be measured.
QUIET_SHARE = 0.5
PERSON_SHARE = 0.01
WISH = "أريد التحدث مع موظف"
QUESTIONS = (
    "السلام عليكم",
    "عندكم قميص كتان؟",
    "كم سعر الجاكيت الجلد؟",
    "شنو مقاسات الدشداشة الشتوية؟",
    "متوفر عباية سوداء كريب؟",
    "بكم الحجاب القطني؟",
    "How much is the linen shirt?",
    "أوقات الدوام شوكت؟",
)

Delivery = Literal["in_order", "one_webhook", "at_once"]
DELIVERIES: tuple[Delivery, ...] = ("in_order", "one_webhook", "at_once")


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What the user asked for. `minutes` is how long customers write and faults strike."""

    messages: int
    contacts: int
    minutes: float
    seed: int


class Burst(msgspec.Struct, frozen=True, kw_only=True):
    """One customer writes these texts at once; `first` numbers its first message in the drill."""

    at_s: float
    contact: int
    first: int
    texts: tuple[str, ...]
    delivery: Delivery


class Strike(msgspec.Struct, frozen=True, kw_only=True):
    """One fault, its moment and its length; `chance` (0 up to 1) picks the victim or the manner."""

    at_s: float
    fault: str
    for_s: float
    chance: float


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """All of it, in the order of time."""

    wanted: Wanted
    bursts: tuple[Burst, ...]
    strikes: tuple[Strike, ...]


def planned(wanted: Wanted) -> Plan:
    """Make the plan.

    Raises:
        BadInputError: nothing would be said, by nobody, or in no time.
    """
    if wanted.messages < 1 or wanted.contacts < 1 or wanted.minutes <= 0:
        raise BadInputError("A drill needs messages, contacts and minutes.")
    bursts = _bursts(wanted, _dice(wanted, "bursts", wanted.messages, wanted.contacts))
    in_time = sorted(bursts, key=lambda burst: (burst.at_s, burst.first))
    # With dice of their own: more customers meet the same faults.
    strikes = _strikes(wanted, _dice(wanted, "strikes"))
    return Plan(wanted=wanted, bursts=tuple(in_time), strikes=tuple(strikes))


def account_of(contact: int) -> int:
    """The place of the account that this customer writes to."""
    return contact % ACCOUNTS


def _dice(wanted: Wanted, *what: object) -> random.Random:
    seed = "/".join(map(str, (wanted.seed, wanted.minutes, *what)))
    return random.Random(seed)  # noqa: S311 - a plan, no secret


def _bursts(wanted: Wanted, dice: random.Random) -> Iterator[Burst]:
    first = 1
    while first <= wanted.messages:
        contact = dice.randrange(wanted.contacts)
        size = min(dice.randint(1, BURST_MAX), wanted.messages - first + 1)
        wishes = dice.random() < PERSON_SHARE
        asked = (WISH,) * size if wishes else tuple(dice.choice(QUESTIONS) for _ in range(size))
        yield Burst(
            at_s=round(dice.uniform(0, wanted.minutes * 60), 3),
            contact=contact,
            first=first,
            texts=tuple(_text(contact, first + place, text) for place, text in enumerate(asked)),
            delivery=dice.choice(DELIVERIES),
        )
        first += size


def _text(contact: int, number: int, text: str) -> str:
    # The stand-in of the model repeats these marks, so that its answer says whom it answers.
    return f"{text} #{number}" if account_of(contact) in MODEL_ACCOUNTS else text


def _strikes(wanted: Wanted, dice: random.Random) -> Iterator[Strike]:
    """Every few seconds one fault; a deck of all of them is used up before the next one."""
    free_at_s = dict.fromkeys((fault.target for fault in FAULTS.values()), 0.0)
    deck: list[str] = []
    at_s = dice.uniform(*GAP_S)
    while at_s < wanted.minutes * 60:
        if len(deck) < len(DECK) // 2:
            deck += dice.sample(DECK, len(DECK))
        name = next((one for one in deck if free_at_s[FAULTS[one].target] <= at_s), None)
        if name is not None:
            deck.remove(name)
            fault = FAULTS[name]
            for_s = round(dice.uniform(fault.least_s, fault.most_s), 2)
            chance = round(dice.random(), 3)
            free_at_s[fault.target] = at_s + for_s + RECOVERY_S
            yield Strike(at_s=round(at_s, 2), fault=name, for_s=for_s, chance=chance)
            if name == "valkey_kill" and chance < QUIET_SHARE:
                at_s += for_s
        at_s += dice.uniform(*GAP_S)
