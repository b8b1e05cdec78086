"""PDF: signs at places on a page, put back into lines, paragraphs and headings.

What a PDF calls its text comes in the order in which it was painted. So nothing is read from that
order: signs are sorted by where they stand, as a reader's eye does it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Final, NamedTuple

from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTComponent, LTContainer
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.psexceptions import PSException

from hudhud.core.knowledge.formats.block import TEXT_CHARS_MAX, Block, UnfitError
from hudhud.core.knowledge.formats.visual import Sign, logical, painted_backwards

PAGES_MAX: Final = 500
# Where no page has more signs than a page number, it was scanned.
_SCANNED_CHARS = 8
_HEADING_GROWTH, _HEADING_CHARS_MAX = 1.15, 120
_PARAGRAPH_GAP = 1.75
_REPEATED_PAGES_MIN = 3
_EDGE_LINES = 2


class Line(NamedTuple):
    """Signs on one height, from left to right; sizes and places in points."""

    signs: list[Sign]
    y: float
    size: float
    page: int


def blocks(body: bytes) -> Iterator[Block]:
    """Paragraphs and headings, page by page.

    Raises:
        UnfitError: it has a password, too many pages, no text (a scan), or is no PDF.
    """
    try:
        lines = list(_lines(body))
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise UnfitError("encrypted") from error
    except (PDFException, PSException) as error:
        raise UnfitError("broken") from error
    signs: Counter[int] = Counter()
    for line in lines:
        signs[line.page] += len(line.signs)
    if max(signs.values(), default=0) < _SCANNED_CHARS:
        raise UnfitError("no_text")
    backwards = painted_backwards(line.signs for line in lines)
    texts = [logical(line.signs, line.size, backwards=backwards) for line in lines]
    repeated = _repeated(lines, texts)
    told = [(line, text) for line, text in zip(lines, texts, strict=True) if text not in repeated]
    yield from _paragraphs(told)


def _lines(body: bytes) -> Iterator[Line]:
    document = PDFDocument(PDFParser(BytesIO(body)))
    for count, _ in enumerate(PDFPage.create_pages(document), 1):
        if count > PAGES_MAX:
            raise UnfitError("too_many_pages")
    count = 0
    for number, page in enumerate(extract_pages(BytesIO(body), laparams=None), 1):
        for line in _on_one_height(list(_signs(page)), number):
            count += len(line.signs)
            if count > TEXT_CHARS_MAX:
                raise UnfitError("too_long")
            yield line


def _signs(part: LTComponent) -> Iterator[Sign]:
    if isinstance(part, LTChar):
        text = part.get_text()
        # «(cid:7)» is a sign of which nobody says what it is.
        if part.upright and not text.startswith("(cid:"):
            yield Sign(text, part.x0, part.x1, (part.y0 + part.y1) / 2, max(part.size, 1.0))
    elif isinstance(part, LTContainer):
        for below in part:
            yield from _signs(below)


def _on_one_height(signs: list[Sign], page: int) -> Iterator[Line]:
    signs.sort(key=lambda sign: -sign.y)
    line: list[Sign] = []
    for sign in signs:
        if line and abs(line[0].y - sign.y) > min(line[0].size, sign.size) / 2:
            yield _line(line, page)
            line = []
        line.append(sign)
    if line:
        yield _line(line, page)


def _line(signs: list[Sign], page: int) -> Line:
    size = Counter(round(sign.size, 1) for sign in signs).most_common(1)[0][0]
    return Line(sorted(signs, key=lambda sign: (sign.x0, sign.x1)), signs[0].y, size, page)


def _repeated(lines: list[Line], texts: list[str]) -> set[str]:
    """What stands at the edge of most pages: the name of the document, the date of its printing."""
    edges: Counter[str] = Counter()
    pages = 0
    by_page: dict[int, list[str]] = {}
    for line, text in zip(lines, texts, strict=True):
        by_page.setdefault(line.page, []).append(text)
    for told in by_page.values():
        pages += 1
        edges.update({*told[:_EDGE_LINES], *told[-_EDGE_LINES:]})
    if pages < _REPEATED_PAGES_MIN:
        return set()
    return {text for text, count in edges.items() if 2 * count > pages}


def _paragraphs(told: list[tuple[Line, str]]) -> Iterator[Block]:
    body = _body_size(line for line, _ in told)
    sizes = sorted({line.size for line, _ in told if _large(line, body)}, reverse=True)
    open_lines: list[tuple[Line, str]] = []
    for line, text in told:
        if not text:
            continue
        if open_lines and not _goes_on(open_lines[-1][0], line):
            yield _block(open_lines, sizes)
            open_lines = []
        open_lines.append((line, text))
    if open_lines:
        yield _block(open_lines, sizes)


def _body_size(lines: Iterable[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.signs)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _large(line: Line, body: float) -> bool:
    return line.size >= _HEADING_GROWTH * body


def _goes_on(before: Line, line: Line) -> bool:
    near = 0 < before.y - line.y <= _PARAGRAPH_GAP * line.size
    return near and before.page == line.page and abs(before.size - line.size) <= line.size / 10


def _block(lines: list[tuple[Line, str]], sizes: list[float]) -> Block:
    first = lines[0][0]
    text = "\n".join(text for _, text in lines)
    heading = first.size in sizes and len(text) <= _HEADING_CHARS_MAX
    return Block(
        text.replace("\n", " ") if heading else text,
        sizes.index(first.size) + 1 if heading else 0,
        first.page,
    )
