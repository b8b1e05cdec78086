"""What is kept of each exchange, so that a drill can be judged from outside."""

from __future__ import annotations

from typing import Literal

import msgspec

ALONE = "alone/"


class Called(msgspec.Struct, kw_only=True):
    """One call of the product and what became of it, as seen from outside.

    `outcome`: accepted, refused, undeliverable (accepted, then a `failed` status), dropped (Meta
    said 200 and forgot it), read. `http_status` is None when the caller never got an answer.
    """

    seq: int
    at_ms: int
    operation: Literal["send", "read"]
    phone_number_id: str
    outcome: str
    to: str = ""
    kind: str = ""
    text: str = ""
    tag: str | None = None
    wamid: str | None = None
    http_status: int | None = None
    code: int | None = None
    fault: str | None = None


class Inbound(msgspec.Struct, kw_only=True):
    """One message of a customer: when it was said, and when its webhook got 200."""

    seq: int
    wamid: str
    wa_id: str
    phone_number_id: str
    kind: str
    text: str
    stamp_s: int
    said_ms: int
    answered_ms: int | None = None
    http_status: int | None = None
    attempts: int = 0


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One try: `http_status` None when there was no answer, and then `error` says why."""

    at_ms: int
    took_ms: int
    http_status: int | None = None
    error: str | None = None


class Delivery(msgspec.Struct, kw_only=True):
    """One webhook on its way; `lane` keeps the order. An `event` is the provider's own.

    `tries` counts all of them, `attempts` keeps the first ones.
    """

    seq: int
    phone_number_id: str
    subject: Literal["message", "status", "event", "raw"]
    lane: str
    queued_ms: int
    wamids: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    tries: int = 0
    attempts: list[Attempt] = []
    state: Literal["waiting", "answered", "gave_up"] = "waiting"
    answered_ms: int | None = None

    @property
    def alone(self) -> bool:
        """Whether it goes side by side with all others: no order was asked for."""
        return self.lane.startswith(ALONE)
