"""What every format is read into: blocks of text in reading order."""

from __future__ import annotations

from typing import Literal

import msgspec

# A document of more is refused, whatever its format: half a book would find half the answers.
TEXT_CHARS_MAX = 1_000_000
# Between the cells of a row, and between a cell and what its column is called.
CELLS = " · "

Kind = Literal["text", "markdown", "html", "pdf", "docx"]
Why = Literal[
    "broken",
    "empty",
    "encrypted",
    "no_text",
    "too_heavy",
    "too_large",
    "too_long",
    "too_many_pages",
    "unknown_kind",
]


class Block(msgspec.Struct, frozen=True, omit_defaults=True):
    """A paragraph, a row of a table, or a heading of `level` 1 and more; `page` counts from 1."""

    text: str
    level: int = 0
    page: int = 0


class UnfitError(Exception):
    """This document is not read, and why."""

    def __init__(self, why: Why) -> None:
        """Keep the reason, as `DocumentRefusedError` tells it."""
        self.why: Why = why
        super().__init__(why)


def row(cells: list[str], heads: list[str]) -> str:
    """One row of a table as a sentence that stands alone: «المدينة: بغداد · الأجرة: ٥٠٠٠»."""
    named = zip(cells, [*heads, *[""] * len(cells)], strict=False)
    told = (f"{head}: {cell}" if head and head != cell else cell for cell, head in named if cell)
    return CELLS.join(told)
