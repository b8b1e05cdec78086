"""Emergency switches: who wins, who is told, and what works without PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from hudhud.core import switches
from hudhud.core.switches import SWITCHES, Switches, flip, flip_in_file
from hudhud.errors import BadInputError, SettingsWrongError
from hudhud.readers import SWITCH_NAMES
from hudhud.settings import load
from hudhud.store.pool import Database


@pytest.fixture
async def database(database_url) -> AsyncIterator[Database]:
    opened = await Database.open(database_url.app_url)
    yield opened
    await opened.close()


def settings(data_dir, **more: str):
    return load({"HUDHUD_DATA_DIR": str(data_dir), **more})


def test_the_settings_and_the_switches_know_the_same_names():
    assert set(SWITCH_NAMES) == set(SWITCHES)


async def test_file_beats_database_beats_environment_beats_default(database, tmp_path):
    known = Switches(database, settings(tmp_path, HUDHUD_SWITCHES="ai=off, queue=off"))
    assert known.position("drain") == ("off", "default")
    assert known.position("ai") == ("off", "environment")
    await flip(database, "ai", "on", actor="me")
    await known.refresh()
    assert known.position("ai") == ("on", "database")
    flip_in_file(tmp_path, "ai", "off")
    await known.refresh()
    assert known.position("ai") == ("off", "file")
    assert not known.on("ai")
    flip_in_file(tmp_path, "ai", None)
    await known.refresh()
    assert known.position("ai") == ("on", "database")


async def test_the_file_works_and_the_table_is_remembered_while_postgresql_is_down(
    database, tmp_path
):
    known = Switches(database, settings(tmp_path))
    await flip(database, "intake_only", "on", actor="me")
    await known.refresh()
    await database.close()
    flip_in_file(tmp_path, "drain", "on")
    await known.refresh()
    assert known.on("drain")
    assert known.on("intake_only")


async def test_a_file_that_cannot_be_read_keeps_its_last_word(database, tmp_path):
    known = Switches(database, settings(tmp_path))
    flip_in_file(tmp_path, "ai", "off")
    await known.refresh()
    (tmp_path / "switches.json").write_text("{not json")
    await known.refresh()
    assert not known.on("ai")
    with pytest.raises(BadInputError):
        flip_in_file(tmp_path, "ai", "on")


async def test_a_flip_is_in_force_in_a_running_process_and_in_the_audit(
    database, tmp_path, monkeypatch
):
    monkeypatch.setattr(switches, "REFRESH_S", 0.02)
    known = Switches(database, settings(tmp_path))
    running = asyncio.create_task(known.run())
    try:
        await flip(database, "drain", "on", actor="cli:me")
        async with asyncio.timeout(2):
            while not known.on("drain"):
                await asyncio.sleep(0.01)
    finally:
        running.cancel()
    async with database.reading() as connection:
        row = await connection.fetchrow("select actor, action, detail from audit")
    assert tuple(row) == ("cli:me", "switch.flipped", {"name": "drain", "value": "on"})


async def test_an_unknown_switch_is_refused_everywhere(database, tmp_path):
    with pytest.raises(BadInputError):
        await flip(database, "aii", "on", actor="me")
    with pytest.raises(BadInputError):
        flip_in_file(tmp_path, "aii", "on")
    with pytest.raises(SettingsWrongError, match="HUDHUD_SWITCHES"):
        settings(tmp_path, HUDHUD_SWITCHES="aii=off")
