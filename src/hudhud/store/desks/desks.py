"""Desks as they are stored, and who sits at them."""

from __future__ import annotations

from collections.abc import Sequence

import asyncpg
import msgspec

from hudhud.errors import AlreadyThereError, NotFoundError
from hudhud.store.pool import Connection


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """A team that takes over. `usual` takes what is given to no other desk.

    `slot_minutes` is the length of one appointment, None where nothing is booked; `slot_places` how
    many contacts one time has room for. `members` are ids of operators.
    """

    id: int
    code: str
    name_ar: str
    name_en: str
    active: bool
    usual: bool
    slot_minutes: int | None
    slot_places: int
    members: tuple[int, ...] = ()


_COLUMNS = """d.id, d.code, d.name_ar, d.name_en, d.active, d.usual, d.slot_minutes, d.slot_places,
    array(select m.operator_id from desk_member m where m.desk_id = d.id order by 1) as members"""


async def of_merchant(connection: Connection, merchant_id: int) -> list[Desk]:
    """Every desk, those that work first."""
    rows = await connection.fetch(
        f"select {_COLUMNS} from desk d where d.merchant_id = $1 order by not d.active, d.id",
        merchant_id,
    )
    return [_desk(row) for row in rows]


async def by_code(connection: Connection, merchant_id: int, code: str) -> Desk:
    """The desk of this code.

    Raises:
        NotFoundError: this merchant has no such desk; the detail lists the codes.
    """
    everyone = await of_merchant(connection, merchant_id)
    found = next((desk for desk in everyone if desk.code == code), None)
    if found is None:
        codes = ", ".join(desk.code for desk in everyone) or "none yet"
        raise NotFoundError(f"Desk {code!r}. Known: {codes}.")
    return found


async def add(connection: Connection, merchant_id: int, desk: Desk) -> int:
    """Store a desk and return its id; the merchant's first one is the usual one.

    Raises:
        AlreadyThereError: the code is taken.
    """
    try:
        desk_id: int = await connection.fetchval(
            """insert into desk (merchant_id, code, name_ar, name_en, slot_minutes, slot_places,
                   usual)
               values ($1, $2, $3, $4, $5, $6,
                   not exists (select 1 from desk where merchant_id = $1 and usual))
               returning id""",
            *(merchant_id, desk.code, desk.name_ar, desk.name_en),
            *(desk.slot_minutes, desk.slot_places),
        )
    except asyncpg.UniqueViolationError:
        raise AlreadyThereError(f"Desk {desk.code!r}.") from None
    return desk_id


async def write(connection: Connection, merchant_id: int, desk: Desk) -> None:
    """Replace a desk; one that becomes the usual one takes that from another."""
    if desk.usual:
        await connection.execute(
            "update desk set usual = false where merchant_id = $1 and usual and id <> $2",
            *(merchant_id, desk.id),
        )
    await connection.execute(
        """update desk set name_ar = $2, name_en = $3, active = $4, usual = $5, slot_minutes = $6,
               slot_places = $7 where id = $1""",
        *(desk.id, desk.name_ar, desk.name_en, desk.active, desk.usual),
        *(desk.slot_minutes, desk.slot_places),
    )


async def set_members(
    connection: Connection, merchant_id: int, desk_id: int, operators: Sequence[int]
) -> None:
    """Who sits at a desk from now on; ids of nobody of this merchant are passed over."""
    await connection.execute("delete from desk_member where desk_id = $1", desk_id)
    await connection.execute(
        """insert into desk_member (desk_id, operator_id, merchant_id)
           select $1, o.id, $2 from operator o where o.merchant_id = $2 and o.id = any ($3)""",
        *(desk_id, merchant_id, list(operators)),
    )


async def audit(
    connection: Connection, merchant_id: int, actor: str, action: str, **detail: object
) -> None:
    """Write down who changed what."""
    await connection.execute(
        "insert into audit (merchant_id, actor, action, detail) values ($1, $2, $3, $4)",
        *(merchant_id, actor, action, detail),
    )


def _desk(row: asyncpg.Record) -> Desk:
    return Desk(**{**row, "members": tuple(row["members"])})
