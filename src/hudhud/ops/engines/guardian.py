"""Stands between the supervisor and one engine, so that the engine never outlives the supervisor.

A script of its own (`python -I -S guardian.py STOP_SIGNAL STOP_S UID GID PROGRAM ARGUMENT…`), not a
thread or a parent-death signal of the supervisor: that signal is bound to a *thread*, and macOS
has none. Standard input is a pipe that only the supervisor holds; its end, however it
came about, shuts the engine down. The first line of standard output is the engine's pid, the exit
code is the engine's own.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import sys
import time
from typing import NoReturn

PR_SET_PDEATHSIG = 1
STDIN = 0


def main(stop_signal: int, stop_s: float, uid: int, gid: int, command: list[str]) -> int:
    """Run the engine until it ends or the supervisor does.

    Args:
        stop_signal: the engine's signal for a fast, clean shutdown.
        stop_s: seconds that it has for that before it is killed.
        uid: user to run it as; -1 keeps ours.
        gid: group to run it as.
        command: program and arguments.

    Returns:
        The engine's exit code, 128 + signal when a signal ended it.
    """
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    # Ctrl-C reaches the whole terminal; the supervisor alone decides the order of the end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ourselves = os.getpid()
    pid = os.fork()
    if pid == 0:
        _become(ourselves, stop_signal, uid, gid, command)
    print(pid, flush=True)  # noqa: T201 - the line that the supervisor waits for
    return _watch(pid, woken, stop_signal, stop_s)


def _watch(pid: int, woken: int, stop_signal: int, stop_s: float) -> int:
    kill_at: float | None = None
    while True:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code
        if kill_at is None:
            ready, _, _ = select.select([STDIN, woken], [], [])
            signals = os.read(woken, 64) if woken in ready else b""
            if STDIN in ready or signal.SIGTERM in signals:
                os.kill(pid, stop_signal)
                kill_at = time.monotonic() + stop_s
        else:
            left_s = kill_at - time.monotonic()
            if left_s <= 0:
                os.kill(pid, signal.SIGKILL)
            ready, _, _ = select.select([woken], [], [], max(left_s, 0.1))
            if ready:
                os.read(woken, 64)


def _become(guardian: int, stop_signal: int, uid: int, gid: int, command: list[str]) -> NoReturn:
    try:
        os.setsid()
        for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        os.dup2(os.open(os.devnull, os.O_RDONLY), STDIN)
        os.dup2(2, 1)
        os.umask(0o077)
        if uid >= 0:
            os.setgroups([])
            os.setgid(gid)
            os.setuid(uid)
        if sys.platform == "linux":
            # After setuid, which clears it: ends the engine when even the guardian is killed.
            with contextlib.suppress(OSError, AttributeError):
                ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, stop_signal, 0, 0, 0)
        if os.getppid() == guardian:
            os.execv(command[0], command)  # noqa: S606 - our packaged program, no shell wanted
    except OSError as error:
        os.write(2, f"{command[0]}: {error}\n".encode())
    os._exit(127)


if __name__ == "__main__":
    sys.exit(
        main(
            int(sys.argv[1]),
            float(sys.argv[2]),
            int(sys.argv[3]),
            int(sys.argv[4]),
            sys.argv[5:],
        )
    )
