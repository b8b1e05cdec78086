"""As what a file leaves over a channel: a picture that it takes, else a document; pure (S8)."""

from __future__ import annotations

import mimetypes
import re
from typing import Literal

from hudhud.core.media.kinds import UNKNOWN
from hudhud.errors import MediaRefusedError
from hudhud.model import Files

FILE_NAME_CHARS_MAX = 120
SentKind = Literal["image", "audio", "video", "document"]
_SHOWN: tuple[SentKind, ...] = ("image", "audio", "video")


def chosen(files: Files, mime: str, size_bytes: int) -> SentKind:
    """Choose the kind under which a file is sent.

    Args:
        files: what the channel takes.
        mime: its type, as its first bytes show it.
        size_bytes: how large it is.

    Raises:
        MediaRefusedError: the channel takes no such file, or none that large.
    """
    kinds: list[SentKind] = [kind for kind in _SHOWN if mime.startswith(kind + "/")]
    known = [kind for kind in (*kinds, "document") if kind in files.takes]
    for kind in known:
        takes = files.takes[kind]
        if size_bytes <= takes.bytes_max and (not takes.mimes or mime in takes.mimes):
            return kind
    if not known:
        raise MediaRefusedError("This channel takes no such file.")
    most = max(files.takes[kind].bytes_max for kind in known)
    if size_bytes > most:
        raise MediaRefusedError(f"It is larger than {most} bytes.")
    raise MediaRefusedError(f"This channel takes no {mime}.")


def bytes_max(files: Files) -> int:
    """The largest file of any kind."""
    return max(takes.bytes_max for takes in files.takes.values())


def named(file_name: str, mime: str) -> str:
    """A name to send a file under: no path, no control sign, an ending that tells the type."""
    last = re.sub(r"[\x00-\x1f\x7f]", "", file_name).replace("\\", "/").rpartition("/")[2].strip()
    stem, dot, ending = last.rpartition(".")
    if not dot or not stem:
        guessed = mimetypes.guess_extension(mime) if mime != UNKNOWN else None
        stem, ending = last.strip(".") or "file", (guessed or ".bin")[1:]
    return f"{stem[: FILE_NAME_CHARS_MAX - 1 - len(ending[:16])]}.{ending[:16]}"
