"""Tells the workers what is due and the live pages what changed; losing any of it loses nothing."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable

from hudhud.queue.schedule import Schedule
from hudhud.queue.signals import Signals
from hudhud.store.intake import Accepted, Due

# Live pages hear of changes in steps that a person cannot tell from at once; a storm of webhooks
# becomes one signal for each merchant and step.
COALESCE_S = 0.1
CONVERSATIONS_MAX = 50


class ValkeyHints:
    """Hints through Valkey; every method returns at once and never raises (trap 5)."""

    def __init__(self, replies: Schedule, sends: Schedule, signals: Signals) -> None:
        """Use the process's schedules and signals."""
        self._replies = replies
        self._sends = sends
        self._signals = signals
        self._changed: defaultdict[int, set[int]] = defaultdict(set)
        self._publishing: asyncio.Task[None] | None = None

    def reply(self, merchant_id: int, conversation_id: int, due_ms: float) -> None:
        """A batch is due in so many milliseconds."""
        self._replies.hint_soon([(merchant_id, conversation_id, due_ms)])

    def send(self, merchant_id: int, conversation_id: int, due_ms: float) -> None:
        """Something is to be sent in so many milliseconds."""
        self._sends.hint_soon([(merchant_id, conversation_id, due_ms)])

    def replies(self, due: Iterable[Due]) -> None:
        """The same for many batches at once."""
        self._replies.hint_soon(_entries(due))

    def sends(self, due: Iterable[Due]) -> None:
        """The same for many sends at once."""
        self._sends.hint_soon(_entries(due))

    def accepted(self, accepted: Accepted) -> None:
        """All that one commit of intake made due or changed."""
        self.replies(due for due in accepted.replies if due.news)
        self.sends(accepted.sends)
        for merchant_id, conversation_id in accepted.touched:
            self.changed(merchant_id, conversation_id)

    def changed(self, merchant_id: int, conversation_id: int) -> None:
        """Live pages may want to look again."""
        self._changed[merchant_id].add(conversation_id)
        if self._publishing is None or self._publishing.done():
            self._publishing = asyncio.get_running_loop().create_task(self._publish())

    async def _publish(self) -> None:
        await asyncio.sleep(COALESCE_S)
        changed, self._changed = self._changed, defaultdict(set)
        for merchant_id, conversations in changed.items():
            many = len(conversations) > CONVERSATIONS_MAX
            event = {"refresh": True} if many else {"conversations": sorted(conversations)}
            await self._signals.publish(merchant_id, event)


def _entries(due: Iterable[Due]) -> list[tuple[int, int, float]]:
    return [(d.merchant_id, d.conversation_id, d.due_ms) for d in due]
