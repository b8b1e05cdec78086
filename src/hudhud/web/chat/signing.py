"""What we give to a browser and believe when it comes back: JSON that is signed with SECRET_KEY."""

from __future__ import annotations

import base64
import hmac
from typing import Final, TypeVar

import msgspec

TOKEN_CHARS_MAX: Final = 1024
Told = TypeVar("Told", bound=msgspec.Struct)


def signed(secret_key: str, told: msgspec.Struct, *, use: str) -> str:
    """A token that says this, for one use only: `use` is part of what is signed."""
    words = base64.urlsafe_b64encode(msgspec.json.encode(told)).rstrip(b"=")
    return f"{words.decode()}.{_signature(secret_key, words, use)}"


def read(secret_key: str, given: str, wanted: type[Told], *, use: str) -> Told | None:
    """What a token says; None for one that we did not sign for this use. Constant time."""
    words, _, signature = given.partition(".")
    if len(given) > TOKEN_CHARS_MAX or not given.isascii():
        return None
    if not hmac.compare_digest(_signature(secret_key, words.encode(), use), signature):
        return None
    try:
        padded = words + "=" * (-len(words) % 4)
        return msgspec.json.decode(base64.urlsafe_b64decode(padded), type=wanted)
    except ValueError:
        return None


def _signature(secret_key: str, words: bytes, use: str) -> str:
    return hmac.digest(
        secret_key.encode(), f"hudhud|webchat|{use}|".encode() + words, "sha256"
    ).hex()
