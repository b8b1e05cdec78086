"""The checker: nothing lost, nothing answered twice, nothing out of order. Pure.

Which message is in which batch is read from the database, for no outsider sees a batch. All the
rest is what the provider saw: a row of the outbox counts as sent when the provider accepted a call
with its tag, and never because the database says so. Where an answer names its messages (the
model's stand-in repeats their marks), it must name those of the stored batch.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import groupby, pairwise

from hudhud.ops.drills.history import Batch, Letter, Row
from hudhud.ops.drills.seen import Call, Message, Miss, Seen

BY_RESPONDER_MIN = 0.9
MARK = re.compile(r"#(\d+)")
# What a dead letter says, and the faults that may have written it.
BLAME: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("workers died", ("worker_kill", "worker_stop", "supervisor_kill", "supervisor_stop")),
    ("StoreUnavailable", ("postgresql_kill", "postgresql_restart", "postgresql_cut", "spool_full")),
    ("130429", ("provider_429",)),
    ("could not be reached", ("provider_timeout",)),
)


def judged(seen: Seen) -> list[Miss]:
    """Every miss of a history; an empty list is the promise kept."""
    rules: tuple[Callable[[Seen], Iterator[Miss]], ...] = (
        _accepted_and_stored,
        _batches_whole,
        _batches_answered,
        _rows_as_the_provider_saw_them,
        _to_the_right_customer,
        _people_answer_once,
        _letters_blame_a_fault,
        _in_order,
        _answers_in_order,
        _answers_name_their_batch,
        _mostly_by_responders,
    )
    return [*seen.misses, *(miss for rule in rules for miss in rule(seen))]


def _accepted_and_stored(seen: Seen) -> Iterator[Miss]:
    for wamid, message in seen.messages.items():
        if not message.acknowledged_n:
            yield Miss("lost", f"{wamid} never got its 200")
        if message.stored is None:
            yield Miss("lost", f"{wamid} is not stored")
        elif message.stored.batch is None:
            yield Miss("lost", f"{wamid} is in no batch")
        elif message.stored.batch not in seen.batches:
            yield Miss("lost", f"{wamid} is in batch {message.stored.batch}, which is not there")


def _batches_whole(seen: Seen) -> Iterator[Miss]:
    numbers: defaultdict[int, list[int]] = defaultdict(list)
    for batch in seen.batches.values():
        numbers[batch.conversation].append(batch.no)
    for conversation in seen.conversations.values():
        found = sorted(numbers.pop(conversation.id, []))
        if found != list(range(1, conversation.batches + 1)):
            yield Miss("broken", f"conversation {conversation.id} has the batches {found}")
    for stray in numbers:
        yield Miss("broken", f"conversation {stray} is not there")
    phones: dict[int, tuple[str, str]] = {}
    for wamid, message in seen.messages.items():
        if message.stored is None or message.stored.batch not in seen.batches:
            continue
        home = message.stored.conversation
        if seen.batches[message.stored.batch].conversation != home:
            yield Miss("broken", f"{wamid} is in a batch of another conversation")
        if phones.setdefault(home, message.where) != message.where:
            yield Miss("broken", f"{wamid} is in another customer's conversation")


def _batches_answered(seen: Seen) -> Iterator[Miss]:
    """Each batch has exactly one answer that the provider accepted, or one dead letter."""
    sizes = Counter(m.stored.batch for m in seen.messages.values() if m.stored is not None)
    rows: defaultdict[int | None, list[Row]] = defaultdict(list)
    letters: defaultdict[int, list[Letter]] = defaultdict(list)
    for row in seen.rows.values():
        rows[row.batch].append(row)
    for letter in seen.letters.values():
        letters[letter.conversation].append(letter)
    replies = _replies(seen)
    for batch in seen.batches.values():
        sent = sorted(rows[batch.id], key=lambda row: row.part)
        if batch.outcome == "withdrawn":
            if sizes[batch.id] or not (sent or letters[batch.conversation]):
                yield Miss("broken", f"batch {batch.id} is withdrawn, and not whole")
            continue
        if not sizes[batch.id]:
            yield Miss("twice", f"batch {batch.id} answers no message")
        if [row.part for row in sent] != list(range(len(sent))):
            yield Miss("broken", f"batch {batch.id} has the parts {[row.part for row in sent]}")
        yield from _ended(batch, sent, letters[batch.conversation], replies[batch.conversation])


def _ended(
    batch: Batch, sent: list[Row], letters: list[Letter], replies: list[int]
) -> Iterator[Miss]:
    if batch.outcome == "dead":
        standing = [letter for letter in letters if letter.settlement != "retry"]
        if len(standing) != 1:
            yield Miss("lost", f"batch {batch.id} is dead with {len(standing)} letters")
        return
    wanted = {"answered": "assistant", "handed_over": "assistant", "by_person": "operator"}
    author = wanted.get(batch.outcome)
    if not sent or any(row.author != author for row in sent):
        yield Miss("lost", f"batch {batch.id} is {batch.outcome} without an answer")
    elif batch.outcome == "handed_over" and not any(reply > sent[-1].id for reply in replies):
        yield Miss("lost", f"batch {batch.id} was handed over, and no person answered")


def _replies(seen: Seen) -> defaultdict[int, list[int]]:
    """The rows by which a person answered and the provider accepted, by conversation."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for row in seen.rows.values():
        if row.author == "operator" and seen.accepted.get(row.id):
            found[row.conversation].append(row.id)
    return found


