"""`hudhud bench fill`: only an empty database is filled, and a stopped filling goes on."""

from __future__ import annotations

from typing import Any

import asyncpg
import pytest

from hudhud.errors import HudhudError
from hudhud.ops.growth import filling, shape
from hudhud.ops.growth.shape import Shape
from hudhud.store import report, sweep
from hudhud.store.pool import Database
from shop import open_shop

SHAPE = Shape(1500, 150)


class StoppedError(Exception):
    """Somebody stopped the filling."""


def quiet(_: str) -> None: ...


async def counted(url: str, *statements: str) -> list[int]:
    connection = await asyncpg.connect(url)
    try:
        return [await connection.fetchval(f"select count(*) from {rest}") for rest in statements]
    finally:
        await connection.close()


def test_a_shape_has_about_as_many_messages_as_were_asked_for():
    for asked in (Shape(10_000_000, 1_000_000), Shape(60_000, 6_000), Shape(5_000, 1_000)):
        assert 0.97 < asked.bursts * shape.MESSAGES_PER_BURST / asked.messages < 1.01


def test_every_chunk_follows_the_one_before_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shape, "CHUNK_BURSTS", 64)
    before = 0
    for chunk in SHAPE.chunks():
        assert chunk.before == before
        assert 0 < chunk.last - chunk.first <= 64
        before += chunk.last - chunk.first
    assert before == SHAPE.bursts


def test_too_few_messages_for_so_many_conversations_are_refused():
    with pytest.raises(HudhudError, match="have at least 4200 messages"):
        Shape(4000, 1000)


async def test_what_is_filled_is_what_the_product_would_have_left(database_url: Any):
    await filling.fill(database_url.owner_url, SHAPE, quiet, waiting=7)
    assert (
        await counted(
            database_url.owner_url,
            "conversation where last_id = 0 or batch_no = 0",
            "message m join batch b on b.id = m.batch_id"
            " where b.conversation_id <> m.conversation_id",
            "message m where m.direction = 'in' and not exists (select from message_key k"
            " where k.inbox_id = m.inbox_id and k.external_id = m.external_id)",
            "outbox o left join message m on m.id = o.message_id where m.direction is distinct"
            " from 'out' or m.conversation_id <> o.conversation_id",
            "conversation k where k.last_id <> (select max(m.id) from message m"
            " where m.conversation_id = k.id and m.direction = 'in')",
            "conversation k where k.batch_no <> (select count(*) from batch b"
            " where b.conversation_id = k.id)",
            "outbox o where (select count(*) from delivery_status d where d.inbox_id = o.inbox_id"
            " and d.external_id = o.external_id) <> 2",
        )
        == [0] * 7
    )
    database = await Database.open(database_url.app_url)
    try:
        assert {d.state for d in await report.depths_everywhere(database)} == {"due"}
        assert sum(d.count for d in await report.depths_everywhere(database)) == 7
        assert await sweep.sweep(database, lease_s=60, send_s=30, limit=100) == []
        shop = await open_shop(database)
        await shop.receive(shop.message())  # the ids go on behind what was filled
    finally:
        await database.close()


async def test_a_filling_that_was_stopped_goes_on(
    database_url: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(shape, "CHUNK_BURSTS", 64)
    write, written = filling._write, 0

    async def stopped(*args: Any) -> None:
        nonlocal written
        if written == 3:
            raise StoppedError
        written += 1
        await write(*args)

    monkeypatch.setattr(filling, "_write", stopped)
    with pytest.raises(StoppedError):
        await filling.fill(database_url.owner_url, SHAPE, quiet)
    assert await counted(database_url.owner_url, "batch") == [150]  # the first round: 64, 64, 22
    monkeypatch.setattr(filling, "_write", write)
    await filling.fill(database_url.owner_url, SHAPE, quiet)
    assert await counted(database_url.owner_url, "batch", "conversation") == [SHAPE.bursts, 150]


async def test_another_shape_than_the_one_begun_is_refused(database_url: Any):
    await filling.fill(database_url.owner_url, SHAPE, quiet)
    with pytest.raises(HudhudError, match="A filling of 1500 messages"):
        await filling.fill(database_url.owner_url, Shape(3000, 150), quiet)


async def test_a_database_in_use_is_never_filled(database_url: Any):
    database = await Database.open(database_url.app_url)
    await open_shop(database)
    await database.close()
    with pytest.raises(HudhudError, match="in use"):
        await filling.fill(database_url.owner_url, SHAPE, quiet)
    assert await counted(database_url.owner_url, "merchant", "message") == [1, 0]
