"""Whether a folder is empty after the next start: in memory, or in a container's own layer."""

from __future__ import annotations

import os
from pathlib import Path

from hudhud.errors import HudhudError

MOUNTS = Path("/proc/self/mountinfo")
KINDS = {
    "tmpfs": "in memory (tmpfs)",
    "ramfs": "in memory (ramfs)",
    "overlay": "in a container's own layer (overlay)",
    "aufs": "in a container's own layer (aufs)",
}


def refuse_ephemeral(folder: Path) -> None:
    """Complain of a folder that forgets.

    Raises:
        HudhudError: with where it lies, and what to do.
    """
    if where := forgets(folder):
        raise HudhudError(
            f"{folder} is {where}, and empty after the next start; put it on a disk or a volume "
            "(HUDHUD_DATA_DIR)."
        )


def forgets(folder: Path) -> str | None:
    """Where a folder that forgets lies; None for one that is kept, or where nobody can tell.

    Args:
        folder: one that is not there yet will be made in its nearest parent.
    """
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    try:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="replace")
    except OSError:  # Linux alone has this file
        return None
    return KINDS.get(kind(mounts, there.stat().st_dev))


def kind(mounts: str, device: int) -> str:
    """The type of the file system on a device, out of the text of `mountinfo`; pure.

    By device and not by path: what is mounted over a path, or bound to another, is told right.
    """
    wanted = f"{os.major(device)}:{os.minor(device)}"
    for line in mounts.splitlines():
        place, _, system = line.partition(" - ")
        if place.split()[2] == wanted:
            return system.split()[0]
    return ""
