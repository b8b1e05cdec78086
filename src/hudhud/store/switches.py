"""What operators hold by hand, as PostgreSQL keeps it: switches (Q9) and breakers (R1); audited."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from hudhud.store.pool import Connection


async def read(connection: Connection) -> dict[str, str]:
    """Every switch that was ever flipped, and its value."""
    return {row["name"]: row["value"] for row in await connection.fetch("select * from switch")}


async def flip(connection: Connection, name: str, value: str, *, actor: str) -> None:
    """Set a switch and write down who did; the row's time is PostgreSQL's."""
    await connection.execute(
        "insert into switch (name, value, changed_by) values ($1, $2, $3)"
        " on conflict (name) do update set (value, changed_at, changed_by)"
        " = (excluded.value, now(), excluded.changed_by)",
        *(name, value, actor),
    )
    await connection.execute(
        "insert into audit (actor, action, detail) values ($1, 'switch.flipped', $2)",
        *(actor, {"name": name, "value": value}),
    )


class Forced(msgspec.Struct, frozen=True, kw_only=True):
    """A breaker that an operator holds: how, since when, and who."""

    position: Literal["open", "closed"]
    forced_at: datetime
    forced_by: str


async def forced(connection: Connection) -> dict[str, Forced]:
    """Every breaker that is held by hand, by its service."""
    rows = await connection.fetch("select * from forced_breaker")
    return {
        row["service"]: Forced(
            position=row["position"], forced_at=row["forced_at"], forced_by=row["forced_by"]
        )
        for row in rows
    }


async def force(
    connection: Connection, service: str, position: str, *, actor: str, merchant_id: int | None
) -> None:
    """Hold a breaker open or closed; `merchant_id` is whose audit tells of it, None: everyone's."""
    await connection.execute(
        "insert into forced_breaker (service, position, forced_by) values ($1, $2, $3)"
        " on conflict (service) do update set (position, forced_at, forced_by)"
        " = (excluded.position, now(), excluded.forced_by)",
        *(service, position, actor),
    )
    await connection.execute(
        "insert into audit (merchant_id, actor, action, detail)"
        " values ($1, $2, 'breaker.forced', $3)",
        *(merchant_id, actor, {"service": service, "position": position}),
    )


async def release(
    connection: Connection, service: str, *, actor: str, merchant_id: int | None
) -> bool:
    """Let go of a breaker; returns whether it was held."""
    found = await connection.fetchval(
        "delete from forced_breaker where service = $1 returning true", service
    )
    if found:
        await connection.execute(
            "insert into audit (merchant_id, actor, action, detail)"
            " values ($1, $2, 'breaker.released', $3)",
            *(merchant_id, actor, {"service": service}),
        )
    return bool(found)
