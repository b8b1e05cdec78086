"""Takes a history in, record by record, and says where it contradicts itself. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import singledispatchmethod
from typing import Literal, NamedTuple, TypeVar

from hudhud.ops.drills.history import (
    Batch,
    Called,
    Conversation,
    End,
    Letter,
    Line,
    Posted,
    Retried,
    Returned,
    Row,
    Said,
    Stored,
    Struck,
    row_of,
)

OK = 200

Kept = TypeVar("Kept")
Kind = Literal["lost", "twice", "out_of_order", "broken"]


class Miss(NamedTuple):
    """One thing that must not be, in words."""

    kind: Kind
    what: str


class Call(NamedTuple):
    """One call that the provider accepted: its place, its moment and what it said."""

    n: int
    at_ms: int
    where: tuple[str, str]
    text: str


@dataclass(slots=True)
class Message:
    """One message of a customer: places of its first leaving and its first 200; 0 is never."""

    said: Said
    posted_n: int = 0
    posted_ms: int = 0
    acknowledged_n: int = 0
    acknowledged_ms: int = 0
    stored: Stored | None = None

    @property
    def where(self) -> tuple[str, str]:
        """The conversation as the provider knows it: account and phone."""
        return self.said.account, self.said.phone


@dataclass(slots=True)
class Seen:
    """Everything that a history tells, by its own names, and the misses found while reading it."""

    messages: dict[str, Message] = field(default_factory=dict)
    accepted: defaultdict[int, list[Call]] = field(default_factory=lambda: defaultdict(list))
    tags: dict[str, int] = field(default_factory=dict)
    struck: list[Struck] = field(default_factory=list)
    retried: set[str] = field(default_factory=set)
    conversations: dict[int, Conversation] = field(default_factory=dict)
    batches: dict[int, Batch] = field(default_factory=dict)
    rows: dict[int, Row] = field(default_factory=dict)
    letters: dict[int, Letter] = field(default_factory=dict)
    redeliveries: int = 0
    misses: list[Miss] = field(default_factory=list)
    _last: int = 0
    _ended: bool = False
    _webhooks: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _attempts: dict[int, int] = field(default_factory=dict)
    _under_way: set[int] = field(default_factory=set)

    def take(self, record: Line) -> None:
        """Take the next record."""
        if record.n != self._last + 1 or self._ended:
            self._miss("broken", f"record {record.n} follows record {self._last}")
        self._last = record.n
        self._take(record)

    def end(self) -> None:
        """No record follows: what is still open now stays open."""
        if not self._ended:
            self._miss("broken", "the history is cut off")
        for webhook in sorted(self._under_way):
            self._miss("broken", f"webhook {webhook} never came back")

    def _miss(self, kind: Kind, what: str) -> None:
        self.misses.append(Miss(kind, what))

    @singledispatchmethod
    def _take(self, record: Line) -> None:
        raise NotImplementedError(type(record).__name__)

    @_take.register
    def _(self, record: Said) -> None:
        if record.wamid in self.messages:
            self._miss("broken", f"{record.wamid} was said twice")
        self.messages.setdefault(record.wamid, Message(record))

    @_take.register
    def _(self, record: Posted) -> None:
        before = self._attempts.get(record.webhook, 0)
        if record.attempt != before + 1 or record.webhook in self._under_way:
            self._miss("broken", f"webhook {record.webhook}: attempt {record.attempt} is misplaced")
        if not record.wamids or self._webhooks.get(record.webhook, record.wamids) != record.wamids:
            self._miss("broken", f"webhook {record.webhook} changed what it carries")
        self.redeliveries += record.attempt > 1
        self._attempts[record.webhook] = record.attempt
        self._webhooks[record.webhook] = record.wamids
        self._under_way.add(record.webhook)
        for wamid in record.wamids:
            message = self.messages.get(wamid)
            if message is None:
                self._miss("broken", f"{wamid} left before it was said")
            elif not message.posted_n:
                message.posted_n, message.posted_ms = record.n, record.at_ms

    @_take.register
    def _(self, record: Returned) -> None:
        same = self._attempts.get(record.webhook) == record.attempt
        if not same or record.webhook not in self._under_way:
            self._miss("broken", f"webhook {record.webhook}: attempt {record.attempt} never left")
        self._under_way.discard(record.webhook)
        if record.status != OK:
            return
        for wamid in self._webhooks.get(record.webhook, ()):
            message = self.messages.get(wamid)
            if message is not None and not message.acknowledged_n:
                message.acknowledged_n, message.acknowledged_ms = record.n, record.at_ms

    @_take.register
    def _(self, record: Called) -> None:
        row = row_of(record.tag)
        if row is None:
            self._miss("twice", f"record {record.n}: a message left without our tag")
            return
        if record.tag in self.tags:
            self._miss("twice", f"{record.tag}: one attempt called the provider twice")
        self.tags[record.tag] = record.n
        if record.outcome not in ("accepted", "refused"):
            self._miss("lost", f"{record.tag}: the provider took it, and it is {record.outcome}")
        if record.outcome != "refused":
            where = (record.account, record.phone)
            self.accepted[row].append(Call(record.n, record.at_ms, where, record.text))

    @_take.register
    def _(self, record: Struck) -> None:
        self.struck.append(record)

    @_take.register
    def _(self, record: Retried) -> None:
        self.retried.update(record.wamids)

    @_take.register
    def _(self, record: Conversation) -> None:
        self._once("conversation", record.id, record, self.conversations)

    @_take.register
    def _(self, record: Stored) -> None:
        message = self.messages.get(record.wamid)
        if message is None:
            self._miss("broken", f"{record.wamid} is stored and was never said")
        elif message.stored is not None:
            self._miss("twice", f"{record.wamid} is stored twice")
        else:
            message.stored = record

    @_take.register
    def _(self, record: Batch) -> None:
        self._once("batch", record.id, record, self.batches)

    @_take.register
    def _(self, record: Row) -> None:
        self._once("row", record.id, record, self.rows)

    @_take.register
    def _(self, record: Letter) -> None:
        self._once("dead letter", record.id, record, self.letters)

    @_take.register
    def _(self, _record: End) -> None:
        self._ended = True

    def _once(self, name: str, key: int, record: Kept, kept: dict[int, Kept]) -> None:
        if key in kept:
            self._miss("broken", f"{name} {key} is there twice")
        kept[key] = record


def seen(records: Iterable[Line]) -> Seen:
    """Read a whole history."""
    found = Seen()
    for record in records:
        found.take(record)
    found.end()
    return found
