"""Tools that are not there: for a responder that is tried on its words alone."""

from __future__ import annotations

from hudhud.model import Refused, Tool
from hudhud.model.tools import Result


class NoTools:
    """Refuses every call."""

    async def call(self, wanted: Tool[Result]) -> Result | Refused:  # noqa: ARG002 - the shape
        return Refused(why="not_allowed")
