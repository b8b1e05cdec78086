"""The spool's file is never closed under its writer, nor read before the writer has locked it."""

from __future__ import annotations

import asyncio
import os
import threading
from datetime import UTC, datetime
from pathlib import Path

from hudhud.core.intake.spool import Record, Spool, claim_file, unpack
from hudhud.errors import SpoolUnavailableError

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def record(n: int) -> Record:
    return Record(merchant_id=1, inbox_id=1, channel="x", accepted_at=NOW, body=b"%d" % n)


async def test_a_rotation_during_a_write_waits_for_its_end(tmp_path: Path) -> None:
    writing, go_on = threading.Event(), threading.Event()

    def slow_fsync(descriptor: int) -> None:
        writing.set()
        assert go_on.wait(5)
        os.fsync(descriptor)

    spool = Spool(tmp_path, bytes_max=1024**2, fsync=slow_fsync)
    appending = asyncio.create_task(spool.append(record(1)))
    await asyncio.to_thread(writing.wait, 5)
    spool.rotate()
    assert spool.files() == []
    go_on.set()
    async with asyncio.timeout(5):
        await appending
    (path,) = spool.files()
    file = claim_file(path)
    assert file is not None
    with file:
        assert list(unpack(file)) == [record(1)]
    assert spool.records == 1


async def test_rotations_while_webhooks_pour_in_lose_and_hang_nothing(tmp_path: Path) -> None:
    spool = Spool(tmp_path, bytes_max=64 * 1024**2)
    appends = []
    for n in range(300):
        appends.append(asyncio.create_task(spool.append(record(n))))
        if n % 3 == 0:
            await asyncio.sleep(0)
            spool.rotate()
    async with asyncio.timeout(10):
        await asyncio.gather(*appends)
    spool.rotate()
    found: list[Record | None] = []
    for path in spool.files():
        with path.open("rb") as file:
            found += unpack(file)
    assert sorted(int(one.body) for one in found if one) == list(range(300))
    assert not list(tmp_path.glob("*.new"))


async def test_whatever_fails_in_a_write_refuses_its_webhooks_and_none_hangs(
    tmp_path: Path,
) -> None:
    def broken(_descriptor: int) -> None:
        raise ValueError("not an error of the disk")

    spool = Spool(tmp_path, bytes_max=1024**2, fsync=broken)
    async with asyncio.timeout(5):
        (ending,) = await asyncio.gather(spool.append(record(1)), return_exceptions=True)
    assert isinstance(ending, SpoolUnavailableError)
    spool.rotate()
    assert [path.stat().st_size for path in spool.files()] == [0]
