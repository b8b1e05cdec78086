"""Carries out a turn's calls: only what its assistant may do, and only in its own conversation."""

from __future__ import annotations

from hudhud.core.tools.reading import read
from hudhud.model import Refused, Tool, Turn
from hudhud.model.tools import Result
from hudhud.store.conversations import Claim
from hudhud.store.pool import Database


class Toolbox:
    """The tools of one turn, under its lease."""

    def __init__(self, database: Database, claim: Claim, turn: Turn) -> None:
        """Work for the contact of `claim`, with what the assistant of `turn` is allowed."""
        self._database = database
        self._claim = claim
        self._turn = turn

    async def call(self, wanted: Tool[Result]) -> Result | Refused:
        """Do it, and say what came of it.

        Args:
            wanted: what to do.

        Raises:
            StoreUnavailableError: PostgreSQL stayed away.
        """
        allowed = self._turn.assistant.tools
        if allowed is not None and wanted.__struct_config__.tag not in allowed:
            return Refused(why="not_allowed")
        return await read(self._database, self._turn.merchant_id, wanted)
