"""A program of its own: reads one document from stdin, writes its blocks to stdout (S8).

Started by `reading.py` and without our settings: whatever a document does to the library that reads
it, it does to this process, which holds no secret, has little time and memory, and is ended.
"""

from __future__ import annotations

import contextlib
import resource
import sys
from collections.abc import Iterator
from importlib import import_module

import msgspec

from hudhud.core.knowledge.formats.block import TEXT_CHARS_MAX, Block, UnfitError, Why

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_S = 25
# Control characters say nothing to a reader, and PostgreSQL takes no NUL.
_UNSAID = dict.fromkeys({*range(0x20), *range(0x7F, 0xA0)} - {ord("\n"), ord("\t")})
# Which module reads a kind; only that one is loaded.
READERS = {
    "text": "plain",
    "markdown": "markdown",
    "html": "web_page",
    "pdf": "pdf",
    "docx": "docx",
}


class Read(msgspec.Struct, frozen=True, omit_defaults=True):
    """What came of it: the blocks, or why there are none."""

    blocks: tuple[Block, ...] = ()
    refused: Why | None = None


def main(kind: str) -> None:
    """Read a document of this kind; whatever it does, say what came of it."""
    _limit()
    try:
        read = Read(blocks=tuple(_within(kind, sys.stdin.buffer.read())))
        if not read.blocks:
            read = Read(refused="empty")
    except UnfitError as error:
        read = Read(refused=error.why)
    except (MemoryError, RecursionError):
        read = Read(refused="too_heavy")
    except Exception:  # noqa: BLE001 - a library that stumbles over a document says it is broken
        read = Read(refused="broken")
    sys.stdout.buffer.write(msgspec.json.encode(read))


def _within(kind: str, body: bytes) -> Iterator[Block]:
    count = 0
    found: Iterator[Block] = import_module(f"hudhud.core.knowledge.formats.{READERS[kind]}").blocks(
        body
    )
    for block in found:
        text = block.text.translate(_UNSAID).encode("utf-8", "replace").decode().strip()
        count += len(text)
        if count > TEXT_CHARS_MAX:
            raise UnfitError("too_long")
        if text:
            yield msgspec.structs.replace(block, text=text)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    # macOS knows this limit and does not always take it; time is limited there all the same.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
