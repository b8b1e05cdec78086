"""Remembers what the tools really did for one answer: a promise is compared with that."""

from __future__ import annotations

from typing import Any, NamedTuple

from hudhud.model import Refused, Tool, Tools
from hudhud.model.tools import Result


class Call(NamedTuple):
    """One call and what came of it."""

    wanted: Tool[Any]
    result: Any

    @property
    def done(self) -> bool:
        """Whether it did what was wanted."""
        return not isinstance(self.result, Refused)


class Recorded:
    """The tools of one turn, which keep a list of what was done."""

    def __init__(self, tools: Tools) -> None:
        """Pass every call on to `tools`."""
        self._tools = tools
        self.calls: list[Call] = []

    async def call(self, wanted: Tool[Result]) -> Result | Refused:
        """Do it, and note what came of it; raises what the tools raise."""
        result = await self._tools.call(wanted)
        self.calls.append(Call(wanted, result))
        return result
