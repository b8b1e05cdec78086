"""The drill's checker finds a clean history clean, and every bent one guilty."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from drill_histories import World, clean, loose, numbered
from hypothesis import given, settings
from hypothesis import strategies as st

from hudhud.errors import BadInputError
from hudhud.ops.drills.history import Line, Tail, append, read, row_of
from hudhud.ops.drills.judge import judged
from hudhud.ops.drills.seen import Miss, seen

# What carries the promise. The rest (a refused call, a fault, a retried letter) only explains.
CARRIES = {"said", "posted", "returned", "conversation", "stored", "batch", "row", "end"}
seeds = st.integers(0, 10_000)
chances = st.floats(0, 1, exclude_max=True)


def misses(lines: list[Line]) -> list[Miss]:
    return judged(seen(lines))


def kinds(lines: list[Any]) -> set[str]:
    return {miss.kind for miss in misses(numbered(lines))}


def carries(record: dict[str, Any]) -> bool:
    return record["what"] in CARRIES or record.get("outcome") == "accepted"


@given(seeds)
@settings(max_examples=30, deadline=None)
def test_a_history_in_which_nothing_went_wrong_is_clean(seed: int) -> None:
    assert misses(clean(seed)) == []


@given(seeds, chances)
@settings(max_examples=200, deadline=None)
def test_deleting_any_record_turns_the_checker_red(seed: int, chance: float) -> None:
    lines = clean(seed)
    del lines[int(chance * len(lines))]
    assert misses(lines)


@given(seeds, chances)
@settings(max_examples=200, deadline=None)
def test_doubling_any_record_turns_the_checker_red(seed: int, chance: float) -> None:
    lines = clean(seed)
    place = int(chance * len(lines))
    lines.insert(place, lines[place])
    assert misses(lines)


@given(seeds, chances, chances)
@settings(max_examples=200, deadline=None)
def test_moving_any_record_turns_the_checker_red(seed: int, chance: float, other: float) -> None:
    lines = clean(seed)
    before = list(lines)
    lines.insert(int(other * (len(lines) - 1)), lines.pop(int(chance * len(lines))))
    assert bool(misses(lines)) is (lines != before)


@given(seeds, chances)
@settings(max_examples=200, deadline=None)
def test_a_deletion_is_found_even_when_the_numbers_were_mended(seed: int, chance: float) -> None:
    lines = loose(clean(seed))
    places = [place for place, line in enumerate(lines) if carries(line)]
    del lines[places[int(chance * len(places))]]
    assert kinds(lines)


@given(seeds, chances)
@settings(max_examples=200, deadline=None)
def test_a_doubling_is_found_even_when_the_numbers_were_mended(seed: int, chance: float) -> None:
    lines = loose(clean(seed))
    places = [place for place, line in enumerate(lines) if carries(line)]
    place = places[int(chance * len(places))]
    lines.insert(place, lines[place])
    assert kinds(lines)


@given(seeds, chances)
@settings(max_examples=200, deadline=None)
def test_an_exchange_of_two_answers_is_found_even_when_the_numbers_were_mended(
    seed: int, chance: float
) -> None:
    lines = loose(clean(seed))
    late = {line["row"] for line in lines if line["what"] == "letter"}
    rows = {line["id"]: line for line in lines if line["what"] == "row"}
    calls = [
        place
        for place, line in enumerate(lines)
        if line.get("outcome") == "accepted"
        and rows[row_of(line["tag"]) or 0]["batch"] is not None
        and row_of(line["tag"]) not in late
    ]
    one = int(chance * (len(calls) - 1))
    first, second = calls[one], calls[one + 1]
    if lines[first]["phone"] != lines[second]["phone"]:
        return  # two customers' answers may come in any order
    lines[first], lines[second] = lines[second], lines[first]
    assert "out_of_order" in kinds(lines)


def bent(what: str, where: int = 0, **changes: Any) -> set[str]:
    """The misses of a clean history in which one record of a kind says something else."""
    world = World(1)
    world.conversation(["answered"] * 20)
    world.conversation(["answered"] * 20)
    lines = loose(world.history())
    found = [place for place, line in enumerate(lines) if line["what"] == what]
    lines[found[where]] = {**lines[found[where]], **changes}
    return kinds(lines)


@pytest.mark.parametrize(
    ("what", "changes", "kind"),
    [
        ("stored", {"batch": None}, "lost"),
        ("stored", {"wamid": "w.999"}, "lost"),
        ("stored", {"conversation": 999}, "broken"),
        ("batch", {"outcome": "noted"}, "lost"),
        ("batch", {"outcome": "dead"}, "lost"),
        ("batch", {"outcome": "handed_over"}, "lost"),
        ("batch", {"outcome": "withdrawn"}, "broken"),
        ("batch", {"no": 7}, "broken"),
        ("row", {"state": "queued"}, "twice"),
        ("row", {"state": "cancelled"}, "twice"),
        ("row", {"author": "operator"}, "lost"),
        ("row", {"part": 3}, "broken"),
        ("called", {"outcome": "undeliverable"}, "lost"),
        ("called", {"outcome": "refused"}, "lost"),
        ("called", {"tag": ""}, "twice"),
        ("called", {"tag": "1.99999.1"}, "twice"),
        ("called", {"text": "#999"}, "broken"),
        ("called", {"phone": "2"}, "lost"),
        ("called", {"account": "2"}, "lost"),
        ("conversation", {"batches": 21}, "broken"),
        ("returned", {"webhook": 99_999}, "broken"),
        ("posted", {"attempt": 5}, "broken"),
        ("said", {"phone": "99"}, "broken"),
    ],
)
def test_each_rule_can_turn_red(what: str, changes: dict[str, Any], kind: str) -> None:
    assert kind in bent(what, **changes)


def test_a_row_that_left_in_two_attempts_was_answered_twice() -> None:
    world = World(1)
    world.conversation(["answered"] * 20)
    lines = loose(world.history())
    call = next(line for line in lines if line.get("outcome") == "accepted")
    merchant, row, attempt = call["tag"].split(".")
    again = {**call, "tag": f"{merchant}.{row}.{int(attempt) + 1}"}
    lines.insert(lines.index(call) + 1, again)
    assert kinds(lines) == {"twice"}


def test_a_message_that_never_got_its_200_is_lost() -> None:
    world = World(1)
    world.conversation(["answered"] * 20)
    lines = loose(world.history())
    last = max(n for n, line in enumerate(lines) if line["what"] == "returned")
    lines[last]["status"] = 503
    assert kinds(lines) == {"lost"}


def test_an_older_message_in_a_later_batch_is_out_of_order() -> None:
    world = World(1)
    world.conversation(["answered"] * 20)
    lines = loose(world.history())
    stored = [line for line in lines if line["what"] == "stored"]
    first, last = stored[0], stored[-1]
    first["batch"], last["batch"] = last["batch"], first["batch"]
    assert "out_of_order" in kinds(lines)


def test_messages_that_were_under_way_together_may_be_in_any_order() -> None:
    world = World(1)
    world.conversation(["answered"] * 20)
    lines = loose(world.history())
    outside = [line for line in lines if line["what"] in {"said", "posted", "returned"}]
    rest = [line for line in lines if line not in outside]
    order = {"said": 0, "posted": 1, "returned": 2}
    first = [line for line in outside if line.get("attempt", 1) == 1]
    again = [line for line in outside if line.get("attempt", 1) > 1]
    together = [*sorted(first, key=lambda line: order[line["what"]]), *again, *rest]
    stored = [line for line in together if line["what"] == "stored"]
    stored[0]["batch"], stored[-1]["batch"] = stored[-1]["batch"], stored[0]["batch"]
    assert not any(
        m.kind == "out_of_order" and "came before" in m.what for m in misses(numbered(together))
    )


def test_the_same_words_of_a_person_in_two_rows_are_one_deed_done_twice() -> None:
    world = World(1)
    world.conversation([*["answered"] * 20, "by_person", "by_person"])
    lines = loose(world.history())
    assert kinds(lines) == set()
    first, second = [
        line for line in lines if line["what"] == "row" and line["author"] == "operator"
    ]
    text = next(c["text"] for c in lines if row_of(c.get("tag", "")) == first["id"])
    for call in lines:
        if row_of(call.get("tag", "")) == second["id"]:
            call["text"] = text
    assert kinds(lines) == {"twice"}


def test_too_many_answers_by_people_are_a_miss() -> None:
    world = World(1)
    world.conversation([*["answered"] * 8, *["by_person"] * 2])
    assert kinds(loose(world.history())) == {"broken"}


LETTER = {"what": "letter", "id": 900, "conversation": 1, "row": None, "settlement": None}
STRUCK = {"what": "struck", "fault": "worker_kill", "until_ms": 0}


@pytest.mark.parametrize(
    ("reason", "struck", "guilty"),
    [
        ("3 workers died with it", [STRUCK], False),
        ("3 workers died with it", [], True),
        ("3 workers died with it", [{**STRUCK, "why_not": "none lived"}], True),
        ("somebody felt like it", [STRUCK], True),
    ],
)
def test_a_dead_letter_must_name_a_fault_that_struck(
    reason: str, struck: list[dict[str, Any]], *, guilty: bool
) -> None:
    world = World(1)
    world.conversation(["answered"] * 20)
    lines = loose(world.history())
    batch = next(line for line in lines if line["what"] == "batch")
    dropped = {line["id"] for line in lines if line.get("batch") == batch["id"] and "part" in line}
    batch["outcome"] = "dead"
    kept = [
        line
        for line in lines
        if line.get("id") not in dropped and row_of(line.get("tag", "")) not in dropped
    ]
    end = kept.pop()
    assert bool(kinds([*kept, *struck, {**LETTER, "reason": reason}, end])) is guilty


def test_a_history_is_read_as_it_was_written_and_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    lines = clean(3)
    append(path, 0, loose(lines))
    assert list(read(path)) == lines
    assert append(path, len(lines), [msgspec.to_builtins(lines[0])]) == len(lines) + 1
    with path.open("ab") as file:
        file.write(b'{"what":"said"}\n')
    with pytest.raises(BadInputError, match=f"line {len(lines) + 2}"):
        list(read(path))


def test_the_tail_sees_what_a_customer_has_on_the_phone(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    tail = Tail(path)
    tail.look()
    lines = clean(4)
    half = len(lines) // 2
    append(path, 0, loose(lines[:half]))
    with path.open("ab") as file:
        file.write(b'{"what":"sa')  # being written at this moment
    tail.look()
    assert tail.last == half
    path.write_bytes(b"")
    append(path, 0, loose(lines))
    tail.look()
    assert tail.last == len(lines)
    assert tail.said == tail.acknowledged == sum(line["what"] == "said" for line in loose(lines))
    accepted = {row_of(x["tag"]) for x in loose(lines) if x.get("outcome") == "accepted"}
    assert tail.arrived == accepted
