"""Carries out what a model calls, within limits: nothing that it was not offered, and not forever.

Every call goes to the turn's `Tools`, which know whose turn it is and do the same call once (S1).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import msgspec

from hudhud.model import READS, HandOver, Product, Refused, SendPictures, Tool, Tools
from hudhud.responders.llm.offering import offered, told, wanted

CALLS_MAX = 8
# Told once what was wrong, a model mends it; one that does not will not.
WRONG_MAX = 1
TRACED_CHARS_MAX = 600


class Asked(NamedTuple):
    """One call as the model wrote it."""

    id: str
    name: str
    arguments: Any


class Caller:
    """The calls of one answer, and what came of them."""

    def __init__(self, allowed: Collection[str] | None, tools: Tools) -> None:
        """Offer what is allowed; None allows everything."""
        self.offered = offered(allowed)
        self.handed_over = False
        self.shown: dict[tuple[str, tuple[int, ...]], Product] = {}
        self.trace: list[dict[str, Any]] = []
        self._names = {one.name for one in self.offered}
        self._tools = tools
        self._wrong = 0

    @property
    def left(self) -> int:
        """How many calls it may still make."""
        return 0 if self._wrong > WRONG_MAX else CALLS_MAX - len(self.trace)

    async def carry_out(self, asked: Sequence[Asked]) -> list[str]:
        """Carry out the calls of one round; what the model is told of each, in their order.

        Reads that stand side by side are made side by side; a call that changes something waits
        for those before it.

        Raises:
            StoreUnavailableError, LeaseLostError: as `Tools.call`.
        """
        calls = [self._typed(one) for one in asked]
        results: list[str] = []
        while len(results) < len(calls):
            at = len(results)
            ends = at + 1
            if isinstance(calls[at], READS):
                while ends < len(calls) and isinstance(calls[ends], READS):
                    ends += 1
            results += await asyncio.gather(
                *(self._one(asked[n], calls[n]) for n in range(at, ends))
            )
        return results

    def _typed(self, one: Asked) -> Tool[Any] | str:
        if one.name not in self._names:
            return told(Refused(why="not_allowed"))
        try:
            return wanted(one.name, one.arguments)
        except (msgspec.MsgspecError, TypeError) as error:
            self._wrong += 1
            return msgspec.json.encode({"wrong_arguments": str(error)[:200]}).decode()

    async def _one(self, one: Asked, call: Tool[Any] | str) -> str:
        entry: dict[str, Any] = {"name": one.name, "arguments": str(one.arguments)}
        if self.left <= 0:
            call = told(Refused(why="too_many"))
        self.trace.append(entry)
        started = time.monotonic()
        result = call if isinstance(call, str) else await self._result(call)
        entry["ms"] = round((time.monotonic() - started) * 1000)
        entry["result"] = result[:TRACED_CHARS_MAX]
        entry["arguments"] = entry["arguments"][:TRACED_CHARS_MAX]
        return result

    async def _result(self, call: Tool[Any]) -> str:
        result = await self._tools.call(call)
        if isinstance(call, HandOver) and not isinstance(result, Refused):
            self.handed_over = True
        if isinstance(call, SendPictures) and isinstance(result, Product):
            self.shown[result.sku, result.images] = result
        return told(result)
