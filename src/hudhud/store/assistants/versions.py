"""Versions of an assistant: the numbered ones were published once, the one without is the draft."""

from __future__ import annotations

from datetime import datetime

import msgspec

from hudhud.model import Assistant
from hudhud.store.assistants.rows import CONTENT, contents
from hudhud.store.pool import Connection


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One version; `number` None is the draft. `forced` is why it was published all the same."""

    id: int
    number: int | None
    made_by: str
    made_at: datetime
    published_by: str | None
    published_at: datetime | None
    forced: str | None
    assistant: Assistant


_WHO = "id, number, made_by, made_at, published_by, published_at, forced"


async def listed(connection: Connection, of: Assistant, *, limit: int) -> list[Version]:
    """Every version of an assistant that was published, the newest first."""
    rows = await connection.fetch(
        f"select {_WHO}, {CONTENT} from assistant_version where assistant_id = $1"
        " and number is not null order by number desc limit $2",
        *(of.id, limit),
    )
    return [_version(dict(row), of) for row in rows]


async def numbered(connection: Connection, of: Assistant, number: int | None) -> Version | None:
    """The version of this number; None: the draft."""
    row = await connection.fetchrow(
        f"select {_WHO}, {CONTENT} from assistant_version where assistant_id = $1"
        " and number is not distinct from $2",
        *(of.id, number),
    )
    return None if row is None else _version(dict(row), of)


async def keep_draft(connection: Connection, one: Assistant, *, by: str) -> None:
    """Make these contents the draft."""
    await connection.execute(
        f"insert into assistant_version (merchant_id, assistant_id, made_by, {CONTENT})"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        " on conflict (assistant_id) where number is null do update"
        f" set (made_by, made_at, {CONTENT}) = (excluded.made_by, now(),"
        f" {', '.join(f'excluded.{name}' for name in CONTENT.split(', '))})",
        *(one.merchant_id, one.id, by, *contents(one)),
    )


async def drop_draft(connection: Connection, assistant_id: int) -> None:
    """Throw the draft away."""
    await connection.execute(
        "delete from assistant_version where assistant_id = $1 and number is null", assistant_id
    )


async def number_draft(connection: Connection, assistant_id: int) -> int:
    """Give the draft the next number, and return it."""
    number: int = await connection.fetchval(
        "update assistant_version v set number ="
        " (select max(o.number) + 1 from assistant_version o where o.assistant_id = $1)"
        " where v.assistant_id = $1 and v.number is null returning v.number",
        assistant_id,
    )
    return number


async def note_published(
    connection: Connection, assistant_id: int, number: int, *, by: str, forced: str | None
) -> None:
    """Note who published a version, now, and why in spite of what a rehearsal found."""
    await connection.execute(
        "update assistant_version set published_by = $3, published_at = now(), forced = $4"
        " where assistant_id = $1 and number = $2",
        *(assistant_id, number, by, forced),
    )


def _version(row: dict[str, object], of: Assistant) -> Version:
    held = {name: row.pop(name) for name in CONTENT.split(", ")}
    number = row["number"] or of.version
    whole = {**msgspec.structs.asdict(of), **held, "version": number}
    return msgspec.convert({**row, "assistant": whole}, Version)
