"""Judges the demo twice: from outside, by what the provider saw, and against the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hudhud.ops.demo_script import COLLECTED, INCIDENT, Customer
from hudhud.ops.demo_stage import Stage, wa_id

FULL = 5
WINDOW_S = 8.0
HISTORY_MAX = 20_000
HTTP_OK = 200
CLOSED = ("answered", "handed_over")

AT_REST = """
    select (select count(*) from batch where merchant_id = $1) as batches,
        (select count(*) from message where merchant_id = $1 and direction = 'in' and wakes
            and batch_id is null) as waiting,
        (select count(*) from outbox where merchant_id = $1
            and state in ('queued', 'sending', 'unknown')) as leaving"""
MESSAGES = """
    select external_id, batch_id, wakes, extract(epoch from accepted_at)::double precision as at_s
    from message where merchant_id = $1 and direction = 'in'"""
BATCHES = """
    select id, outcome, reason, extract(epoch from claimed_at)::double precision as claimed_s,
        extract(epoch from finished_at)::double precision as finished_s
    from batch where merchant_id = $1 order by id"""
OUTBOX = """
    select o.id, o.batch_id, o.part, o.state, m.body
    from outbox o join message m on m.id = o.message_id
    where o.merchant_id = $1 order by o.id"""
FIELDS = """
    select f.name, f.value
    from collected_field f join contact_alias a on a.contact_id = f.contact_id
    where f.merchant_id = $1 and a.kind = 'phone' and a.value = $2"""


@dataclass(frozen=True, slots=True)
class PlayedBatch:
    """One batch as it came out: places of its lines, when it closed and ended, what was said.

    Seconds count from the customer's first message. `answers` are (seconds, text) as the phone
    got them.
    """

    places: tuple[int, ...]
    outcome: str
    reason: str
    closed_s: float
    finished_s: float
    answers: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class PlayedCustomer:
    """One customer's conversation: when each line was taken, and its batches."""

    customer: Customer
    taken_s: tuple[float, ...]
    batches: tuple[PlayedBatch, ...]

    def waited_s(self, batch: PlayedBatch) -> float:
        """Seconds from the batch's first message until it closed."""
        return batch.closed_s - min(self.taken_s[place - 1] for place in batch.places)


