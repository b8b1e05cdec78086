"""Queries as slow as the source system's: each look-up takes its own time from 50 to 100 ms (P4).

Claim and finish, which every position needs alike, and the shelf take the middle of that.
"""

from __future__ import annotations

import random

import asyncpg

SEED = 6
SLOW_MS_MIN, SLOW_MS_MAX = 50.0, 100.0
_FOUND = """
select p.proname as name, pg_get_function_arguments(p.oid) as arguments,
    pg_get_function_identity_arguments(p.oid) as identity, pg_get_function_result(p.oid) as result,
    p.pronargs as many
from pg_proc p where p.pronamespace = 'public'::regnamespace
    and (p.proname like 'lookup\\_%' or p.proname in ('claim', 'finish', 'open_shelf')) order by 1
"""


async def slowed(owner: asyncpg.Pool[asyncpg.Record], names: tuple[str, ...]) -> dict[str, float]:
    """Put a sleep before claim, finish, shelf and every look-up; returns their ms by name.

    Args:
        owner: connections of whoever owns the functions.
        names: of the look-ups; the slowest of them takes just SLOW_MS_MAX.
    """
    chance = random.Random(SEED)
    found = {row["name"]: row for row in await owner.fetch(_FOUND)}
    middle_ms = (SLOW_MS_MIN + SLOW_MS_MAX) / 2
    slow_ms = {
        name: chance.uniform(SLOW_MS_MIN, SLOW_MS_MAX) if name.startswith("lookup_") else middle_ms
        for name in found
    }
    slowest = max((f"lookup_{name}" for name in names), key=lambda name: slow_ms[name])
    slow_ms[slowest] = SLOW_MS_MAX
    for name, row in found.items():
        values = ", ".join(f"${place}" for place in range(1, row["many"] + 1))
        quick = f"quick_{name}"
        await owner.execute(
            f"""alter function {name}({row["identity"]}) rename to {quick};
            create function {name}({row["arguments"]}) returns {row["result"]}
            language plpgsql as $$
            begin
                perform pg_sleep({slow_ms[name] / 1000});
                return query select * from {quick}({values});
            end $$;
            grant execute on function {name}({row["identity"]}) to hudhud_app"""
        )
    return slow_ms
