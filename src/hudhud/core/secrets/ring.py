"""The keys of ENCRYPTION_KEY_HEX, newest first: where they are kept, and how one is added.

They come from the environment, or from DATA/keys/ENCRYPTION_KEY_HEX, which `hudhud up` makes. The
file is read anew by processes that meet a key they do not know, so a rotation restarts nothing.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from functools import partial
from pathlib import Path

from hudhud.core.secrets.vault import KEY_BYTES, Vault
from hudhud.settings import Settings


def vault_of(settings: Settings) -> Vault:
    """The vault of this installation."""
    path = ring_file(settings)
    reread = partial(keys_in, path) if path is not None else None
    return Vault(*settings.encryption_key_hex.split(","), reread=reread)


def ring_file(settings: Settings) -> Path | None:
    """The file that these settings took their keys from; None: the environment names them."""
    path = settings.data_dir / "keys" / "ENCRYPTION_KEY_HEX"
    return path if set(keys_in(path)) & set(settings.encryption_key_hex.split(",")) else None


def keys_in(path: Path) -> tuple[str, ...]:
    """The keys of the file, newest first; none when there is no file."""
    try:
        return tuple(filter(None, path.read_text(encoding="ascii").strip().split(",")))
    except OSError:
        return ()


def add_fresh(path: Path) -> None:
    """Put a new key before the others."""
    _write(path, (secrets.token_hex(KEY_BYTES), *keys_in(path)))


def keep_first(path: Path) -> None:
    """Leave only the newest key."""
    _write(path, keys_in(path)[:1])


def _write(path: Path, keys: tuple[str, ...]) -> None:
    # Whole or not at all, and on disk before anything is sealed with it.
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="ascii") as draft:
        draft.write(",".join(keys))
        draft.flush()
        os.fsync(draft.fileno())
    Path(draft.name).replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
