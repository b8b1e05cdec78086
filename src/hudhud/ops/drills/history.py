"""The history of a drill, one JSON line a record: what passed outside, then what is stored at last.

The simulator writes the first part while the drill runs (`said`, `posted`, `returned`, `called`).
The drill adds its faults, what the operator tried again, and the rows that say which message is in
which batch. Records are numbered without a gap: a history with a hole proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from hudhud.errors import BadInputError


class Record(msgspec.Struct, frozen=True, kw_only=True, tag_field="what", tag=str.lower):
    """One line; `n` is its place in the history, `at_ms` the moment in Unix milliseconds."""

    n: int
    at_ms: int


class Said(Record, frozen=True, kw_only=True):
    """A customer wrote a message; `stamp_s` is the provider's own time."""

    wamid: str
    account: str
    phone: str
    stamp_s: int


class Posted(Record, frozen=True, kw_only=True):
    """A webhook with these messages left, for the first time or again."""

    webhook: int
    attempt: int
    wamids: tuple[str, ...]


class Returned(Record, frozen=True, kw_only=True):
    """That webhook came back with this status; None: without an answer."""

    webhook: int
    attempt: int
    status: int | None


class Called(Record, frozen=True, kw_only=True):
    """The product asked the provider to send; `tag` is `merchant.row.attempt`."""

    account: str
    phone: str
    outcome: str
    tag: str
    text: str
    code: int | None = None
    fault: str | None = None


class Struck(Record, frozen=True, kw_only=True):
    """The nemesis struck from `at_ms` to `until_ms`; `why_not` when it could not."""

    fault: str
    until_ms: int
    victim: str = ""
    why_not: str = ""


class Retried(Record, frozen=True, kw_only=True):
    """The operator tried a dead letter again; these messages may be in a later batch now."""

    letter: int
    wamids: tuple[str, ...]


class Conversation(Record, frozen=True, kw_only=True):
    """One stored conversation, and how many batches it has had."""

    id: int
    batches: int


class Stored(Record, frozen=True, kw_only=True):
    """One stored message of a customer, and its batch."""

    wamid: str
    conversation: int
    batch: int | None


class Batch(Record, frozen=True, kw_only=True):
    """One closed batch; `no` counts within the conversation."""

    id: int
    conversation: int
    no: int
    outcome: str


class Row(Record, frozen=True, kw_only=True):
    """One row of the outbox: one part of an answer."""

    id: int
    conversation: int
    batch: int | None
    part: int
    author: str
    state: str


class Letter(Record, frozen=True, kw_only=True):
    """One dead letter; `settlement` None while it is open."""

    id: int
    conversation: int
    row: int | None
    reason: str
    settlement: str | None


class End(Record, frozen=True, kw_only=True):
    """The last record: the history was not cut off."""


Line = (
    Said
    | Posted
    | Returned
    | Called
    | Struck
    | Retried
    | Conversation
    | Stored
    | Batch
    | Row
    | Letter
    | End
)
_decoder = msgspec.json.Decoder(Line)


def read(path: Path) -> Iterator[Line]:
    """All records of a history, in order.

    Raises:
        BadInputError: the file cannot be read, or a line is no record; the detail says which.
    """
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    yield _decoder.decode(line)
                except msgspec.MsgspecError as error:
                    raise BadInputError(f"{path}, line {number}: {error}") from None
    except OSError as error:
        raise BadInputError(f"{path}: {error.strerror}.") from None


def append(path: Path, after: int, records: Iterable[dict[str, Any]]) -> int:
    """Add records behind the last one, numbered on; returns the last number."""
    with path.open("ab") as file:
        for record in records:
            after += 1
            file.write(msgspec.json.encode({**record, "n": after}) + b"\n")
    return after


class Tail:
    """Follows a history while it is written: what a person could see on the customers' phones."""

    def __init__(self, path: Path) -> None:
        """Follow this file from its beginning; it may not be there yet."""
        self.path = path
        self.last = 0
        self.said = 0
        self.answers = 0
        self.redelivered_ms = 0
        self.arrived: set[int] = set()
        self._acknowledged: set[str] = set()
        self._wamids: dict[int, tuple[str, ...]] = {}
        self._read_bytes = 0

    @property
    def acknowledged(self) -> int:
        """How many different messages got their 200."""
        return len(self._acknowledged)

    def look(self) -> None:
        """Read what came since the last look; a line that is not whole yet is left."""
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            file.seek(self._read_bytes)
            fresh = file.read()
        whole = fresh[: fresh.rfind(b"\n") + 1]
        self._read_bytes += len(whole)
        for line in whole.splitlines():
            self._see(_decoder.decode(line))

    def _see(self, record: Line) -> None:
        self.last = record.n
        if isinstance(record, Said):
            self.said += 1
        elif isinstance(record, Posted):
            self._wamids[record.webhook] = record.wamids
            if record.attempt > 1:
                self.redelivered_ms = record.at_ms
        elif isinstance(record, Returned) and record.status == 200:  # noqa: PLR2004 - HTTP OK
            self._acknowledged.update(self._wamids.get(record.webhook, ()))
        elif isinstance(record, Called) and record.outcome != "refused":
            self.answers += 1
            row = row_of(record.tag)
            if row is not None:
                self.arrived.add(row)


def row_of(tag: str) -> int | None:
    """The outbox row that a tag `merchant.row.attempt` names."""
    parts = tag.split(".")
    return int(parts[1]) if len(parts) == 3 and all(map(str.isdecimal, parts)) else None  # noqa: PLR2004 - as it says
