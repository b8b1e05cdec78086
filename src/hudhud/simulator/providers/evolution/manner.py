"""How one instance behaves: its release, its spelling, where and how its webhooks go."""

from __future__ import annotations

from typing import Literal

import msgspec

from hudhud.simulator.numbers import Number

State = Literal["open", "connecting", "close"]


class Manner(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One instance, as its registration or `PUT /simulator/instances/{name}` made it.

    `upper` writes `MESSAGES_UPSERT` for `messages.upsert`; `by_events` puts the event behind the
    address; `base64` puts files into webhooks; `headers` go with every webhook, and `jwt_key`
    among them signs a token instead. `takes_ids`: the sender may choose the id of a message.
    """

    version: Literal["v1", "v2"] = "v2"
    state: State = "open"
    upper: bool = False
    by_events: bool = False
    base64: bool = False
    takes_ids: bool = True
    headers: dict[str, str] = {}


def manner_of(number: Number) -> Manner:
    """The manner of this instance."""
    return msgspec.convert(number.more, Manner)


def set_manner(number: Number, manner: Manner) -> None:
    """Change it."""
    number.more = msgspec.to_builtins(manner)
