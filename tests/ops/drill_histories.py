"""Histories of drills in which nothing went wrong, made up from a seed."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from hudhud.ops.drills.history import Line

ACCOUNT = "1"
PARTS_MAX = 2
SIZE_MAX = 4
Loose = dict[str, Any]


def numbered(records: Iterable[Loose]) -> list[Line]:
    """The records as a reader gets them, numbered anew from one."""
    whole = [{"at_ms": 0, **record, "n": n} for n, record in enumerate(records, 1)]
    return msgspec.convert(whole, list[Line])


def loose(lines: Iterable[Line]) -> list[Loose]:
    """The same as plain dicts, which a test may bend."""
    return [msgspec.to_builtins(line) for line in lines]


class World:
    """One customer after another; each batch is said, taken, answered, and stored."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - made-up histories, no secret
        self.outside: list[Loose] = []
        self.stored: list[Loose] = []
        self._ids = itertools.count(1)
        self._marks = itertools.count(1)
        self._batches: dict[int, int] = {}

    def conversation(self, outcomes: Iterable[str]) -> None:
        """One customer whose batches end like this, in this order."""
        conversation = next(self._ids)
        for outcome in outcomes:
            self._batch(conversation, outcome)
        batches = self._batches.get(conversation, 0)
        self.stored.append({"what": "conversation", "id": conversation, "batches": batches})

    def history(self) -> list[Line]:
        """All of it: the outside, then what is stored."""
        return numbered([*self.outside, *self.stored, {"what": "end"}])

    def _batch(self, conversation: int, outcome: str) -> None:
        wamids = [f"w.{next(self._marks)}" for _ in range(self.dice.randint(1, SIZE_MAX))]
        for wamid in wamids:
            said = {"wamid": wamid, "account": ACCOUNT, "phone": str(conversation), "stamp_s": 1}
            self.outside.append({"what": "said", **said})
            self.outside += self._delivery(wamid)
        if outcome == "taken_over":
            withdrawn = self._close(conversation, "withdrawn", ())
            self._row(conversation, withdrawn, 0, "assistant", "cancelled", "")
            outcome = "by_person"
        if outcome == "retried":
            self._close(conversation, "withdrawn", ())
            letter = {"reason": "3 workers died with it", "settlement": "retry", "row": None}
            self.stored.append(
                {"what": "letter", "id": next(self._ids), "conversation": conversation, **letter}
            )
            outcome = "answered"
        batch = self._close(conversation, outcome, wamids)
        marks = " ".join(wamid.replace("w.", "#") for wamid in wamids)
        author = "operator" if outcome == "by_person" else "assistant"
        for part in range(self.dice.randint(1, PARTS_MAX) if outcome == "answered" else 1):
            text = marks if part == 0 and outcome == "answered" else f"for batch {batch}"
            self._row(conversation, batch, part, author, "accepted", text)
        if outcome == "handed_over":
            self._row(conversation, None, 0, "operator", "accepted", f"after batch {batch}")

    def _delivery(self, wamid: str) -> Iterator[Loose]:
        webhook = next(self._ids)
        statuses = self.dice.choice(([200], [503, 200], [None, 200], [200, 200]))
        for attempt, status in enumerate(statuses, 1):
            where = {"webhook": webhook, "attempt": attempt}
            yield {"what": "posted", **where, "wamids": [wamid]}
            yield {"what": "returned", **where, "status": status}

    def _close(self, conversation: int, outcome: str, wamids: Iterable[str]) -> int:
        self._batches[conversation] = no = self._batches.get(conversation, 0) + 1
        batch = next(self._ids)
        home = {"conversation": conversation}
        self.stored.append({"what": "batch", "id": batch, "no": no, "outcome": outcome, **home})
        self.stored += [
            {"what": "stored", "wamid": wamid, "batch": batch, **home} for wamid in wamids
        ]
        return batch

    def _row(
        self, conversation: int, batch: int | None, part: int, author: str, state: str, text: str
    ) -> None:
        row = next(self._ids)
        home = {"conversation": conversation, "batch": batch, "part": part}
        self.stored.append({"what": "row", "id": row, "author": author, "state": state, **home})
        if state == "cancelled":
            return
        call = {"what": "called", "account": ACCOUNT, "phone": str(conversation), "text": text}
        attempt = 1
        if self.dice.random() < 0.2:
            refused = {"outcome": "refused", "tag": f"1.{row}.1", "code": 130429}
            self.outside.append({**call, **refused})
            attempt = 2
        self.outside.append({**call, "outcome": "accepted", "tag": f"1.{row}.{attempt}"})


ODD = ("handed_over", "by_person", "taken_over", "retried")


def clean(seed: int) -> list[Line]:
    """A history that keeps every promise: a few customers, and one batch of each odd ending."""
    world = World(seed)
    for odd in ODD:
        before, behind = (["answered"] * world.dice.randint(6, 9) for _ in range(2))
        world.conversation([*before, odd, *behind])
    return world.history()
