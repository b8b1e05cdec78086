"""Keeps the processes of one machine running, and ends them in order; `hudhud up` is this.

The order of the end is the order of the work: the web process first stops taking and drains, then
the worker, then the simulator, then Valkey, and PostgreSQL last. A supervisor that is
killed takes everything with it: engines by their guardian, children by `end_with_parent`.
"""

from __future__ import annotations

import http.client
import math
import os
import select
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from types import FrameType

from hudhud.errors import ChildFailedError, HudhudError
from hudhud.events import emit
from hudhud.ops.child import Child, RunningChild, end_with_parent
from hudhud.ops.engines import Engine

__all__ = ["Child", "Supervisor", "end_with_parent", "web_is_ready"]

READY_S_MAX = 30.0
# One Ctrl-C may arrive twice, from the terminal and from `make`; impatience comes later.
ONE_CTRL_C_S = 1.0
LOOK_S = 1.0
READY_LOOK_S = 0.05
ASK_TIMEOUT_S = 2.0
BURIAL_S = 1.0
SETTINGS_WRONG = 78
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Supervisor:
    """Engines and children of one `hudhud up`."""

    def __init__(self, children: Sequence[Child], engines: Sequence[Engine] = ()) -> None:
        """Take what to run.

        Args:
            children: the processes, in the order of their start.
            engines: running engines, in the order of their start; they are stopped in reverse.
        """
        self._children = children
        self._engines = engines
        self._running: list[RunningChild] = []
        self._asked_at: list[float] = []
        self._impatient_from = math.inf
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._wake, False)

    def run(self, on_ready: Callable[[], None] | None = None) -> int:
        """Start everything, keep it running until SIGTERM, SIGINT or SIGHUP, then stop it in order.

        A second signal during the drain kills what is left. A child that dies is started
        again, later each time it dies soon; one that says that the settings are wrong ends all.
        Call it in the main thread, which alone gets signals.

        Args:
            on_ready: called once when every child is ready.

        Returns:
            0 after a clean end, 78 when a child refused its settings, 1 when a child had to be
            killed or reported that something is left (a spool that is not empty).

        Raises:
            ChildFailedError: a child was not ready within READY_S_MAX seconds; all is stopped.
        """
        with self._signals():
            try:
                code = self._serve(on_ready)
            finally:
                drained = self._stop()
        return code or (0 if drained else 1)

    def _serve(self, on_ready: Callable[[], None] | None) -> int:
        # Only this process holds the writing end; its EOF is how a child learns of our death.
        lifeline, _held = os.pipe()
        for child in self._children:
            self._running.append(RunningChild(child, lifeline))
        code = self._become_ready()
        if on_ready is not None and code == 0 and not self._asked_at:
            on_ready()
        while code == 0 and not self._asked_at:
            self._sleep(LOOK_S)
            code = self._look()
        return code

    def _become_ready(self) -> int:
        deadline = time.monotonic() + READY_S_MAX
        waiting = [running for running in self._running if running.child.ready is not None]
        while waiting and not self._asked_at:
            if code := self._look():
                return code
            waiting = [r for r in waiting if not (r.alive and r.child.ready and r.child.ready())]
            if waiting and time.monotonic() > deadline:
                names = ", ".join(running.child.name for running in waiting)
                raise ChildFailedError(f"Not ready within {READY_S_MAX:.0f} s: {names}.")
            if waiting:
                self._sleep(READY_LOOK_S)
        return 0

    def _look(self) -> int:
        """See who died and start it again when its time has come; 78 ends everything."""
        for engine in self._engines:
            if not engine.alive:
                self._revive(engine)
        now = time.monotonic()
        for running in self._running:
            if running.death(now) == SETTINGS_WRONG:
                return SETTINGS_WRONG
            if not running.alive and now >= running.start_at and not self._asked_at:
                running.start(now)
        return 0

    def _revive(self, engine: Engine) -> None:
        emit("engine.died", level="error", engine=engine.launch.name)
        try:
            engine.restart()
        except HudhudError as error:
            # The children go on: webhooks are spooled, and the next look tries again.
            emit("engine.lost", level="error", engine=engine.launch.name, reason=error.sentence)

    def _stop(self) -> bool:
        emit("supervisor.stopping")
        self._impatient_from = time.monotonic() + ONE_CTRL_C_S
        stages = sorted(self._running, key=lambda running: running.child.stage)
        for _, group in groupby(stages, key=lambda running: running.child.stage):
            self._stop_together(list(group))
        drained = all(running.drained for running in self._running)
        for engine in reversed(self._engines):
            engine.stop()
        emit("supervisor.stopped", drained=drained)
        return drained

    def _stop_together(self, group: list[RunningChild]) -> None:
        for running in group:
            running.ask_to_stop()
        deadline = time.monotonic() + max(running.child.stop_s for running in group)
        while any(running.alive for running in group):
            left_s = deadline - time.monotonic()
            if left_s <= 0 or any(at > self._impatient_from for at in self._asked_at):
                break
            self._sleep(min(left_s, LOOK_S))
        for running in group:
            running.kill()
        for running in group:
            running.buried(BURIAL_S)

    def _sleep(self, most_s: float) -> None:
        """Wait until a signal comes (the death of a child is one), or so many seconds."""
        ready, _, _ = select.select([self._woken], [], [], most_s)
        if ready:
            os.read(self._woken, 64)

    @contextmanager
    def _signals(self) -> Iterator[None]:
        def asked(_number: int, _frame: FrameType | None) -> None:
            self._asked_at.append(time.monotonic())

        # Under nohup a hang-up is ignored, and stays so.
        endings = [number for number in ENDINGS if number is not signal.SIGHUP or not _nohup()]
        before = {number: signal.signal(number, asked) for number in endings}
        before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        wake = signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(wake)
            for number, handler in before.items():
                signal.signal(number, handler)


def _nohup() -> bool:
    return signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


def web_is_ready(host: str, port: int) -> bool:
    """Whether the web process there answers 200 on /health/ready.

    Args:
        host: address that it listens on; a wildcard address is asked over loopback.
        port: its port.
    """
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - asked, not bound
    connection = http.client.HTTPConnection(host, port, timeout=ASK_TIMEOUT_S)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
