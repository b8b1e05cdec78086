"""Who orders, how they are reached, and where it goes: read out of a batch, and cut out of it.

A name, a telephone and an address come in one message or in five, announced («عنواني …») or bare,
beside what is ordered. What is left of each message is read on as an order.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import zip_longest

import msgspec

from hudhud.model import Field, Said
from hudhud.responders import addresses, names
from hudhud.responders.collecting import in_words
from hudhud.responders.lexicon import correcting, forms, understood
from hudhud.responders.lexicon.said import houses
from hudhud.responders.selling import deeds
from hudhud.responders.selling.who import (
    PARTS,
    Kind,
    amount,
    asks_something,
    begins,
    behind,
    bids_first,
    courteous,
    denied_place,
    parted,
    tells,
    told_beside,
    unled,
    unpraised,
    without_courtesy,
)
from hudhud.responders.telephones import Dialling, Telephone, telephone
from hudhud.text import language, search_terms, words

_SENTENCE = re.compile(r"(?<=[.!؟?\n])\s+|\n")
_LAST_PART = re.compile(r"[.\n،,]\s*|\s-\s")
_TALK = frozenset({"ack", "location", "greeting", "thanks"})
_ARTICLES = frozenset(words("al el il the of de la le"))  # "10 El Hegaz", "Luqmat el-qadi"
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")  # "2nd December street"
_ANYWHERE = Dialling()
_GOES_ON_WORDS_MAX = 3


class Particulars(msgspec.Struct, frozen=True, kw_only=True):
    """What a batch told: new values by field name, those known by kind, and what is missing.

    `left` is each message, by id, without what was taken out of it; of `seen` nothing is left.
    `said` is how a value was said, where it is kept otherwise; `doubt` is a telephone number
    about which we have to ask.
    """

    values: dict[str, str]
    known: dict[str, str]
    missing: tuple[Field, ...]
    left: dict[int, str]
    seen: frozenset[int] = frozenset()
    said: dict[str, str] = {}
    doubt: Telephone | None = None


def particulars(
    wanted: Sequence[Field],
    messages: Sequence[Said],
    collected: Mapping[str, str],
    taken: frozenset[str],
    *,
    asked: bool,
    by: Dialling = _ANYWHERE,
    ours: Collection[str] = (),
) -> Particulars:
    """Read who orders out of a batch.

    Args:
        wanted: what is needed, as `fields` gives it.
        messages: the batch, in order.
        collected: values stored before this batch, by field name.
        taken: folded words that name products, and so no person.
        asked: whether our last words asked for one of the fields.
        by: how numbers are read.
        ours: clauses that surely are of the order: «الرمادي» where a colour was asked for.
    """
    before = {field.kind: collected.get(field.name, "") for field in wanted}
    reader = _Reader(
        {kind: value for kind, value in before.items() if value}, taken, asked=asked, by=by
    )
    reader.ours = frozenset(one.strip() for one in ours)
    reader.given = any(reached(said.text, by) for said in messages)
    left = {message_id: reader.read(text) for message_id, text in in_words(messages).items()}
    if reader.new:
        left = {message_id: without_courtesy(text) for message_id, text in left.items()}
    pins = (said for said in messages if said.kind == "location")
    seen = frozenset(said.id for said in pins if reader.read_pin(said.text))
    values = {f.name: reader.new[f.kind] for f in wanted if f.kind in reader.new}
    return Particulars(
        values={name: value for name, value in values.items() if collected.get(name) != value},
        known=reader.known,
        missing=tuple(field for field in wanted if field.kind not in reader.known),
        left=left,
        seen=seen,
        said={
            field.name: reader.said
            for field in wanted
            if field.kind == "phone" and reader.said not in ("", reader.known.get("phone", ""))
        },
        doubt=reader.doubt,
    )


def reached(text: str, by: Dialling) -> bool:
    """Whether a message tells how somebody is reached: a telephone, or an announced name or place.

    Args:
        text: one message.
        by: how numbers are read.
    """
    if {"?", "؟"} & set(text):
        return False
    found = telephone(text, by, wanted=False)
    announced = names.introduced(text) and names.name(text, frozenset(), asked=False, alone=False)
    return bool((found and found.kept) or announced or addresses.address(text)[0])


class _Reader:
    """One pass over one batch."""

    def __init__(
        self, known: dict[str, str], taken: frozenset[str], *, asked: bool, by: Dialling
    ) -> None:
        self.known, self.asked, self.by = known, asked, by
        self.taken = frozenset(word for word in taken - _ARTICLES if not word.isdecimal())
        self.new: dict[str, str] = {}
        self.said, self.given, self.placed, self.best = "", False, False, 0
        self.ours: frozenset[str] = frozenset()
        self.doubt: Telephone | None = None

    def read(self, text: str) -> str:
        """Take out of one message what it tells of the contact; returns the rest."""
        before = dict(self.new)
        place, asks = told_beside(text)
        if place:
            return "\n".join(filter(None, (self.read(place), asks)))
        text = unled(names.untitled(text))
        pieces = self._without_phone(text)
        left = [self._without_announced(piece) for piece in pieces]
        gave = self.asked or self.given or self.new != before or bool(self.new)
        bare = [self._bare(piece, gave=gave, again=at > 0) for at, piece in enumerate(left)]
        return "\n".join(piece for piece in bare if piece.strip())

    def read_pin(self, text: str) -> bool:
        """A place that was shared on a map is an address."""
        if not addresses.pinned(text):
            return False
        self._keep("address", addresses.with_pin(self.new.get("address", ""), text))
        return True

    def _keep(self, kind: Kind, value: str) -> None:
        self.new[kind] = self.known[kind] = value

    def _without_phone(self, text: str) -> list[str]:
        found = telephone(text, self.by, wanted=self.asked and "phone" not in self.known)
        if found is None:
            return [text]
        self.doubt = found if found.doubt else None
        if found.kept:
            self._keep("phone", found.kept)
            self.said = found.said
        # «98120345 لا غلط 98120346»
        again = telephone(found.after, self.by, wanted=False)
        if again and again.kept and correcting.corrects(found.after.split(again.said)[0]):
            return [found.before, *self._without_phone(found.after)]
        return [found.before.rstrip("/|"), found.after.lstrip("/|")]  # "Ryan/0551234567"

    def _without_announced(self, text: str) -> str:
        value, rest = addresses.address(text)
        if value:
            value, old = self._without_name(value), self.known.get("address", "")
            if addresses.detail(value) and old:
                self._add_address(value)
            else:
                self._keep("address", value)
            text = rest
        asked = (self.asked or self.given) and "name" not in self.known
        # The last one stands: «الاسم سارة لا عفوا الاسم هند».
        while names.introduced(text) or (asked and names.presented(text)):
            told = names.name(text, self.taken, asked=self.asked, alone=False, beside=True)
            if not told:
                break
            self._keep("name", told)
            text, asked = names.without_introduction(text, told), False
        return text

    def _without_name(self, place: str) -> str:
        """An address without the name that is written behind it: "Gulan street. Maya Aziz"."""
        *before, last = _LAST_PART.split(place)
        named = before and names.surely(last) and " " in last.strip()
        if named and addresses.first_place(last) is None and self._named(last):
            return place[: place.rindex(last)].rstrip(" .،,\n-")
        return place

    def _bare(self, text: str, *, gave: bool, again: bool) -> str:
        """Take what is not announced, where something of the kind was asked for or told."""
        if again and "name" not in self.known:
            self.placed = False  # behind the telephone stands rather who has it
        if not text.strip():
            return text
        parts = (one for part in PARTS.split(text) for one in parted(part))
        self.best = max(map(self._rank, parts))
        cut = _SENTENCE.split(text) if self.given else [text]
        sentences_of = [one for one in cut if one.strip()]
        asking = [bool({"?", "؟"} & set(s)) or asks_something(unpraised(s)) for s in sentences_of]
        if all(asking):
            return text
        kept: list[str] = []
        for sentence, asks in zip(sentences_of, asking, strict=True):
            kept += [sentence] if asks else self._told(sentence, gave=gave)
        return "، ".join(kept)

    def _told(self, text: str, *, gave: bool) -> list[str]:
        """What of a sentence that asks nothing is neither a name nor an address."""
        kept: list[str] = []
        placed, before = False, self.placed
        apart = gave and "name" not in self.known
        parts = [part for part in PARTS.split(text) if part.strip()]
        parts = [one for part in parts for one in (parted(part) if apart else [part])]
        for part, then in zip_longest(parts, parts[1:], fillvalue=""):
            if part.strip() in self.ours:
                kept.append(part)
                continue
            if courteous(part):
                kept += [] if gave and self._named(part) else [part]
                continue
            placed = placed or (before and self._goes_on(part))
            if placed and addresses.numbered(part, last=not then):
                self._add_address(part)
                continue
            if "address" in self.known and denied_place(part):
                continue
            if told := correcting.redialled(self.known.get("phone", ""), part):
                self._keep("phone", told)
                continue
            if told := correcting.rehoused(self.known.get("address", ""), part):
                self._keep("address", told)
                continue
            sure = placed and self._surely_name(part) and addresses.first_place(part) is None
            if sure and self._named(part):
                continue
            # «Hamra, Bliss street»: a colour, and a quarter where a street follows.
            leads = " " not in part.strip() and addresses.leads(words(f"{part} {then}"))
            read = self._place(part, goes_on=(gave and placed) or leads, leads=leads)
            placed = self.placed = read == "address"
            if not read and not (gave and self._named(part)):
                kept.append(part)
        return kept

    def _goes_on(self, part: str) -> bool:
        """Whether a sentence goes on the address of the one before: «دبا. شارع البحر. بيت ٩»."""
        if addresses.housed(part):
            return True
        short = len(part.split()) <= _GOES_ON_WORDS_MAX and not understood(part).meanings
        return short and not (self._of_order(part) or self._surely_name(part))

    def _rank(self, part: str) -> int:
        """How much a part is like a name: «جميل» is one alone, «فهمت» none beside «منى علي»."""
        name = names.name(part.strip(), self.taken, asked=True, alone=True)
        if not name or addresses.first_place(part) is not None:
            return 0
        return 3 if names.surely(part) and not courteous(part) else 2 - courteous(part)

    def _place(self, part: str, *, goes_on: bool, leads: bool) -> str:
        """`address` when the part is one, goes on one, or leads to one."""
        waited = goes_on or self._waits_for_address()
        if not addresses.fits(part) and not (goes_on and any(map(str.isalnum, part))):
            return ""
        if not leads and (self._begins_order(part) if waited else self._of_order(part)):
            return ""
        at = addresses.first_place(part)
        bare = correcting.after(part, "address")
        if bare != part and addresses.first_place(bare) == 0:
            part, at = bare, 0
        if all(houses.kind(word) is not None for word in words(part)):
            return ""  # "oops, wrong floor"
        if at is not None and "name" not in self.known:
            part = self._unnamed(part, at, goes_on=goes_on)
        elif at is None and not (goes_on or self._surely_address(part)):
            return ""
        self._add_address(part.strip(" ،,.-"))
        return "address"

    def _waits_for_address(self) -> bool:
        """Whether nothing but the address is missing, and it was asked for."""
        return self.asked and "address" not in self.known and "name" in self.known

    def _begins_order(self, part: str) -> bool:
        """Whether a part, where an address is expected, bids or counts something all the same."""
        said = words(part)
        if _ORDINAL.fullmatch(said[0]):
            return False
        first = {mark.deed for mark in deeds.marks(said) if not mark.start} - {"no", "fine"}
        if addresses.leads(said) or (len(said) == 1 and addresses.begins_with_city(part)):
            return False  # «حولي قطعة ٢ شارع تونس»
        # "Yas Island"
        if first - {"yes"} or (first and self._plain(part)):
            return True
        told = [amount(word) for word in said]
        if all(told) and (len(said) == 1 or addresses.first_place(part) is None):
            return True  # "bineye 4" is no colour
        return any(told) and addresses.first_place(part) is None and bool(self.taken & set(said))

    def _unnamed(self, part: str, at: int, *, goes_on: bool) -> str:
        """«علي جاسم البصرة»: an address without the name before its first place, or behind it."""
        place, name = behind(part)
        if name and self._named(name):
            return place
        said, folded = part.split(), words(part)
        at = begins(folded, at) if at and len(said) == len(folded) else at
        before = " ".join(said[:at])
        if not at or ((goes_on or addresses.named_before(folded, at)) and not names.surely(before)):
            return part  # «العليا، التحلية شارع ٤», "Sun Tower 1507"
        name = names.name(before, self.taken, asked=True, alone=True)
        if name:
            self._keep("name", name)
        return " ".join(said[at:]) if name else part

    def _surely_address(self, part: str) -> bool:
        """Whether nothing but the address is missing, it was asked for, and this is plain text."""
        if not self._waits_for_address():
            return False
        told = understood(part)
        said = bool(told.terms) and not self._plain(part)
        return said and not told.asks and not set(told.meanings) - _TALK

    def _plain(self, part: str) -> bool:
        """Whether a part only says yes, no, or what they want done."""
        said = words(part)
        used = {at for mark in deeds.marks(said) for at in range(mark.start, mark.end)}
        return bool(used) and deeds.little(w for at, w in enumerate(said) if at not in used)

    def _add_address(self, part: str) -> None:
        """An address comes in several parts; one that begins with a city is a new one."""
        old = self.known.get("address", "")
        if old and (told := correcting.renumbered(old, part)):
            self._keep("address", told)
            return
        part = addresses.bare(correcting.undenied(part))
        goes_on = "address" in self.new or not addresses.begins_with_city(part)
        if old and goes_on and part not in old:
            part = f"{old}{'،' if language(f'{old} {part}') == 'ar' else ','} {part}"
        if addresses.fits(part):
            self._keep("address", part)

    def _named(self, part: str) -> bool:
        if "name" in self.known or (self._of_order(part) and not self._surely_name(part)):
            return False
        if self._rank(part) < self.best:
            return False
        name = names.name(part.strip(), self.taken, asked=self.asked, alone=True)
        if name:
            self._keep("name", name)
        return bool(name)

    def _begins_with_name(self, part: str, at: int) -> bool:
        """Whether a name stands before the first place: «لين حداد الزرقاء», where Leen is sold."""
        if not names.surely(" ".join(part.split()[:2])):
            return False
        before = words(part)[: at or len(part)]
        return not self.taken.issuperset(before[:2]) or (self.asked and "name" not in self.known)

    def _surely_name(self, part: str) -> bool:
        """Whether a part is a name though a word of it is of what is sold: «ابو كريم»."""
        first, *rest = words(part)
        if not names.surely(part) or any(char.isdecimal() for char in part):
            return False
        # «ريم الفاخر» is all of what is sold, «هند العتيبي» is not, and "Daniel Brown" no colour.
        things = self.taken.issuperset(rest) or any(map(tells, rest))
        return self.asked if not rest else not (first in self.taken and things)

    def _of_order(self, part: str) -> bool:
        """Whether a part says a deed, an amount or a trait, and so is of the order."""
        if addresses.leads(words(part)):
            return False
        said = [word for word in words(part) if search_terms(word) or deeds.marks([word])]
        names_one = any(not self.taken.isdisjoint(forms(word)) for word in said)
        wants = any(mark.deed in ("want", "take") for mark in deeds.marks(said))
        if names_one and wants:
            return True
        at = addresses.first_place(part)
        if at is not None and self._begins_with_name(part, at):
            return False
        if at is not None and not self.taken.intersection(said):
            # «شارع سعيد بن زيد»: inside of an address a deed is a name, and «ندى» begins one.
            return bids_first(said)
        if deeds.marks(said) or not self.taken.isdisjoint(said):
            return True
        return any(map(amount, said))
