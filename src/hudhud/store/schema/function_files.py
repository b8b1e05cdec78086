"""The SQL functions as this release has them: one file each, replaced as a whole when it changed.

A table changes step by step, in numbered files that nobody edits again; a function has no past
that its data depends on, so its newest text stands in one place. The functions in the first
migrations are what these began as.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from importlib.resources.abc import Traversable

import msgspec


class FunctionFile(msgspec.Struct, frozen=True):
    """One file of `create or replace`; safe to run again, and while the old release still runs.

    What the old release calls keeps its parameters and columns: a function that needs others gets
    a new name or a longer list of parameters, and a later `after` migration drops the old one.
    """

    name: str
    sql: str

    @property
    def sha256(self) -> str:
        """The fingerprint by which a database knows whether it has this text."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def packaged_functions() -> tuple[FunctionFile, ...]:
    """The files of this release, by name; a subject of several has a folder."""
    found = _sql_files(resources.files("hudhud.store.schema") / "functions")
    files = (FunctionFile(entry.name, entry.read_text(encoding="utf-8")) for entry in found)
    return tuple(sorted(files, key=lambda file: file.name))


def _sql_files(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _sql_files(entry)
        elif entry.name.endswith(".sql"):
            yield entry


def changed(files: Iterable[FunctionFile], applied: Mapping[str, str]) -> tuple[FunctionFile, ...]:
    """The files whose text the database does not have yet; `applied` is sha256 by name."""
    return tuple(file for file in files if applied.get(file.name) != file.sha256)
