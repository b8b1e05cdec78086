"""Plain text, in whatever encoding an old machine wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hudhud.core.knowledge.formats.block import Block

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_BETWEEN = re.compile(r"\n\s*\n")
# A short line without an end, above others: what people write where they have no headings.
_HEADING = re.compile(r".{1,60}?[^\s.!?؟،,;؛…]")
_HEADING_LEVEL = 2


def blocks(body: bytes) -> Iterator[Block]:
    """Paragraphs, as empty lines part them; lines within one stay lines."""
    for paragraph in _BETWEEN.split(decoded(body)):
        lines = [stripped for line in paragraph.splitlines() if (stripped := line.strip())]
        if len(lines) > 1 and _HEADING.fullmatch(lines[0]):
            yield Block(lines.pop(0).rstrip(":"), _HEADING_LEVEL)
        if lines:
            yield Block("\n".join(lines))


def decoded(body: bytes, named: str = "") -> str:
    """Bytes as text: by its mark, as UTF-8, by the name that it gives itself, as Windows Arabic."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return _lines(body.decode(encoding, "replace"))
    for encoding in filter(None, ("utf-8", named, "cp1256")):
        try:
            return _lines(body.decode(encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    return _lines(body.decode("cp1256", "replace"))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
