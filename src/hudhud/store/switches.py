"""Emergency switches as PostgreSQL keeps them (Q9); every flip is in the audit."""

from __future__ import annotations

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
