"""Which servers a URL names, which of them may be trusted, and what one connection doubts."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import parse_qs, urlsplit

import asyncpg
import msgspec
import pytest

from hudhud.errors import StoreUnavailableError, StoreUnfitError
from hudhud.store.pool import Database
from hudhud.store.server import hosts
from hudhud.store.server.fitness import Facts, refuse_unfit, unfit
from hudhud.store.server.hosts import Hosts, split
from hudhud.store.server.wire import Wire

FIT = Facts(
    version="15.4",
    major=15,
    replica=False,
    fsync="on",
    full_page_writes="on",
    synchronous_commit="on",
)


@pytest.mark.parametrize(
    ("url", "servers"),
    [
        ("postgresql://a:p%40@h/db", ["postgresql://a:p%40@h/db"]),
        ("postgresql:///db", ["postgresql:///db"]),
        (
            "postgresql://a:p%40@h:1,h2:2/db?sslmode=require",
            [
                "postgresql://a:p%40@h:1/db?sslmode=require",
                "postgresql://a:p%40@h2:2/db?sslmode=require",
            ],
        ),
        (
            "postgresql://a:p@/db?host=/one,%2Ftwo&port=5&sslmode=disable",
            [
                "postgresql://a:p@/db?host=%2Fone&port=5&sslmode=disable",
                "postgresql://a:p@/db?host=%2Ftwo&port=5&sslmode=disable",
            ],
        ),
        (
            "postgresql://a:p@/db?host=one,two&port=5,6",
            ["postgresql://a:p@/db?host=one&port=5", "postgresql://a:p@/db?host=two&port=6"],
        ),
    ],
)
def test_a_url_of_several_servers_is_one_for_each(url: str, servers: list[str]):
    assert list(split(url)) == servers


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"version": "14.9", "major": 14}, "14.9"),
        ({"replica": True}, "replica"),
        ({"fsync": "off"}, "fsync"),
        ({"full_page_writes": "off"}, "full_page_writes"),
        ({"synchronous_commit": "off"}, "synchronous_commit"),
    ],
)
def test_what_would_lose_messages_is_named(change: dict[str, Any], word: str):
    (reason,) = unfit(msgspec.structs.replace(FIT, **change))
    assert word in reason


@pytest.mark.parametrize("waits", ["on", "remote_apply", "remote_write", "local"])
def test_a_durable_server_is_fit(waits: str):
    assert list(unfit(msgspec.structs.replace(FIT, synchronous_commit=waits))) == []


def test_every_reason_is_said_at_once():
    worst = Facts(
        version="9.6",
        major=9,
        replica=True,
        fsync="off",
        full_page_writes="off",
        synchronous_commit="off",
    )
    assert len(list(unfit(worst))) == 5


async def test_the_engine_of_these_tests_is_as_durable_as_the_product_demands(database: Database):
    assert (await refuse_unfit(database)).major >= 15


async def test_a_role_for_which_commits_are_not_durable_is_refused(database_url: Any):
    await asked(
        database_url.owner_url,
        f"alter database {database_url.name} set synchronous_commit = 'off'",
    )
    database = await Database.open(database_url.app_url)
    try:
        with pytest.raises(StoreUnfitError, match="synchronous_commit"):
            await refuse_unfit(database)
    finally:
        await database.close()


async def test_a_read_only_server_is_refused_and_said_to_be_one(database_url: Any):
    name = database_url.name
    await asked(
        database_url.owner_url, f"alter database {name} set default_transaction_read_only = on"
    )
    with pytest.raises(StoreUnavailableError, match="read-only"):
        await Database.open(database_url.app_url)


@pytest.mark.parametrize(("right", "wrong"), [("hudhud_app:", "hudhud_app:x"), ("/test_", "/no_")])
async def test_a_wrong_password_or_name_is_said_and_is_no_fault_of_ours(
    database_url: Any, right: str, wrong: str
):
    with pytest.raises(StoreUnavailableError, match=r"role or password, or has no such database"):
        await Database.open(database_url.app_url.replace(right, wrong))


async def test_a_connection_to_a_demoted_server_is_given_up(database_url: Any):
    database = await Database.open(database_url.app_url, size=1)
    try:
        async with database.pool.acquire() as connection:
            await connection.execute("set default_transaction_read_only = on")
        assert not await database.takes_writes(timeout_s=5)
        with pytest.raises(StoreUnavailableError, match="read-only"):
            await _write(database)
        assert await database.takes_writes(timeout_s=5)
    finally:
        await database.close()


async def test_a_server_that_hangs_takes_its_own_time_only_and_comes_last_from_then_on(
    database_url: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(hosts, "HOST_TIMEOUT_S", 0.3)
    taken: list[asyncio.StreamWriter] = []

    def silent(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        taken.append(writer)

    hanging = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = hanging.sockets[0].getsockname()[1]
    good = parse_qs(urlsplit(database_url.app_url).query)
    both = f"?host=127.0.0.1,{good['host'][0]}&port={port},{good['port'][0]}&sslmode=disable"
    found = Hosts(database_url.app_url.split("?")[0] + both)
    try:
        for _ in range(2):
            async with asyncio.timeout(20):
                connection = await found.connect()
            assert await connection.fetchval("select 1") == 1
            await connection.close()
        assert len(taken) == 1
    finally:
        hanging.close()
        for writer in taken:
            writer.close()
            await writer.wait_closed()


async def test_a_table_changed_under_a_prepared_statement_is_a_moment_and_no_mistake(
    database_url: Any,
):
    async def columns() -> int:
        async with database.reading() as connection:
            row = await connection.fetchrow("select * from nouns")
            assert row is not None
            return len(row)

    for change in ("create table nouns as select 1 as one", "grant select on nouns to hudhud_app"):
        await asked(database_url.owner_url, change)
    database = await Database.open(database_url.app_url, size=1)
    try:
        assert await columns() == 1
        await asked(database_url.owner_url, "alter table nouns add column two integer")
        with pytest.raises(StoreUnavailableError):
            await columns()
        assert await columns() == 2
    finally:
        await database.close()


async def test_what_one_deed_set_is_gone_for_the_next_on_the_same_connection(
    database_url: Any,
):
    database = await Database.open(database_url.app_url, size=1)
    try:
        for merchant_id in (7, 8):
            async with database.deed(merchant_id) as connection:
                await connection.execute("select set_config('lock_timeout', '7s', true)")
        left = await database.call("select merchants() as may_see, current_setting('lock_timeout')")
        assert [list(row) for row in left] == [[None, "0"]]
    finally:
        await database.close()


async def _write(database: Database) -> None:
    async with database.deed() as connection:
        await connection.execute("delete from merchant")


async def asked(url: str, sql: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(sql)
    finally:
        await connection.close()


async def test_a_connection_asks_for_no_type_that_another_has_asked_for(
    database_url: Any, monkeypatch: pytest.MonkeyPatch
):
    asked: list[Any] = []
    introspect = asyncpg.Connection._introspect_types

    async def counted(self: Any, types: Any, *rest: Any) -> Any:
        asked.append(types)
        return await introspect(self, types, *rest)

    monkeypatch.setattr(asyncpg.Connection, "_introspect_types", counted)
    monkeypatch.setattr(Wire, "_types", {})
    sent = [[1, 2], [0.5], [True], ["a"]]
    sql = "select $1::bigint[], $2::float8[], $3::boolean[], $4::text[]"
    database = await Database.open(database_url.app_url, size=2)
    async with database.pool.acquire() as one, database.pool.acquire() as other:
        assert [*await one.fetchrow(sql, *sent)] == sent
        before = len(asked)
        assert before > 0
        assert [*await other.fetchrow(sql, *sent)] == sent
    assert len(asked) == before
    await database.close()
