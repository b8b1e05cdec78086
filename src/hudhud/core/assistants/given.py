"""Changes of a draft as people type them, on a form or after a command; pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from hudhud import registry
from hudhud.core.assistants.keys import secrets_of
from hudhud.errors import BadInputError
from hudhud.model import Assistant, Field
from hudhud.text import typed_number

NOBODY = "-"


def given(
    *,
    responder: str | None = None,
    second: str | None = None,
    instructions: str | None = None,
    options: Sequence[str] = (),
    second_options: Sequence[str] = (),
    fields: bytes | None = None,
    tools: Sequence[str] | None = None,
    all_tools: bool = False,
) -> Callable[[Assistant], Assistant]:
    """What makes of a draft the changed one; what is None stays as it is.

    Args:
        responder: who answers.
        second: who does when that one cannot; `-` for nobody.
        instructions: what it is told.
        options: `NAME=VALUE` of the responder; an empty value takes the option away.
        second_options: the same of the second one.
        fields: what it collects, as JSON.
        tools: what it may use.
        all_tools: whether it may use everything.

    Raises:
        BadInputError: the fields are none.
    """
    collected = None if fields is None else _fields(fields)

    def changed(one: Assistant) -> Assistant:
        first = responder or one.responder
        other = one.second_responder if second is None else None if second == NOBODY else second
        kept = one.options if first == one.responder else {}
        kept_second = one.second_options if other == one.second_responder else {}
        return msgspec.structs.replace(
            one,
            responder=first,
            second_responder=other,
            instructions=one.instructions if instructions is None else instructions,
            options=with_options(first, kept, options),
            second_options=with_options(other, kept_second, second_options) if other else {},
            fields=one.fields if collected is None else collected,
            tools=None if all_tools else one.tools if tools is None else tuple(tools),
        )

    return changed


def with_options(responder: str, now: dict[str, Any], words: Sequence[str]) -> dict[str, Any]:
    """The options with some of them changed, each in the type of its responder's own.

    Raises:
        NotFoundError: no such responder.
        BadInputError: it is not NAME=VALUE, or there is no such option.
    """
    wanted = registry.adapter("responders", responder).Options
    types = {field.name: field.type for field in msgspec.structs.fields(wanted)}
    found = dict(now)
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or name not in types:
            raise BadInputError(f"{name}: one of {', '.join(types)} as NAME=VALUE.")
        found[name] = _typed(value.strip(), types[name])
    # Empty is what the installation says, but for a key, which an empty value takes away.
    secret = secrets_of(responder)
    return {name: value for name, value in found.items() if value != "" or name in secret}


def _typed(value: str, kind: Any) -> Any:
    if kind is bool:
        return value.lower() in ("1", "true", "yes", "on")
    if kind in (int, float) and value:
        try:
            return msgspec.convert(typed_number(value), kind, strict=False)
        except (ValueError, msgspec.ValidationError):
            raise BadInputError("A number is none.") from None
    return value


def _fields(told: bytes) -> tuple[Field, ...]:
    try:
        return msgspec.json.decode(told, type=tuple[Field, ...])
    except msgspec.DecodeError as error:
        raise BadInputError(f"The fields: {error}.") from None
