"""A trace has a size, and the size has a name: what is longest in it is cut first; pure."""

from __future__ import annotations

from typing import Any

import msgspec

TRACE_BYTES_MAX = 64 * 1024
# Nearly every trace: told whole, without a look at each of its parts.
SMALL_BYTES = 8 * 1024
ITEMS_MAX = 64
DEPTH_MAX = 8
# A prompt may be long; when all of it together is too much, everything is told in fewer words.
TEXT_CHARS_MAX = (24_000, 6_000, 1_500, 300, 60)
# What is left of a trace that is too large even so, as far as there is room.
KEPT = ("id", "steps", "read", "responder_s")
CUT = "…"


def bounded(trace: dict[str, Any]) -> dict[str, Any]:
    """The trace in at most TRACE_BYTES_MAX bytes of JSON; `cut` says that something is missing."""
    whole = msgspec.json.encode(trace, enc_hook=str)
    told: dict[str, Any]
    if len(whole) <= SMALL_BYTES:
        told = msgspec.json.decode(whole)
        return told
    for chars_max in TEXT_CHARS_MAX:
        told = _cut(trace, chars_max, DEPTH_MAX)
        if told != trace:
            told["cut"] = True
        if len(msgspec.json.encode(told)) <= TRACE_BYTES_MAX:
            return told
    told = {"cut": True}
    for name in KEPT:
        more = {**told, name: _cut(trace.get(name), TEXT_CHARS_MAX[-1], DEPTH_MAX)}
        if name in trace and len(msgspec.json.encode(more)) <= TRACE_BYTES_MAX:
            told = more
    return told


def _cut(value: Any, chars_max: int, depth: int) -> Any:
    match value:
        case str() if len(value) > chars_max:
            return value[:chars_max] + CUT
        case dict() | list() | tuple() if depth == 0:
            return CUT
        case dict():
            kept = list(value.items())[:ITEMS_MAX]
            return {str(name)[:60]: _cut(one, chars_max, depth - 1) for name, one in kept}
        case list() | tuple():
            return [_cut(one, chars_max, depth - 1) for one in value[:ITEMS_MAX]]
        case str() | int() | float() | bool() | None:
            return value
        case _:
            return _cut(msgspec.to_builtins(value, enc_hook=str), chars_max, depth)
