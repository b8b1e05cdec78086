"""The spool: acknowledged is readable again, whatever happened to the file (traps 14, 22)."""

from __future__ import annotations

import asyncio
import itertools
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import pytest

from hudhud.core.intake import folder
from hudhud.core.intake.folder import Folder
from hudhud.core.intake.record import HEAD, MAGIC, Record, pack, unpack
from hudhud.core.intake.spool import Spool, report
from hudhud.errors import SpoolUnavailableError

NOW = datetime(2026, 11, 21, tzinfo=UTC)


Spools = Callable[..., Spool]


class Watched(Folder):
    """A real folder; `on_sync` sees, and may break, each sync of a file."""

    def __init__(self, path: Path, on_sync: Callable[[int], None]) -> None:
        super().__init__(path)
        self.on_sync = on_sync
        self.armed = False

    def sync(self, file: BinaryIO) -> None:
        if self.armed:
            self.on_sync(os.fstat(file.fileno()).st_size)
        super().sync(file)


def record(number: int) -> Record:
    return Record(
        merchant_id=1,
        inbox_id=2,
        channel="whatsapp",
        accepted_at=NOW,
        body=f"{{{number}}}".encode(),
    )


@pytest.fixture
def spools() -> Iterator[Callable[..., Spool]]:
    opened: list[Spool] = []

    def make(path: Path, bytes_max: int = 10**6, **more: Any) -> Spool:
        opened.append(Spool(path, bytes_max=bytes_max, **more))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


def paths(one: Spool) -> list[Path]:
    return [one.folder.path / name for name in one.names()]


def read(path: Path) -> list[bytes | None]:
    with path.open("rb") as file:
        return [found and found.body for found in unpack(file)]


async def test_what_was_acknowledged_is_read_back_in_order(tmp_path: Path, spools: Spools):
    one = spools(tmp_path)
    await asyncio.gather(*(one.append(record(n)) for n in range(50)))
    assert not one.empty
    one.rotate()
    (path,) = paths(one)
    assert read(path) == [record(n).body for n in range(50)]


async def test_concurrent_appends_share_one_fsync(tmp_path: Path, spools: Spools):
    sizes: list[int] = []
    disk = Watched(tmp_path, sizes.append)
    one = spools(tmp_path, folder=disk)
    disk.armed = True
    await asyncio.gather(*(one.append(record(n)) for n in range(50)))
    assert len(sizes) <= 2


async def test_nothing_is_acknowledged_before_its_fsync(tmp_path: Path, spools: Spools):
    sizes: list[int] = []
    disk = Watched(tmp_path, sizes.append)
    one = spools(tmp_path, folder=disk)
    disk.armed = True
    await one.append(record(1))
    assert sizes == [len(pack(record(1)))]


async def test_a_torn_tail_is_tolerated(tmp_path: Path):
    path = tmp_path / "1.0-1-1.spool"
    whole = pack(record(1))
    for cut in range(1, len(whole)):
        path.write_bytes(whole + whole[:cut])
        assert read(path)[0] == record(1).body
        assert read(path) == [record(1).body]


async def test_a_head_that_ends_in_the_zeros_of_a_power_cut_is_damage_and_no_record(
    tmp_path: Path,
):
    path = tmp_path / "1.0-1-1.spool"
    path.write_bytes(pack(record(1)) + MAGIC + bytes(HEAD.size - len(MAGIC)) + pack(record(2)))
    assert read(path) == [record(1).body, None, record(2).body]


async def test_damage_in_the_middle_costs_only_what_it_hit(tmp_path: Path):
    path = tmp_path / "1.0-1-1.spool"
    blocks = [pack(record(n)) for n in range(3)]
    broken = bytearray(blocks[1])
    broken[-1] ^= 255
    path.write_bytes(blocks[0] + bytes(broken) + blocks[2])
    assert read(path) == [record(0).body, None, record(2).body]


