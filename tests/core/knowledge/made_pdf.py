"""Writes small PDFs by hand: signs at places, with what each says, as real programs write them."""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Sequence
from typing import NamedTuple

EM = 1000
# Every sign is half as wide as it is high; marks have no width.
WIDTH = 500

_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H"
    b" /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>"
)
_DESCRIPTOR = (
    b"<< /Type /FontDescriptor /FontName /Made /Flags 4 /FontBBox [0 -200 1000 800]"
    b" /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>"
)
_SHAPES = {
    "isolated": "<isolated>", "final": "<final>", "initial": "<initial>", "medial": "<medial>",
}  # fmt: skip


class Run(NamedTuple):
    """Signs painted from `x` to the right; each text is what one sign says."""

    x: float
    y: float
    signs: Sequence[str]
    size: float = 12


def shaped(word: str) -> list[str]:
    """A word's letters as shapes, as a program that paints Arabic chooses them; lam-alef as one."""
    made: list[str] = []
    letters = word.replace("لا", "\ufefb").replace("لأ", "\ufef7").replace("لإ", "\ufef9")
    for place, letter in enumerate(letters):
        joins_before = place > 0 and letters[place - 1] not in "اأإآدذرزوؤىةء\ufefb\ufef7\ufef9 "
        joins_after = place + 1 < len(letters) and letters[place + 1] not in " ء"
        form = _form(
            joins_before=joins_before, joins_after=joins_after and letter not in "اأإآدذرزوؤىة"
        )
        made.append(_SHAPE_OF.get((letter, form), letter))
    return made


def _form(*, joins_before: bool, joins_after: bool) -> str:
    if joins_before:
        return "medial" if joins_after else "final"
    return "initial" if joins_after else "isolated"


def _table() -> dict[tuple[str, str], str]:
    table = {}
    for code in range(0xFE80, 0xFEFD):
        form, _, letters = unicodedata.decomposition(chr(code)).partition(" ")
        if form.strip("<>") in _SHAPES and " " not in letters and letters:
            table[chr(int(letters, 16)), form.strip("<>")] = chr(code)
    return table


_SHAPE_OF = _table()


def made(
    pages: Sequence[Sequence[Run]], *, trailer: str = "", extra: Sequence[bytes] = ()
) -> bytes:
    """A PDF of these pages; `extra` objects come last, `trailer` adds to the trailer."""
    texts = sorted({sign for page in pages for run in page for sign in run.signs})
    numbers = {text: at for at, text in enumerate(texts, 1)}
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        _FONT,
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made /CIDSystemInfo"
        b" << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW %d /W [%s]"
        b" /FontDescriptor 5 0 R >>"
        % (WIDTH, b" ".join(b"%d [%d]" % (numbers[text], _width(text)) for text in texts)),
        _DESCRIPTOR,
        _stream(_to_unicode(numbers)),
    ]
    kids = []
    for page in pages:
        objects.append(_stream(b"\n".join(_painted(run, numbers) for run in page)))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R"
            b" /Resources << /Font << /F 3 0 R >> >> >>" % len(objects)
        )
        kids.append(len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
        len(kids),
        b" ".join(b"%d 0 R" % kid for kid in kids),
    )
    return _written([*objects, *extra], trailer)


def bomb(unpacked_bytes: int) -> bytes:
    """A PDF whose one page unpacks to so many bytes."""
    packer = zlib.compressobj(1)
    zeros = b" " * (1 << 20)
    packed = b"".join(packer.compress(zeros) for _ in range(unpacked_bytes >> 20)) + packer.flush()
    return _written(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>",
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
        ],
        "",
    )


def _width(text: str) -> int:
    return 0 if all(unicodedata.category(char) == "Mn" for char in text) else WIDTH


def _painted(run: Run, numbers: dict[str, int]) -> bytes:
    codes = "".join(f"{numbers[sign]:04x}" for sign in run.signs)
    return f"BT /F {run.size} Tf 1 0 0 1 {run.x} {run.y} Tm <{codes}> Tj ET".encode()


def _to_unicode(numbers: dict[str, int]) -> bytes:
    rows = "\n".join(
        f"<{number:04x}> <{text.encode('utf-16-be').hex()}>" for text, number in numbers.items()
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Made def"
        " 1 begincodespacerange <0000> <ffff> endcodespacerange"
        f" {len(numbers)} beginbfchar\n{rows}\nendbfchar endcmap end end"
    ).encode()


def _stream(body: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body)


def _written(objects: Sequence[bytes], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += (
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF"
    ).encode()
    return bytes(out)
