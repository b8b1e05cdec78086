"""Contacts as a person reads them: their names, the ones before, and who may be the same."""

from __future__ import annotations

import unicodedata

import asyncpg

from hudhud.store.pool import Connection

FOUND_MAX = 20

# A contact as a person recognises it: its names, and when it was first met.
_SHOWN = """
    c.id, c.name, c.created_at,
    array(select l.value from contact_alias l where l.contact_id = c.id
          order by (l.kind <> 'phone'), l.created_at) as addresses,
    (select k.id from conversation k where k.contact_id = c.id
     order by k.last_at desc limit 1) as conversation_id"""


async def perhaps_one(connection: Connection, contact_id: int) -> list[asyncpg.Record]:
    """Contacts of whom a person is asked whether they are this one; `waits`: it is decided."""
    return await connection.fetch(
        f"""select {_SHOWN}, not w.asks as waits
            from merge_wish w join contact c on c.id = w.kept_id + w.gone_id - $1
            where $1 in (w.kept_id, w.gone_id) and w.refused_at is null order by c.id limit $2""",
        contact_id,
        FOUND_MAX,
    )


def as_name(typed: str) -> str:
    """What a person typed as a name that a provider would write: a number without its signs."""
    name = "".join(str(unicodedata.decimal(each, each)) for each in typed).strip()
    number = "".join(each for each in name if each not in "+-() .\u200e\u200f")
    return number.removeprefix("00") if number.isdigit() else name


async def named(connection: Connection, name: str) -> list[asyncpg.Record]:
    """Contacts with this address, whole as the provider writes it (without `+` and spaces)."""
    return await connection.fetch(
        f"""select {_SHOWN} from contact c where c.id in (
                select l.contact_id from contact_alias l where l.value = $1 limit $2)
            order by c.id""",
        name,
        FOUND_MAX,
    )


async def past_names(connection: Connection, contact_id: int) -> list[asyncpg.Record]:
    """Names that a contact had, the latest first."""
    return await connection.fetch(
        """select p.kind, p.value, max(p.until_at) as until_at from contact_alias_past p
           where p.contact_id = $1 and not exists (select 1 from contact_alias l
               where l.contact_id = $1 and l.kind = p.kind and l.value = p.value)
           group by 1, 2 order by 3 desc limit $2""",
        contact_id,
        FOUND_MAX,
    )


async def now_of(connection: Connection, conversation_id: int) -> int | None:
    """Which conversation one that was merged away is a part of; None when it never was there."""
    found: int | None = await connection.fetchval(
        "select conversation_id from conversation_past where id = $1", conversation_id
    )
    return found
