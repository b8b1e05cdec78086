"""The spool's disk is full: a small tmpfs where that is allowed, else a folder that takes nothing.

The tmpfs is mounted in a mount namespace of the drill's own, so nothing of it is left behind
however the drill ends. An ordinary user may not mount; then the folder is closed to its owner for
a while, and the spool meets EACCES in place of ENOSPC.
"""

from __future__ import annotations

import ctypes
import errno
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hudhud.ops.drills.field import CannotRunError

DISK_BYTES = 8 * 1024 * 1024
CLONE_NEWNS = 0x00020000  # Linux, <sched.h>
BLOCK_BYTES = 64 * 1024
BALLAST = "ballast"
TMPFS = "a small tmpfs"
CLOSED = "the data folder, closed for a while"
NOTHING = "the data folder; as root without the right to mount it cannot be full"


def own_namespace() -> bool:
    """Give this process mounts of its own; False where that is not allowed.

    Call it before any thread or child is started: they inherit the namespace of this moment.
    """
    if os.geteuid() != 0:
        return False
    try:
        unshared = ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNS)
    except (AttributeError, OSError):  # not Linux
        return False
    return unshared == 0 and _run("mount", "--make-rprivate", "/")


@contextmanager
def small(folder: Path, *, may_mount: bool) -> Iterator[str]:
    """The spool folder on what can be full; the text says what that is."""
    folder.mkdir(mode=0o700)
    options = f"size={DISK_BYTES},mode=0700"
    if may_mount and _run("mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)):
        try:
            yield TMPFS
        finally:
            # Lazily: what still runs there ends a moment later, and the folder must go.
            _run("umount", "--lazy", str(folder))
    else:
        yield NOTHING if os.geteuid() == 0 else CLOSED


@contextmanager
def full(folder: Path, spool_on: str) -> Iterator[None]:
    """No byte more goes into the spool folder while this lasts.

    Raises:
        CannotRunError: nothing that can be full lies under it.
    """
    if spool_on == TMPFS:
        ballast = folder / BALLAST
        try:
            _fill(ballast)
            yield
        finally:
            ballast.unlink()
    elif spool_on == CLOSED:
        folder.chmod(0o500)
        try:
            yield
        finally:
            folder.chmod(0o700)
    else:
        raise CannotRunError(spool_on)


def _fill(ballast: Path) -> None:
    # Written, not only sized: a tmpfs gives its pages when they are written.
    with ballast.open("wb", buffering=0) as file:
        for block_bytes in (BLOCK_BYTES, 1):
            try:
                while True:
                    file.write(bytes(block_bytes))
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise


def _run(*command: str) -> bool:
    run = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - the system's own
    return run.returncode == 0
