"""Settings are read once from the environment; all that is wrong is said in one message."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import Field, fields
from pathlib import Path
from typing import Any

from hudhud.errors import SettingsWrongError
from hudhud.readers import text_of, unknown, without_value
from hudhud.settings.variables import Settings

PREFIX = "HUDHUD_"


def declared() -> tuple[Field[Any], ...]:
    """Every variable's declaration, in order; `metadata` holds name, doc, read and secret."""
    return fields(Settings)


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read all settings.

    Args:
        environ: variables by name; the process's own by default.

    Raises:
        SettingsWrongError: one list of every missing, wrong or unknown variable; no value in it
            (a value may be a secret that landed in the wrong variable).
    """
    env = dict(os.environ if environ is None else environ)
    names = {d.metadata["name"] for d in declared()}
    names |= {d.metadata["name"] + "_FILE" for d in declared() if d.metadata["secret"]}
    problems = unknown(env, names, prefix=PREFIX)
    values: dict[str, Any] = {}
    for declaration in declared():
        meta = declaration.metadata
        try:
            text = text_of(env, meta["name"], secret=meta["secret"])
            if text:
                values[declaration.name] = meta["read"](text)
        except ValueError as error:
            problems.append(f"{meta['name']}: {without_value(error)}")
    if problems:
        raise SettingsWrongError(tuple(problems))
    values.setdefault("data_dir", _home())
    return Settings(**values)


def _home() -> Path:
    if os.geteuid() == 0:
        return Path("/var/lib/hudhud")
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "hudhud"
