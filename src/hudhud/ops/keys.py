"""Keys and passwords: made once, 0600, and the same ever after."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from hudhud.errors import SettingsWrongError
from hudhud.ops.folders import prepare

# SECRET_KEY signs sessions, ENCRYPTION_KEY_HEX is 32 bytes for AES-256; both as hexadecimal digits.
KEY_BYTES = 32
NAMES = ("SECRET_KEY", "ENCRYPTION_KEY_HEX")


def ensure_keys(data_dir: Path, environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """The program's keys: from the environment, else from DATA/keys, else made there now.

    A second start reads what the first one made, so people stay signed in and tokens readable.

    Args:
        data_dir: HUDHUD_DATA_DIR; made when it is not there.
        environ: variables by name; the process's own by default. `NAME_FILE` counts as given.

    Returns:
        The keys that the environment does not give, by variable name.

    Raises:
        SettingsWrongError: a key's file can be read by others.
    """
    env = os.environ if environ is None else environ
    data_dir = Path(os.path.realpath(data_dir))
    prepare(data_dir)
    return {
        name: keep(data_dir / "keys" / name, fresh_bytes=KEY_BYTES)
        for name in NAMES
        if not env.get(name) and not env.get(f"{name}_FILE")
    }


def keep(path: Path, *, fresh_bytes: int) -> str:
    """Read a secret; when its file is not there, make one of so many random bytes (hexadecimal).

    Raises:
        SettingsWrongError: the file can be read by others.
    """
    path.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        opened = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return kept(path)
    with os.fdopen(opened, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(fresh_bytes))
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # the name must survive a power cut too, else the next start makes another
    finally:
        os.close(folder)
    return kept(path)


def kept(path: Path) -> str:
    """Read a secret that was made before.

    Raises:
        SettingsWrongError: the file is gone, empty, or can be read by others.
    """
    try:
        mode = path.stat().st_mode
        value = path.read_text(encoding="ascii").strip()
    except OSError:
        raise SettingsWrongError((f"{path}: cannot be read; put it back from a backup",)) from None
    if mode & 0o077:
        raise SettingsWrongError((f"{path}: other users may read it; run chmod 600 {path}",))
    if not value:
        raise SettingsWrongError((f"{path}: is empty; put it back from a backup",))
    return value
