"""What a responder wants to know, as a form asks for it, and what a version may hold; pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, get_args

import msgspec

from hudhud import registry
from hudhud.core.assistants.keys import secrets_of
from hudhud.errors import BadInputError, NotFoundError
from hudhud.model import Assistant
from hudhud.model.tools import TOOLS

INSTRUCTIONS_CHARS_MAX = 8000
FIELDS_MAX = 20
NAME_CHARS_MAX = 64
# An inbox's own URL is the inbox's, not an assistant's.
RESPONDERS = ("catalogue", "llm")
TOOL_NAMES = tuple(str(tool.__struct_config__.tag) for tool in TOOLS)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One option of a responder: `kind` is `text`, `number`, `tick`, `choice` or `secret`."""

    name: str
    kind: str
    default: str
    choices: tuple[str, ...] = ()


def asked(responder: str) -> list[Asked]:
    """The options of a responder that people set, in the order of its own type.

    Raises:
        NotFoundError: no such responder.
    """
    hidden = secrets_of(responder)
    found = []
    for field in msgspec.structs.fields(registry.adapter("responders", responder).Options):
        choices = tuple(one for one in get_args(field.type) if isinstance(one, str))
        kind = "choice" if choices else _KINDS.get(field.type, "")
        if field.name in hidden:
            kind = "secret"
        if kind:
            default = "" if field.default is msgspec.NODEFAULT else str(field.default)
            found.append(Asked(name=field.name, kind=kind, default=default, choices=choices))
    return found


def fit(one: Assistant) -> None:
    """Refuse contents that could not answer.

    Raises:
        BadInputError: what is wrong with them, without a value of theirs.
    """
    _refuse(len(one.instructions) > INSTRUCTIONS_CHARS_MAX, "The instructions are too long.")
    _refuse(len(one.fields) > FIELDS_MAX, f"At most {FIELDS_MAX} fields are collected.")
    names = [field.name for field in one.fields]
    _refuse(len(set(names)) < len(names), "Two fields have the same name.")
    for name in names:
        fine = name.isidentifier() and name.isascii() and len(name) <= NAME_CHARS_MAX
        _refuse(not fine, "The name of a field has Latin letters, digits and _ only.")
    for responder in filter(None, (one.responder, one.second_responder)):
        _refuse(responder not in RESPONDERS, f"No such responder: {responder}.")
    unknown = sorted(set(one.tools or ()) - set(TOOL_NAMES))
    _refuse(bool(unknown), f"No such tool: {', '.join(unknown)}.")
    _options(one.responder, one.options)
    if one.second_responder is not None:
        _refuse(one.second_responder == one.responder, "The second responder is the first one.")
        _options(one.second_responder, one.second_options)


def fingerprint(one: Assistant) -> str:
    """The same for the same contents and only for them: what was rehearsed is published."""
    told = msgspec.structs.replace(one, id=0, merchant_id=0, name="", version=0, secrets="")
    return hashlib.sha256(msgspec.json.encode(told, order="deterministic")).hexdigest()


def told(one: Assistant) -> dict[str, Any]:
    """An assistant for a machine that reads; no key of a service is part of it."""
    shown: dict[str, Any] = msgspec.to_builtins(keyless(one))
    del shown["secrets"], shown["merchant_id"]
    return shown


def keyless(one: Assistant) -> Assistant:
    """The same without keys of services, which an older release kept among the options."""

    def bare(responder: str | None, options: Mapping[str, Any]) -> dict[str, Any]:
        hidden = secrets_of(responder) if responder else frozenset[str]()
        return {name: value for name, value in options.items() if name not in hidden}

    return msgspec.structs.replace(
        one,
        options=bare(one.responder, one.options),
        second_options=bare(one.second_responder, one.second_options),
    )


def differences(before: Assistant, after: Assistant) -> list[tuple[str, str, str]]:
    """What changed: the name of each part, and how it read before and after."""
    before, after = keyless(before), keyless(after)
    parts = ("responder", "instructions", "options", "second_responder", "second_options", "tools")
    found = [(part, _told(getattr(before, part)), _told(getattr(after, part))) for part in parts]
    labels = [", ".join(f"{f.name} ({f.kind})" for f in one.fields) for one in (before, after)]
    changed = before.fields != after.fields
    fields = [("fields", labels[0], labels[1])] if changed else []
    return [row for row in found if row[1] != row[2]] + fields


_KINDS: dict[Any, str] = {str: "text", int: "number", float: "number", bool: "tick"}


def _options(responder: str, given: Mapping[str, Any]) -> None:
    try:
        wanted = registry.adapter("responders", responder).Options
    except NotFoundError as error:
        raise BadInputError(error.detail) from None
    unknown = sorted(set(given) - {field.name for field in msgspec.structs.fields(wanted)})
    _refuse(bool(unknown), f"{responder} has no option {', '.join(unknown)}.")
    try:
        msgspec.convert(given, wanted)
    except msgspec.ValidationError as error:
        raise BadInputError(f"{responder}: {error}") from None


def _told(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {one}" for name, one in sorted(value.items()))
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _refuse(wrong: bool, why: str) -> None:  # noqa: FBT001 - reads as a sentence at every call
    if wrong:
        raise BadInputError(why)
