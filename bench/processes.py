"""Processes of a run: started, waited for, watched, ended."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
READY_S_MAX = 60.0
STOP_S_MAX = 30.0
LOOK_S = 0.02


class Process:
    """One process of this Python; its words go to a file."""

    def __init__(self, arguments: Sequence[str], environ: Mapping[str, str], log: Path) -> None:
        """Start it; `arguments` follow `python -m`."""
        self.name = " ".join(arguments[:2])
        self.log = log
        with log.open("ab") as file:
            self._process = subprocess.Popen(  # noqa: S603 - our own programs
                [sys.executable, "-m", *arguments],
                cwd=ROOT,
                env=dict(environ),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
            )
        self.pid = self._process.pid

    @property
    def cpu_s(self) -> float:
        """Seconds of processor that it has used."""
        return cpu_s(self.pid)

    @property
    def rss_bytes(self) -> int:
        """Memory that it holds now."""
        return int(psutil.Process(self.pid).memory_info().rss)

    def until(self, true: Callable[[], bool]) -> None:
        """Wait for a condition.

        Raises:
            RuntimeError: the process ended before, or it took too long.
        """
        deadline = time.monotonic() + READY_S_MAX
        while not true():
            if self._process.poll() is not None or time.monotonic() > deadline:
                said = self.log.read_text(errors="replace")[-2000:]
                raise RuntimeError(f"{self.name} did not come up: {said}")
            time.sleep(LOOK_S)

    def said(self, words: str) -> bool:
        """Whether these words stand in its log."""
        return words.encode() in self.log.read_bytes()

    def pause(self) -> None:
        """Stop it where it is."""
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End it as a crash would."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """Let it drain; kill it when it does not."""
        if self._process.poll() is None:
            self.resume()
            self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_S_MAX)
        except subprocess.TimeoutExpired:
            self.kill()


@contextmanager
def running(
    arguments: Sequence[str],
    environ: Mapping[str, str],
    log: Path,
    ready: Callable[[Process], bool],
) -> Iterator[Process]:
    """A process that is ready, for the length of a block.

    Raises:
        RuntimeError: it did not come up.
    """
    process = Process(arguments, environ, log)
    try:
        process.until(lambda: ready(process))
        yield process
    finally:
        process.stop()


def cpu_s(pid: int) -> float:
    """Seconds of processor of a process and of all its children, those that ended included."""
    process = psutil.Process(pid)
    times = process.cpu_times()
    seconds = float(times.user + times.system + times.children_user + times.children_system)
    for child in process.children():
        with contextlib.suppress(psutil.NoSuchProcess):
            own = child.cpu_times()
            seconds += own.user + own.system
    return seconds


def answers(port: int, path: str) -> bool:
    """Whether a GET there is answered 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def bare_environ() -> dict[str, str]:
    """Our environment without any setting of Hudhud."""
    return {name: value for name, value in os.environ.items() if not name.startswith("HUDHUD_")}
