"""Has a sheet read in a process of its own, with little memory and no secret, within a deadline."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec

from hudhud.core.importing.sheet import FILE_BYTES_MAX, Row
from hudhud.errors import SheetUnfitError

PROGRAM = Path(__file__).with_name("sheet.py")
TIMEOUT_S = 45.0
# Two at once at most: each may take its whole memory.
_turns = asyncio.Semaphore(2)


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """What a file holds: its rows, the headings first, and how it was written."""

    rows: list[Row]
    format: str
    encoding: str = ""
    delimiter: str = ""

    @property
    def headings(self) -> list[str]:
        """The names of its columns, as they stand there."""
        return [cell if isinstance(cell, str) else ", ".join(cell) for cell in self.rows[0]]


async def opened(data: bytes) -> Sheet:
    """The rows of a file.

    Args:
        data: all its bytes.

    Raises:
        SheetUnfitError: it is no sheet, or too large; `why` is a key of the interface's texts.
    """
    if len(data) > FILE_BYTES_MAX:
        raise SheetUnfitError("too_large")
    folder = await asyncio.to_thread(tempfile.TemporaryDirectory, prefix="hudhud-sheet-")
    with folder as name:
        source, place = Path(name) / "source", Path(name) / "rows"
        await asyncio.to_thread(source.write_bytes, data)
        async with _turns:
            await _run(source, place)
        return await asyncio.to_thread(_told, place)


async def _run(source: Path, place: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        str(PROGRAM),
        str(source),
        str(place),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        env={"PATH": os.defpath},
    )
    try:
        await asyncio.wait_for(process.wait(), TIMEOUT_S)
    except BaseException as error:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        if isinstance(error, TimeoutError):
            raise SheetUnfitError("too_large") from None
        raise


def _told(place: Path) -> Sheet:
    # It was ended for what it took of memory or time, and wrote nothing.
    if not place.exists():
        raise SheetUnfitError("too_large")
    with place.open("rb") as lines:
        facts: dict[str, Any] = msgspec.json.decode(next(lines))
        if "unfit" in facts:
            raise SheetUnfitError(facts["unfit"])
        reader = msgspec.json.Decoder(Row)
        sheet = Sheet(rows=[reader.decode(line) for line in lines], **facts)
    if len(sheet.rows) == 1:
        raise SheetUnfitError("only_headings")
    return sheet
