"""What a process asked of its engines, in order: statements by name, and writes to Valkey."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest

from hudhud.queue.link import Link
from hudhud.store.server.wire import Wire

VALKEY = "valkey"
FUNCTION = re.compile(r"\b(?:from|select) (\w+)\(")
# Once a second each, whatever the load, or the test's own look: none of them belongs to a batch.
APART = ("Switches.run", "Breakers.run", "Kept._fetch", "Replier._renew", "test_")


def recorded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The calls from now on, as they are made: one entry is one round trip."""
    calls: list[str] = []

    def store(name: str) -> None:
        real = getattr(Wire, name)

        async def asked(self: Wire, query: str, *args: Any, **options: Any) -> Any:
            if not _task().startswith(APART):
                found = FUNCTION.search(query)
                calls.append(found[1] if found else query)
            return await real(self, query, *args, **options)

        monkeypatch.setattr(Wire, name, asked)

    store("execute")
    store("_execute")
    flush = Link._flush

    def flushed(self: Link) -> None:
        calls.append(VALKEY)
        flush(self)

    monkeypatch.setattr(Link, "_flush", flushed)
    return calls


def _task() -> str:
    task = asyncio.current_task()
    return getattr(task.get_coro(), "__qualname__", "") if task else ""
