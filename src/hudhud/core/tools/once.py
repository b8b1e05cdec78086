"""What a turn's calls have done is done once, however often its answer is begun anew (trap 10)."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

import msgspec

from hudhud.model import Refused, Tool
from hudhud.store.pool import Connection
from hudhud.store.sales import turns
from hudhud.store.sales.turns import Held

Result = TypeVar("Result")


async def once(
    connection: Connection,
    held: Held,
    key: str,
    deed: Callable[[], Awaitable[Result | Refused]],
    kind: type[Result],
) -> Result | Refused:
    """Do something once in a turn; whoever asks again gets what it came to.

    Args:
        connection: the transaction of `Serving.holding`.
        held: what it holds.
        key: what makes two calls the same one, as `key_of`.
        deed: does it in this transaction. What is refused was not done, and may be tried again.
        kind: what it comes to.
    """
    if key in held.done:
        return msgspec.convert(held.done[key], kind)
    result = await deed()
    if not isinstance(result, Refused):
        await turns.note(connection, held, key, msgspec.to_builtins(result))
    return result


class Once(Protocol):
    """`once` of one turn."""

    async def __call__(
        self, key: str, deed: Callable[[], Awaitable[Result | Refused]], kind: type[Result], /
    ) -> Result | Refused:
        """Do it, or say what it came to."""
        ...


def key_of(wanted: Tool[Any], nth: int) -> str:
    """What tells a call from the others of its turn: all that it says, and how many-th it is."""
    said = msgspec.json.encode(wanted, order="deterministic")
    return f"{wanted.__struct_config__.tag}.{hashlib.sha256(said).hexdigest()[:32]}.{nth}"
