"""What accept, claim, finish, renew, sweep, begin, end and the deeds of a person promise.

A few lines of Python for each SQL function, with time handed in. Generated lives run on it in
virtual time by the thousand; the calls of some of them are then made on PostgreSQL, and every
answer must be the same (laws 3 to 6).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

WINDOW_S = 9.0
BATCH_MAX = 3
LEASE_S = 11.0
SENDING_S = 31.0
OPEN = ("queued", "sending", "unknown")


@dataclass
class Row:
    """One row of the outbox."""

    batch: int
    part: int
    author: str
    state: str = "queued"
    attempt: int = 0
    next_at: float = 0.0
    sending_at: float = 0.0


@dataclass
class Conversation:
    """One conversation, its messages (number to batch or None), its batches and its outbox."""

    state: str = "bot"
    pending: int = 0
    closed: int = 0
    due_at: float = inf
    lease_until: float | None = None
    fence: int = 0
    attempts: int = 0
    crashes: int = 0
    messages: dict[int, int | None] = field(default_factory=dict)
    batches: list[str] = field(default_factory=list)
    outbox: list[Row] = field(default_factory=list)

    @property
    def last(self) -> int:
        return max(self.messages, default=0)

    def waiting(self, up_to: float = inf) -> tuple[int, ...]:
        return tuple(n for n, batch in self.messages.items() if batch is None and n <= up_to)


class Model:
    """All conversations of one inbox. A deed takes `now` in seconds and returns plain values."""

    def __init__(self, count: int) -> None:
        self.all = [Conversation() for _ in range(count)]

    def accept(self, now: float, c: int, *numbers: int) -> int:
        """Store messages by their number; returns how many were new."""
        k = self.all[c]
        fresh = [n for n in dict.fromkeys(numbers) if n not in k.messages]
        for number in fresh:
            k.messages[number] = None
        if fresh:
            k.pending += len(fresh)
            if k.state == "bot":
                k.due_at = min(k.due_at, now if k.pending >= BATCH_MAX else now + WINDOW_S)
        return len(fresh)

    def claim(self, now: float, c: int, alone: bool) -> tuple[str, int, tuple[int, ...]]:  # noqa: FBT001 - as SQL
        """Verdict, fence, and the numbers in the closed batch."""
        k = self.all[c]
        expired = k.lease_until is not None and k.lease_until <= now
        verdict = (
            "person"
            if k.state != "bot"
            else "leased"
            if k.lease_until is not None and not expired
            else "idle"
            if not expired and k.due_at == inf
            else "early"
            if not expired and k.due_at > now
            else "alone"
            if k.crashes + expired > 1 and not alone
            else "claimed"
        )
        if verdict != "claimed":
            return verdict, 0, ()
        k.closed, k.pending, k.due_at = k.last, 0, inf
        k.lease_until = now + LEASE_S
        k.fence += 1
        k.attempts += 1
        k.crashes += expired
        return verdict, k.fence, k.waiting(k.closed)

    def renew(self, now: float, c: int, fence: int) -> bool:
        k = self.all[c]
        held = k.fence == fence and k.lease_until is not None
        if held:
            k.lease_until = now + LEASE_S
        return held

    def finish(
        self, now: float, c: int, fence: int, outcome: str, parts: int, retry_s: int
    ) -> bool:
        """Whether it was written; False is a lost fence."""
        k = self.all[c]
        if k.fence != fence or k.state != "bot" or k.lease_until is None:
            return False
        k.lease_until, k.crashes = None, 0
        if outcome == "retry":
            k.due_at = now + retry_s
        elif outcome == "released":
            k.attempts -= 1
            k.due_at = now
        else:
            k.attempts = 0
        if outcome in {"answered", "handed_over", "noted", "dead"}:
            k.batches.append(outcome)
            for number in k.waiting(k.closed):
                k.messages[number] = len(k.batches)
            k.outbox += [Row(len(k.batches), p, "assistant", next_at=now) for p in range(parts)]
        if outcome in {"handed_over", "dead"}:
            k.state, k.due_at = "human", inf
        return True

    def sweep(self, now: float) -> tuple[tuple[str, int], ...]:
        """What was mended, and where."""
        mended: list[tuple[str, int]] = []
        for c, k in enumerate(self.all):
            if k.state == "bot" and k.due_at == inf and k.lease_until is None and k.waiting():
                k.due_at = now
                mended.append(("orphan", c))
            for row in k.outbox:
                if row.state == "sending" and row.sending_at < now - SENDING_S:
                    row.state = "unknown"
                    mended.append(("unknown_send", c))
        return tuple(sorted(mended))

    def begin(self, now: float, c: int) -> tuple[int, int] | None:
        """(place in the outbox, attempt) of the row that is `sending` now, or None."""
        place = next((n for n, r in enumerate(self.all[c].outbox) if r.state in OPEN), None)
        if place is None:
            return None
        row = self.all[c].outbox[place]
        if row.state != "queued" or row.next_at > now:
            return None
        row.state, row.sending_at = "sending", now
        row.attempt += 1
        return place, row.attempt

    def end(self, now: float, c: int, place: int, attempt: int, outcome: str, retry_s: int) -> str:
        """The row's state afterwards."""
        k = self.all[c]
        row = k.outbox[place]
        if row.state in {"sending", "unknown"} and row.attempt == attempt:
            row.state = outcome
            if outcome == "queued":
                row.next_at = now + retry_s
        if row.state == "rejected":
            self._refuse(k, row)
        return row.state

    def _refuse(self, k: Conversation, row: Row) -> None:
        for later in k.outbox:
            if later.batch == row.batch and later.part > row.part and later.state == "queued":
                later.state = "cancelled"
        if k.state == "bot":
            k.state, k.lease_until, k.due_at = "human", None, inf
            k.fence += 1

    def status(self, _now: float, c: int, place: int, attempt: int) -> str:
        """A status `sent` with the tag of this attempt: it left, whatever was thought."""
        assert attempt
        row = self.all[c].outbox[place]
        row.state = "accepted"
        return row.state

    def settle(self, now: float, c: int, place: int) -> bool:
        """A person sends an unknown one again."""
        row = self.all[c].outbox[place]
        if row.state != "unknown":
            return False
        row.state, row.next_at = "queued", now
        return True

    def take_over(self, _now: float, c: int) -> int:
        """How many of the assistant's rows may still be leaving."""
        k = self.all[c]
        k.state, k.lease_until, k.due_at = "human", None, inf
        k.fence += 1
        for row in k.outbox:
            if row.state == "queued" and row.author == "assistant":
                row.state = "cancelled"
        for no, outcome in enumerate(k.batches, 1):
            rows = [row for row in k.outbox if row.batch == no]
            unsent = rows and all(row.state == "cancelled" for row in rows)
            if outcome in {"answered", "handed_over"} and unsent:
                k.batches[no - 1] = "withdrawn"
                for number, batch in k.messages.items():
                    if batch == no:
                        k.messages[number] = None
        return sum(row.state == "sending" for row in k.outbox)

    def reply(self, now: float, c: int) -> None:
        """The operator who holds the conversation answers all that waits."""
        k = self.all[c]
        waiting = k.waiting()
        k.pending, k.closed = 0, k.last
        if waiting:
            k.batches.append("by_person")
            for number in waiting:
                k.messages[number] = len(k.batches)
        k.outbox.append(Row(len(k.batches) if waiting else 0, 0, "operator", next_at=now))

    def hand_back(self, now: float, c: int) -> bool:
        """Whether anything waits now."""
        k = self.all[c]
        k.state, k.attempts, k.crashes = "bot", 0, 0
        k.fence += 1
        k.pending = len(k.waiting())
        k.due_at = now if k.pending else inf
        return bool(k.pending)

    def check(self, now: float, c: int) -> None:
        """Law 6: what waits has a due time, a lease or a person; a batch has one answer (law 4)."""
        k = self.all[c]
        held = k.state == "human" or k.lease_until is not None or k.due_at < inf
        assert held or not k.waiting(), f"{now}: nobody will look at {k}"
        assert sum(row.state == "sending" for row in k.outbox) <= 1, f"{now}: two leave: {k}"
        parts = [(row.batch, row.part) for row in k.outbox if row.author == "assistant"]
        assert len(parts) == len(set(parts)), f"{now}: answered twice: {k}"

    def image(self) -> list[tuple[object, ...]]:
        """All that counts, to compare with what stands in PostgreSQL."""
        return [
            (
                k.state,
                k.pending,
                k.fence,
                k.attempts,
                k.crashes,
                k.lease_until is None,
                k.due_at == inf,
                tuple(k.messages.items()),
                tuple(k.batches),
                tuple((row.part, row.state, row.attempt) for row in k.outbox),
            )
            for k in self.all
        ]
