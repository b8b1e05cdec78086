"""The files that customers send: one small, true file of each kind, made here. Pure.

Meta names a file by an id; its address is asked for with the number's token, and so is the file.
"""

from __future__ import annotations

import base64
import hashlib
import re
import struct
import zlib
from typing import Any, NamedTuple

_SIDE = 96  # pixels


class File(NamedTuple):
    """One file: what Meta says of it, and its bytes."""

    mime: str
    data: bytes

    @property
    def sha256(self) -> bytes:
        """Its digest; webhooks write it in Base64, the Graph API in hex."""
        return hashlib.sha256(self.data).digest()


def _png() -> bytes:
    # Stripes, so that a thumbnail of it shows which side is up.
    row = b"\0" + b"\x7a\x2f\x21" * _SIDE
    light = b"\0" + b"\xf2\xdf\xc8" * _SIDE
    lines = b"".join((row, light)[line // 12 % 2] for line in range(_SIDE))
    head = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )


def _ogg() -> bytes:
    # A page that begins an Opus stream, and says no more.
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, 16_000, 0, 0)
    return b"OggS" + struct.pack("<BBqIIIB", 0, 2, 0, 1, 0, 0, 1) + bytes([len(head)]) + head


def _mp4() -> bytes:
    brands = b"ftypisom" + struct.pack(">I", 512) + b"isomiso2mp41"
    return struct.pack(">I", 4 + len(brands)) + brands + struct.pack(">I", 8) + b"mdat"


_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
_WEBP = bytes.fromhex(
    "524946461e000000574542505650384c110000002f07c0010007d097ea35a4ff8188e87f0000"
)
FILES = {
    "image": File("image/png", _png()),
    "video": File("video/mp4", _mp4()),
    "audio": File("audio/ogg", _ogg()),
    "document": File("application/pdf", _PDF),
    "sticker": File("image/webp", _WEBP),
}
_KINDS = tuple(FILES)
_ID = re.compile(r"77([0-4])\d{15}")


def named(kind: str, what: str) -> dict[str, Any]:
    """What a webhook says of the file of one message.

    Args:
        kind: one of FILES.
        what: tells this message from others.
    """
    seed = hashlib.sha256(what.encode()).digest()
    number = int.from_bytes(seed[:6], "big") % 10**15
    return {
        "id": f"77{_KINDS.index(kind)}{number:015d}",
        "mime_type": FILES[kind].mime,
        "sha256": base64.b64encode(FILES[kind].sha256).decode(),
    }


def file_of(media_id: str) -> File | None:
    """The file of an id that `named` gave; None for any other id."""
    found = _ID.fullmatch(media_id)
    return FILES[_KINDS[int(found[1])]] if found else None
