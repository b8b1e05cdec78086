"""The door: each message is accounted for, each id is taken under its lock (traps 2, 3, 4, 9)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import asyncpg
from msgspec.structs import replace

from hudhud.core.intake.door import Door
from hudhud.store import intake
from hudhud.store.intake import Accepted, Webhook
from hudhud.store.pool import Connection
from shop import Shop

Faults = Callable[[Sequence[Webhook], Awaitable[Accepted]], Awaitable[Accepted]]


def door(shop: Shop, faults: Faults) -> Door:
    """A door on the real database, with something in its way."""

    async def accept(
        connection: Connection, group: Sequence[Webhook], *, timeout_s: float
    ) -> Accepted:
        return await faults(group, intake.accept(connection, group, timeout_s=timeout_s))

    return Door(shop.database, lambda _: None, accepting=accept)


async def test_a_message_that_vanished_is_set_aside_and_never_taken(shop: Shop) -> None:
    calls = 0

    async def vanish(_group: Sequence[Webhook], accepting: Awaitable[Accepted]) -> Accepted:
        nonlocal calls
        calls += 1
        accepted = await accepting
        return replace(accepted, unaccounted=(1,)) if calls == 1 else accepted

    group = [shop.webhook(shop.message(str(n))) for n in range(3)]
    assert await door(shop, vanish).commit(group) == ["taken", "set_aside", "taken"]
    assert await shop.one("select reason from journal where set_aside") == (
        "a message of it could not be accounted for"
    )


async def test_a_deadlock_is_somebody_elses_and_never_a_reason_to_set_aside(shop: Shop) -> None:
    unlucky = shop.webhook(shop.message("unlucky"))

    async def deadlock(group: Sequence[Webhook], accepting: Awaitable[Accepted]) -> Accepted:
        if unlucky in group:
            accepting.close()  # type: ignore[attr-defined] # a coroutine that is not wanted
            raise asyncpg.DeadlockDetectedError
        return await accepting

    others = [shop.webhook(shop.message(str(n), who=f"free{n}")) for n in range(3)]
    fates = await door(shop, deadlock).commit([*others, unlucky])
    assert fates == ["taken", "taken", "taken", "locked"]
    assert await shop.one("select count(*) from journal where set_aside") == 0


async def test_nothing_overtakes_what_a_lost_connection_kept_out(shop: Shop) -> None:
    first = shop.webhook(shop.message("first", who="one"))

    async def cut(group: Sequence[Webhook], accepting: Awaitable[Accepted]) -> Accepted:
        if group == [first] or len(group) > 1:
            accepting.close()  # type: ignore[attr-defined] # the same
            raise asyncpg.LockNotAvailableError if len(group) > 1 else ConnectionResetError
        return await accepting

    second = shop.webhook(shop.message("second", who="one"))
    other = shop.webhook(shop.message("other", who="two"))
    assert await door(shop, cut).commit([first, second, other]) == ["away"] * 3
    assert await shop.one("select count(*) from message") == 0


async def test_what_follows_a_locked_one_in_its_conversation_is_not_tried_before_it(
    shop: Shop,
) -> None:
    first = shop.webhook(shop.message("first", who="held"))
    tried: list[str] = []

    async def locked(group: Sequence[Webhook], accepting: Awaitable[Accepted]) -> Accepted:
        tried.extend(message.text for hook in group for _, message in hook.messages)
        if first in group:
            accepting.close()  # type: ignore[attr-defined] # the same
            raise asyncpg.LockNotAvailableError
        return await accepting

    second = shop.webhook(shop.message("second", who="held"))
    other = shop.webhook(shop.message("other", who="free"))
    assert await door(shop, locked).commit([first, other, second]) == ["locked", "taken", "locked"]
    assert tried.count("second") == 1  # in the whole group only


async def test_a_message_takes_its_id_under_the_lock_of_its_conversation(shop: Shop) -> None:
    await shop.receive(shop.message("known"))
    async with shop.database.deed(shop.merchant) as connection:
        await connection.execute("select 1 from conversation for no key update")
        later = asyncio.create_task(shop.receive(shop.message("second")))
        await _waits_for_a_lock(shop)
        # Whoever holds the row goes first, in time and in ids.
        group = [shop.webhook(shop.message("first"))]
        await intake.accept(connection, group, timeout_s=5)
        assert not later.done()
    await later
    bodies: list[Any] = [row[0] for row in await shop.rows("select body from message order by id")]
    assert bodies == ["known", "first", "second"]


async def test_the_first_message_of_one_person_in_many_webhooks_makes_one_contact(
    shop: Shop,
) -> None:
    groups = [[shop.webhook(shop.message(f"{n}{m}")) for m in range(4)] for n in range(6)]
    entrance = Door(shop.database, lambda _: None)
    fates = await asyncio.gather(*(entrance.commit(group) for group in groups))
    assert {fate for several in fates for fate in several} == {"taken"}
    assert await shop.one("select count(*) from contact") == 1
    assert await shop.one("select count(*) from message") == 24


async def _waits_for_a_lock(shop: Shop) -> None:
    async with asyncio.timeout(20):
        while not await shop.one("select count(*) from pg_locks where not granted"):
            await asyncio.sleep(0.01)
