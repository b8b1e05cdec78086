"""Has the thumbnail of an image made in a process of its own; without one a page shows a name."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from pathlib import Path

from hudhud.events import emit

PROGRAM = Path(__file__).with_name("shrink.py")
TIMEOUT_S = 10.0
# Two at once at most, whatever the slots: each may take its whole memory.
_turns = asyncio.Semaphore(2)


async def made(source: Path, place: Path) -> bool:
    """Make a thumbnail of `source` at `place`; False when that image has none."""
    beside = place.with_name(place.name + ".part")
    async with _turns:
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-I",
                str(PROGRAM),
                str(source),
                str(beside),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
                env={"PATH": os.defpath},
            )
        except OSError:
            return False
        try:
            code = await asyncio.wait_for(process.wait(), TIMEOUT_S)
        except BaseException as error:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
            beside.unlink(missing_ok=True)
            if not isinstance(error, TimeoutError):
                raise
            code = -1
    if code:
        beside.unlink(missing_ok=True)
        emit("media.no_thumbnail", "warning", code=code)
        return False
    beside.chmod(0o600)
    beside.replace(place)
    return True
