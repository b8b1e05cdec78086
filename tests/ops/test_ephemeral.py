from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from hudhud.errors import HudhudError
from hudhud.ops import ephemeral
from hudhud.ops.ephemeral import forgets, kind, refuse_ephemeral

MOUNTS = """\
21 98 0:19 / /proc rw,relatime shared:5 - proc proc rw
98 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
25 98 0:23 / /mnt/with\\040space rw - tmpfs tmpfs rw,size=1k
99 98 254:0 /data /srv/bound rw master:3 shared:7 - ext4 /dev/vda rw
77 98 0:51 / /var/lib/docker/x/merged rw - overlay overlay rw,lowerdir=/a
"""
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - only looked at


@pytest.mark.parametrize(
    ("major", "minor", "type_"),
    [(0, 23, "tmpfs"), (254, 0, "ext4"), (0, 51, "overlay"), (9, 9, "")],
)
def test_a_file_system_is_known_by_its_device(major: int, minor: int, type_: str):
    assert kind(MOUNTS, os.makedev(major, minor)) == type_


def test_a_folder_in_memory_is_refused_before_it_is_made():
    if sys.platform != "linux" or not SHARED_MEMORY.is_dir():
        pytest.skip("only Linux says what lies in memory")
    with pytest.raises(HudhudError, match=r"tmpfs.*HUDHUD_DATA_DIR"):
        refuse_ephemeral(SHARED_MEMORY / "not" / "there" / "yet")


def test_a_folder_on_a_disk_is_taken(short_dir: Path, monkeypatch: pytest.MonkeyPatch):
    mounts = short_dir / "mountinfo"
    device = short_dir.stat().st_dev
    place = f"{os.major(device)}:{os.minor(device)}"
    mounts.write_text(MOUNTS.replace("254:0", place), encoding="utf-8")
    monkeypatch.setattr(ephemeral, "MOUNTS", mounts)
    assert forgets(short_dir / "spool") is None


def test_where_nobody_can_tell_nothing_is_refused(short_dir: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ephemeral, "MOUNTS", short_dir / "absent")
    refuse_ephemeral(SHARED_MEMORY)
