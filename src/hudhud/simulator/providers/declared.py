"""What a provider declares: the kinds of things that customers do there, and their forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import msgspec

from hudhud.simulator.customers.saying import Say

Words = tuple[str, str]  # Arabic, English


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One question of a form. `name` is a member of `Say`, or stands in `Say.more`.

    `value` is what a script that leaves it out says, and what the form shows at first; `choices`
    makes it a list to choose from, each value with its words.
    """

    name: str
    label: Words
    value: str = ""
    choices: dict[str, Words] = {}


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that can be done on the phone.

    `shape` gives it in the provider's own shape. `about` says whose message it changes or answers
    (the latest of theirs is meant when none is named). `shown` says whose bubble it becomes; ""
    is none. `is_message` is False for what is no message of a customer: a status, an error, an
    account's event. `place` belongs to the provider: where in a webhook it stands.
    """

    label: Words
    shape: Callable[[Say], dict[str, Any]]
    icon: str = "paper"
    group: Literal["say", "answer", "change", "event"] = "say"
    fields: tuple[Field, ...] = ()
    about: Literal["", "mine", "theirs"] = ""
    shown: Literal["mine", "theirs", "note", ""] = "mine"
    is_message: bool = True
    place: str = ""


def form(kind: Kind) -> dict[str, Any]:
    """The kind as the page needs it: everything but how it is made."""
    return {
        "label": kind.label,
        "icon": kind.icon,
        "group": kind.group,
        "about": kind.about,
        "fields": msgspec.to_builtins(kind.fields),
    }


def filled(say: Say, fields: tuple[Field, ...]) -> None:
    """Put each field's own value where the customer left it out."""
    for field in fields:
        if field.name not in say.__struct_fields__:
            say.more.setdefault(field.name, field.value)
