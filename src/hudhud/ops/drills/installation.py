"""Hudhud as it is run: one `hudhud up`, started again whenever it is dead, as an init would."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

import aiohttp
import psutil

from hudhud.errors import ChildFailedError
from hudhud.ops.child import LIFELINE
from hudhud.ops.drills.ground import WEB_PROCESSES, WORKER_PROCESSES, Ground

RESTART_S = 0.5
READY_S_MAX = 60.0  # a child that died again and again is started later each time
LOOK_S = 0.1
STOP_S_MAX = 40.0
# `up` itself is started here with the lifeline of its children: it must not outlive the drill.
UP = (
    "from hudhud.ops.child import end_with_parent; end_with_parent(); "
    "from hudhud.cli.entry import main; main()"
)

Part = Literal["web", "worker"]


class Installation:
    """The supervisor's process and, through it, the web and worker processes."""

    def __init__(self, ground: Ground) -> None:
        """Prepare; `running` starts it."""
        self.ground = ground
        self.starts = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._lifeline, self._held = os.pipe()

    @property
    def supervisor(self) -> psutil.Process | None:
        """The supervisor's process, if it lives."""
        if self._process is None or self._process.poll() is not None:
            return None
        with contextlib.suppress(psutil.NoSuchProcess):
            return psutil.Process(self._process.pid)
        return None

    def processes(self, part: Part) -> list[psutil.Process]:
        """Those of this part that live, in the order of their pids."""
        supervisor = self.supervisor
        try:
            children = supervisor.children() if supervisor else []
        except psutil.NoSuchProcess:  # killed at this moment
            return []
        return sorted((c for c in children if _part(c) == part), key=lambda child: child.pid)

    async def drain(self) -> int:
        """Ask it to stop in order; returns its exit code."""
        if self._process is None or self._process.poll() is not None:
            return -1
        process, self._process = self._process, None
        process.send_signal(signal.SIGTERM)
        try:
            return await asyncio.to_thread(process.wait, STOP_S_MAX)
        except subprocess.TimeoutExpired:
            process.kill()
            return -1

    def start(self) -> None:
        """Start the supervisor; its words go to a file of the data folder."""
        self.starts += 1
        # No stand-in of its own: the one that the drill judges by must not die with it.
        environ = os.environ | self.ground.environ | {"HUDHUD_SIMULATOR_PORT": "0"}
        with self.ground.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-c", UP, "up"],
                env=environ | {LIFELINE: str(self._lifeline)},
                pass_fds=(self._lifeline,),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    async def keep(self) -> None:
        """Start it again whenever it is dead, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_S)
            if self._process is not None and self._process.poll() is not None:
                await asyncio.sleep(RESTART_S)
                self.start()

    async def ready(self) -> None:
        """Wait until the web process answers and every process is there.

        Raises:
            ChildFailedError: it did not come up.
        """
        try:
            async with asyncio.timeout(READY_S_MAX):
                while not await self._is_ready():  # noqa: ASYNC110 - another process says so
                    await asyncio.sleep(LOOK_S)
        except TimeoutError:
            said = self.ground.log.read_text(errors="replace")[-2000:]
            raise ChildFailedError(f"hudhud up: {said}") from None

    async def _is_ready(self) -> bool:
        whole = len(self.processes("web")) == WEB_PROCESSES
        if not whole or len(self.processes("worker")) != WORKER_PROCESSES:
            return False
        try:
            async with self.ground.http.get(f"{self.ground.web_url}/health/ready") as answer:
                return answer.status == 200  # noqa: PLR2004 - HTTP OK
        except aiohttp.ClientError:
            return False

    def end(self) -> None:
        """Whatever is left ends: it hangs on our lifeline."""
        os.close(self._held)
        os.close(self._lifeline)
        if self._process is not None:
            self._process.kill()
            self._process.wait()


@asynccontextmanager
async def running(ground: Ground) -> AsyncIterator[Installation]:
    """Hudhud, ready, and kept running until the block ends.

    Raises:
        ChildFailedError: it did not come up.
    """
    installation = Installation(ground)
    installation.start()
    keeping = asyncio.create_task(installation.keep())
    try:
        await installation.ready()
        yield installation
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        installation.end()


def _part(process: psutil.Process) -> str:
    try:
        return str(process.cmdline()[-1])
    except (psutil.Error, IndexError):
        return ""