@dataclass(slots=True)
class Ledger:
    """The figures, and every miss in words; `copies` are webhooks that came again."""

    accepted: int = 0
    copies: int = 0
    batches: int = 0
    answered: int = 0
    with_person: int = 0
    waiting: int = 0
    lost: int = 0
    twice: int = 0
    customers: list[PlayedCustomer] = field(default_factory=list)
    collected: dict[str, str] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether every check held."""
        return not (self.misses or self.waiting or self.lost or self.twice)


async def at_rest(stage: Stage, batches: int) -> bool:
    """Whether so many batches are closed and nothing waits or is on its way out."""
    async with stage.database.reading(stage.merchant_id) as connection:
        row = await connection.fetchrow(AT_REST, stage.merchant_id)
    return row is not None and bool(
        row["batches"] >= batches and not row["waiting"] and not row["leaving"]
    )


async def judged(
    stage: Stage, customers: Sequence[Customer], said: Sequence[Sequence[Sequence[str]]]
) -> Ledger:
    """Compare what the provider saw with what is stored and with what the script demands.

    Args:
        stage: where it was played.
        customers: the script.
        said: the wamids of every line, by customer.
    """
    history = await stage.ask("GET", f"/history?limit={HISTORY_MAX}")
    async with stage.database.reading(stage.merchant_id) as connection:
        messages, batches, outbox = [
            [dict(row) for row in await connection.fetch(sql, stage.merchant_id)]
            for sql in (MESSAGES, BATCHES, OUTBOX)
        ]
        place = next(n for n, customer in enumerate(customers) if customer is INCIDENT)
        fields = await connection.fetch(FIELDS, stage.merchant_id, wa_id(place))
    ledger = Ledger(batches=len(batches), collected={row["name"]: row["value"] for row in fields})
    count(ledger, history, messages, outbox)
    sends = {send["tag"].split(".")[1]: send for send in history["sends"]}
    for customer, lines in zip(customers, said, strict=True):
        ledger.customers.append(_played(customer, lines, messages, batches, outbox, sends))
    for played in ledger.customers:
        check(ledger, played)
    _check_incident(ledger, ledger.customers[place])
    return ledger


def count(
    ledger: Ledger,
    history: Mapping[str, Any],
    messages: Sequence[Mapping[str, Any]],
    outbox: Sequence[Mapping[str, Any]],
) -> None:
    """Fill in the figures.

    Args:
        ledger: the one to fill.
        history: what the provider saw: `inbound` and `sends`.
        messages: as `MESSAGES` reads them.
        outbox: as `OUTBOX` reads it.
    """
    taken = [one for one in history["inbound"] if one["http_status"] == HTTP_OK]
    stored = Counter(row["external_id"] for row in messages)
    sends = Counter(send["tag"].split(".")[1] for send in history["sends"])
    known = {str(row["id"]) for row in outbox}
    waiting = [row for row in messages if row["wakes"] and row["batch_id"] is None]
    sent = {row["batch_id"] for row in outbox if sends[str(row["id"])] == 1}
    unsent = {row["batch_id"] for row in outbox if not sends[str(row["id"])]}
    ledger.accepted = len(taken)
    ledger.copies = sum(one["attempts"] - 1 for one in taken)
    ledger.waiting = len(waiting)
    ledger.answered = len(sent - unsent)
    ledger.lost = sum(1 for one in taken if not stored[one["wamid"]])
    ledger.lost += len(history["inbound"]) - len(taken) + len(unsent)
    ledger.twice = sum(count - 1 for count in (stored + sends).values() if count > 1)
    ledger.twice += sum(count for row_id, count in sends.items() if row_id not in known)


def _played(
    customer: Customer,
    lines: Sequence[Sequence[str]],
    messages: Sequence[Mapping[str, Any]],
    batches: Sequence[Mapping[str, Any]],
    outbox: Sequence[Mapping[str, Any]],
    sends: Mapping[str, Mapping[str, Any]],
) -> PlayedCustomer:
    by_wamid = {row["external_id"]: row for row in messages}
    rows = [by_wamid.get(wamids[0]) for wamids in lines]
    first_s = min((row["at_s"] for row in rows if row), default=0.0)
    ours = [
        (batch, tuple(n for n, row in enumerate(rows, 1) if row and row["batch_id"] == batch["id"]))
        for batch in batches
    ]
    return PlayedCustomer(
        customer,
        tuple(row["at_s"] - first_s if row else float("nan") for row in rows),
        tuple(
            PlayedBatch(
                places,
                batch["outcome"],
                batch["reason"] or "",
                batch["claimed_s"] - first_s,
                batch["finished_s"] - first_s,
                tuple(
                    (sends[str(row["id"])]["at_ms"] / 1000 - first_s, row["body"])
                    for row in outbox
                    if row["batch_id"] == batch["id"] and str(row["id"]) in sends
                ),
            )
            for batch, places in ours
            if places
        ),
    )


def check(ledger: Ledger, played: PlayedCustomer) -> None:
    """Note as a miss each batch that is not the script's, came early, or has not one answer."""
    name, wanted = played.customer.name, played.customer.batches
    found = tuple(batch.places for batch in played.batches)
    ledger.with_person += sum(batch.outcome == "handed_over" for batch in played.batches)
    if found != wanted:
        ledger.misses.append(f"{name}: batches {_sets(found)}, wanted {_sets(wanted)}.")
    for number, batch in enumerate(played.batches, 1):
        if batch.outcome not in CLOSED or len(batch.answers) != 1:
            said = f"{batch.outcome} with {len(batch.answers)} answers"
            ledger.misses.append(f"{name}: batch {number} ended {said}.")
        waited_s = played.waited_s(batch)
        if len(batch.places) < FULL and waited_s < WINDOW_S:
            ledger.misses.append(f"{name}: batch {number} closed after {waited_s:.2f} s.")


def _check_incident(ledger: Ledger, played: PlayedCustomer) -> None:
    answers = [text for batch in played.batches for _, text in batch.answers]
    last = answers[-1] if answers else ""
    if not last or "؟" in last or "?" in last:
        ledger.misses.append("The incident's last answer asks again for what it was told.")
    for name, value in COLLECTED.items():
        if not ledger.collected.get(name, "").startswith(value):
            ledger.misses.append(f"The incident's field {name} is not stored.")


def _sets(batches: Sequence[Sequence[int]]) -> str:
    return " and ".join("{" + ", ".join(map(str, places)) + "}" for places in batches) or "none"
