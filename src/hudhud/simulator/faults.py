"""Failures on demand: which of them strikes this call. Pure but for the count that runs down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec

from hudhud.errors import BadInputError
from hudhud.simulator.graph.meta import CODES

FAULTS_MAX = 64
HOLD_MS_MAX = 120_000

# `_after`: Meta took the message, and the caller never learns it (law 5). `timeout` holds the
# connection open without an answer, `cut` closes it, `http_…` answers without a Graph body.
# Evolution answers 400 for what broke after the sending, and 201 around an error.
MANNERS = (
    "http_500_before",
    "http_500_after",
    "http_400_after",
    "http_201_before",
    "timeout_before",
    "timeout_after",
    "cut_before",
    "cut_after",
)
ALIASES = {"http_500": "http_500_before", "500": "http_500_before", "timeout": "timeout_after"}


class Fault(msgspec.Struct, kw_only=True):
    """One failure to play.

    `kind` is one of `MANNERS` or a code of Meta's as text ("130429"). None in `phone_number_id`
    or `wa_id` means any. `calls_left` None means until removed; `probability` is per call.
    """

    kind: str
    phone_number_id: str | None = None
    wa_id: str | None = None
    operation: Literal["send", "read", "any"] = "send"
    calls_left: int | None = None
    probability: float = 1.0
    hold_ms: int = 60_000
    id: int = 0
    struck: int = 0

    @property
    def code(self) -> int | None:
        """Meta's code, when the fault is a Graph error."""
        return int(self.kind) if self.kind.isdecimal() else None

    @property
    def after(self) -> bool:
        """Whether the message is accepted before the failure."""
        return self.kind.endswith("_after")


class FaultOrder(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What `POST /simulator/faults` takes. Neither `calls` nor `probability`: the next call."""

    kind: str | int
    phone_number_id: str | None = None
    wa_id: str | None = None
    operation: Literal["send", "read", "any"] = "send"
    calls: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)] | None = None
    probability: Annotated[float, msgspec.Meta(gt=0, le=1)] | None = None
    hold_ms: Annotated[int, msgspec.Meta(ge=0, le=HOLD_MS_MAX)] = 60_000


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """One call of the product, as far as a fault asks about it."""

    operation: Literal["send", "read"]
    phone_number_id: str
    wa_id: str | None


def ordered(order: FaultOrder, fault_id: int) -> Fault:
    """Make the fault that was asked for.

    Raises:
        BadInputError: there is no such kind.
    """
    name = str(order.kind)
    kind = ALIASES.get(name, name)
    if kind not in MANNERS and not (kind.isdecimal() and int(kind) in CODES):
        known = ", ".join([*MANNERS, *map(str, CODES)])
        raise BadInputError(f"No fault is called {name!r}; there are: {known}.")
    open_ended = order.calls is None and order.probability is not None
    return Fault(
        id=fault_id,
        kind=kind,
        phone_number_id=order.phone_number_id,
        wa_id=order.wa_id,
        operation=order.operation,
        calls_left=None if open_ended else order.calls or 1,
        probability=1.0 if order.probability is None else order.probability,
        hold_ms=order.hold_ms,
    )


def decide(faults: Sequence[Fault], call: Call, chance: float) -> Fault | None:
    """The first fault that strikes.

    Args:
        faults: in the order in which they were asked for.
        call: what the product calls.
        chance: a random number from 0 to 1, drawn once for the call.
    """
    for fault in faults:
        if fault.calls_left != 0 and chance < fault.probability and _concerns(fault, call):
            return fault
    return None


def _concerns(fault: Fault, call: Call) -> bool:
    return (
        fault.operation in {"any", call.operation}
        and fault.phone_number_id in {None, call.phone_number_id}
        and fault.wa_id in {None, call.wa_id}
    )
