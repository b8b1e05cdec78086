"""Carries out a turn's calls: only what its assistant may do, and only in its own conversation.

A file of this package declares the calls that it carries out as `CALLS`, and stands in `_CALLS`.
"""

from __future__ import annotations

import time
from collections import Counter
from typing import Any, cast

from prometheus_client import Histogram

from hudhud.core.tools import buying, fields, knowing, meeting, products
from hudhud.core.tools.memory import Memory
from hudhud.core.tools.once import key_of
from hudhud.core.tools.serving import Calls, Serving
from hudhud.events import emit
from hudhud.model import Refused, Tool, Turn
from hudhud.model.tools import Result
from hudhud.store.conversations import Claim
from hudhud.store.pool import Database

CALL_SECONDS = Histogram(
    "hudhud_tool_seconds",
    "Seconds of each call of a tool, and how it ended.",
    ["tool", "outcome"],
    buckets=(0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10),
)
_CALLS: Calls = {**products.CALLS, **knowing.CALLS, **buying.CALLS, **fields.CALLS, **meeting.CALLS}


class Toolbox:
    """The tools of one turn, under its lease or in a rehearsal's memory."""

    def __init__(
        self, database: Database, claim: Claim | None, turn: Turn, *, memory: Memory | None = None
    ) -> None:
        """Work for the contact of `claim`, with what the assistant of `turn` is allowed.

        Args:
            database: the worker's pool.
            claim: the batch and its lease; None: nothing may be written.
            turn: what is answered.
            memory: of a rehearsal: real rows are read, and this alone is written.
        """
        self._database = database
        self._claimed = None if claim is None else claim.claimed
        self._turn = turn
        self._memory = memory
        self._same: Counter[str] = Counter()

    async def call(self, wanted: Tool[Result]) -> Result | Refused:
        """Do it, and say what came of it.

        Args:
            wanted: what to do.

        Raises:
            LeaseLostError: the turn is not ours any more.
            StoreUnavailableError: PostgreSQL stayed away; nothing is known to have happened.
        """
        name = str(wanted.__struct_config__.tag)
        started, outcome = time.monotonic(), "failed"
        try:
            result = await self._done(name, wanted)
            outcome = result.why if isinstance(result, Refused) else "done"
        finally:
            seconds = time.monotonic() - started
            CALL_SECONDS.labels(name, outcome).observe(seconds)
            ms, conversation = round(seconds * 1000, 1), self._turn.conversation_id
            emit("tool.called", tool=name, outcome=outcome, ms=ms, conversation=conversation)
        return cast("Result | Refused", result)

    async def _done(self, name: str, wanted: Tool[Result]) -> Any:
        allowed, handler = self._turn.assistant.tools, _CALLS.get(type(wanted))
        if handler is None or (allowed is not None and name not in allowed):
            return Refused(why="not_allowed")
        serving = Serving(
            database=self._database,
            turn=self._turn,
            nth=self._nth(wanted),
            claimed=self._claimed,
            memory=self._memory,
        )
        return await handler(serving, wanted)

    def _nth(self, wanted: Tool[Result]) -> int:
        """How many of the same call were made before."""
        same = key_of(wanted, 0)
        self._same[same] += 1
        return self._same[same] - 1
