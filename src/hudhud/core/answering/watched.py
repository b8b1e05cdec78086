"""A turn's tools, and whether anything was changed through them."""

from __future__ import annotations

from hudhud.core.tracing import step
from hudhud.model import READS, Refused, Tool, Tools
from hudhud.model.tools import Result


class Watched:
    """Passes every call on."""

    def __init__(self, tools: Tools) -> None:
        """Watch these."""
        self.changed = False
        self._tools = tools

    async def call(self, wanted: Tool[Result]) -> Result | Refused:
        """Do it, and say what came of it.

        A call that was cut off may have been committed, so it counts as done from its first moment.

        Raises:
            StoreUnavailableError, LeaseLostError: as the tools themselves.
        """
        with step("tool", tool=wanted.__struct_config__.tag) as told:
            result = await self._called(wanted)
            if isinstance(result, Refused):
                told["refused"] = result.why
        return result

    async def _called(self, wanted: Tool[Result]) -> Result | Refused:
        if isinstance(wanted, READS):
            return await self._tools.call(wanted)
        before, self.changed = self.changed, True
        result = await self._tools.call(wanted)
        if isinstance(result, Refused):
            self.changed = before
        return result
