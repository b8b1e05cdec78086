"""Contacts of whom two turn out to be one: the wish to merge them, and the merge (S3)."""

from __future__ import annotations

from typing import Literal

import msgspec

from hudhud.store.pool import Connection, Database

# `busy`: something is under way, come again. `asks`: their names contradict each other.
Outcome = Literal["merged", "busy", "asks", "gone"]


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """Two contacts that are to be one; the elder stays.

    `sure`: a person or the provider said so. `take`: no answer is waited for any more.
    """

    merchant_id: int
    kept_id: int
    gone_id: int
    sure: bool
    take: bool
    actor: str | None


async def wished(database: Database, *, patience_s: float, limit: int) -> list[Wish]:
    """What may be tried now, the oldest wish first.

    Args:
        database: any pool as the runtime role.
        patience_s: seconds that a wish waits for answers under way; then they are made again.
        limit: most wishes.
    """
    rows = await database.call("select * from wished_merges($1, $2)", patience_s, limit)
    return [
        Wish(merchant_id=m, kept_id=kept, gone_id=gone, sure=sure, take=take, actor=actor)
        for m, kept, gone, sure, take, actor in rows
    ]


async def merge(connection: Connection, wish: Wish) -> tuple[Outcome, list[int]]:
    """Make two contacts one, if nothing is in the way (decision 0016).

    Returns: the outcome, and the conversations of whom both are now.
    """
    row = await connection.fetchrow(
        "select * from merge_contacts($1, $2, $3, $4, $5)",
        wish.kept_id,
        wish.gone_id,
        wish.sure,
        wish.take,
        wish.actor,
    )
    assert row is not None  # noqa: S101 - a function with out parameters returns one row
    return row["outcome"], row["conversations"] or []


async def wish(connection: Connection, one_id: int, other_id: int, actor: str) -> Wish | None:
    """A person says that two contacts are one; None when this merchant has not both."""
    row = await connection.fetchrow(
        """insert into merge_wish as w (merchant_id, kept_id, gone_id, sure, actor)
           select a.merchant_id, a.id, b.id, true, $3 from contact a join contact b on a.id < b.id
           where a.id = least($1::bigint, $2) and b.id = greatest($1::bigint, $2)
             and a.merchant_id = b.merchant_id
           on conflict (kept_id, gone_id) do update
               set sure = true, asks = false, refused_at = null, actor = excluded.actor
           returning merchant_id, kept_id, gone_id""",
        one_id,
        other_id,
        actor,
    )
    if row is None:
        return None
    return Wish(**dict(row), sure=True, take=True, actor=actor)


async def ask(connection: Connection, wish: Wish) -> None:
    """Put a wish before a person; it is not tried again until they say so."""
    await connection.execute(
        "update merge_wish set asks = true where kept_id = $1 and gone_id = $2",
        wish.kept_id,
        wish.gone_id,
    )


async def refuse(connection: Connection, one_id: int, other_id: int, actor: str) -> bool:
    """A person says that they are two; returns whether that had been asked."""
    found = await connection.fetchval(
        """with refused as (
               update merge_wish set refused_at = now(), asks = true, sure = false, actor = $3
               where kept_id = least($1::bigint, $2) and gone_id = greatest($1::bigint, $2)
                 and refused_at is null
               returning *)
           insert into audit (merchant_id, actor, action, detail)
           select merchant_id, $3, 'contact.kept_apart',
               jsonb_build_object('contacts', array[kept_id, gone_id]) from refused returning 1""",
        one_id,
        other_id,
        actor,
    )
    return found is not None
