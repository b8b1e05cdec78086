"""Late after due: how long a batch waits for its claim, by PostgreSQL's clock alone (Q3)."""

from __future__ import annotations

from bench.arguments import Chosen
from bench.figures import Curve, Figure, Goal, Row, percentile, percentiles
from bench.ground import Ground, ground
from hudhud.model import Inbox

PER_S = 1_000
SECONDS = 10
WINDOW_MS = 1_000
BATCH_MAX = 5
# Bursts of three are due by their window, bursts of five by their number.
BURSTS = (3, 5)
# Due is the window after a batch's first message, or its fifth message when that came before.
# Acceptance is the moment at which the accepting transaction began, so its commit counts as ours.
LATE = """
with numbered as (
    select batch_id, accepted_at, row_number() over (partition by batch_id order by id) as place
    from message where inbox_id = $1 and direction = 'in' and batch_id is not null),
due as (
    select batch_id, least(min(accepted_at) + make_interval(secs => $2::float8 / 1000),
        min(accepted_at) filter (where place = $3)) as at
    from numbered group by 1)
select (extract(epoch from b.claimed_at - due.at) * 1000)::float8 as late_ms
from due join batch b on b.id = due.batch_id
"""


async def measure(chosen: Chosen) -> list[Row]:
    """The row `lateness`: a thousand messages a second, answered as they become due.

    Raises:
        RuntimeError: a message was not answered.
    """
    rounds: list[list[float]] = []
    async with ground(chosen.place("lateness")) as on:
        with on.web(), on.workers():
            for _ in range(chosen.rounds):
                inbox = await on.inbox(window_ms=WINDOW_MS, batch_max=BATCH_MAX)
                rounds.append(await _late_ms(on, inbox, chosen.messages or PER_S * SECONDS))
    late = [
        Figure("late after due, p50", "ms", [percentile(one, 0.5) for one in rounds], Goal("≤", 3)),
        Figure(
            "late after due, p99", "ms", [percentile(one, 0.99) for one in rounds], Goal("≤", 20)
        ),
        Figure("earliest", "ms", [min(one) for one in rounds], Goal("≥", 0)),
        Figure("latest", "ms", [max(one) for one in rounds]),
        Figure("batches", "batches", [len(one) for one in rounds]),
    ]
    curve: Curve = percentiles("late after due", [late_ms for one in rounds for late_ms in one])
    title = f"Late after due by PostgreSQL's clock, at {PER_S:,} messages/s"
    return [Row("lateness", title, late, (), [curve])]


async def _late_ms(on: Ground, inbox: Inbox, count: int) -> list[float]:
    half = count // 2
    webhooks = [
        letter
        for pair in zip(
            *(
                on.webhooks(inbox, half, conversations=half // burst, burst=burst, newcomers=True)
                for burst in BURSTS
            ),
            strict=True,
        )
        for letter in pair
    ]
    await on.post(inbox, webhooks, per_s=PER_S)
    await on.answered(inbox)
    rows = await on.fetch(LATE, inbox.id, float(WINDOW_MS), BATCH_MAX)
    return [row["late_ms"] for row in rows]
