"""What is needed of who orders: a name, a telephone and an address."""

from __future__ import annotations

from typing import Literal

import msgspec

from hudhud.model import Assistant, Field
from hudhud.responders.selling import sentences

Kind = Literal["name", "phone", "address"]
KINDS: tuple[Kind, ...] = ("name", "phone", "address")
_BUILT_IN: tuple[tuple[Kind, tuple[str, str, str, str]], ...] = (
    ("name", sentences.NAME),
    ("phone", sentences.PHONE),
    ("address", sentences.ADDRESS),
)


def fields(assistant: Assistant) -> tuple[Field, ...]:
    """The fields that an order needs: the assistant's own of their kinds, or ours."""
    own: dict[str, Field] = {field.kind: field for field in reversed(assistant.fields)}
    return tuple(own.get(kind) or _built_in(kind, told) for kind, told in _BUILT_IN)


def _built_in(kind: Kind, told: tuple[str, str, str, str]) -> Field:
    ar, en, asks_ar, asks_en = told
    said = {"label_ar": ar, "label_en": en, "question_ar": asks_ar, "question_en": asks_en}
    return msgspec.convert({"name": kind, "kind": kind} | said, Field)
