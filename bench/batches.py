"""The batch path without a model: claim, finish and outbox, in groups as a worker makes them."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from bench.figures import Figure
from bench.ground import Ground
from hudhud.model import Alias, InboundMessage
from hudhud.store import conversations, intake, outbox
from hudhud.store.conversations import Claim, Finish
from hudhud.store.intake import Webhook
from hudhud.store.outbox import Begun, Ended, Pace

GROUP = 64
SIDE_BY_SIDE = 2
MESSAGES = 5  # the fifth makes a batch due at once (Q3)
TIMEOUT_S = 10.0
LEASE_S = 60.0
HOLDER = "bench"
# Far above any provider's: what is measured is our own work.
PACE = Pace(number_per_s=1e6, pair_burst=10_000)
_numbers = itertools.count(1)

Entry = tuple[int, int]
Thing = TypeVar("Thing")


async def measure(on: Ground, *, rounds: int, conversations: int) -> list[Figure]:
    """Batches a second through claim, loading, finish, begin and end; five messages in each.

    Raises:
        RuntimeError: a batch was not claimed, not finished or not sent.
    """
    names = ("accept", "claim and load", "finish", "outbox: begin and end")
    rates: dict[str, list[float]] = {name: [] for name in names}
    whole: list[float] = []
    for _ in range(rounds):
        seconds = await _round(on, conversations)
        for name, one in zip(names, seconds, strict=True):
            rates[name].append(conversations / one)
        whole.append(conversations / sum(seconds[1:]))
    return [
        Figure("accepted straight into the store", "batches/s", rates.pop("accept")),
        *(Figure(f"batch path, {name}", "batches/s", found) for name, found in rates.items()),
        Figure("batch path, claim to accepted send", "batches/s", whole),
    ]


async def _round(on: Ground, count: int) -> tuple[float, ...]:
    customers = [next(_numbers) for _ in range(count)]
    entries: list[Entry] = []
    claims: list[Claim] = []

    async def accept(group: Sequence[int]) -> None:
        webhooks = [_webhook(on, customer) for customer in group]
        async with on.database.pool.acquire() as connection:
            accepted = await intake.accept(connection, webhooks, timeout_s=TIMEOUT_S)
        entries.extend((due.merchant_id, due.conversation_id) for due in accepted.replies)

    async def claim(group: Sequence[Entry]) -> None:
        found = await conversations.claim(on.database, group, holder=HOLDER, lease_s=LEASE_S)
        won = [one for one in found if one.verdict == "claimed"]
        await conversations.settings(on.database, [one.claimed for one in won], history_max=30)
        claims.extend(won)

    async def finish(group: Sequence[Claim]) -> None:
        endings = [
            Finish(claimed=one.claimed, outcome="answered", parts=("٢٨ ألف دينار.",))
            for one in group
        ]
        _same(len(await conversations.finish(on.database, endings)), len(group), "finished")

    async def send(group: Sequence[Entry]) -> None:
        begun, _ = await outbox.begin(on.database, group, holder=HOLDER, pace=PACE)
        _same(len(begun), len(group), "begun")
        await outbox.end(on.database, [_taken(row) for row in begun])

    accepted_s = await _timed(accept, customers)
    _same(len(entries), count, "due")
    claimed_s = await _timed(claim, entries)
    _same(len(claims), count, "claimed")
    finished_s = await _timed(finish, claims)
    return accepted_s, claimed_s, finished_s, await _timed(send, entries)


async def _timed(
    deed: Callable[[Sequence[Thing]], Awaitable[None]], things: Sequence[Thing]
) -> float:
    groups = iter([things[at : at + GROUP] for at in range(0, len(things), GROUP)])

    async def work() -> None:
        for group in groups:
            await deed(group)

    started = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(SIDE_BY_SIDE)))
    return time.perf_counter() - started


def _webhook(on: Ground, customer: int) -> Webhook:
    messages = tuple(
        InboundMessage(
            external_id=f"wamid.batch.{customer}.{place}",
            account=on.inbox.account,
            aliases=(Alias("phone", str(965_000_000_000 + customer)),),
            kind="text",
            text="بكم القميص؟",
        )
        for place in range(MESSAGES)
    )
    return Webhook(
        merchant_id=on.inbox.merchant_id,
        inbox_id=on.inbox.id,
        body=b"{}",
        messages=tuple((on.inbox.id, message) for message in messages),
    )


def _taken(row: Begun) -> Ended:
    return Ended(begun=row, outcome="accepted", external_id=f"wamid.out.{row.row_id}")


def _same(found: int, wanted: int, what: str) -> None:
    if found != wanted:
        raise RuntimeError(f"{found} of {wanted} were {what}")