def _rows_as_the_provider_saw_them(seen: Seen) -> Iterator[Miss]:
    for row in seen.rows.values():
        times = len(seen.accepted.get(row.id, ()))
        if times > 1:
            yield Miss("twice", f"row {row.id} left {times} times")
        elif times and row.state != "accepted":
            yield Miss("twice", f"row {row.id} left, and is {row.state}")
        elif not times and row.state not in ("cancelled", "rejected"):
            yield Miss("lost", f"row {row.id} is {row.state}, and the provider has no such message")
        if row.state == "rejected" and not any(x.row == row.id for x in seen.letters.values()):
            yield Miss("lost", f"row {row.id} was refused, and no letter says so")
        if row.state == "cancelled" and _still_meant(seen, row):
            yield Miss("lost", f"row {row.id} was cancelled, and its batch counts as answered")
    for number in seen.accepted:
        if number not in seen.rows:
            yield Miss("twice", f"row {number} left and is not there")


def _still_meant(seen: Seen, row: Row) -> bool:
    batch = seen.batches.get(row.batch or 0)
    return batch is not None and batch.outcome in ("answered", "by_person")


def _to_the_right_customer(seen: Seen) -> Iterator[Miss]:
    homes = {m.stored.conversation: m.where for m in seen.messages.values() if m.stored}
    for row in seen.rows.values():
        for call in seen.accepted.get(row.id, ()):
            if call.where != homes.get(row.conversation):
                yield Miss("lost", f"row {row.id} left for another customer")


def _people_answer_once(seen: Seen) -> Iterator[Miss]:
    """The operator writes each text once: one that arrived in two rows is one deed done twice."""
    said = Counter(
        (row.conversation, call.text)
        for row in seen.rows.values()
        for call in seen.accepted.get(row.id, ())[:1]
        if row.author == "operator"
    )
    for (conversation, text), count in said.items():
        if count > 1:
            yield Miss("twice", f"a person said {text!r} {count} times to {conversation}")


def _letters_blame_a_fault(seen: Seen) -> Iterator[Miss]:
    struck = {fault.fault for fault in seen.struck if not fault.why_not}
    for letter in seen.letters.values():
        blamed = {name for words, names in BLAME if words in letter.reason for name in names}
        if letter.settlement != "retry" and not blamed & struck:
            yield Miss("lost", f"dead letter {letter.id} names no fault: {letter.reason}")


def _in_order(seen: Seen) -> Iterator[Miss]:
    """If m1 had its 200 before m2 first left, m1 is not in a later batch than m2 (Q4)."""
    placed = [
        m for m in seen.messages.values() if _number(seen, m) and m.said.wamid not in seen.retried
    ]
    placed.sort(key=lambda message: message.where)
    for _, group in groupby(placed, key=lambda message: message.where):
        moments = []
        for message in group:
            moments.append((message.posted_n, 1, message))
            moments.append((message.acknowledged_n, 0, message))
        latest, first = 0, ""
        for _, leaves, message in sorted(moments, key=lambda moment: moment[:2]):
            number = _number(seen, message)
            if not leaves and number > latest:
                latest, first = number, message.said.wamid
            elif leaves and number < latest:
                later = message.said.wamid
                yield Miss(
                    "out_of_order", f"{first} (batch no {latest}) came before {later} (no {number})"
                )


def _number(seen: Seen, message: Message) -> int:
    batch = seen.batches.get(message.stored.batch or 0) if message.stored else None
    return batch.no if batch and message.posted_n and message.acknowledged_n else 0


def _answers_in_order(seen: Seen) -> Iterator[Miss]:
    """In one conversation answers reach the customer in the order of their batches and parts."""
    late = {letter.row for letter in seen.letters.values()}
    told: defaultdict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
    for row in seen.rows.values():
        batch, calls = seen.batches.get(row.batch or 0), seen.accepted.get(row.id)
        if batch is not None and calls and row.id not in late:
            told[row.conversation].append((calls[0].n, batch.no, row.part, row.id))
    for answers in told.values():
        in_time = [answer[1:] for answer in sorted(answers)]
        for earlier, later in pairwise(in_time):
            if later < earlier:
                yield Miss("out_of_order", f"row {earlier[-1]} left before row {later[-1]}")


def _answers_name_their_batch(seen: Seen) -> Iterator[Miss]:
    """Where an answer carries marks, it names the messages of its batch, each once, by stamp."""
    members: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for wamid, message in seen.messages.items():
        if message.stored is not None and message.stored.batch is not None:
            members[message.stored.batch][mark_of(wamid)] = message.said.stamp_s
    named: dict[int, int] = {}
    for row in seen.rows.values():
        calls: list[Call] = seen.accepted.get(row.id, [])
        marks = [int(mark) for call in calls[:1] for mark in MARK.findall(call.text)]
        if not marks or row.batch is None:
            continue
        if Counter(marks) != Counter(members[row.batch].keys()):
            wanted = sorted(members[row.batch])
            yield Miss("broken", f"the answer to batch {row.batch} names {marks}, not {wanted}")
            continue
        stamps = [members[row.batch][mark] for mark in marks]
        if stamps != sorted(stamps):
            yield Miss("out_of_order", f"the answer to batch {row.batch} names {marks}")
        for mark in marks:
            if named.setdefault(mark, row.id) != row.id:
                yield Miss("twice", f"#{mark} was answered by row {named[mark]} and row {row.id}")


def mark_of(wamid: str) -> int:
    """The number of a message in its drill, which its wamid ends with."""
    return int(wamid.rpartition(".")[2])


def _mostly_by_responders(seen: Seen) -> Iterator[Miss]:
    ended = [batch.outcome for batch in seen.batches.values() if batch.outcome != "withdrawn"]
    by_responder = ended.count("answered")
    if by_responder < BY_RESPONDER_MIN * len(ended):
        yield Miss("broken", f"responders answered only {by_responder} of {len(ended)} batches")
