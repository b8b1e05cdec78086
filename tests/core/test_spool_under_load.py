"""The spool's file is never closed under its writer, and no append hangs or is lost."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from hudhud.core.intake.folder import Folder
from hudhud.core.intake.record import Record, unpack
from hudhud.core.intake.spool import Spool
from hudhud.errors import SpoolUnavailableError

NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Slow(Folder):
    """A real folder in which something happens before the sync of a spool file."""

    def __init__(self, path: Path, before: Callable[[], None]) -> None:
        super().__init__(path)
        self.before = before

    def sync(self, file: BinaryIO) -> None:
        if "probe" not in str(file.name):
            self.before()
        super().sync(file)


def record(n: int) -> Record:
    return Record(merchant_id=1, inbox_id=1, channel="x", accepted_at=NOW, body=b"%d" % n)


async def test_a_rotation_during_a_write_waits_for_its_end(tmp_path: Path) -> None:
    writing, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        writing.set()
        assert go_on.wait(5)

    spool = Spool(tmp_path, bytes_max=1024**2, folder=Slow(tmp_path, wait))
    appending = asyncio.create_task(spool.append(record(1)))
    await asyncio.to_thread(writing.wait, 5)
    spool.rotate()
    (name,) = spool.names()
    file = spool.folder.open(name)
    assert file is not None
    with file:
        assert not spool.folder.lock(file)
        go_on.set()
        async with asyncio.timeout(20):
            await appending
        assert spool.folder.lock(file)
        assert list(unpack(file)) == [record(1)]


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
    for name in spool.names():
        with (tmp_path / name).open("rb") as file:
            found += unpack(file)
    assert sorted(int(one.body) for one in found if one) == list(range(300))
    assert not list(tmp_path.glob("*.new"))


async def test_whatever_fails_in_a_write_refuses_its_webhooks_and_none_hangs(
    tmp_path: Path,
) -> None:
    def broken() -> None:
        raise ValueError("not an error of the disk")

    spool = Spool(tmp_path, bytes_max=1024**2, folder=Slow(tmp_path, broken))
    async with asyncio.timeout(20):
        (ending,) = await asyncio.gather(spool.append(record(1)), return_exceptions=True)
    assert isinstance(ending, SpoolUnavailableError)
    spool.rotate()
    assert [(tmp_path / name).stat().st_size for name in spool.names()] == [0]
