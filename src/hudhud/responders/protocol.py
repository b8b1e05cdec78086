"""What every responder is: a module with `Options` and `answer`, found by its file's name."""

from __future__ import annotations

from typing import Any, Protocol

from hudhud.model import Answer, Tools, Turn


class Responder(Protocol):
    """The code that asks one AI, or none. Pure over its Turn: it never reads the database.

    Of its `Options`, core reads `offline_last` (the offline responder follows it in the chain) and
    `price_in`, `price_out` (of a million tokens), where they are there.
    """

    Options: type[Any]

    def service(self, options: Any) -> str:
        """The service outside that it asks, host and model, before which a breaker stands (R1).

        Empty when it asks nobody. Never a key, and nothing else that is secret.
        """
        ...

    async def answer(self, turn: Turn, options: Any, *, deadline_s: float, tools: Tools) -> Answer:
        """Answer one whole batch once.

        Args:
            turn: everything that may be read.
            options: the module's own `Options`.
            deadline_s: seconds until the answer is of no use; the caller decides on a retry.
            tools: what it may do besides talking; a call is done once, however often asked.

        Raises:
            ResponderFailedError: no usable answer came in time; `tokens` are what it cost anyway.
            StoreUnavailableError, LeaseLostError: of a tool, as they are.
        """
        ...
