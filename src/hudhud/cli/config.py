"""`hudhud config`: every setting, where it came from, and never a secret."""

from __future__ import annotations

import os
from typing import Any, Literal

import msgspec

from hudhud.cli.running import AsJson, print_json, print_table
from hudhud.settings import Settings, declared, load

Provenance = Literal["environment", "file", "default"]
HIDDEN = "(set, not shown)"


class Shown(msgspec.Struct, frozen=True):
    """One setting as it may be printed."""

    name: str
    value: str | None
    source: Provenance
    secret: bool
    doc: str


def config(*, as_json: bool = AsJson) -> None:
    """Show every setting and where it came from; secrets are never shown."""
    settings = load()
    rows = [_shown(settings, declaration) for declaration in declared()]
    if as_json:
        print_json(rows)
        return
    print_table(
        ("Variable", "Value", "From", "Meaning"),
        [(row.name, row.value, row.source, row.doc) for row in rows],
        "There are no settings.",
    )


def _shown(settings: Settings, declaration: Any) -> Shown:
    meta = declaration.metadata
    name, secret = meta["name"], meta["secret"]
    value = getattr(settings, declaration.name)
    source: Provenance = "default"
    if os.environ.get(name):
        source = "environment"
    elif secret and os.environ.get(f"{name}_FILE"):
        source = "file"
    if secret and source != "default":
        told: str | None = HIDDEN
    else:
        told = None if value in ("", None) else str(value)
    return Shown(name, told, source, secret, meta["doc"])
