"""What a file is, by its first bytes; what its name or its sender says is only compared (S8).

A table of our own: libraries that know a thousand formats would have us take formats that no
channel sends, and guess at texts. Pure.
"""

from __future__ import annotations

from hudhud.errors import MediaRefusedError

HEAD_BYTES = 64
MIB = 1024 * 1024
# The largest that any of our channels carries, by kind (PLATFORM_FACTS parts 6 and 8).
BYTES_MAX = {
    "image": 8 * MIB,
    "sticker": MIB,
    "audio": 25 * MIB,
    "video": 25 * MIB,
    "document": 100 * MIB,
}
# Offset, bytes, type.
_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyp3g", "video/3gpp"),
    (4, b"ftypqt", "video/quicktime"),
    (4, b"ftyp", "video/mp4"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)
# Recorders write voice into a container that is a video's as well.
_SOUND_TOO = {"video/mp4": "audio/mp4", "video/3gpp": "audio/3gpp", "video/webm": "audio/webm"}
KNOWN = frozenset({mime for _, _, mime in _MAGIC} | {*_SOUND_TOO.values(), "audio/aac"})
# What a browser may show in its place; everything else is only ever downloaded.
SHOWN = frozenset(mime for mime in KNOWN if not mime.startswith("application/"))
_PDF = "application/pdf"
_PACKINGS = frozenset({"application/zip", "application/x-ole-storage"})
UNKNOWN = "application/octet-stream"


def sniffed(head: bytes) -> str:
    """The type that the first HEAD_BYTES show; empty when the table knows none."""
    for offset, magic, mime in _MAGIC:
        if head.startswith(magic, offset):
            return mime
    # MPEG audio without tags, and ADTS: a sync word of eleven or twelve bits.
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0:  # noqa: PLR2004 - the sync word
        return "audio/aac" if head[1] & 0x06 == 0 else "audio/mpeg"
    return ""


def agreed(kind: str, declared: str, head: bytes) -> str:
    """The type to store a file under.

    Args:
        kind: of the attachment: image, audio, video, document, sticker.
        declared: what the provider says; empty when it says nothing.
        head: its first HEAD_BYTES, fewer when it is shorter.

    Raises:
        MediaRefusedError: what it is and what it is said to be do not agree.
    """
    found = sniffed(head)
    declared = declared.partition(";")[0].strip().lower()
    if kind == "document":
        if declared == _PDF and found != _PDF:
            raise MediaRefusedError(f"It is said to be {declared}, and is not.")
        if found and found not in _PACKINGS:
            return found
        # Texts and tables have no first bytes of their own, or those of the packing around them.
        believed = declared if declared not in KNOWN else ""
        return believed or found or UNKNOWN
    family = "image" if kind == "sticker" else kind
    if family == "audio":
        found = _SOUND_TOO.get(found, found)
    if not found.startswith(family + "/"):
        raise MediaRefusedError(f"It is said to be {kind}, and is {found or 'something else'}.")
    return found
