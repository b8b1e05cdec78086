"""Word's DOCX: a ZIP with XML in it, of which neither may be trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Final
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from hudhud.core.knowledge.formats.block import Block, UnfitError, row

# Of one part, whatever its packing says of itself: a bomb lies about that.
UNPACKED_BYTES_MAX: Final = 64 * 1024 * 1024
_MAIN, _STYLES = "word/document.xml", "word/styles.xml"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main "
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_TITLE = "title"
_LEVEL_MAX = 9


def blocks(body: bytes) -> Iterator[Block]:
    """Paragraphs and rows in their order; a row names its columns.

    Raises:
        UnfitError: it is no DOCX, or larger than it may be.
    """
    try:
        with ZipFile(BytesIO(body)) as packed:
            names = set(packed.namelist())
            if _MAIN not in names:
                raise UnfitError("unknown_kind" if names else "broken")
            styles = _Styles()
            if _STYLES in names:
                _read(_part(packed, _STYLES), styles)
            text = _Text(styles.levels)
            _read(_part(packed, _MAIN), text)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        # RuntimeError is what an encrypted part raises.
        raise UnfitError("encrypted" if isinstance(error, RuntimeError) else "broken") from error
    yield from text.found


def _part(packed: ZipFile, name: str) -> bytes:
    with packed.open(name) as part:
        body = part.read(UNPACKED_BYTES_MAX + 1)
    if len(body) > UNPACKED_BYTES_MAX:
        raise UnfitError("too_heavy")
    return body


class _Part:
    """Takes the elements of Word's own namespace as they come."""

    def begin(self, name: str, given: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def words(self, text: str) -> None: ...


def _read(body: bytes, part: _Part) -> None:
    """Read XML without a tree, and without a document type: entities are where bombs are made."""
    reader = expat.ParserCreate(namespace_separator=" ")
    reader.buffer_text = True
    skipped = 0

    def refuse(*_: object) -> None:
        raise UnfitError("broken")

    def begin(name: str, given: dict[str, str]) -> None:
        nonlocal skipped
        # The same drawing once more, for older programs.
        skipped += bool(skipped) or name == _FALLBACK
        if not skipped:
            part.begin(_own(name), {_own(key): value for key, value in given.items()})

    def end(name: str) -> None:
        nonlocal skipped
        if skipped:
            skipped -= 1
        else:
            part.end(_own(name))

    reader.StartDoctypeDeclHandler = refuse
    reader.StartElementHandler, reader.EndElementHandler = begin, end
    reader.CharacterDataHandler = lambda text: None if skipped else part.words(text)
    try:
        reader.Parse(body, True)
    except expat.ExpatError as error:
        raise UnfitError("broken") from error


def _own(name: str) -> str:
    for space in (_WORD, _STRICT):
        if name.startswith(space):
            return name.removeprefix(space)
    return f"?{name}"


class _Styles(_Part):
    """Which style is a heading of which level: ids are called anything, names are Word's own."""

    def __init__(self) -> None:
        self.levels: dict[str, int] = {}
        self._id = ""

    def begin(self, name: str, given: dict[str, str]) -> None:
        value = given.get("val", "")
        if name == "style":
            self._id = given.get("styleId", "")
        elif name == "name" and (heading := _HEADING.fullmatch(value)):
            self.levels[self._id] = int(heading[1])
        elif name == "name" and value.lower() == _TITLE:
            self.levels[self._id] = 1
        elif name == "outlineLvl" and value.isdigit() and int(value) < _LEVEL_MAX:
            self.levels.setdefault(self._id, int(value) + 1)


class _Text(_Part):
    def __init__(self, levels: dict[str, int]) -> None:
        self.found: list[Block] = []
        self._levels = levels
        self._said: list[str] = []
        self._level = 0
        self._in_text = False
        self._tables: list[tuple[list[str], list[list[str]]]] = []  # heads, open row's cells

    def begin(self, name: str, given: dict[str, str]) -> None:
        match name:
            case "t":
                self._in_text = True
            case "tab":
                self._said.append(" ")
            case "br" | "cr":
                self._said.append("\n")
            case "pStyle":
                self._level = self._levels.get(given.get("val", ""), 0)
            case "outlineLvl" if given.get("val", "").isdigit():
                level = int(given["val"]) + 1
                self._level = level if level <= _LEVEL_MAX else self._level
            case "tbl":
                self._tables.append(([], []))
            case "tr" if self._tables:
                self._tables[-1][1].clear()
            case "tc" if self._tables:
                self._tables[-1][1].append([])

    def words(self, text: str) -> None:
        if self._in_text:
            self._said.append(text)

    def end(self, name: str) -> None:
        match name:
            case "t":
                self._in_text = False
            case "p":
                self._paragraph()
            case "tr" if self._tables:
                self._row()
            case "tbl" if self._tables:
                self._tables.pop()

    def _paragraph(self) -> None:
        lines = (" ".join(line.split()) for line in "".join(self._said).split("\n"))
        text = "\n".join(filter(None, lines))
        self._said.clear()
        if text and self._tables and self._tables[-1][1]:
            self._tables[-1][1][-1].append(text)
        elif text:
            self.found.append(Block(text, self._level))
        self._level = 0

    def _row(self) -> None:
        heads, cells = self._tables[-1]
        said = [" ".join(cell) for cell in cells]
        if heads and any(said):
            self.found.append(Block(row(said, heads)))
        elif len(said) == 1 and said[0]:
            self.found.append(Block(said[0]))  # a frame around a text, made with a table
        else:
            heads.extend(said)
