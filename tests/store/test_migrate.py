"""The runner on a real server: what it applies, and everything it refuses."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator

import asyncpg
import pytest

from hudhud.errors import MigrationError, MigrationFailedError, StoreUnavailableError
from hudhud.ops.engines import PostgresqlEngine
from hudhud.store.schema.function_files import FunctionFile
from hudhud.store.schema.migrate import migrate, status
from hudhud.store.schema.migration_files import MigrationFile, packaged

APP = "hudhud_app"
_numbers = itertools.count(1)

ONE = MigrationFile("0001_one_before.sql", "create table one (id int)")
TWO = MigrationFile("0002_one_after.sql", "-- nothing to take away")
THREE = MigrationFile("0003_two_before.sql", "create table two (id int)")
FOUR = MigrationFile("0004_two_after.sql", "drop table one")
FILES = (ONE, TWO, THREE, FOUR)


@pytest.fixture
async def owner_url(postgresql: PostgresqlEngine) -> AsyncIterator[str]:
    """An empty database that an ordinary role owns."""
    name = f"blank_{next(_numbers)}"
    admin = await asyncpg.connect(postgresql.admin_url)
    await admin.execute(f"create database {name} template template0 owner hudhud_owner")
    yield postgresql.owner_url.replace("/hudhud?", f"/{name}?")
    await admin.execute(f"drop database {name} with (force)")
    await admin.close()


async def tables(url: str) -> set[str]:
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch(
            "select relname from pg_class where relnamespace = 'public'::regnamespace "
            "and relkind = 'r' and relname not like 'schema_%'"
        )
    finally:
        await connection.close()
    return {row["relname"] for row in rows}


async def test_files_are_applied_once_in_order_and_written_down(owner_url):
    assert await status(owner_url, files=FILES) == await status(owner_url, files=FILES)
    assert (await status(owner_url, files=FILES)).pending == tuple(file.name for file in FILES)
    names = await migrate(owner_url, runtime_role=APP, files=FILES)
    assert names == [file.name for file in FILES]
    assert await tables(owner_url) == {"two"}
    assert await migrate(owner_url, runtime_role=APP, files=FILES) == []
    now = await status(owner_url, files=FILES)
    assert now.pending == ()
    assert [row.sha256 for row in now.applied] == [file.sha256 for file in FILES]


async def test_two_migrators_at_once_apply_each_file_once(owner_url):
    slow = MigrationFile(ONE.name, ONE.sql + "; select pg_sleep(0.2)")
    both = await asyncio.gather(
        *(migrate(owner_url, runtime_role=APP, files=(slow, *FILES[1:])) for _ in range(2))
    )
    assert sorted(map(len, both)) == [0, 4]


async def test_a_failing_file_leaves_nothing_and_keeps_those_before_it(owner_url):
    broken = MigrationFile(THREE.name, "create table half (id int);\nselect no_such_column")
    with pytest.raises(MigrationFailedError, match=r"0003_two_before\.sql, line 2"):
        await migrate(owner_url, runtime_role=APP, files=(ONE, TWO, broken))
    assert await tables(owner_url) == {"one"}
    assert (await status(owner_url, files=(ONE, TWO, broken))).pending == (broken.name,)


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ((ONE, MigrationFile("0001_other_before.sql", "select"), TWO), "same number"),
        ((ONE, THREE), "0002 is missing"),
        ((MigrationFile("0001_one_after.sql", "select"),), "odd file"),
        ((MigrationFile("0001-one.sql", "select"),), "odd file"),
        ((MigrationFile(ONE.name, "create table x ();\ncommit;"),), "transaction"),
    ],
)
async def test_unsound_files_are_refused_before_anything_is_applied(owner_url, files, sentence):
    with pytest.raises(MigrationError, match=sentence):
        await migrate(owner_url, runtime_role=APP, files=files)
    assert await tables(owner_url) == set()


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ((MigrationFile(ONE.name, ONE.sql + " "), TWO, THREE, FOUR), "0001.*was edited"),
        ((MigrationFile("0001_renamed_before.sql", ONE.sql), TWO, THREE, FOUR), "0001.*gone"),
        ((ONE, TWO), "0003.*newer than this release"),
    ],
)
async def test_a_database_that_disagrees_with_the_files_is_refused(owner_url, files, sentence):
    await migrate(owner_url, runtime_role=APP, files=FILES)
    with pytest.raises(MigrationError, match=sentence):
        await migrate(owner_url, runtime_role=APP, files=files)
    with pytest.raises(MigrationError, match=sentence):
        await status(owner_url, files=files)


@pytest.mark.parametrize("missing", [1, 2])
async def test_a_lower_number_after_a_higher_one_is_refused(owner_url, missing):
    await migrate(owner_url, runtime_role=APP, files=FILES)
    connection = await asyncpg.connect(owner_url)
    await connection.execute("delete from schema_migrations where number = $1", missing)
    await connection.close()
    with pytest.raises(MigrationError, match=f"{missing:04}.*is not applied"):
        await migrate(owner_url, runtime_role=APP, files=FILES)


async def test_the_before_phase_leaves_out_what_the_old_release_needs(owner_url):
    before = await migrate(owner_url, runtime_role=APP, files=FILES, phase="before")
    assert before == [ONE.name, THREE.name]
    assert await tables(owner_url) == {"one", "two"}
    assert await migrate(owner_url, runtime_role=APP, files=FILES) == [TWO.name, FOUR.name]


async def test_a_function_is_replaced_when_its_text_changed_and_only_then(owner_url):
    says = "create or replace function says() returns int language sql as 'select {}'"
    first, second = (FunctionFile("says.sql", says.format(number)) for number in (1, 2))
    for function, applied in ((first, ["says.sql"]), (first, []), (second, ["says.sql"])):
        assert (await status(owner_url, files=(), functions=(function,))).pending == tuple(applied)
        again = await migrate(owner_url, runtime_role=APP, files=(), functions=(function,))
        assert again == applied
    connection = await asyncpg.connect(owner_url)
    assert await connection.fetchval("select says()") == 2
    await connection.close()


async def test_a_function_that_cannot_be_made_leaves_the_others_as_they_were(owner_url):
    good = FunctionFile("a.sql", "create or replace function a() returns int return 1")
    bad = FunctionFile("b.sql", "create or replace function b() returns nothing_such return 1")
    with pytest.raises(MigrationFailedError, match=r"functions/b\.sql"):
        await migrate(owner_url, runtime_role=APP, files=(), functions=(good, bad))
    assert (await status(owner_url, files=(), functions=(good,))).pending == ("a.sql",)


async def test_the_release_gives_the_runtime_role_rows_and_nothing_else(owner_url):
    await migrate(owner_url, runtime_role=APP)
    assert (await status(owner_url)).pending == ()
    assert len(packaged()) == len((await status(owner_url)).applied)
    connection = await asyncpg.connect(owner_url)
    row = await connection.fetchrow(
        """select has_table_privilege($1, 'message', 'insert') as rows,
               has_schema_privilege($1, 'public', 'create') as tables,
               has_table_privilege($1, 'schema_migrations', 'update') as history,
               has_table_privilege($1, 'message', 'truncate') as truncation,
               (select bool_and(has_function_privilege($1, oid, 'execute')
                                and not has_function_privilege('pg_monitor', oid, 'execute'))
                from pg_proc where prosecdef and pronamespace = 'public'::regnamespace) as doors""",
        APP,
    )
    await connection.close()
    assert dict(row) == {
        "rows": True,
        "tables": False,
        "history": False,
        "truncation": False,
        "doors": True,
    }


async def test_a_runtime_role_that_is_not_there_or_owns_the_tables_is_refused(owner_url):
    for role in ("nobody_here", "hudhud_owner"):
        with pytest.raises(MigrationError, match=role):
            await migrate(owner_url, runtime_role=role, files=FILES)
    assert await tables(owner_url) == set()


async def test_a_server_that_does_not_answer_is_said_plainly(tmp_path):
    with pytest.raises(StoreUnavailableError):
        await status(f"postgresql://owner@/hudhud?host={tmp_path}")
