"""Has a document read in a process of its own: no document stops whoever has it read (S8)."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from pathlib import Path
from typing import Final

import msgspec

from hudhud.core.knowledge.extract import Read
from hudhud.core.knowledge.formats.block import Block, Kind
from hudhud.errors import DocumentRefusedError

DOCUMENT_BYTES_MAX: Final = 20 * 1024 * 1024
READ_S: Final = 30.0
# A million letters of four bytes, and what JSON puts around them.
OUTPUT_BYTES_MAX: Final = 16 * 1024 * 1024
# `-I` reads nothing of the surroundings; where we lie ourselves is said to it.
_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    " from hudhud.core.knowledge.extract import main; main(sys.argv[2])"
)
_HOME = Path(__file__).parents[3]
# Two at once at most: each may take its whole memory.
_turns = asyncio.Semaphore(2)
_SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".docx": "docx",
}
_HEAD_BYTES = 1024


def kind_of(name: str, body: bytes) -> Kind:
    """What a document is: by its first bytes, then by what its file is called, else text.

    Raises:
        DocumentRefusedError: it is none of what can be read.
    """
    suffix = Path(name).suffix.lower()
    head = body[:_HEAD_BYTES]
    if head.lstrip().startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx"
    if _SUFFIXES.get(suffix) in ("pdf", "docx"):
        raise DocumentRefusedError(code="broken")
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    if head.lstrip()[:14].lower().startswith((b"<!doctype html", b"<html")):
        return "html"
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DocumentRefusedError(code="unknown_kind")
    return "text"


async def read(body: bytes, kind: Kind) -> tuple[Block, ...]:
    """Read a document.

    Args:
        body: as it came; `DOCUMENT_BYTES_MAX` at most.
        kind: what it is.

    Returns: its paragraphs, rows and headings in reading order; at least one.

    Raises:
        DocumentRefusedError: it cannot be read, and why; `code` is one of `formats.block.Why`.
    """
    if not body.strip():
        raise DocumentRefusedError(code="empty")
    if len(body) > DOCUMENT_BYTES_MAX:
        raise DocumentRefusedError(code="too_large")
    async with _turns:
        told = await _told(body, kind)
    if told is None:
        raise DocumentRefusedError(code="too_heavy")
    if told.refused is not None:
        raise DocumentRefusedError(code=told.refused)
    return told.blocks


async def _told(body: bytes, kind: Kind) -> Read | None:
    """What the program said; None when it was ended, or ended itself, without a word."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-c", _PROGRAM, str(_HOME), kind),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={"PATH": os.defpath},
    )
    try:
        async with asyncio.timeout(READ_S):
            said = await _said(process, body)
            code = await process.wait()
    except TimeoutError:
        return None
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    if code or len(said) > OUTPUT_BYTES_MAX:
        return None
    return msgspec.json.decode(said, type=Read)


async def _said(process: asyncio.subprocess.Process, body: bytes) -> bytes:
    assert process.stdin is not None  # noqa: S101 - both are pipes, as asked for above
    assert process.stdout is not None  # noqa: S101 - the same
    # One that died before it read everything says so by its code.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(body)
        await process.stdin.drain()
        process.stdin.close()
    said = bytearray()
    while len(said) <= OUTPUT_BYTES_MAX and (more := await process.stdout.read(65536)):
        said += more
    return bytes(said)
