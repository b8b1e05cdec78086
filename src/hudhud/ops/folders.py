"""The data directory: made once, closed to strangers; no other folder's mode is touched."""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
from pathlib import Path

from hudhud.errors import EngineError
from hudhud.ops.account import Account, engine_account

OURS = frozenset(
    {"backups", "engines", "keys", "logs", "postgresql", "run", "spool", "uploads", "valkey"}
)
# sun_path holds 104 bytes on macOS, 108 on Linux, the closing NUL included.
SOCKET_PATH_BYTES_MAX = 103
LONGEST_SOCKET_NAME = ".s.PGSQL.5432"


def prepare(data_dir: Path) -> Account | None:
    """Make the data directory if it is not there, and return the account of its engines.

    As root the folder is root's, and the engines' group may pass through it (0710); else it is
    ours alone (0700). Parents are used as they are.

    Raises:
        EngineError: the engines' account cannot reach the folder; the detail names the folder
            that bars the way, and nothing was changed.
    """
    account = engine_account(data_dir)
    if not data_dir.exists():
        data_dir.parent.mkdir(parents=True, exist_ok=True)
        data_dir.mkdir(mode=0o700)
    if account is None:
        return None
    for parent in reversed(data_dir.parents):
        if not _may_pass(parent, account):
            raise EngineError(_barred(parent, data_dir))
    if not _may_pass(data_dir, account):
        # A folder given to us may be closed (mktemp -d); its group becomes the engines', which has
        # no members, and only this one folder gets a mode. What holds other things is not ours.
        if not OURS.issuperset(entry.name.split(".")[0] for entry in data_dir.iterdir()):
            raise EngineError(_barred(data_dir, data_dir))
        os.chown(data_dir, -1, account.gid)
        data_dir.chmod(0o710)
    return account


def own(folder: Path, account: Account | None) -> Path:
    """Make a folder (0700) that belongs to the engines' account; one that exists is left alone."""
    if not folder.exists():
        folder.mkdir(mode=0o700)
        if account is not None:
            os.chown(folder, *account)
    return folder


def socket_folder(data_dir: Path, account: Account | None) -> Path:
    """The folder of the engines' Unix sockets: in the data directory, elsewhere when it is deep.

    Raises:
        EngineError: the short folder exists and belongs to somebody else.
    """
    folder = data_dir / "run"
    if len(os.fsencode(folder / LONGEST_SOCKET_NAME)) <= SOCKET_PATH_BYTES_MAX:
        return own(folder, account)
    base = Path("/run" if os.geteuid() == 0 and Path("/run").is_dir() else "/tmp")  # noqa: S108 - the folder below is checked
    name = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:12]
    folder = own(base / f"hudhud-{name}", account)
    found = folder.lstat()
    owner = os.geteuid() if account is None else account.uid
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o077:
        raise EngineError(f"{folder} belongs to somebody else; remove it.")
    return folder


def _may_pass(folder: Path, account: Account) -> bool:
    # Asked of the kernel under that account: mode bits alone do not know access lists.
    run = subprocess.run(  # noqa: S603 - fixed program
        ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)],
        stderr=subprocess.DEVNULL,
        cwd="/",
        check=False,
        **account.popen,
    )
    return run.returncode == 0


def _barred(folder: Path, data_dir: Path) -> str:
    return (
        f"Started as root, the engines run as an unprivileged user, and that user may not pass "
        f"through {folder}. Its mode stays as it is; set HUDHUD_DATA_DIR to a folder that can be "
        f"reached (/var/lib/hudhud is the default) instead of {data_dir}, or start as an "
        f"ordinary user."
    )
