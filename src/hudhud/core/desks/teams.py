"""Desks: a team is made, renamed, put to rest, and given its members."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from hudhud.errors import BadInputError
from hudhud.events import emit
from hudhud.store.desks import desks
from hudhud.store.desks.desks import Desk
from hudhud.store.pool import Connection, Database

NAME_CHARS_MAX = 80
SLOT_MINUTES_MIN, SLOT_MINUTES_MAX = 5, 1440
SLOT_PLACES_MAX = 1000
CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
_NEW = Desk(
    id=0,
    code="",
    name_ar="",
    name_en="",
    active=True,
    usual=False,
    slot_minutes=None,
    slot_places=1,
)


async def add(
    database: Database, merchant_id: int, code: str, chosen: Mapping[str, Any], *, actor: str
) -> Desk:
    """Make a desk; the first one of a merchant is its usual one.

    Args:
        database: the pool.
        merchant_id: whose.
        code: its short name in addresses and settings: small letters, digits, - and _.
        chosen: fields of `Desk`; `name_ar` at least.
        actor: who, for the audit.

    Raises:
        BadInputError: a field is beyond its limits.
        AlreadyThereError: the code is taken.
    """
    async with database.deed(merchant_id) as connection:
        made = await make(connection, merchant_id, {**chosen, "code": code})
        await desks.audit(connection, merchant_id, actor, "desk.add", desk=code)
    emit("desk.changed", desk=made.id, what="add")
    return made


async def make(connection: Connection, merchant_id: int, chosen: Mapping[str, Any]) -> Desk:
    """Make a desk inside a deed; see `add`."""
    wanted = _checked(msgspec.structs.replace(_NEW, **chosen))
    if not CODE.fullmatch(wanted.code):
        raise BadInputError("A desk's code has small Latin letters, digits, - and _.")
    desk_id = await desks.add(connection, merchant_id, wanted)
    await desks.set_members(connection, merchant_id, desk_id, wanted.members)
    return await desks.by_code(connection, merchant_id, wanted.code)


async def change(
    database: Database, merchant_id: int, code: str, chosen: Mapping[str, Any], *, actor: str
) -> Desk:
    """Change some of a desk; what is not named stays, `members` too.

    Raises:
        NotFoundError: this merchant has no such desk.
        BadInputError: a field is beyond its limits; nothing is changed.
    """
    async with database.deed(merchant_id) as connection:
        before = await desks.by_code(connection, merchant_id, code)
        wanted = _checked(msgspec.structs.replace(before, **chosen))
        if wanted.usual and not wanted.active:
            raise BadInputError("The usual desk works; make another one the usual desk first.")
        await desks.write(connection, merchant_id, wanted)
        await desks.set_members(connection, merchant_id, wanted.id, wanted.members)
        if wanted != before:
            changed = sorted(chosen)
            await desks.audit(
                connection, merchant_id, actor, "desk.set", desk=code, changed=changed
            )
        made = await desks.by_code(connection, merchant_id, code)
    emit("desk.changed", desk=made.id, what="set")
    return made


async def listed(database: Database, merchant_id: int) -> list[Desk]:
    """Every desk of a merchant."""
    async with database.reading(merchant_id) as connection:
        return await desks.of_merchant(connection, merchant_id)


def members_of(told: Sequence[str], operators: Sequence[Any]) -> tuple[int, ...]:
    """Ids of operators who are named by their addresses.

    Raises:
        BadInputError: nobody has this address.
    """
    by_email = {one.email: one.id for one in operators}
    unknown = [email for email in told if email.lower() not in by_email]
    if unknown:
        raise BadInputError(f"Nobody signs in as {unknown[0]!r}; see hudhud operator list.")
    return tuple(sorted({by_email[email.lower()] for email in told}))


def _checked(desk: Desk) -> Desk:
    names = (desk.name_ar.strip(), desk.name_en.strip())
    if not names[0] or max(map(len, names)) > NAME_CHARS_MAX:
        raise BadInputError(f"A desk has a name of up to {NAME_CHARS_MAX} letters.")
    minutes = desk.slot_minutes
    if minutes is not None and not SLOT_MINUTES_MIN <= minutes <= SLOT_MINUTES_MAX:
        raise BadInputError(f"An appointment lasts {SLOT_MINUTES_MIN} to {SLOT_MINUTES_MAX} min.")
    if not 1 <= desk.slot_places <= SLOT_PLACES_MAX:
        raise BadInputError(f"One time has room for 1 to {SLOT_PLACES_MAX}.")
    return msgspec.structs.replace(desk, name_ar=names[0], name_en=names[1])
