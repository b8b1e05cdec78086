"""A thread as it is drawn: messages in their batches, what became of each, and why. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol

from markupsafe import Markup, escape

from hudhud.text import direction, majority, spans

_PIECE = Markup('<bdi{} dir="{}">{}</bdi>')
_LINE = Markup('<bdi dir="{}">{}</bdi>')
# A longer one may be broken, or a phone of nine hundred digits would widen the page.
UNBROKEN_CHARS_MAX = 32

BlockKind = Literal["batch", "out", "note"]


class Row(Protocol):
    """A row of PostgreSQL, by column."""

    def __getitem__(self, column: str, /) -> Any:
        """The value of one column."""


@dataclass(slots=True)
class Block:
    """One thing in a thread: a batch of inbound messages, one outgoing bubble, or a small note.

    `fate` of a batch is its outcome, or what it still waits for: `open` (it may grow until
    `until`), `answering`, `retrying`, `person`. `why` is the row whose batch explains the answer.
    """

    kind: BlockKind
    rows: list[Row] = field(default_factory=list)
    fate: str = ""
    until: datetime | None = None
    day: date | None = None
    why: Row | None = None

    @property
    def span_s(self) -> float:
        """Seconds between the first and the last message of a batch."""
        times = [row["accepted_at"] for row in self.rows]
        return float((max(times) - min(times)).total_seconds())

    @property
    def key(self) -> str:
        """Stable from one drawing to the next."""
        return f"{self.kind}-{self.rows[0]['id']}"


def blocks(head: Row, rows: Iterable[Row], day_of: Any) -> list[Block]:
    """Draw a thread.

    Args:
        head: the conversation as `store.threads.head` read it.
        rows: its messages as `store.threads.messages` read them, oldest first.
        day_of: tells in which day of the reader's a moment falls.
    """
    drawn: list[Block] = []
    batches: dict[object, Block] = {}
    for row in rows:
        if row["direction"] == "out":
            # An echo has no row of ours in the outbox: it was written on the merchant's own phone.
            drawn.append(Block("out", [row]))
        elif not row["wakes"]:
            drawn.append(Block("note", [row]))
        else:
            group = row["batch_id"] or waiting_for(head, row)
            if group not in batches:
                batches[group] = Block("batch", fate=row["outcome"] or str(group))
                drawn.append(batches[group])
            batches[group].rows.append(row)
    _finish(head, drawn, day_of)
    return drawn


def waiting_for(head: Row, row: Row) -> str:
    """What a message that is in no batch waits for."""
    if head["state"] == "human":
        return "person"
    if row["id"] <= head["closed_id"]:
        return "answering" if head["lease_until"] is not None else "retrying"
    return "open"


def _finish(head: Row, drawn: list[Block], day_of: Any) -> None:
    last_of: dict[int, Block] = {}
    before: date | None = None
    for block in drawn:
        if block.kind == "batch":
            # Inside a batch the provider's order counts (trap 19).
            block.rows.sort(key=lambda row: (row["provider_at"], row["id"]))
            block.until = head["due_at"] if block.fate in ("open", "retrying") else None
        day = day_of(min(row["accepted_at"] for row in block.rows))
        block.day = day if day != before else None
        before = day
        if block.rows[0]["batch_id"]:
            last_of[block.rows[0]["batch_id"]] = block
    for block in last_of.values():
        block.why = block.rows[0]


def send_look(row: Row) -> str:
    """How far an outgoing message came: a send state, or delivered, or read."""
    if row["send_state"] == "accepted":
        return "read" if row["seen_at"] else "delivered" if row["delivered_at"] else "accepted"
    return row["send_state"] or ""


def isolated(text: str) -> Markup:
    """A message for a page: what has a direction of its own keeps it (INTERFACE.md 1).

    Phones, prices, codes, numbers and addresses stay in one piece and in their own order; a line
    that runs against the message, as an English one under an Arabic one, runs its own way.
    """
    runs = direction(text)
    return Markup("\n").join(_line(line, runs) for line in text.split("\n"))


def _line(line: str, runs: str) -> Markup:
    parts, words, end = [], [], 0
    for span in spans(line):
        said = line[span.start : span.end]
        words.append(line[end : span.start])
        kept = span.kind != "link" and len(said) <= UNBROKEN_CHARS_MAX
        look = Markup(' class="num"') if kept else ""
        parts += [escape(words[-1]), _PIECE.format(look, span.runs, said)]
        end = span.end
    drawn = Markup().join([*parts, escape(line[end:])])
    own = majority("".join([*words, line[end:]]))
    return drawn if own in (None, runs) else _LINE.format(own, drawn)
