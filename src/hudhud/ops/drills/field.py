"""What the nemesis may touch, and what the operator must know of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hudhud.ops.drills.ground import Ground
from hudhud.ops.drills.installation import Installation
from hudhud.ops.drills.model import Model


class CannotRunError(Exception):
    """The fault could not strike; the words say why."""


@dataclass(slots=True)
class Field:
    """The drill's ground with everything that runs on it; `spool_on` says what the spool lies on.

    `moved_at` is when the last stopped process went on (monotonic): what it had begun to send
    before may arrive only now.
    """

    ground: Ground
    installation: Installation
    model: Model
    spool_on: str
    moved_at: float = 0.0
    _still: int = 0

    @contextmanager
    def somebody_stands_still(self) -> Iterator[None]:
        """Note that a process is stopped."""
        self._still += 1
        try:
            yield
        finally:
            self._still -= 1
            self.moved_at = time.monotonic()

    def everybody_moves_since_s(self) -> float:
        """Seconds since the last stopped process went on; 0 while one stands still."""
        return 0.0 if self._still else time.monotonic() - self.moved_at
