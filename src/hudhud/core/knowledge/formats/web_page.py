"""HTML: what a visitor of the page would read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from hudhud.core.knowledge.formats.block import Block, row
from hudhud.core.knowledge.formats.plain import decoded

_NAMED = re.compile(rb"""<meta[^>]{0,200}charset=["']?\s*([\w-]{1,40})""", re.IGNORECASE)
# Nobody reads these; what is hidden is often written for machines alone.
_UNREAD = frozenset(
    {"script", "style", "template", "noscript", "svg", "math", "nav", "select", "iframe", "object"}
)
_VOID = frozenset({"br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "font", "i", "img", "ins", "kbd"}
    | {
        "label",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    }
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0", re.IGNORECASE)
_HEADING = re.compile(r"h([1-6])")
_DEPTH_MAX = 2000


def blocks(body: bytes) -> Iterator[Block]:
    """Blocks in their order; a row of a table names its columns."""
    named = _NAMED.search(body[:4096])
    page = _Page()
    page.feed(decoded(body, named[1].decode("ascii") if named else ""))
    page.close()
    page.end()
    yield from page.found


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Block] = []
        self._said: list[str] = []
        self._level = 0
        self._unread: list[str] = []  # open tags from the first unread one on
        self._cells: list[str] | None = None
        self._heads: list[str] = []
        self._heading_row = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self._unread or tag in _UNREAD or _hidden(given):
            if tag not in _VOID and len(self._unread) < _DEPTH_MAX:
                self._unread.append(tag)
            return
        if tag == "br":
            self._said.append("\n")
        elif tag == "img":
            self._said.append(f" {given.get('alt') or ''} ")
        elif tag not in _INLINE:
            self._begin(tag)

    def _begin(self, tag: str) -> None:
        if tag not in ("td", "th") or self._cells is None:
            self.end()
        if heading := _HEADING.fullmatch(tag):
            self._level = int(heading[1])
        elif tag == "table":
            self._heads = []
        elif tag == "tr":
            self._cells, self._heading_row = [], True
        elif tag == "td":
            self._heading_row = False

    def handle_endtag(self, tag: str) -> None:
        if self._unread:
            if tag in self._unread:
                while self._unread.pop() != tag:
                    pass
            return
        if tag in ("td", "th") and self._cells is not None:
            self._cells.append(self._words())
        elif tag == "tr" and self._cells is not None:
            cells, self._cells = self._cells, None
            if self._heading_row and any(cells):
                self._heads = cells
            elif any(cells):
                self.found.append(Block(row(cells, self._heads)))
        elif tag not in _INLINE:
            self.end()

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self._said.append(re.sub(r"\s+", " ", data))

    def end(self) -> None:
        """Whatever was said so far is a block of its own; within a cell it is a part of it."""
        if self._cells is not None:
            self._said.append(" ")
            return
        if text := self._words():
            self.found.append(Block(text, self._level))
        self._level = 0

    def _words(self) -> str:
        lines = "".join(self._said).split("\n")
        self._said.clear()
        return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def _hidden(given: dict[str, str | None]) -> bool:
    shown = "hidden" not in given and given.get("aria-hidden") != "true"
    return not shown or bool(_HIDDEN.search(given.get("style") or ""))
