"""Whose turn it is to tell Valkey what PostgreSQL knows to be due.

Any worker may do it, and it has to be done every second; eight workers that each do it would only
say the same eight times, the whole of a backlog.
"""

from __future__ import annotations

import contextlib
from typing import Final

from hudhud.errors import QueueUnavailableError
from hudhud.queue.client import Valkey
from hudhud.queue.shards import spread_key

_KEY: Final = spread_key("rota")


class Rota:
    """Gives a turn to one of all processes, and to the next one when it is over."""

    def __init__(self, valkey: Valkey) -> None:
        """Ask this Valkey."""
        self._valkey = valkey

    async def mine(self, turn_s: float) -> bool:
        """Take the turn, unless somebody had it less than `turn_s` seconds ago.

        It lives where the hints live: who wipes them wipes it, and the next one fills them again
        at once. It dies with nobody, for it ends by itself. When it cannot be asked it is
        everybody's turn: doing it twice is harmless, not doing it is not.
        """
        try:
            said = await self._valkey.send("SET", _KEY, 1, "NX", "PX", int(turn_s * 1000))
        except QueueUnavailableError:
            return True
        return said is not None

    async def leave(self) -> None:
        """Give the turn to whoever asks next, because nothing came of it."""
        with contextlib.suppress(QueueUnavailableError):
            await self._valkey.send("DEL", _KEY)
