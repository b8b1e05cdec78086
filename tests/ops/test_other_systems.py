"""What macOS lacks or does otherwise, tried here by taking it away."""

from __future__ import annotations

import csv
import errno
import fcntl
import json
import os
import resource
from pathlib import Path
from typing import Any

import psutil
import pytest
from PIL import Image

from hudhud.core.importing import sheet
from hudhud.core.intake.folder import flush
from hudhud.core.media import shrink
from hudhud.ops.engines import postgresql, process
from hudhud.ops.ports import UNKNOWN, _holder

F_FULLFSYNC = 51


@pytest.fixture
def no_memory_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """No limit of this process is changed, and that of its memory is refused."""

    def set_limit(which: int, _: tuple[int, int]) -> None:
        if which == resource.RLIMIT_AS:
            raise ValueError("current limit exceeds maximum limit")

    monkeypatch.setattr(resource, "setrlimit", set_limit)


@pytest.mark.usefixtures("no_memory_limit")
def test_a_thumbnail_is_made_where_memory_cannot_be_limited(tmp_path: Path):
    source, place = tmp_path / "picture.png", tmp_path / "small"
    Image.new("RGB", (900, 600)).save(source)
    assert shrink.main(str(source), str(place)) == 0
    with Image.open(place) as made:
        assert made.width == shrink.SIDE_PX


@pytest.mark.usefixtures("no_memory_limit")
def test_a_sheet_is_read_where_memory_cannot_be_limited(tmp_path: Path):
    source, place = tmp_path / "list.csv", tmp_path / "rows"
    source.write_text("name,price\nقميص,25000\n", encoding="utf-8")
    before = csv.field_size_limit()
    try:
        assert sheet.main(str(source), str(place)) == 0
    finally:
        csv.field_size_limit(before)
    told = place.read_text(encoding="utf-8").splitlines()
    assert json.loads(told[-1]) == ["قميص", "25000"]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked of the disk, on a system whose fsync stops at the drive's cache."""
    asked: list[str] = []
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", F_FULLFSYNC, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", lambda _, command: asked.append(f"full {command}"))
    monkeypatch.setattr(os, "fsync", lambda _: asked.append("fsync"))
    return asked


def refusing(number: int) -> Any:
    def refuse(*_: int) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


def test_the_spool_is_flushed_through_the_drives_cache(asked: list[str]):
    flush(0)
    assert asked == [f"full {F_FULLFSYNC}"]


def test_a_file_system_without_a_full_flush_is_synced(asked: list[str], monkeypatch):
    monkeypatch.setattr(fcntl, "fcntl", refusing(errno.ENOTSUP))
    flush(0)
    assert asked == ["fsync"]


def test_a_disk_that_fails_is_not_asked_more_gently(asked: list[str], monkeypatch):
    monkeypatch.setattr(fcntl, "fcntl", refusing(errno.EIO))
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        flush(0)
    assert asked == []


def test_a_commit_goes_through_the_drives_cache_on_macos_alone():
    assert postgresql.ours("darwin")["wal_sync_method"] == "fsync_writethrough"
    assert "wal_sync_method" not in postgresql.ours("linux")


def test_who_holds_a_port_may_stay_unknown(monkeypatch: pytest.MonkeyPatch):
    def refuse(**_: str) -> None:
        raise psutil.AccessDenied

    monkeypatch.setattr(psutil, "net_connections", refuse)
    assert _holder(39417) == UNKNOWN


@pytest.mark.parametrize("error", [psutil.AccessDenied, psutil.NoSuchProcess, psutil.ZombieProcess])
def test_a_process_that_is_ending_is_no_server(error: type[psutil.Error], monkeypatch):
    def refuse(_: psutil.Process) -> None:
        raise error(os.getpid())

    monkeypatch.setattr(psutil.Process, "cmdline", refuse)
    assert process._leads(psutil.Process(), "postgres") is False
