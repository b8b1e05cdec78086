"""What the demo prints: transcripts by the clock, and the ledger. Pure text."""

from __future__ import annotations

from collections.abc import Iterator

from hudhud.ops.demo_ledger import Ledger, PlayedBatch, PlayedCustomer

# Each text is isolated, so that an Arabic one cannot reorder the figures beside it.
ISOLATE, END = "\u2068", "\u2069"
INDENT = " " * 14
WORDS = {"answered": "answered", "handed_over": "handed over to a person"}


def transcript(played: PlayedCustomer) -> list[str]:
    """One conversation as lines of text, in the order of time."""
    customer = played.customer
    told = [(played.taken_s[n], 0, _line(n, played)) for n in range(len(customer.lines))]
    for number, batch in enumerate(played.batches, 1):
        told += [(at_s, 1, _answer(at_s, text)) for at_s, text in batch.answers]
        ended_s = max((at_s for at_s, _ in batch.answers), default=batch.finished_s)
        told.append((ended_s, 2, _batch(number, batch, played)))
    head = f"── {ISOLATE}{customer.name}{END} → {customer.to} " + "─" * 50
    return [head, *(text for _, _, text in sorted(told, key=lambda one: one[:2]))]


def ledger_lines(ledger: Ledger, took_s: float) -> Iterator[str]:
    """The ledger, and every miss in words."""
    copies = f"and {ledger.copies} webhooks that came again" if ledger.copies else ""
    collected = ", ".join(f"{name} = {ISOLATE}{v}{END}" for name, v in ledger.collected.items())
    yield "Ledger, from the provider's side and from the database"
    for name, count, more in (
        ("accepted", ledger.accepted, f"messages with their 200 {copies}".rstrip()),
        ("batches", ledger.batches, "each closed once"),
        ("answered", ledger.answered, f"{ledger.with_person} of them also went to a person"),
        ("waiting", ledger.waiting, ""),
        ("lost", ledger.lost, ""),
        ("twice", ledger.twice, ""),
    ):
        yield f"  {name:<10}{count:>6}   {more}".rstrip()
    yield f"  collected          {collected or 'nothing'}"
    yield ""
    yield from (f"✗ {miss}" for miss in ledger.misses)
    yield f"{'✓ Every check held' if ledger.clean else '✗ The demo failed'} after {took_s:.1f} s."


def _line(n: int, played: PlayedCustomer) -> str:
    line = played.customer.lines[n]
    kind = " (a reaction: kept, wakes nobody)" if line.kind == "reaction" else ""
    again = f" (the webhook came {line.copies} times)" if line.copies > 1 else ""
    return f"{played.taken_s[n]:>8.2f} s {n + 1}  {ISOLATE}{line.text}{END}{kind}{again}"


def _answer(at_s: float, text: str) -> str:
    first, *rest = text.splitlines()
    lines = [f"{at_s:>8.2f} s ◂  {ISOLATE}{first}{END}"]
    return "\n".join([*lines, *(f"{INDENT}{ISOLATE}{line}{END}" for line in rest)])


def _batch(number: int, batch: PlayedBatch, played: PlayedCustomer) -> str:
    places = ", ".join(map(str, batch.places))
    ended = WORDS.get(batch.outcome, batch.outcome)
    reason = f" ({batch.reason})" if batch.reason else ""
    took_ms = (batch.finished_s - batch.closed_s) * 1000
    return (
        f"{INDENT}batch {number} = {{{places}}}, closed {played.waited_s(batch):.2f} s "
        f"after its first message, {ended}{reason} in {took_ms:.0f} ms"
    )
