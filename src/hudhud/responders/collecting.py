"""Reads the fields that an assistant collects out of a batch, in the customer's own words (S5)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import get_args

import msgspec

from hudhud.model import Field, Said, Turn, TurnInbox
from hudhud.responders import addresses, names
from hudhud.responders.lexicon import bones, forms, kin, roots, understood
from hudhud.responders.phrases import say
from hudhud.responders.spoken import counted
from hudhud.responders.telephones import Dialling, Telephone, dialling, telephone
from hudhud.text import Language, fold, search_terms, words

VALUE_CHARS_MAX = 200
# Their text is the name of a place, a card, a picture: not what the contact says.
_SHARED_KINDS = frozenset({"location", "contacts", "sticker", "unsupported"})

_FREE_KINDS = frozenset({"text", "address"})

# Shorter words have the root of too many others.
_ROOTED_CHARS_MIN = 4
_SOUND_MIN = 3
_ANY_INBOX = TurnInbox()
_WELCOMES = frozenset(
    say(key, tongue) for key in ("thanks", "gladly") for tongue in get_args(Language)
)


class Gathered(msgspec.Struct, frozen=True, kw_only=True):
    """What a batch gave: new `values`, messages `used` up by them (ids), fields still `missing`.

    `said` is how a value was said, where it is kept otherwise; `doubt` is a telephone number
    about which we have to ask.
    """

    values: dict[str, str] = {}
    used: frozenset[int] = frozenset()
    missing: tuple[Field, ...] = ()
    said: dict[str, str] = {}
    doubt: Telephone | None = None

    @property
    def heard(self) -> bool:
        """Whether the batch gave anything, if only a number to ask about."""
        return bool(self.values or self.doubt or self.used)


class _Reader:
    """One pass over one batch; every method returns whether the message gave its field a value."""

    def __init__(
        self,
        fields: Sequence[Field],
        known: Mapping[str, str],
        taken: frozenset[str],
        *,
        asked: bool,
        by: Dialling,
    ) -> None:
        self.fields, self.known, self.asked, self.taken, self.by = fields, known, asked, taken, by
        self.values: dict[str, str] = {}
        self.said: dict[str, str] = {}
        self.doubt: Telephone | None = None
        self.named_last = False

    def read(self, text: str) -> bool:
        """Try every field on one message."""
        gave = False
        for field in self.fields:
            if field.kind == "phone" and (heard := self._phone(field, text)):
                before = "" if self._named_before(heard.before) else heard.before
                text, gave = f"{before} {heard.after}".strip(), True
        found = [self._read_field(field, text) for field in self.fields if field.kind != "phone"]
        others = [field for field in self.fields if field.kind != "phone"]
        self.named_last = any(
            got and field.kind == "name" for got, field in zip(found, others, strict=True)
        )
        return gave or any(found) or (self.asked and self._plain_text(text))

    def read_pin(self, text: str) -> bool:
        """A place that was shared on a map is an address."""
        field = next((one for one in self.fields if one.kind == "address"), None)
        if field is None or not addresses.pinned(text):
            return False
        self.values[field.name] = addresses.with_pin(self.values.get(field.name, ""), text)
        return True

    def _read_field(self, field: Field, text: str) -> bool:
        readers = {"choice": self._choice, "name": self._name}
        value = readers.get(field.kind, self._labelled)(field, text)
        if field.kind == "address":
            value = value or addresses.address(text)[0]
        if value:
            self.values[field.name] = value
        return bool(value)

    def has(self, field: Field) -> str:
        return self.values.get(field.name) or self.known.get(field.name, "")

    def _choice(self, field: Field, text: str) -> str:
        return "" if re.search("[?؟]", text) else chosen(field, text)

    def _phone(self, field: Field, text: str) -> Telephone | None:
        found = telephone(text, self.by, wanted=self.asked and not self.has(field))
        if found is None:
            return None
        self.doubt = found if found.doubt else None
        if found.kept:
            self.values[field.name] = found.kept
            self.said[field.name] = found.said
        return found

    def _named_before(self, text: str) -> bool:
        """Whether a name and nothing else stands before a number: "Mona Adel, 0100…"."""
        field = next((one for one in self.fields if one.kind == "name"), None)
        if field is None or self.has(field) or any(chosen(one, text) for one in self.fields):
            return False
        name = names.name(text, self.taken, asked=self.asked, alone=True)
        if name and name == text.strip(" ،,.-:"):
            self.values[field.name] = name
        return field.name in self.values

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
        fits = bool(search_terms(value)) and (free.kind != "address" or addresses.plausible(value))
        if fits:
            self.values[free.name] = value
        return fits


def gather(
    fields: Sequence[Field],
    messages: Sequence[Said],
    collected: Mapping[str, str],
    history: Sequence[Said] = (),
    taken: frozenset[str] = frozenset(),
    inbox: TurnInbox = _ANY_INBOX,
) -> Gathered:
    """Read every field that the batch holds; what was said before is kept unless corrected.

    Args:
        fields: what the assistant collects.
        messages: the batch, in order.
        collected: values stored before this batch, by field name.
        history: what was said before; tells whether the last question was ours.
        taken: folded words that name products, and so no person.
        inbox: says by which country's plan numbers are read.
    """
    asked, by = asked_before(fields, history), dialling(inbox, history)
    reader = _Reader(fields, collected, taken, asked=asked, by=by)
    used = {message_id for message_id, text in in_words(messages).items() if reader.read(text)}
    pins = (said for said in messages if said.kind == "location" and said.text.strip())
    used |= {said.id for said in pins if reader.read_pin(said.text)}
    new = {name: value for name, value in reader.values.items() if collected.get(name) != value}
    return Gathered(
        values=new,
        used=frozenset(used),
        missing=tuple(field for field in fields if not reader.has(field)),
        said={name: said for name, said in reader.said.items() if said != new.get(name, said)},
        doubt=reader.doubt,
    )


def of_turn(turn: Turn, messages: Sequence[Said], taken: frozenset[str] = frozenset()) -> Gathered:
    """The same of a turn: what `messages` leave of its batch, and the places that were shared."""
    pins = (said for said in turn.messages if said.kind == "location" and said not in messages)
    return gather(
        turn.assistant.fields,
        [*messages, *pins],
        turn.collected,
        turn.history,
        taken,
        turn.inbox,
    )


def in_words(messages: Sequence[Said]) -> dict[int, str]:
    """What each message of a batch says in words, by its id; a place or a card says none."""
    return {
        said.id: said.text
        for said in messages
        if said.text.strip() and said.kind not in _SHARED_KINDS
    }


def asked_before(fields: Sequence[Field], history: Sequence[Said]) -> bool:
    """Whether the last thing that our side said asks for one of the fields."""
    ours = (said.text for said in reversed(history) if said.author != "contact")
    # «شكراً» – «العفو»: what we asked for before is still waited for.
    last = next((text for text in ours if text not in _WELCOMES), "")
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


def _holds(said: Sequence[set[str]], phrase: Sequence[str]) -> bool:
    places = range(len(said) - len(phrase) + 1) if phrase else ()
    return any(all(word in said[at + i] for i, word in enumerate(phrase)) for at in places)
