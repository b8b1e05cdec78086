"""Which state of an order may follow which; pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from hudhud.model import OrderState

FOLLOWS: Final[Mapping[OrderState, frozenset[OrderState]]] = {
    "placed": frozenset({"confirmed", "cancelled"}),
    "confirmed": frozenset({"shipped", "cancelled"}),
    "shipped": frozenset({"delivered"}),
    "delivered": frozenset(),
    "cancelled": frozenset(),
}


def may_follow(now: OrderState, wanted: OrderState) -> bool:
    """Whether an order may go from one state into the other; what has left is not cancelled."""
    return wanted in FOLLOWS[now]
