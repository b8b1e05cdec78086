"""The numbered SQL files, and every reason to refuse them; pure, no database.

A change comes as a pair: an odd file that is safe while the old release still runs (`before`: it
only adds), and the even file after it that takes away what nobody uses any more (`after`). A
rolling release applies all of its `before` files first, so order is promised within each kind,
and for an `after` file that its own `before` is there.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from importlib import resources
from typing import Literal

import msgspec

from hudhud.errors import MigrationError

Phase = Literal["before", "after"]

NAME = re.compile(r"(?P<number>[0-9]{4})_[a-z0-9_]+_(?P<phase>before|after)\.sql")
# `begin` of plpgsql carries no semicolon.
ENDS_TRANSACTION = re.compile(
    r"^\s*(begin|commit|rollback)(\s+\w+)?\s*;", re.IGNORECASE | re.MULTILINE
)


class MigrationFile(msgspec.Struct, frozen=True):
    """One SQL file; its number is what orders it, its fingerprint what makes it unchangeable."""

    name: str
    sql: str

    @property
    def number(self) -> int:
        """The four digits that its name begins with."""
        return int(self.name[:4])

    @property
    def phase(self) -> Phase:
        """Odd files are `before`, even ones `after`."""
        return "before" if self.number % 2 else "after"

    @property
    def sha256(self) -> str:
        """The fingerprint that is kept when it is applied."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


class Applied(msgspec.Struct, frozen=True):
    """One row of `schema_migrations`, as far as the checks read it."""

    number: int
    name: str
    sha256: str


def packaged() -> tuple[MigrationFile, ...]:
    """The files of this release, in order."""
    folder = resources.files("hudhud.store.schema") / "migrations"
    found = (entry for entry in folder.iterdir() if entry.name.endswith(".sql"))
    files = (MigrationFile(entry.name, entry.read_text(encoding="utf-8")) for entry in found)
    return tuple(sorted(files, key=lambda file: file.name))


def plan(files: Sequence[MigrationFile], applied: Iterable[Applied]) -> tuple[MigrationFile, ...]:
    """The files that are still to be applied, in order.

    Args:
        files: those of this release.
        applied: the rows of `schema_migrations`.

    Raises:
        MigrationError: the files are not sound, or they and the database do not agree.
    """
    ordered = _sound(files)
    rows = {row.number: row for row in applied}
    by_number = {file.number: file for file in ordered}
    for row in sorted(rows.values(), key=lambda row: row.number):
        _refuse_strange(row, by_number.get(row.number), newest=len(ordered))
    pending = tuple(file for file in ordered if file.number not in rows)
    for file in pending:
        _refuse_late(file, rows)
    return pending


def _sound(files: Sequence[MigrationFile]) -> list[MigrationFile]:
    """The files in order, when their names, numbers and words can be trusted."""
    for file in files:
        match = NAME.fullmatch(file.name)
        if match is None or match["phase"] != file.phase:
            raise MigrationError(
                f"{file.name}: an odd file is named NNNN_words_before.sql, an even one "
                "NNNN_words_after.sql."
            )
        if ENDS_TRANSACTION.search(file.sql):
            raise MigrationError(f"{file.name} begins or ends a transaction; the runner does that.")
    ordered = sorted(files, key=lambda file: file.name)
    for place, file in enumerate(ordered, start=1):
        if file.number < place:
            raise MigrationError(f"{file.name} has the same number as {ordered[place - 2].name}.")
        if file.number > place:
            raise MigrationError(f"Number {place:04} is missing before {file.name}.")
    return ordered


def _refuse_strange(row: Applied, file: MigrationFile | None, *, newest: int) -> None:
    if row.number > newest:
        raise MigrationError(
            f"{row.name} is in the database and newer than this release, which ends at "
            f"{newest:04}; start the newer release."
        )
    if file is None or file.name != row.name:
        raise MigrationError(f"{row.name} was applied and is gone from this release; put it back.")
    if file.sha256 != row.sha256:
        raise MigrationError(
            f"{file.name} was edited after it was applied; put it back as it was, and write the "
            "change in a new file."
        )


def _refuse_late(file: MigrationFile, rows: dict[int, Applied]) -> None:
    later = [n for n in rows if n > file.number and (n - file.number) % 2 == 0]
    if file.phase == "before" and file.number + 1 in rows:
        later.append(file.number + 1)
    if later:
        raise MigrationError(
            f"{file.name} is not applied, and {rows[min(later)].name}, which comes later, is."
        )
