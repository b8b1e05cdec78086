"""Reads JSON of which nothing is certain: the wrong type reads as empty, and never raises."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import msgspec

from hudhud.errors import UnreadableWebhookError

# Before 2009 there was no WhatsApp, after 2099 a stamp is a mistake (or milliseconds).
STAMP_S_MIN = 1_230_768_000
STAMP_S_MAX = 4_102_444_800
STAMP_DIGITS_MAX = 10


def document(body: bytes) -> dict[str, Any]:
    """The JSON object of a body.

    The fast decoder is strict; what it refuses (a lone surrogate, broken UTF-8, NaN) is read
    again by the lenient one, so that one odd letter does not cost its sibling messages.

    Raises:
        UnreadableWebhookError: not JSON, not an object, or nested too deeply to be read.
    """
    try:
        read = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        read = _lenient(body)
    if not isinstance(read, dict):
        raise UnreadableWebhookError("It is not a JSON object.")
    return read


def _lenient(body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8-sig", "replace"))
    except ValueError:
        raise UnreadableWebhookError("It is not JSON.") from None
    except RecursionError:
        raise UnreadableWebhookError("It is nested too deeply.") from None


def record(value: Any) -> dict[str, Any]:
    """The object, or an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """The list, or an empty one."""
    return value if isinstance(value, list) else []


def words(value: Any) -> str:
    """The string; a whole number as its digits (ids are sent both ways); else an empty one."""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**32:
        return str(value)
    return ""


def stamp(value: Any) -> datetime | None:
    """The moment of a stamp in Unix seconds (a string or a number), None for an absurd one."""
    digits = words(value)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= STAMP_DIGITS_MAX):
        return None
    seconds = int(digits)
    if not STAMP_S_MIN <= seconds < STAMP_S_MAX:
        return None
    return datetime.fromtimestamp(seconds, UTC)
