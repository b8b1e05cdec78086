"""What a rehearsed conversation has chosen and ordered: kept here, and nowhere else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from msgspec.structs import replace

from hudhud.model import Cart, Order, Refused

Result = TypeVar("Result")


@dataclass(slots=True)
class Memory:
    """One rehearsed conversation, from its first turn to its last.

    `shown` is the version of the cart that the contact was shown in an earlier turn, `done` what
    the calls of this one came to. `reserved` counts what the orders in here would have reserved,
    by variant.
    """

    cart: Cart = field(default_factory=Cart)
    shown: int = 0
    orders: list[Order] = field(default_factory=list)
    done: dict[str, Any] = field(default_factory=dict)
    reserved: Counter[int] = field(default_factory=Counter)
    collected: dict[str, str] = field(default_factory=dict)

    @property
    def seen(self) -> Cart:
        """The cart as a turn reads it; `quoted` only when the contact was shown it."""
        shown = self.cart.quoted if self.cart.quoted == self.shown else 0
        return replace(self.cart, quoted=shown)

    async def once(
        self, key: str, deed: Callable[[], Awaitable[Result | Refused]], kind: type[Result]
    ) -> Result | Refused:
        """As `once`, in this memory."""
        del kind
        if key not in self.done:
            result = await deed()
            if isinstance(result, Refused):
                return result
            self.done[key] = result
        return cast("Result", self.done[key])

    def next_turn(self) -> None:
        """The answer of a turn was given; what was quoted in it counts as shown."""
        self.shown, self.done = self.cart.quoted, {}
