"""The settings of this process, with the keys that the data directory keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hudhud.settings import Settings, load


def loaded() -> Settings:
    """Every setting, with the keys that the data directory keeps where the environment has none.

    Raises:
        SettingsWrongError: everything that is wrong, at once.
    """
    from hudhud.ops.keys import ensure_keys  # noqa: PLC0415 - `--help` must not wait for it

    settings = load()
    if settings.secret_key and settings.encryption_key_hex:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        return settings
    kept = ensure_keys(settings.data_dir)
    keys: dict[str, Any] = {name.lower(): value for name, value in kept.items()}
    return replace(settings, **keys)
