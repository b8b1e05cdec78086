"""The shape around what nearly every webhook tells: one entry, one change, one value."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

import msgspec

V = TypeVar("V")


class Metadata(msgspec.Struct, frozen=True, gc=False):
    """The account that was written to, and its phone."""

    phone_number_id: str = ""
    display_phone_number: str = ""


# Lists of exactly one.
class _Change(msgspec.Struct, Generic[V], frozen=True, gc=False):
    value: V
    field: Literal["messages"]


class _Entry(msgspec.Struct, Generic[V], frozen=True, gc=False):
    changes: tuple[_Change[V]]


class Body(msgspec.Struct, Generic[V], frozen=True, gc=False):
    """A whole webhook; `V` is the shape of its value."""

    entry: tuple[_Entry[V]]


def opened(decoder: msgspec.json.Decoder[Body[V]], body: bytes) -> V | None:
    """The one value of a webhook of this shape; None for any other, which has to be walked."""
    try:
        return decoder.decode(body).entry[0].changes[0].value
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
