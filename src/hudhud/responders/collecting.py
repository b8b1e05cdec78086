"""Reads the fields that an assistant collects out of a batch, in the customer's own words (S5)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from hudhud.model import Field, Said
from hudhud.responders import names
from hudhud.responders.addresses import address
from hudhud.responders.lexicon import bones, forms, kin, roots, understood
from hudhud.responders.spoken import counted, spoken_number
from hudhud.text import fold, search_terms, typed_phone, words

VALUE_CHARS_MAX = 200
_PHONE_DIGITS = range(7, 16)
# Their text is the name of a place, a card, a picture: not what the contact says.
SHARED_KINDS = frozenset({"location", "contacts", "sticker", "unsupported"})

_FREE_KINDS = frozenset({"text", "address"})

# Shorter words have the root of too many others.
_ROOTED_CHARS_MIN = 4
_SOUND_MIN = 3

_PHONE = re.compile(r"(?<!\w)[+＋]?\d(?:[\s().-]{0,2}\d){6,19}(?!\w)")


class Gathered(msgspec.Struct, frozen=True, kw_only=True):
    """What a batch gave: new `values`, messages `used` up by them (ids), fields still `missing`."""

    values: dict[str, str]
    used: frozenset[int]
    missing: tuple[Field, ...]


class _Reader:
    """One pass over one batch; every method returns whether the message gave its field a value."""

    def __init__(
        self,
        fields: Sequence[Field],
        known: Mapping[str, str],
        taken: frozenset[str],
        *,
        asked: bool,
    ) -> None:
        self.fields, self.known, self.asked, self.taken = fields, known, asked, taken
        self.values: dict[str, str] = {}
        self.named_last = False

    def read(self, text: str) -> bool:
        """Try every field on one message."""
        found = [self._read_field(field, text) for field in self.fields]
        self.named_last = any(
            got and field.kind == "name" for got, field in zip(found, self.fields, strict=True)
        )
        return any(found) or (self.asked and self._plain_text(text))

    def _read_field(self, field: Field, text: str) -> bool:
        readers = {"choice": self._choice, "phone": self._phone, "name": self._name}
        value = readers.get(field.kind, self._labelled)(field, text)
        if field.kind == "address":
            value = value or address(text)[0]
        if value:
            self.values[field.name] = value
        return bool(value)

    def has(self, field: Field) -> str:
        return self.values.get(field.name) or self.known.get(field.name, "")

    def _choice(self, field: Field, text: str) -> str:
        return "" if re.search("[?؟]", text) else chosen(field, text)

    def _phone(self, field: Field, text: str) -> str:
        return (phone(text) or spoken_number(text)) if field.kind == "phone" else ""

    def _labelled(self, field: Field, text: str) -> str:
        labels = "|".join(re.escape(label) for label in (field.label_ar, field.label_en) if label)
        found = re.match(rf"\s*(?:{labels})\s*(?:هو|هي|is)?\s*[:=：-]\s*(.+)", text, re.IGNORECASE)
        return found[1].strip()[:VALUE_CHARS_MAX] if found else ""

    def _name(self, field: Field, text: str) -> str:
        known = self.has(field)
        if names.introduced(text) or not known:
            told = any(chosen(other, text) for other in self.fields)
            return names.name(text, self.taken, asked=self.asked, alone=not told)
        return self._with_family(known, text)

    def _with_family(self, known: str, text: str) -> str:
        one_word = " " not in known.removeprefix("عبد ")
        if not one_word or not (self.named_last or fold(text).startswith("من ")):
            return ""
        family = names.family(text, self.taken)
        return f"{known} {family}" if family else ""

    def _plain_text(self, text: str) -> bool:
        """A free text belongs to the first free field that was asked for and is still missing."""
        free = next((f for f in self.fields if f.kind in _FREE_KINDS and not self.has(f)), None)
        told = understood(text)
        if free is None or told.asks or set(told.meanings) - {"ack", "location"}:
            return False
        value = text.strip()[:VALUE_CHARS_MAX]
        if search_terms(value):
            self.values[free.name] = value
        return bool(search_terms(value))


def gather(
    fields: Sequence[Field],
    messages: Sequence[Said],
    collected: Mapping[str, str],
    history: Sequence[Said] = (),
    taken: frozenset[str] = frozenset(),
) -> Gathered:
    """Read every field that the batch holds; what was said before is kept unless corrected.

    Args:
        fields: what the assistant collects.
        messages: the batch, in order.
        collected: values stored before this batch, by field name.
        history: what was said before; tells whether the last question was ours.
        taken: folded words that name products, and so no person.
    """
    reader = _Reader(fields, collected, taken, asked=asked_before(fields, history))
    spoken = (said for said in messages if said.text.strip() and said.kind not in SHARED_KINDS)
    used = {said.id for said in spoken if reader.read(said.text)}
    new = {name: value for name, value in reader.values.items() if collected.get(name) != value}
    missing = tuple(field for field in fields if not reader.has(field))
    return Gathered(values=new, used=frozenset(used), missing=missing)


def asked_before(fields: Sequence[Field], history: Sequence[Said]) -> bool:
    """Whether the last thing that our side said asks for one of the fields."""
    last = next((said.text for said in reversed(history) if said.author != "contact"), "")
    asks = "؟" in last or "?" in last
    labels = [
        text for f in fields for text in (f.label_ar, f.label_en, f.question_ar, f.question_en)
    ]
    return asks and any(label and fold(label) in fold(last) for label in labels)


def chosen(field: Field, text: str) -> str:
    """The stored value of the choice that a text holds; the longest way of saying wins.

    When no way is held word by word, one choice alone may be meant by its count («جوج وجبات»), by
    the roots of its words («بدي خسس» and «تخسيس»), or by its sound in Latin letters.
    """
    said = [set(forms(word)) for word in words(text)]
    joined = fold(text).replace(" ", "")
    best, length = "", 0
    for value, ways in field.choices.items():
        for way in (value, *ways):
            phrase = words(way)
            whole = "".join(phrase)
            held = whole == joined or _holds(said, phrase)
            if held and len(whole) > length:
                best, length = value, len(whole)
    return best or _meant(field, words(text))


def _meant(field: Field, said: Sequence[str]) -> str:
    """The one choice that is held most, less strictly: each way says how much it is held."""
    for held in (_same_count, _same_roots, _same_sound, _same_aim):
        found = {
            value: max(held(words(way), said) for way in (value, *ways))
            for value, ways in field.choices.items()
        }
        most = max(found.values(), default=0)
        meant = [value for value, much in found.items() if much == most]
        if most and len(meant) == 1:
            return meant[0]
    return ""


def _same_count(way: Sequence[str], said: Sequence[str]) -> int:
    way_held, said_held = counted(way), counted(said)
    counts = {word for word in way_held if word.isdigit()}
    alone = len(said) == 1 and said_held == counts
    return int(bool(counts) and (alone or way_held <= said_held))


def _same_roots(way: Sequence[str], said: Sequence[str]) -> int:
    heard = {root for word in said for root in roots(word)}
    held = all(len(word) >= _ROOTED_CHARS_MIN and heard & roots(word) for word in way)
    return len(way) if held else 0


def _same_sound(way: Sequence[str], said: Sequence[str]) -> int:
    latin = "".join(bones(word) for word in said if word[0].isascii() and word[0].isalnum())
    sound = "".join(bones(word) for word in way if not word[0].isascii())
    return len(sound) if len(sound) >= _SOUND_MIN and sound in latin else 0


def _same_aim(way: Sequence[str], said: Sequence[str]) -> int:
    """How many words of a way are asked in other words; at least half: «اضعف», "lose weight"."""
    heard = {form for word in said for form in forms(word)}
    same = sum(1 for word in way if not heard.isdisjoint(kin(forms(word))))
    return same if 2 * same >= len(way) else 0


def phone(text: str) -> str:
    """The phone number in a text: Latin digits, with its leading + if it had one; else empty."""
    for found in _PHONE.finditer(text):
        number = typed_phone(found[0])
        if len(number.removeprefix("+")) in _PHONE_DIGITS:
            return number
    return ""


def _holds(said: Sequence[set[str]], phrase: Sequence[str]) -> bool:
    places = range(len(said) - len(phrase) + 1) if phrase else ()
    return any(all(word in said[at + i] for i, word in enumerate(phrase)) for at in places)
