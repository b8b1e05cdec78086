"""What the console needs from outside; whoever starts the web process fills it in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from hudhud.core.breaker import Policy
from hudhud.core.handoff import Hints
from hudhud.core.inboxes import Inboxes
from hudhud.core.intake.spool import SpoolReport
from hudhud.core.media.disk import Disk
from hudhud.core.media.links import Links, links_of
from hudhud.core.media.storage import Storage
from hudhud.core.outside.breakers import Breakers
from hudhud.settings import Settings
from hudhud.store.pool import Database


class Listening(Protocol):
    """Where changes of a merchant's conversations are heard (`hudhud.queue.signals.Signals`)."""

    def listen(self, merchant_id: int) -> AsyncGenerator[dict[str, Any]]:
        """Yield signals for ever."""

    async def publish(self, merchant_id: int, event: Mapping[str, Any]) -> None:
        """Tell every page of a merchant; best effort."""


def _empty_spool() -> SpoolReport:
    return {"records": 0, "bytes": 0, "oldest_s": 0.0, "damaged": 0, "room_bytes": 2**63}


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Everything that a page may use.

    Without `signals` pages look again on a slow timer. Set `closing` when the process drains, and
    every live stream ends.
    """

    database: Database
    hints: Hints
    settings: Settings
    inboxes: Inboxes | None = None
    signals: Listening | None = None
    spool_report: Callable[[], SpoolReport] = field(default=_empty_spool)
    breakers: Breakers = field(default_factory=lambda: Breakers(Policy()))
    storage: Storage = field(default_factory=lambda: Disk(Path("/nowhere")))
    clock: Callable[[], datetime] = field(default=_now)
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def links(self) -> Links:
        """Links to files."""
        return links_of(self.settings)
