"""The assistant's tools as a model is offered them, and what comes of a call as it is told."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any, NamedTuple

import msgspec

from hudhud.model import TOOLS, Cart, Refused, Tool
from hudhud.text import money

RESULT_CHARS_MAX = 4000
# Of no use to a model, and each of them costs tokens in every round.
_UNTOLD = frozenset({"id", "score", "version", "quoted", "coloured"})
# Our ids say nothing; how many there are does.
_COUNTED = {"images": "pictures"}
_BY_NAME: dict[str, type[Tool[Any]]] = {str(kind.__struct_config__.tag): kind for kind in TOOLS}


class Offered(NamedTuple):
    """One tool as every provider wants to hear of it: its arguments as a JSON schema."""

    name: str
    description: str
    schema: dict[str, Any]


def offered(allowed: Collection[str] | None) -> tuple[Offered, ...]:
    """The tools that an assistant may use; None allows all of them."""
    return tuple(_told(name) for name in _BY_NAME if allowed is None or name in allowed)


def wanted(name: str, arguments: Any) -> Tool[Any]:
    """The call that a model asks for, typed.

    Raises:
        msgspec.ValidationError: its arguments are not what the tool takes.
        KeyError: there is no such tool.
    """
    kind = _BY_NAME[name]
    given = arguments if isinstance(arguments, dict) else msgspec.json.decode(arguments or "{}")
    unknown = set(given) - set(kind.__struct_fields__) if isinstance(given, dict) else set()
    if unknown:
        # A misspelt argument that is left out would be another call than the one that was meant.
        raise msgspec.ValidationError(f"no such argument: {', '.join(sorted(map(str, unknown)))}")
    told_kind = {**given, "type": name} if isinstance(given, dict) else given
    call: Tool[Any] = msgspec.convert(told_kind, kind, strict=False)
    return call


def told(result: Any) -> str:
    """What came of a call, as compact JSON: amounts with their currency, nothing empty."""
    if isinstance(result, Refused):
        value: Any = {"refused": result.why, **_lean(msgspec.to_builtins(result.told), "")}
    else:
        value = _lean(_plain(result), "")
    text = msgspec.json.encode(value).decode()
    # Cut JSON would be read as broken; what is too long says so instead.
    return text if len(text) <= RESULT_CHARS_MAX else _cut(value)


@cache
def _told(name: str) -> Offered:
    kind = _BY_NAME[name]
    schema = msgspec.json.schema(kind)["$defs"][kind.__name__]
    properties = {field: what for field, what in schema["properties"].items() if field != "type"}
    required = [field for field in schema.get("required", ()) if field != "type"]
    return Offered(
        name,
        (kind.__doc__ or "").strip(),
        {
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        },
    )


def _plain(result: Any) -> Any:
    plain = msgspec.to_builtins(result)
    # A property is no field, and the sum is what the contact asks for.
    return {**plain, "total_minor": result.total_minor} if isinstance(result, Cart) else plain


def _lean(value: Any, currency: str) -> Any:
    if isinstance(value, list | tuple):
        return [_lean(item, currency) for item in value]
    if not isinstance(value, dict):
        return value
    currency = value.get("currency") or currency
    lean: dict[str, Any] = {}
    for name, item in value.items():
        if name in _UNTOLD or name == "currency" or item in (None, "", [], {}, ()):
            continue
        if name in _COUNTED:
            lean[_COUNTED[name]] = len(item)
        elif name.endswith("_minor") and isinstance(item, int) and currency:
            # A model told "28000" may say 280.00; the sentence is made here, once.
            lean[name.removesuffix("_minor")] = money(item, currency, "en")
        else:
            lean[name] = _lean(item, currency)
    return lean


def _cut(value: Any) -> str:
    if isinstance(value, list) and len(value) > 1:
        text = msgspec.json.encode(value[: len(value) // 2]).decode()
        return text if len(text) <= RESULT_CHARS_MAX else _cut(value[: len(value) // 2])
    return '{"refused":"too_long"}'
