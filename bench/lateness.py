"""Late after due: how long a batch waits for its claim, by PostgreSQL's clock alone (Q3)."""

from __future__ import annotations

from itertools import zip_longest

from bench.arguments import Chosen
from bench.figures import Curve, Figure, Goal, Row, percentile, percentiles
from bench.ground import Ground, ground
from bench.work import BETWEEN

PER_S = 1_000
SECONDS = 10
WARM = 1_500
WINDOW_MS = 1_000
BATCH_MAX = 5
# Beside customers who write each for himself: so many at a time as if by command, a second of
# work for one worker that becomes due within a quarter of it.
IN_STEP = BETWEEN
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
    even: list[list[float]] = []
    in_step: list[list[float]] = []
    count = chosen.messages or PER_S * SECONDS
    async with ground(chosen.place("lateness")) as on:
        with on.web(), on.workers():
            await _late_ms(on, WARM, in_step=1)  # connections, plans and word lists are made once
            for _ in range(chosen.rounds):
                even.append(await _late_ms(on, count, in_step=1))
                in_step.append(await _late_ms(on, count, in_step=IN_STEP))
    late = [
        *_figures("late after due", even, Goal("≤", 3), Goal("≤", 20)),
        Figure("earliest", "ms", [min(one) for one in even + in_step], Goal("≥", 0)),
        Figure("latest", "ms", [max(one) for one in even]),
        Figure("batches", "batches", [len(one) for one in even]),
        *_figures(f"{IN_STEP} customers in step", in_step),
    ]
    curve: Curve = percentiles("late after due", [late_ms for one in even for late_ms in one])
    title = f"Late after due by PostgreSQL's clock, at {PER_S:,} messages/s"
    return [Row("lateness", title, late, (), [curve])]


def _figures(what: str, rounds: list[list[float]], *goals: Goal) -> list[Figure]:
    return [
        Figure(f"{what}, {name}", "ms", [percentile(one, share) for one in rounds], goal)
        for (name, share), goal in zip_longest((("p50", 0.5), ("p99", 0.99)), goals)
    ]


async def _late_ms(on: Ground, count: int, *, in_step: int) -> list[float]:
    inbox = await on.inbox(window_ms=WINDOW_MS, batch_max=BATCH_MAX)
    half = count // 2
    webhooks = [
        letter
        for pair in zip(
            *(
                on.webhooks(
                    inbox,
                    half,
                    conversations=half // burst,
                    burst=burst,
                    newcomers=True,
                    in_step=in_step,
                )
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
