"""No tools: for a question in which nothing may be done."""

from __future__ import annotations

from hudhud.model import Refused, Tool
from hudhud.model.tools import Result


class Untooled:
    """Refuses every call."""

    async def call(self, wanted: Tool[Result]) -> Result | Refused:  # noqa: ARG002 - the shape
        """Refuse it."""
        return Refused(why="not_allowed")