async def test_an_fsync_error_retires_the_file_and_keeps_what_was_acknowledged(
    tmp_path: Path, spools: Spools
):
    def fail(_size: int) -> None:
        raise OSError(5, "Input/output error")

    disk = Watched(tmp_path, fail)
    one = spools(tmp_path, folder=disk)
    await one.append(record(1))
    disk.armed = True
    with pytest.raises(SpoolUnavailableError):
        await one.append(record(2))
    disk.armed = False
    await one.append(record(3))
    assert [read(path) for path in paths(one)] == [[record(1).body], [record(3).body]]


async def test_a_full_spool_refuses_and_says_so(tmp_path: Path, spools: Spools):
    one = spools(tmp_path, bytes_max=3 * len(pack(record(1))))
    for number in range(3):
        await one.append(record(number))
    with pytest.raises(SpoolUnavailableError, match="limit"):
        await one.append(record(3))
    told = report(tmp_path, time.time(), bytes_max=one.bytes_max)
    assert (told["records"], told["room_bytes"], told["damaged"]) == (3, 0, 0)


async def test_a_spool_that_cannot_be_written_refuses_to_start(tmp_path: Path, spools: Spools):
    (tmp_path / "file").write_text("")
    with pytest.raises(SpoolUnavailableError):
        spools(tmp_path / "file" / "spool")


async def test_a_file_of_another_process_is_seen_at_once_however_long_nothing_changed(
    tmp_path: Path, spools: Spools, monkeypatch: pytest.MonkeyPatch
):
    one, other = spools(tmp_path), spools(tmp_path)
    clock = itertools.count(1000, 100)
    monkeypatch.setattr(folder.time, "monotonic", lambda: next(clock))
    assert one.empty
    assert one.empty
    assert one.folder._listed == []  # it only asks whether anything changed
    await other.append(record(1))
    assert not one.empty


async def test_a_list_made_in_the_moment_of_a_change_is_not_believed_twice(
    tmp_path: Path, spools: Spools
):
    one = spools(tmp_path)
    changed = tmp_path.stat()
    assert one.empty
    (tmp_path / "1.0-1-1.spool").write_bytes(pack(record(1)))
    os.utime(tmp_path, ns=(changed.st_atime_ns, changed.st_mtime_ns))  # the same coarse moment
    assert not one.empty


async def test_a_record_is_never_older_than_the_one_before_it(tmp_path: Path, spools: Spools):
    one = spools(tmp_path)
    await one.append(record(1))
    back = msgspec.structs.replace(record(2), accepted_at=NOW - timedelta(hours=1))
    await one.append(back)
    with paths(one)[0].open("rb") as file:
        assert [found.accepted_at for found in unpack(file) if found] == [NOW, NOW]


async def test_the_file_of_a_living_process_is_locked_and_of_a_dead_one_is_free(
    tmp_path: Path, spools: Spools
):
    script = (
        "import asyncio,sys\n"
        "from pathlib import Path\n"
        "from datetime import datetime,UTC\n"
        "from hudhud.core.intake.record import Record\n"
        "from hudhud.core.intake.spool import Spool\n"
        "async def main():\n"
        "    s=Spool(Path(sys.argv[1]),bytes_max=10**6)\n"
        "    await s.append(Record(merchant_id=1,inbox_id=2,channel='whatsapp',"
        "accepted_at=datetime.now(UTC),body=b'x'))\n"
        "    print('written',flush=True); sys.stdin.read()\n"
        "asyncio.run(main())\n"
    )
    child = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", script, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert child.stdin
    assert child.stdout
    child.stdout.readline()
    one = spools(tmp_path)
    (name,) = one.names()
    file = one.folder.open(name)
    assert file is not None
    with file:
        assert not one.folder.lock(file)
        child.kill()
        child.wait()
        child.stdin.close()
        child.stdout.close()
        assert one.folder.lock(file)
        assert [found and found.body for found in unpack(file)] == [b"x"]
