"""One engine as a process: started behind its guardian, asked until it answers, ended."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil

from hudhud.errors import EngineError
from hudhud.events import emit
from hudhud.ops.account import Account
from hudhud.ops.engines import guardian

ANSWER_S_MAX = 120.0  # crash recovery replays at most max_wal_size
STOP_S_MAX = 10.0
LEFTOVER_S_MAX = 10.0
POLL_S = 0.01
LOG_BYTES_MAX = 16 * 1024 * 1024
LOG_TAIL_LINES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """What starts one engine.

    `folder` is where the engine works; every process that works there is its own. `program` is
    the name of its processes. `answers` says whether it serves. `stop_signal` is its fast shutdown.
    `stale` is what a crash leaves behind and a next start must not believe.
    """

    name: str
    program: str
    argv: tuple[str, ...]
    folder: Path
    log: Path
    account: Account | None
    stop_signal: int
    answers: Callable[[], bool]
    stale: tuple[Path, ...] = ()


class Engine:
    """A running engine. It ends with this process, however this process ends."""

    def __init__(self, launch: Launch) -> None:
        """Start the engine and wait until it answers.

        Raises:
            EngineError: another process holds the data directory, or the engine did not answer;
                the detail ends with the last lines of its log.
        """
        self.launch = launch
        self.pid = 0
        self._guardian: subprocess.Popen[str] | None = None
        self._lock: IO[str] | None = None
        self.start()

    @property
    def alive(self) -> bool:
        """Whether the engine's process runs."""
        return self._guardian is not None and self._guardian.poll() is None

    def start(self) -> None:
        """Start, unless it runs; whatever an earlier supervisor left in the folder is ended first.

        Raises:
            EngineError: as when it was made.
        """
        if self.alive:
            return
        self._take_lock()
        end_leftovers(self.launch)
        for path in self.launch.stale:
            path.unlink(missing_ok=True)
        started = time.monotonic()
        try:
            self._spawn()
            self._wait_for_answer()
        except BaseException:
            self.stop()
            raise
        took_ms = round((time.monotonic() - started) * 1000)
        emit("engine.started", engine=self.launch.name, pid=self.pid, took_ms=took_ms)

    def stop(self) -> None:
        """Shut down fast and cleanly; killed after STOP_S_MAX seconds. Harmless when stopped."""
        if self._guardian is not None:
            _close(self._guardian)
            self._guardian.wait()
            self._guardian = None
            end_leftovers(self.launch)
            emit("engine.stopped", engine=self.launch.name)
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def kill(self) -> None:
        """End it as a crash would (SIGKILL); for fault tests. Its busy children may live on."""
        if self._guardian is not None and self.alive:
            os.kill(self.pid, signal.SIGKILL)
            self._guardian.wait()

    def restart(self) -> None:
        """Start it again, stopped or crashed; the addresses stay the same.

        Raises:
            EngineError: as when it was made.
        """
        self.stop()
        self.start()

    def _take_lock(self) -> None:
        if self._lock is not None:
            return
        path = self.launch.folder.with_name(self.launch.folder.name + ".lock")
        lock = path.open("a+", encoding="ascii")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            lock.close()
            raise EngineError(
                f"{self.launch.name} of {self.launch.folder.parent} is already run by process "
                f"{holder}; stop that one first, or give another HUDHUD_DATA_DIR."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        self._lock = lock

    def _spawn(self) -> None:
        uid, gid = self.launch.account or (-1, -1)
        command = [sys.executable, "-I", "-S", guardian.__file__]
        command += [str(self.launch.stop_signal), str(STOP_S_MAX), str(uid), str(gid)]
        with _log(self.launch.log) as log:
            self._guardian = subprocess.Popen(  # noqa: S603 - our own script and packaged program
                [*command, *self.launch.argv],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                cwd=self.launch.folder if self.launch.account is None else "/",
                env={"LC_ALL": "C", "TZ": "UTC", "PATH": os.defpath},
                start_new_session=True,
            )
        assert self._guardian.stdout is not None  # noqa: S101 - a pipe was asked for
        self.pid = int(self._guardian.stdout.readline() or 0)

    def _wait_for_answer(self) -> None:
        deadline = time.monotonic() + ANSWER_S_MAX
        while not self.launch.answers():
            if not self.alive or time.monotonic() > deadline:
                raise EngineError(f"{self.launch.name}. Its log ends: {_tail(self.launch.log)}")
            time.sleep(POLL_S)


def end_leftovers(launch: Launch) -> None:
    """End every process that still works in the engine's folder.

    After a kill -9 of the postmaster a busy backend lives on and holds the shared memory, so that
    a new server refuses to start (CORRECTNESS 21). The lock is held: nothing of it is in use.

    Raises:
        EngineError: a process could not be ended.
    """
    left = _working_in(launch)
    led = any(_leads(process, launch.program) for process in left)
    for process in left if led else ():
        _signal(process, launch.stop_signal)
    _, stubborn = psutil.wait_procs(left, timeout=LEFTOVER_S_MAX if led else 0)
    for process in stubborn:
        _signal(process, signal.SIGKILL)
    _, alive = psutil.wait_procs(stubborn, timeout=LEFTOVER_S_MAX)
    if alive:
        pids = ", ".join(str(process.pid) for process in alive)
        raise EngineError(f"Processes of an earlier {launch.name} cannot be ended: {pids}.")


def _working_in(launch: Launch) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if process.name() == launch.program and process.cwd() == str(launch.folder):
                found.append(process)
        except psutil.Error:  # ended meanwhile, or another user's
            continue
    return found


def _leads(process: psutil.Process, program: str) -> bool:
    """Whether this is the server itself and no backend of it; only it can shut down cleanly."""
    try:
        return not "".join(process.cmdline()[:1]).startswith(f"{program}:")
    except psutil.Error:  # ended meanwhile; macOS calls one that is ending another user's
        return False


def _signal(process: psutil.Process, number: int) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return


def _close(started: subprocess.Popen[str]) -> None:
    for pipe in (started.stdin, started.stdout):
        if pipe is not None:
            pipe.close()


def _log(path: Path) -> IO[bytes]:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if path.exists() and path.stat().st_size > LOG_BYTES_MAX:
        path.replace(path.with_suffix(".old.log"))
    return path.open("ab")


def _tail(path: Path) -> str:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return " | ".join(lines[-LOG_TAIL_LINES:]) or "(empty)"
