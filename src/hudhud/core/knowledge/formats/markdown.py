"""Markdown: headings, paragraphs, lists and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from hudhud.core.knowledge.formats.block import Block, row
from hudhud.core.knowledge.formats.plain import decoded

# Deeper nesting is no text of people's.
_NESTING_MAX = 20
_READER = MarkdownIt("commonmark", {"maxNesting": _NESTING_MAX, "html": False}).enable("table")


def blocks(body: bytes) -> Iterator[Block]:
    """Blocks in their order; a row of a table names its columns."""
    table = _Table()
    level = 0
    for token in _READER.parse(decoded(body)):
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "inline" and table.in_cell:
            table.cells.append(_words(token.children or ()))
        elif token.type == "inline":
            yield from _block(_words(token.children or ()), level)
        elif token.type in ("fence", "code_block"):
            yield from _block(token.content.strip())
        elif told := table.told(token.type):
            yield Block(told)


class _Table:
    """The table that is being read: what its columns are called, and the cells of a row."""

    def __init__(self) -> None:
        self.cells: list[str] = []
        self.in_cell = False
        self._heads: list[str] = []

    def told(self, kind: str) -> str:
        """A whole row, where one ends here."""
        if kind in ("th_open", "td_open", "th_close", "td_close"):
            self.in_cell = kind.endswith("open")
        elif kind == "tr_open":
            self.cells = []
        elif kind == "thead_close":
            self._heads, self.cells = self.cells, []
        elif kind == "tbody_close":
            self._heads = []
        elif kind == "tr_close" and self._heads:
            return row(self.cells, self._heads)
        return ""


def _block(text: str, level: int = 0) -> Iterator[Block]:
    if text:
        yield Block(text, level)


def _words(children: Sequence[Token]) -> str:
    """What a reader sees: marks of emphasis, addresses of links and pictures are none of it."""
    said = (
        "\n" if child.type in ("softbreak", "hardbreak") else child.content
        for child in children
        if child.type in ("text", "code_inline", "softbreak", "hardbreak")
    )
    return "".join(said).strip()
