"""The demo's judge must be able to find the demo guilty."""

from __future__ import annotations

import msgspec
import pytest

from hudhud.ops.demo_ledger import Ledger, PlayedBatch, PlayedCustomer, check, count
from hudhud.ops.demo_script import CUSTOMERS, INCIDENT, SHOP
from hudhud.ops.demo_telling import ledger_lines, transcript

TAKEN = (0.0, 3.3, 6.6, 11.0, 12.5)


def batch(
    *places: int, closed_s: float, answer: str = "تمام", outcome: str = "answered"
) -> PlayedBatch:
    answers = ((closed_s + 0.1, answer),) if answer else ()
    return PlayedBatch(places, outcome, "", closed_s, closed_s + 0.05, answers)


def played(*batches: PlayedBatch) -> PlayedCustomer:
    return PlayedCustomer(INCIDENT, TAKEN, batches)


RIGHT = (batch(1, 2, 3, closed_s=8.01), batch(4, 5, closed_s=19.01))


def misses(*batches: PlayedBatch) -> list[str]:
    ledger = Ledger()
    check(ledger, played(*batches))
    return ledger.misses


def test_what_went_right_is_no_miss() -> None:
    assert misses(*RIGHT) == []


@pytest.mark.parametrize(
    "batches",
    [
        (batch(1, 2, closed_s=8.01), batch(3, 4, 5, closed_s=19.01)),
        (batch(1, 2, 3, 4, 5, closed_s=19.01),),
        (RIGHT[0],),
        (RIGHT[0], batch(4, 5, closed_s=13.0)),
        (RIGHT[0], batch(4, 5, closed_s=19.01, answer="")),
        (RIGHT[0], batch(4, 5, closed_s=19.01, outcome="dead")),
    ],
)
def test_other_batches_early_batches_and_unanswered_ones_are_misses(
    batches: tuple[PlayedBatch, ...],
) -> None:
    assert misses(*batches)


def inbound(wamid: str, status: int | None = 200) -> dict[str, object]:
    return {"wamid": wamid, "http_status": status, "attempts": 1}


def send(row: int) -> dict[str, object]:
    return {"tag": f"1.{row}.1"}


STORED = [{"external_id": "a", "batch_id": 1, "wakes": True, "at_s": 0.0}]
ROWS = [{"id": 7, "batch_id": 1, "part": 0, "state": "accepted", "body": ""}]


@pytest.mark.parametrize(
    ("said", "sends", "lost", "twice"),
    [
        ([inbound("a")], [send(7)], 0, 0),
        ([inbound("a"), inbound("b")], [send(7)], 1, 0),
        ([inbound("a"), inbound("b", None)], [send(7)], 1, 0),
        ([inbound("a")], [], 1, 0),
        ([inbound("a")], [send(7), send(7)], 0, 1),
        ([inbound("a")], [send(7), send(8)], 0, 1),
    ],
)
def test_lost_and_twice_are_counted_from_the_providers_side(
    said: list[dict[str, object]], sends: list[dict[str, object]], lost: int, twice: int
) -> None:
    ledger = Ledger()
    count(ledger, {"inbound": said, "sends": sends}, STORED, ROWS)
    assert (ledger.lost, ledger.twice) == (lost, twice)
    assert ledger.clean is (lost == twice == 0)


def test_the_transcript_tells_every_line_batch_and_answer() -> None:
    told = "\n".join(transcript(played(*RIGHT)))
    for line in INCIDENT.lines:
        assert line.text in told
    assert "batch 1 = {1, 2, 3}, closed 8.01 s" in told
    assert "batch 2 = {4, 5}" in told


def test_a_miss_is_told_in_words() -> None:
    ledger = Ledger(misses=["somebody was forgotten"])
    told = "\n".join(ledger_lines(ledger, 1.0))
    assert "✗ somebody was forgotten" in told
    assert "✗ The demo failed" in told


def test_the_script_holds_what_the_issue_asks_for() -> None:
    assert [line.at_s for line in INCIDENT.lines] == [0.0, 3.3, 6.649, 10.976, 12.5]
    assert INCIDENT.batches == ((1, 2, 3), (4, 5))
    assert len(SHOP) == 30
    assert any(len(c.lines) == 5 and len({line.at_s for line in c.lines}) == 1 for c in SHOP)
    assert any(line.copies > 1 for c in SHOP for line in c.lines)
    assert sum(line.kind == "reaction" for c in SHOP for line in c.lines) == 1
    languages = {c.name.isascii() for c in SHOP}
    assert languages == {True, False}
    for customer in CUSTOMERS:
        waking = [n for n, line in enumerate(customer.lines, 1) if line.kind == "text"]
        assert sorted(n for places in customer.batches for n in places) == waking
    assert msgspec.to_builtins(INCIDENT)
