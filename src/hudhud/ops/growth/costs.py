"""Runs what the product runs for each batch, and counts the pages that it takes."""

from __future__ import annotations

import itertools
import secrets
import statistics
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from hudhud.errors import HudhudError
from hudhud.model import Alias, DeliveryStatus, InboundMessage
from hudhud.ops.growth.plans import Ear, Plan
from hudhud.store import conversations, intake, outbox, report, sweep
from hudhud.store.conversations import Claim, Finish
from hudhud.store.intake import Webhook
from hudhud.store.outbox import Begun, Ended, Pace

GROUP = 16
BURST = 5
# PostgreSQL chooses a plan for good after five runs; the last ones are those of a long life.
ROUNDS = 9
COUNTED = 3
HISTORY_MAX = 30
LEASE_S = 60.0
TIMEOUT_S = 60.0
PACE = Pace(number_per_s=10_000, pair_burst=10_000)

_PICKED = """
select k.merchant_id, k.id as conversation_id, k.inbox_id, i.account, l.value as phone
from unnest($1::bigint[]) u(id) join conversation k on k.id = u.id join inbox i on i.id = k.inbox_id
join contact_alias l on l.contact_id = k.contact_id"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one call costs: pages for each batch, and the plans of all that ran in it."""

    name: str
    buffers: float
    plans: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Customer:
    """One conversation that is there already, and from where it is written."""

    merchant_id: int
    conversation_id: int
    inbox_id: int
    account: str
    phone: str


async def costs(ear: Ear) -> list[Cost]:
    """The calls of answering, again and again, then those that look for what waits.

    Args:
        ear: an open database that was filled; it is written to.

    Raises:
        HudhudError: somebody else works on the same conversations.

    Returns: each call once, in the order of a message's life; pages for one batch of five
    messages, of one whole call where it does not belong to a batch.
    """
    runs: dict[str, list[tuple[int, list[Plan]]]] = {}

    def note(name: str, plans: list[Plan]) -> None:
        runs.setdefault(name, []).append((plans[-1].buffers, plans))

    async def call(name: str, deed: Awaitable[object]) -> None:
        ear.take()
        await deed
        note(name, ear.take())

    customers = await _customers(ear, ROUNDS * GROUP)
    for round_ in range(ROUNDS):
        await _round(ear, customers[round_ * GROUP : (round_ + 1) * GROUP], call)
    return [_cost(name, found) for name, found in runs.items()]


def per_batch(found: Sequence[Cost]) -> float:
    """Pages of everything that one batch needs."""
    return sum(cost.buffers for cost in found if cost.name in OF_A_BATCH)


OF_A_BATCH = ("accept", "claim", "finish", "begin_sends", "end_sends", "statuses")


def _cost(name: str, found: list[tuple[int, list[Plan]]]) -> Cost:
    times = BURST if name == "accept" else 1
    last = found[-COUNTED * times :]
    buffers = statistics.mean(buffers for buffers, _ in last) * times
    plans = {plan.statement: plan for _, told in last for plan in told}
    return Cost(
        name=name,
        buffers=buffers / GROUP if name in OF_A_BATCH else buffers,
        plans=tuple(plans.values()),
    )


async def _customers(ear: Ear, count: int) -> list[Customer]:
    """Conversations from all over, quiet and busy ones, the same share of each in any size."""
    rows = await ear.database.call("select array_agg(id) from merchant_list()")
    async with ear.database.reading(*rows[0][0]) as connection:
        last = await connection.fetchval("select max(id) from conversation")
        ids = [1 + place * last // count for place in range(count)]
        found = await connection.fetch(_PICKED, ids)
    return [Customer(**row) for row in found]


Call = Callable[[str, Awaitable[object]], Awaitable[None]]


async def _round(ear: Ear, customers: Sequence[Customer], call: Call) -> None:
    database = ear.database
    places = [(one.merchant_id, one.conversation_id) for one in customers]
    claims: list[Claim] = []
    begun: list[Begun] = []

    async def claim() -> None:
        claims.extend(
            await conversations.claim(
                database, places, holder="cost", lease_s=LEASE_S, history_max=HISTORY_MAX
            )
        )

    async def begin() -> None:
        found, _ = await outbox.begin(database, places, holder="cost", pace=PACE)
        begun.extend(found)

    for _ in range(BURST):
        await call("accept", _accept(ear, [_message(one) for one in customers]))
    await call("due_replies", sweep.due_replies(database, within_s=2, limit=GROUP))
    await call("claim", claim())
    _all(len([one for one in claims if one.verdict == "claimed"]), "claimed")
    held = [one.claimed for one in claims]
    endings = [Finish(claimed=one, outcome="answered", parts=("أهلًا بك",)) for one in held]
    await call("finish", conversations.finish(database, endings))
    await call("due_sends", sweep.due_sends(database, limit=GROUP))
    await call("begin_sends", begin())
    _all(len(begun), "begun")
    ends = [_taken(row) for row in begun]
    await call("end_sends", outbox.end(database, ends))
    await call("statuses", _accept(ear, [_status(one) for one in ends]))
    await call("sweep", sweep.sweep(database, lease_s=LEASE_S, send_s=30, limit=1000))
    await call("waiting", report.depths_everywhere(database))
    await call("inbox_counts", report.counts_everywhere(database))
    await call("count_messages", report.count_messages(database, limit=100_000))


def _all(count: int, what: str) -> None:
    if count != GROUP:
        raise HudhudError(f"{count} of {GROUP} were {what}: another process works here.")


async def _accept(ear: Ear, group: Sequence[Webhook]) -> None:
    async with ear.database.pool.acquire() as connection:
        await intake.accept(connection, group, timeout_s=TIMEOUT_S)


# A second run on the same database must not repeat the ids of the first.
_RUN = secrets.token_hex(4)
_numbers = itertools.count(1)


def _message(one: Customer) -> Webhook:
    message = InboundMessage(
        external_id=f"wamid.cost.{_RUN}.{next(_numbers)}",
        account=one.account,
        aliases=(Alias("phone", one.phone),),
        kind="text",
        text="بكم القميص؟",
    )
    return Webhook(
        merchant_id=one.merchant_id,
        inbox_id=one.inbox_id,
        body=b"{}",
        messages=((one.inbox_id, message),),
    )


def _taken(row: Begun) -> Ended:
    return Ended(begun=row, outcome="accepted", external_id=f"wamid.cost.out.{row.row_id}")


def _status(end: Ended) -> Webhook:
    status = DeliveryStatus(
        external_id=end.external_id or "", account="", status="delivered", tag=end.begun.tag
    )
    return Webhook(
        merchant_id=end.begun.merchant_id,
        inbox_id=end.begun.inbox_id,
        body=b"{}",
        statuses=((end.begun.inbox_id, status),),
    )
