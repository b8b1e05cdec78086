"""One process of Hudhud under the supervisor: started, watched, ended, and never an orphan."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from hudhud.events import emit

# Not under our prefix: the settings refuse variables that no user should know.
LIFELINE = "SUPERVISOR_LIFELINE_FD"
HOLDER = "SUPERVISOR_HOLDER"
ORPHAN_S_MAX = 5.0
FIRST_PAUSE_S = 0.5
# A child cannot start while PostgreSQL recovers, and PostgreSQL may be killed more than once: the
# longest pause is work that nobody does after it is back.
PAUSE_S_MAX = 4.0
STEADY_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """What the supervisor starts.

    `env` comes over our own environment. `ready` says whether it serves (None: at once).
    Children of one `stage` are stopped together, lower stages first; each has `stop_s` seconds
    after `stop_signal`, then it is killed. `after_death` gets its holder's name when it died, was
    killed or did not drain, in a thread of its own: what it held may be freed then.
    """

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    stage: int = 0
    stop_signal: int = signal.SIGTERM
    stop_s: float = 15.0
    ready: Callable[[], bool] | None = None
    after_death: Callable[[str], None] | None = None


class RunningChild:
    """A child with its process; after a death it waits for its time to be started again."""

    def __init__(self, child: Child, lifeline: int) -> None:
        """Start it. `lifeline` is the pipe end whose EOF tells it that the supervisor is gone."""
        self.child = child
        self.start_at = 0.0
        self._lifeline = lifeline
        self._deaths = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._burying: threading.Thread | None = None
        self.start(time.monotonic())

    @property
    def alive(self) -> bool:
        """Whether its process runs."""
        return self._process is not None and self._process.poll() is None

    def start(self, now: float) -> None:
        """Start its process; its session is its own, so Ctrl-C reaches only the supervisor."""
        self._started_at = now
        self._holder = new_holder(self.child.name)
        self._process = subprocess.Popen(  # noqa: S603 - our own commands
            self.child.argv,
            env={
                **os.environ,
                **self.child.env,
                LIFELINE: str(self._lifeline),
                HOLDER: self._holder,
            },
            pass_fds=(self._lifeline,),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        emit("child.started", child=self.child.name, child_pid=self._process.pid)

    def death(self, now: float) -> int | None:
        """Its exit code if it died since the last call; its next start is then planned.

        Args:
            now: seconds of the monotonic clock.
        """
        if self._process is None or (code := self._process.poll()) is None:
            return None
        lived_s = now - self._started_at
        self._process = None
        self._deaths = 1 if lived_s >= STEADY_S else self._deaths + 1
        pause = pause_s(self._deaths)
        self.start_at = now + pause
        emit(
            "child.died",
            level="error",
            child=self.child.name,
            code=code,
            lived_s=round(lived_s, 1),
            again_in_s=pause,
        )
        self._bury()
        return code

    def ask_to_stop(self) -> None:
        """Send its stop signal, if it runs."""
        if self._process is not None:
            self._process.send_signal(self.child.stop_signal)

    def kill(self) -> None:
        """End it now."""
        if self._process is not None and self.alive:
            emit("child.killed", level="error", child=self.child.name)
            self._process.kill()
            self._process.wait()

    def buried(self, within_s: float) -> None:
        """Wait, at most so many seconds, until what it held when it ended is freed."""
        if not self.drained:
            self._bury()
        if self._burying is not None:
            self._burying.join(within_s)

    def _bury(self) -> None:
        # In a thread: PostgreSQL may be away, and the other children are looked after meanwhile.
        if self.child.after_death is not None:
            self._burying = threading.Thread(
                target=self.child.after_death, args=(self._holder,), name="burial", daemon=True
            )
            self._burying.start()

    @property
    def drained(self) -> bool:
        """Whether it ended well: exit code 0, or the stop signal came before it had a handler."""
        return self._process is None or self._process.poll() in (0, -self.child.stop_signal)


def new_holder(name: str) -> str:
    """A name for one start of one process, in leases and sends; no other start ever has it.

    A process id would come again, and a dead holder's leases would look like those of a living one.
    """
    return f"{socket.gethostname()}:{name}:{secrets.token_hex(6)}"


def holder_name(environ: Mapping[str, str] | None = None) -> str:
    """The holder's name that our supervisor gave to this start, or a new one.

    Args:
        environ: variables by name; the process's own by default.
    """
    given = (os.environ if environ is None else environ).get(HOLDER, "")
    return given or new_holder(str(os.getpid()))


def pause_s(deaths: int) -> float:
    """Seconds before the next start after so many deaths in a row: 0.5, 1, 2, then always 4."""
    return min(FIRST_PAUSE_S * 2.0 ** min(deaths - 1, 16), PAUSE_S_MAX)


def end_with_parent(environ: Mapping[str, str] | None = None) -> None:
    """Make this process end when its supervisor is gone, however that came about.

    Every command that the supervisor starts calls this first. Without a supervisor it does
    nothing. First comes SIGTERM, so that a drain is tried; ORPHAN_S_MAX seconds later the end.

    Args:
        environ: variables by name; the process's own by default.
    """
    lifeline = (os.environ if environ is None else environ).get(LIFELINE, "")
    if not lifeline.isdigit():
        return

    def watch() -> None:
        with contextlib.suppress(OSError):
            while os.read(int(lifeline), 1):
                pass
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(ORPHAN_S_MAX)
        os._exit(1)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()
