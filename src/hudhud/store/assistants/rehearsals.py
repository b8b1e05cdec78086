"""Scripts of an assistant, and what came of playing them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from hudhud.store.pool import Connection

# Who plays one writes after each conversation; one that was silent for so long was cut off.
SILENT_S_MAX = 300


class KeptScript(msgspec.Struct, frozen=True, kw_only=True):
    """One script as it was given: YAML."""

    id: int
    name: str
    body: str


class Rehearsal(msgspec.Struct, frozen=True, kw_only=True):
    """One rehearsal: of which draft (`fingerprint`), how far it is, and what came of it."""

    id: int
    fingerprint: str
    asked_by: str
    asked_at: datetime
    done_at: datetime | None
    played: int
    wanted: int
    regressed: int | None
    cut_off: bool
    result: dict[str, Any] | None

    @property
    def stopped(self) -> bool:
        """Whether not all of it was played."""
        return bool((self.result or {}).get("stopped"))


_COLUMNS = (
    "id, fingerprint, asked_by, asked_at, done_at, played, wanted, regressed, result,"
    f" done_at is null and told_at < now() - interval '{SILENT_S_MAX} seconds' as cut_off"
)


async def scripts(connection: Connection, assistant_id: int) -> list[KeptScript]:
    """The scripts of an assistant, by name."""
    rows = await connection.fetch(
        "select id, name, body from rehearsal_script where assistant_id = $1 order by name",
        assistant_id,
    )
    return [KeptScript(**row) for row in rows]


async def keep_script(
    connection: Connection, merchant_id: int, assistant_id: int, *, name: str, body: str
) -> None:
    """Keep a script, in place of one with its name."""
    await connection.execute(
        "insert into rehearsal_script (merchant_id, assistant_id, name, body)"
        " values ($1, $2, $3, $4)"
        " on conflict (assistant_id, name) do update set body = excluded.body",
        *(merchant_id, assistant_id, name, body),
    )


async def drop_script(connection: Connection, assistant_id: int, script_id: int) -> None:
    """Throw a script away."""
    await connection.execute(
        "delete from rehearsal_script where assistant_id = $1 and id = $2", assistant_id, script_id
    )


async def begin(
    connection: Connection,
    merchant_id: int,
    assistant_id: int,
    *,
    fingerprint: str,
    by: str,
    wanted: int,
) -> int:
    """Begin a rehearsal of so many conversations, and return its id."""
    rehearsal_id: int = await connection.fetchval(
        "insert into rehearsal (merchant_id, assistant_id, fingerprint, asked_by, wanted)"
        " values ($1, $2, $3, $4, $5) returning id",
        *(merchant_id, assistant_id, fingerprint, by, wanted),
    )
    return rehearsal_id


async def tell(connection: Connection, rehearsal_id: int, *, played: int) -> None:
    """Note how far it is."""
    await connection.execute(
        "update rehearsal set played = $2, told_at = now() where id = $1", rehearsal_id, played
    )


async def end(
    connection: Connection, rehearsal_id: int, *, regressed: int, result: dict[str, Any]
) -> None:
    """Note what came of it."""
    await connection.execute(
        "update rehearsal set done_at = now(), told_at = now(), played = wanted, regressed = $2,"
        " result = $3 where id = $1",
        *(rehearsal_id, regressed, result),
    )


async def newest(
    connection: Connection, assistant_id: int, *, fingerprint: str | None = None
) -> Rehearsal | None:
    """The newest rehearsal of an assistant, or of one of its drafts."""
    row = await connection.fetchrow(
        f"select {_COLUMNS} from rehearsal where assistant_id = $1"
        " and ($2::text is null or fingerprint = $2) order by id desc limit 1",
        *(assistant_id, fingerprint),
    )
    return None if row is None else msgspec.convert(dict(row), Rehearsal)
