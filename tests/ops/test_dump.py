"""The dump before a migration: whole, private, and nothing when it fails."""

from __future__ import annotations

import stat
from datetime import UTC, datetime

import pytest

from hudhud.errors import EngineError
from hudhud.ops.dump import dump
from hudhud.ops.engines import PostgresqlEngine

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_a_dump_is_written_whole_and_only_its_owner_may_read_it(migrated: PostgresqlEngine):
    path = dump(migrated.launch.folder.parent, migrated.owner_url, NOW)
    assert path.name == "before-migration-20260102-030405.dump"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes().startswith(b"PGDMP")
    path.unlink()


def test_a_dump_that_fails_says_so_without_the_password(migrated: PostgresqlEngine):
    data_dir = migrated.launch.folder.parent
    with pytest.raises(EngineError, match="dump before the migration") as failed:
        dump(data_dir, migrated.owner_url.replace("/hudhud?", "/no_such?"), NOW)
    password = (data_dir / "keys" / "postgresql-owner").read_text()
    assert password not in failed.value.sentence
    assert not list((data_dir / "backups").glob("*.dump"))
