"""One visitor's conversation, read again whenever somebody says that it changed."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from functools import partial
from typing import Any

from hudhud.errors import StoreUnavailableError
from hudhud.store import media, visits
from hudhud.store.pool import Connection
from hudhud.store.visits import Place
from hudhud.web.chat.asked import Asked
from hudhud.web.chat.drawn import FILES, drawn, media_of, shown
from hudhud.web.drawing import Row

# It looks again this often without being told: signals may be lost.
BEAT_S = 10.0
# When everybody is told to look again, they do so within this time, not all at once.
SPREAD_S = 4.0

Told = dict[str, Any]


class Watch:
    """What one browser was told, and what is new since."""

    def __init__(self, asked: Asked, place: Place) -> None:
        """Begin at a place; nothing is read before the first look."""
        self.conversation_id = 0
        self._asked = asked
        self._place = place
        self._state: tuple[bool, int] | None = None
        self._wake = asyncio.Event()
        self._typing = False

    async def look(self) -> Told | None:
        """Whatever is new since the last look; the first one always tells how it stands.

        Raises:
            StoreUnavailableError: PostgreSQL does not answer.
        """
        inbox, visitor = self._asked.inbox, self._asked.visitor
        async with self._asked.context.database.reading(inbox.merchant_id) as connection:
            found = await visits.conversation(
                connection, inbox.merchant_id, inbox.id, visitor=visitor.id, user=visitor.user
            )
            rows: list[Any] = []
            self.conversation_id, state, more = 0, (False, 0), False
            if found is not None:
                self.conversation_id = found["id"]
                state = (bool(found["answering"]), found["closed_id"])
                rows, self._place, more = await visits.messages(
                    connection, found["id"], self._place
                )
            files = await _files_of(connection, rows)
        if not rows and state == self._state:
            return None
        self._state = state
        return {
            "messages": [self._drawn(row, files) for row in rows],
            "after": self._place.after,
            "missing": self._place.missing,
            "more": more,
            "answering": state[0],
            "heard": state[1],
        }

    def _drawn(self, row: Row, files: Mapping[int, Sequence[Row]]) -> Told:
        context, merchant_id = self._asked.context, self._asked.inbox.merchant_id
        link = partial(context.links.to, merchant_id, now=context.clock())
        return drawn(row, [shown(file, link) for file in files.get(row["seq"], ())])

    async def changes(self, wait_s: float) -> AsyncGenerator[Told | None]:
        """Whatever is new each time, None at each quiet beat; ends with that time, or the process.

        Args:
            wait_s: seconds.
        """
        closing, until = self._asked.context.closing, time.monotonic() + wait_s
        listener = asyncio.create_task(self._listen())
        try:
            while (left_s := until - time.monotonic()) > 0:
                await _either(self._wake, closing, timeout_s=min(left_s, BEAT_S))
                if closing.is_set():
                    return
                self._wake.clear()
                if self._typing:
                    self._typing = False
                    yield {"typing": True}
                told = None
                # What is open stays open: PostgreSQL is asked again at the next beat.
                with contextlib.suppress(StoreUnavailableError):
                    told = await self.look()
                yield told
                if told and told["more"]:
                    self._wake.set()
        finally:
            listener.cancel()

    async def _listen(self) -> None:
        signals = self._asked.context.signals
        if signals is None:
            return
        loop, spread_s = asyncio.get_running_loop(), 0.0
        async with aclosing(signals.listen(self._asked.inbox.merchant_id)) as heard:
            async for signal in heard:
                if "refresh" in signal:
                    # The first one only says that we hear now.
                    loop.call_later(spread_s * random.random(), self._wake.set)  # noqa: S311 - a spread
                    spread_s = SPREAD_S
                elif self.conversation_id in signal.get("conversations", ()):
                    self._wake.set()
                elif signal.get("typing") == [self.conversation_id, "operator"]:
                    self._typing = True
                    self._wake.set()


async def _files_of(connection: Connection, rows: Sequence[Row]) -> dict[int, list[Row]]:
    # A file of ours stands in what was sent; a visitor's names its message.
    ours = {row["seq"]: media_id for row in rows if (media_id := media_of(row))}
    theirs = [row["seq"] for row in rows if row["kind"] in FILES]
    if not ours and not theirs:
        return {}
    files = await media.of_messages(connection, theirs, list(ours.values()))
    found = {seq: [file for file in files if file["message_id"] == seq] for seq in theirs}
    return found | {seq: [f for f in files if f["id"] == kept] for seq, kept in ours.items()}


async def _either(one: asyncio.Event, other: asyncio.Event, *, timeout_s: float) -> None:
    waiting = [asyncio.ensure_future(event.wait()) for event in (one, other)]
    try:
        await asyncio.wait(waiting, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in waiting:
            each.cancel()
