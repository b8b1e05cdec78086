"""A process of a peer, in a session of its own: whatever it starts is ended with it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import psutil

STOP_S_MAX = 10.0
LOOK_S = 0.02
TAIL = 1500


class Part:
    """One running process of a peer; what it says stands in its log."""

    def __init__(
        self, command: Sequence[str], *, folder: Path, environ: Mapping[str, str], log: Path
    ) -> None:
        """Start it in a folder."""
        self.log = log
        with log.open("ab") as file:
            self._process = subprocess.Popen(  # noqa: S603 - what the catalogue names
                command,
                cwd=folder,
                env=dict(environ),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                start_new_session=True,
            )

    @property
    def rss_bytes(self) -> int:
        """Memory that it and its children hold now."""
        process = psutil.Process(self._process.pid)
        family = [process, *process.children(recursive=True)]
        return sum(int(one.memory_info().rss) for one in family)

    def check(self) -> None:
        """Complain when it is gone.

        Raises:
            RuntimeError: with the end of its log.
        """
        if self._process.poll() is not None:
            raise RuntimeError(f"{self.log.stem} ended: {self.tail()}")

    def tail(self) -> str:
        """The end of its log."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-TAIL:]

    def kill(self) -> None:
        """End it and all its children as a crash would."""
        with contextlib.suppress(ProcessLookupError):  # the session is empty already
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    async def stop(self) -> None:
        """Let it drain, for a while; then nothing of it is left."""
        if self._process.poll() is None:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                await asyncio.to_thread(self._process.wait, STOP_S_MAX)
        self.kill()


@asynccontextmanager
async def stopped(part: Part) -> AsyncIterator[Part]:
    """A part that is stopped at the end of the block, whatever happens."""
    try:
        yield part
    finally:
        await part.stop()


async def listening(port: int, part: Part, *, within_s: float) -> None:
    """Wait until something takes connections there.

    Raises:
        RuntimeError: the part ended, or took too long.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + within_s
    while loop.time() < deadline:
        part.check()
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(LOOK_S)
            continue
        writer.close()
        return
    raise RuntimeError(f"{part.log.stem} does not listen: {part.tail()}")
