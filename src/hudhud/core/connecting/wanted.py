"""What a channel wants to know of an account, as a form asks for it; pure."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, get_args

import msgspec

from hudhud import registry

MADE_BYTES = 16


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """One option: `made` is made here when nobody gives it, and the provider copies it."""

    name: str
    required: bool
    secret: bool
    made: bool
    default: str
    choices: tuple[str, ...]


def wanted(channel: str) -> list[Wanted]:
    """Every option of a channel, in the order of its own type.

    Raises:
        NotFoundError: no such channel.
    """
    adapter = registry.adapter("channels", channel)
    return [
        Wanted(
            name=field.name,
            required=field.required,
            secret=field.name in adapter.SECRETS,
            made=field.name in made_of(channel),
            default=field.default if isinstance(field.default, str) else "",
            choices=tuple(one for one in get_args(field.type) if isinstance(one, str)),
        )
        for field in msgspec.structs.fields(adapter.Options)
    ]


def made_of(channel: str) -> frozenset[str]:
    """Names of the options that are ours to make (a channel's `MADE`)."""
    made: frozenset[str] = getattr(registry.adapter("channels", channel), "MADE", frozenset())
    return made


def completed(channel: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """What was given, with what is ours to make where it is missing."""
    missing = [name for name in sorted(made_of(channel)) if not given.get(name)]
    return {**given, **{name: secrets.token_urlsafe(MADE_BYTES) for name in missing}}
