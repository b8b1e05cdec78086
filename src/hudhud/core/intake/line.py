"""The line before a commit: who came first goes first, and nobody waits longer than his limit."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from math import inf

import msgspec

from hudhud.core.intake.door import Fate
from hudhud.store.intake import Webhook

GROUP_MAX = 256
GROUP_BYTES_MAX = 8 * 1024 * 1024


class Waiting(msgspec.Struct, eq=False):
    """One webhook that waits until `until`, by the loop's clock; `tell` hears its fate, once."""

    webhook: Webhook
    tell: Callable[[Fate], None]
    until: float
    told: bool = False


class Line:
    """Webhooks of this process on their way into a commit; `late` hears how many took too long."""

    def __init__(self, late: Callable[[int], None]) -> None:
        """Begin with nobody; what is late goes to the spool, and `late` is told before it does."""
        self.arrived = asyncio.Event()
        self._late = late
        self._ahead: list[Waiting] = []
        # Those under way too: a commit may hang.
        self._untold: deque[Waiting] = deque()
        self._looks: asyncio.TimerHandle | None = None
        self._looks_at = inf

    def __len__(self) -> int:
        """How many are in no commit yet."""
        return len(self._ahead)

    def enter(self, webhook: Webhook, tell: Callable[[Fate], None], *, timeout_s: float) -> None:
        """Wait for the next commit; one that takes longer than `timeout_s` counts as away."""
        loop = asyncio.get_running_loop()
        waiting = Waiting(webhook, tell, loop.time() + timeout_s)
        self._ahead.append(waiting)
        self._untold.append(waiting)
        if not self.arrived.is_set():
            self.arrived.set()
        # One timer for all of them: each its own would cost as much as proving its signature.
        if waiting.until < self._looks_at:
            self._look_at(waiting.until)

    def next_group(self) -> list[Waiting]:
        """All that wait, as far as one commit may carry them; nobody when none does."""
        size, count = 0, 0
        for waiting in self._ahead[:GROUP_MAX]:
            size += len(waiting.webhook.body)
            if count and size > GROUP_BYTES_MAX:
                break
            count += 1
        group, self._ahead = self._ahead[:count], self._ahead[count:]
        if not self._ahead:
            self.arrived.clear()
        return group

    def tell(self, group: Sequence[Waiting], fates: Sequence[Fate]) -> None:
        """Tell each of a group what became of it, unless it was told that it took too long."""
        for waiting, fate in zip(group, fates, strict=True):
            if not waiting.told:
                waiting.told = True
                waiting.tell(fate)
        while self._untold and self._untold[0].told:
            self._untold.popleft()

    def _look_at(self, when: float) -> None:
        if self._looks is not None:
            self._looks.cancel()
        self._looks_at = when
        self._looks = asyncio.get_running_loop().call_at(when, self._look, when)

    def _look(self, when: float) -> None:
        # Not by the clock: a loop may call a little early, and would be asked again at once.
        self._looks_at = inf
        late = [one for one in self._untold if not one.told and one.until <= when]
        if late:
            self._late(len(late))
            gone = set(map(id, late))
            self._ahead = [one for one in self._ahead if id(one) not in gone]
            if not self._ahead:
                self.arrived.clear()
            # The commit may still happen; spooling it too is safe, the unique key settles it.
            self.tell(late, ["away"] * len(late))
        if self._untold:
            self._look_at(min(one.until for one in self._untold if not one.told))
