"""A Lua script beside this code, called by the hash of its text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Script:
    """One script. Valkey knows it by its content, so two releases can run side by side."""

    text: str
    sha: str


def named(name: str) -> Script:
    """Read `scripts/NAME.lua`."""
    text = (files("hudhud.queue") / "scripts" / f"{name}.lua").read_text(encoding="utf-8")
    return Script(text, hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest())
