"""The spool: acknowledged is readable again, whatever happened to the file (traps 14, 22)."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hudhud.core.intake.spool import Record, Spool, claim_file, pack, report, unpack
from hudhud.errors import SpoolUnavailableError

NOW = datetime(2026, 11, 21, tzinfo=UTC)


Spools = Callable[..., Spool]


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

    def make(folder: Path, bytes_max: int = 10**6, **more: Any) -> Spool:
        opened.append(Spool(folder, bytes_max=bytes_max, **more))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


def read(path: Path) -> list[bytes | None]:
    with path.open("rb") as file:
        return [found and found.body for found in unpack(file)]


async def test_what_was_acknowledged_is_read_back_in_order(tmp_path: Path, spools: Spools):
    one = spools(tmp_path)
    await asyncio.gather(*(one.append(record(n)) for n in range(50)))
    assert not one.empty
    one.rotate()
    (path,) = one.files()
    assert read(path) == [record(n).body for n in range(50)]


async def test_concurrent_appends_share_one_fsync(tmp_path: Path, spools: Spools):
    calls: list[int] = []
    one = spools(tmp_path, fsync=lambda fd: calls.append(fd) or os.fsync(fd))
    await asyncio.gather(*(one.append(record(n)) for n in range(50)))
    assert len(calls) <= 2


async def test_nothing_is_acknowledged_before_its_fsync(tmp_path: Path, spools: Spools):
    synced: list[int] = []
    one = spools(tmp_path, fsync=lambda fd: synced.append(os.fstat(fd).st_size))
    await one.append(record(1))
    assert synced == [len(pack(record(1)))]


async def test_a_torn_tail_is_tolerated(tmp_path: Path):
    path = tmp_path / "1.0-1-1.spool"
    whole = pack(record(1))
    for cut in range(1, len(whole)):
        path.write_bytes(whole + whole[:cut])
        assert read(path)[0] == record(1).body
        assert len([r for r in read(path) if r]) == 1


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
    broken = False

    def fsync(descriptor: int) -> None:
        if broken:
            raise OSError(5, "Input/output error")
        os.fsync(descriptor)

    one = spools(tmp_path, fsync=fsync)
    await one.append(record(1))
    broken = True
    with pytest.raises(SpoolUnavailableError):
        await one.append(record(2))
    broken = False
    await one.append(record(3))
    one.rotate()
    assert [read(path) for path in one.files()] == [[record(1).body], [record(3).body]]


async def test_a_full_spool_refuses_and_says_so(tmp_path: Path, spools: Spools):
    one = spools(tmp_path, bytes_max=3 * len(pack(record(1))))
    for number in range(3):
        await one.append(record(number))
    with pytest.raises(SpoolUnavailableError, match="limit"):
        await one.append(record(3))
    assert report(tmp_path, time.time())["records"] == 3


async def test_a_spool_that_cannot_be_written_refuses_to_start(tmp_path: Path, spools: Spools):
    (tmp_path / "file").write_text("")
    with pytest.raises(SpoolUnavailableError):
        spools(tmp_path / "file" / "spool")


async def test_the_spool_of_a_dead_process_is_adopted_and_of_a_living_one_is_not(
    tmp_path: Path, spools: Spools
):
    script = (
        "import asyncio,sys\n"
        "from pathlib import Path\n"
        "from datetime import datetime,UTC\n"
        "from hudhud.core.intake.spool import *\n"
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
    (path,) = spools(tmp_path).files()
    assert claim_file(path) is None
    child.kill()
    child.wait()
    child.stdin.close()
    child.stdout.close()
    file = claim_file(path)
    assert file is not None
    with file:
        assert [found and found.body for found in unpack(file)] == [b"x"]
