"""Replay: one order for the whole host, living writers included; what cannot go in stops nobody."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

import pytest

from hudhud.core.intake.door import Fate
from hudhud.core.intake.folder import Folder
from hudhud.core.intake.record import Record, pack
from hudhud.core.intake.replay import LOOKS_MAX, Replay
from hudhud.core.intake.spool import Spool, report
from hudhud.errors import SpoolUnavailableError, StoreUnavailableError
from hudhud.store.intake import Webhook
from models.spooling import webhook

NOW = datetime(2026, 11, 21, tzinfo=UTC)
Webs = Callable[[], tuple[Spool, Replay]]


class Door:
    """Takes everything but what is locked; or nothing, while it is shut."""

    def __init__(self) -> None:
        self.took: list[str] = []
        self.sizes: list[int] = []
        self.locked: set[str] = set()
        self.shut = False
        self.open_for = 1000

    async def commit(self, group: Sequence[Webhook]) -> list[Fate]:
        self.sizes.append(len(group))
        self.open_for -= 1
        if self.shut or self.open_for == 0:
            return ["away"] * len(group)
        fates: list[Fate] = []
        for hook in group:
            fates.append("locked" if hook.body.decode()[0] in self.locked else "taken")
            if fates[-1] == "taken":
                self.took.append(hook.body.decode())
        return fates


def record(body: str, at_s: float) -> Record:
    at = NOW + timedelta(seconds=at_s)
    return Record(merchant_id=1, inbox_id=1, channel="whatsapp", accepted_at=at, body=body.encode())


def now(body: str) -> Record:
    return record(body, (datetime.now(UTC) - NOW).total_seconds())


@pytest.fixture
async def webs(tmp_path: Path) -> AsyncIterator[Webs]:
    opened: list[Spool] = []

    async def route(one: Record) -> Webhook:
        return webhook(one.body, accepted_at=one.accepted_at)

    def web() -> tuple[Spool, Replay]:
        spool = Spool(tmp_path, bytes_max=10**6)
        opened.append(spool)
        return spool, Replay(spool, route, group_max=2)

    yield web
    for spool in opened:
        spool.close()


async def test_the_files_of_all_processes_are_read_in_the_order_of_acceptance(webs: Webs):
    (one, replay), (other, _), door = webs(), webs(), Door()
    await one.append(record("a:1", 1))
    await other.append(record("a:2", 2))
    await one.append(record("a:3", 3))
    await other.append(record("a:4", 4))
    other.rotate()
    await replay.run(door)
    assert door.took == ["a:1", "a:2", "a:3", "a:4"]
    assert one.empty


async def test_what_a_living_process_still_writes_is_read_once_and_stays_its_own(webs: Webs):
    (one, replay), (other, theirs), door = webs(), webs(), Door()
    await other.append(record("a:1", 1))
    await replay.run(door)
    await other.append(record("a:2", 2))
    await replay.run(door)
    assert door.took == ["a:1", "a:2"]
    assert not one.empty
    await theirs.run(door)
    assert one.empty


async def test_half_a_record_of_a_living_process_is_left_until_it_is_whole(webs: Webs):
    (one, replay), (other, _), door = webs(), webs(), Door()
    tricky = record("a:HUD1HUD1HUD1", 1)
    await other.append(record("b:1", 0))
    file = other._file
    assert file is not None
    other.folder.write(file, pack(tricky)[:-3])
    await replay.run(door)
    assert door.took == ["b:1"]
    other.folder.write(file, pack(tricky)[-3:])
    await replay.run(door)
    assert door.took == ["b:1", "a:HUD1HUD1HUD1"]
    assert report(one.folder.path, 0)["damaged"] == 0


async def test_what_is_accepted_while_a_replay_runs_overtakes_nothing(webs: Webs):
    (_, replay), (one, _), (other, _), door = webs(), webs(), webs(), Door()
    await one.append(now("a:0"))
    await other.append(now("b:0"))
    taking = door.commit

    async def meanwhile(group: Sequence[Webhook]) -> list[Fate]:
        fates = await taking(group)
        if len(door.took) <= 2 and "a:1" not in said:
            said.append("a:1")
            await one.append(now("a:1"))  # its file was read to the end already
            await other.append(now("a:2"))  # posted after the 200 of a:1
        return fates

    said: list[str] = []
    door.commit = meanwhile  # type: ignore[method-assign]
    await replay.run(door)
    await replay.run(door)
    assert [body for body in door.took if body[0] == "a"] == ["a:0", "a:1", "a:2"]


async def test_a_record_from_a_clock_that_jumped_is_not_waited_for(webs: Webs):
    (one, replay), door = webs(), Door()
    await one.append(record("a:1", 30 * 86400))
    await replay.run(door)
    assert door.took == ["a:1"]


async def test_a_locked_conversation_is_kept_in_order_and_delays_only_itself(webs: Webs):
    (one, replay), door = webs(), Door()
    for place, body in enumerate(("a:1", "b:1", "a:2", "b:2", "b:3", "a:3")):
        await one.append(record(body, place))
    door.locked = {"a"}
    await replay.run(door)
    assert door.took == ["b:1", "b:2", "b:3"]
    assert not one.empty
    assert not await replay.run(door)
    door.locked = set()
    await replay.run(door)
    assert door.took == ["b:1", "b:2", "b:3", "a:1", "a:2", "a:3"]
    assert one.empty


async def test_a_lock_that_ends_between_two_groups_lets_nothing_overtake(webs: Webs):
    (one, replay), door = webs(), Door()
    for place, body in enumerate(("a:1", "b:1", "a:2")):
        await one.append(record(body, place))
    door.locked = {"a"}
    taking = door.commit

    async def unlock(group: Sequence[Webhook]) -> list[Fate]:
        fates = await taking(group)
        door.locked = set()
        return fates

    door.commit = unlock  # type: ignore[method-assign]
    await replay.run(door)
    await replay.run(door)
    assert [body for body in door.took if body[0] == "a"] == ["a:1", "a:2"]


async def test_while_postgresql_is_away_the_files_stay_and_groups_become_smaller(webs: Webs):
    (one, replay), door = webs(), Door()
    for place in range(4):
        await one.append(record(f"a:{place}", place))
    door.shut = True
    for _ in range(2):
        with pytest.raises(StoreUnavailableError):
            await replay.run(door)
    assert door.sizes == [2, 1]
    door.shut = False
    await replay.run(door)
    assert door.took == [f"a:{place}" for place in range(4)]


async def test_a_replay_that_was_cut_off_goes_on_where_it_was(webs: Webs):
    (one, replay), door = webs(), Door()
    for number in range(6):
        await one.append(record(f"a:{number}", number))
    door.open_for = 2
    for _ in range(2):
        with pytest.raises(StoreUnavailableError):
            await replay.run(door)
        door.open_for = 3
    await replay.run(door)
    assert door.took == [f"a:{number}" for number in range(6)]
    assert one.empty


async def test_processes_that_die_in_the_middle_of_a_replay_bring_it_to_its_end_together(
    webs: Webs,
):
    (dead, _), door = webs(), Door()
    for number in range(9):
        await dead.append(record(f"a:{number}", number))
    dead.close()
    for left in (7, 5, 3, 1):
        _, replay = webs()
        door.open_for = 2
        with pytest.raises(StoreUnavailableError):
            await replay.run(door)
        assert report(dead.folder.path, 0)["records"] == left
    _, replay = webs()
    await replay.run(door)
    assert door.took == [f"a:{number}" for number in range(9)]
    assert dead.empty


async def test_a_file_that_is_in_makes_room_before_the_others_are(webs: Webs):
    door = Door()
    for start in (0, 4):
        dead, _ = webs()
        for number in range(start, start + 4):
            await dead.append(record(f"a:{number}", number))
        dead.close()
    spool, replay = webs()
    door.open_for = 4
    with pytest.raises(StoreUnavailableError):
        await replay.run(door)
    assert len(spool.names()) == 1


async def test_a_disk_that_takes_no_mark_costs_reading_again_and_nothing_else(
    webs: Webs, monkeypatch: pytest.MonkeyPatch
):
    (one, replay), door = webs(), Door()
    for number in range(4):
        await one.append(record(f"a:{number}", number))

    def refuse(_folder: Folder, _file: BinaryIO, _at: int, _data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Folder, "mark", refuse)
    await replay.run(door)
    assert door.took == [f"a:{number}" for number in range(4)]
    assert one.empty


async def test_a_damaged_stretch_is_met_again_after_a_cut_off(webs: Webs):
    (one, replay), door = webs(), Door()
    for number in range(4):
        await one.append(record(f"a:{number}", number))
    one.rotate()
    (name,) = one.names()
    path = one.folder.path / name
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2] + b"rot" + data[len(data) // 2 + 3 :])
    door.open_for = 1
    with pytest.raises(StoreUnavailableError):
        await replay.run(door)
    await replay.run(door)
    assert set(door.took) == {"a:0", "a:1", "a:3"}
    assert report(one.folder.path, 0)["damaged"] == 1


async def test_a_full_disk_is_emptied_by_a_process_that_starts_on_it(
    tmp_path: Path, webs: Webs, monkeypatch: pytest.MonkeyPatch
):
    (dead, _), door = webs(), Door()
    await dead.append(record("a:1", 1))
    dead.close()

    def no_room(_folder: Folder, _file: BinaryIO, _data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(Folder, "write", no_room)
        spool, replay = webs()
        with pytest.raises(SpoolUnavailableError, match="No space"):
            await spool.append(record("a:2", 2))
        await replay.run(door)
    assert door.took == ["a:1"]
    assert list(tmp_path.iterdir()) == []
    await spool.append(record("a:2", 2))


async def test_a_damaged_file_is_set_aside_and_shown_and_its_neighbours_go_in(webs: Webs):
    (one, replay), door = webs(), Door()
    broken = bytearray(pack(record("a:2", 2)))
    broken[-1] ^= 255
    (one.folder.path / "1.0-0-1.spool").write_bytes(
        pack(record("a:1", 1)) + bytes(broken) + pack(record("a:3", 3))
    )
    await replay.run(door)
    assert door.took == ["a:1", "a:3"]
    assert one.empty
    assert report(one.folder.path, 0)["damaged"] == 1
    assert (one.folder.path / "1.0-0-1.spool.damaged").exists()


async def test_one_process_replays_at_a_time_and_a_stopped_one_does_not_stop_the_rest(webs: Webs):
    (one, replay), door = webs(), Door()
    stopped = one.folder.lock_whole()
    assert stopped is not None
    await one.append(record("a:1", 1))
    for _ in range(LOOKS_MAX):
        assert not await replay.run(door)
    assert door.took == []
    await replay.run(door)
    one.folder.close_whole(stopped)
    assert door.took == ["a:1"]


async def test_a_spool_of_many_records_is_read_in_small_pieces(webs: Webs):
    (one, replay), door = webs(), Door()
    await asyncio.gather(*(one.append(record(f"a:{n:03}", n)) for n in range(200)))
    await replay.run(door)
    assert max(door.sizes) == 2
    assert door.took == [f"a:{n:03}" for n in range(200)]
