"""An answer that was dear is kept for a while; a cheap one is always the newest."""

from __future__ import annotations

import itertools

import pytest

from hudhud.core import kept
from hudhud.core.kept import Dear


@pytest.mark.parametrize(("dear_s", "answers"), [(1e9, [0, 1, 2]), (-1.0, [0, 0, 0])])
async def test_only_what_was_dear_is_kept(monkeypatch, dear_s: float, answers: list[int]) -> None:
    monkeypatch.setattr(kept, "DEAR_S", dear_s)
    monkeypatch.setattr(kept, "DEAR_TIMES", 1e9)
    numbers = itertools.count()
    dear: Dear[str, int] = Dear()

    async def read() -> int:
        return next(numbers)

    found = [await dear.get("a", read) for _ in answers]
    # Zero is an answer, too, and another key has one of its own.
    assert found == answers
    assert await dear.get("b", read) == answers[-1] + 1


async def test_what_was_kept_is_read_again_in_its_time(monkeypatch) -> None:
    monkeypatch.setattr(kept, "DEAR_S", -1.0)
    monkeypatch.setattr(kept, "DEAR_TIMES", 0)
    numbers = itertools.count()
    dear: Dear[None, int] = Dear()

    async def read() -> int:
        return next(numbers)

    assert [await dear.get(None, read) for _ in range(3)] == [0, 1, 2]
