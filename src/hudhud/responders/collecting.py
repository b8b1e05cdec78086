"""Reads the fields that an assistant collects out of a batch, in the customer's own words (S5)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from hudhud.model import Field, Said
from hudhud.responders.lexicon import forms, understood
from hudhud.text import fold, language, search_terms, typed_phone, words

NAME_WORDS_MAX = 4
VALUE_CHARS_MAX = 200
_PHONE_DIGITS = range(7, 16)
# Their text is the name of a place, a card, a picture: not what the contact says.
SHARED_KINDS = frozenset({"location", "contacts", "sticker", "unsupported"})

_PHONE = re.compile(r"(?<!\w)[+＋]?\d(?:[\s().-]{0,2}\d){6,19}(?!\w)")
_INTRODUCED = re.compile(
    r"(?:\b(?:my name is|my name's|name is|name\s*[:=])"
    r"|(?<!\w)(?:و?[اأإ]سمي|[اأ]نا [اأ]سمي|الاسم|[اأإ]سمي هو))\s*[:=]?\s*(.+)",
    re.IGNORECASE,
)
# Weaker: «أنا حامل», "I'm late". Taken only while the name is missing.
_PRESENTED = re.compile(
    r"(?:\b(?:i am|i'm|im|this is|it's)|(?<!\w)(?:[اأ]نا|معك|معاك|معكم|معاكم|وياك|وياكم))\s+(.+)",
    re.IGNORECASE,
)
# «من القوي», «آل سعيد»: the family that belongs to the name just said.
_FAMILY = re.compile(r"^(?:من\s+)?((?:آل|ال|بيت|بني|بن|ابن|بنت|أبو|ابو)\s*\w[\w\s]*)$")
# Places and times begin with the article too, and are no families.
_NO_FAMILY = frozenset(
    words(
        "البصرة الموصل النجف الكوت الحلة العمارة السماوة الناصرية الديوانية الرمادي الانبار "
        "المنصور الاعظمية الكاظمية الكرادة العراق السعودية الرياض الدمام الخبر المدينة الطائف "
        "الكويت الاردن الامارات الشارقة البحرين المنامة الدوحة اليمن السودان الخرطوم القاهرة "
        "الاسكندرية الجيزة الان اليوم الحين الاول الاخر البداية المغرب الجزائر الشام اللاذقية "
        "القدس الخليل السوق البيت العمل المحل الموقع"
    )
)
# Given names that are spelled like a greeting or a little word (علي like على).
_ALSO_NAMES = frozenset(words("علي نور سلام صباح رحمة خير هادي امين تمام حلو زين كريم"))
_LETTERS = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_NOT_NAMED = re.compile(r"[?؟\d@/:]")


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
        value = {"choice": self._choice, "phone": self._phone, "name": self._name}.get(
            field.kind, self._labelled
        )(field, text)
        if value:
            self.values[field.name] = value
        return bool(value)

    def has(self, field: Field) -> str:
        return self.values.get(field.name) or self.known.get(field.name, "")

    def _choice(self, field: Field, text: str) -> str:
        return "" if re.search("[?؟]", text) else chosen(field, text)

    def _phone(self, field: Field, text: str) -> str:
        return phone(text) if field.kind == "phone" else ""

    def _labelled(self, field: Field, text: str) -> str:
        labels = "|".join(re.escape(label) for label in (field.label_ar, field.label_en) if label)
        found = re.match(rf"\s*(?:{labels})\s*(?:هو|هي|is)?\s*[:=：-]\s*(.+)", text, re.IGNORECASE)
        return found[1].strip()[:VALUE_CHARS_MAX] if found else ""

    def _name(self, field: Field, text: str) -> str:
        if said := _INTRODUCED.search(text):
            return "" if "?" in text or "؟" in text else _name_of(said[1], self.taken)
        known = self.has(field)
        if known:
            return self._with_family(known, text)
        presented = _PRESENTED.search(text)
        name = _name_of(presented[1] if presented else text, self.taken, whole=True)
        if presented and language(text) == "en" and not self.asked and not name.istitle():
            return ""
        if not presented and any(chosen(other, text) for other in self.fields):
            return ""
        return name

    def _with_family(self, known: str, text: str) -> str:
        family = _FAMILY.match(_bare(text))
        one_word = " " not in known.removeprefix("عبد ")
        if not family or not one_word or not (self.named_last or fold(text).startswith("من ")):
            return ""
        told, said = understood(family[1]), words(family[1])
        if told.meanings or told.asks or _NO_FAMILY & set(said) or _NOT_NAMED.search(text):
            return ""
        if any(form in self.taken for word in said for form in forms(word)):
            return ""
        return f"{known} {' '.join(family[1].split())}"

    def _plain_text(self, text: str) -> bool:
        """A free text belongs to the first free field that was asked for and is still missing."""
        free = next((f for f in self.fields if f.kind == "text" and not self.has(f)), None)
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
    """The stored value of the choice that a text holds; the longest way of saying wins."""
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
    return best


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


def _name_of(text: str, taken: frozenset[str], *, whole: bool = False) -> str:
    """The name that a text begins with, or, when `whole`, that the text is."""
    if whole and _NOT_NAMED.search(text):
        return ""
    parts = re.split(r"[,.،;؛\n?؟!]", text, maxsplit=1)[0] if not whole else text
    kept: list[str] = []
    for part in _LETTERS.findall(parts):
        if _is_speech([*kept, part], taken) or len(kept) == NAME_WORDS_MAX:
            return "" if whole or not kept else " ".join(kept)
        kept.append(part)
    return " ".join(kept)


def _is_speech(parts: Sequence[str], taken: frozenset[str]) -> bool:
    """Whether the last of these words cannot go on a name that the others began."""
    word = fold(parts[-1])
    if len(parts) > 1 and word in ("الله", "الدين"):
        return False
    if word in _ALSO_NAMES and (len(parts) > 1 or word == "علي"):
        return False
    told = understood(word)
    return not told.terms or bool(told.meanings) or not taken.isdisjoint(forms(word))


def _bare(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s'-]", " ", text).split())
