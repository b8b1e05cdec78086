"""Hudhud's processes as an operator starts them: real signals, real HTTP."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from free_ports import free_port

READY_S_MAX = 40.0
STOP_S_MAX = 30.0
LOOK_S = 0.02
QUICK = {
    "HUDHUD_LEASE_S": "2",
    "HUDHUD_SWEEP_S": "0.5",
    "HUDHUD_SEND_TIMEOUT_S": "1",
    "HUDHUD_DRAIN_S": "8",
    "HUDHUD_RESPONDER_DEADLINE_S": "20",
    "HUDHUD_LOG_FORMAT": "json",
}


def slowness() -> float:
    """By how much what is promised in seconds may take longer: 1 on a quiet machine.

    One with three times more to run than it has cores, as when it runs all tests at once, takes
    three times as long.
    """
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


class Process:
    """One process of ours: started, killed as a crash would, or asked to drain."""

    def __init__(self, part: str, environ: dict[str, str], log: Path) -> None:
        self.part, self.environ, self.log = part, environ, log
        self._log_starts_at = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._asked = False

    def start(self) -> None:
        assert not self.alive
        self._asked = False
        self._log_starts_at = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-m", "hudhud", self.part],
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def said(self) -> str:
        """What it has logged since its last start."""
        return self.log.read_bytes()[self._log_starts_at :].decode("utf-8", "replace")

    def until(self, true: Callable[[], bool], *, seconds: float = READY_S_MAX) -> None:
        deadline = time.monotonic() + seconds
        while not true():
            dead = self._process is not None and self._process.poll() is not None
            if dead or time.monotonic() > deadline:
                raise AssertionError(f"{self.part} is not there: {self.said[-3000:]}")
            time.sleep(LOOK_S)

    def kill(self) -> None:
        """End it as the kernel's out-of-memory killer does."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def ask_to_stop(self) -> None:
        """Ask it to drain, once, and do not wait: asked again while it ends, it dies of that."""
        if self._process is not None and self.alive and not self._asked:
            self._asked = True
            self._process.send_signal(signal.SIGTERM)

    def stop(self) -> int:
        """Ask it to drain, and wait for its exit code."""
        if self._process is None:
            return 0
        self.ask_to_stop()
        try:
            return self._process.wait(STOP_S_MAX)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise AssertionError(f"{self.part} did not drain: {self.said[-3000:]}") from None


class House:
    """Web, worker and simulator over given engines, with a data folder of their own."""

    def __init__(self, folder: Path, app_url: str, queue_url: str, **variables: str) -> None:
        web_port, simulator_port = free_port(), free_port()
        self.folder = folder
        self.web_url = f"http://127.0.0.1:{web_port}"
        self.simulator_url = f"http://127.0.0.1:{simulator_port}"
        self.key_hex = secrets.token_hex(32)
        bare = {k: v for k, v in os.environ.items() if not k.startswith("HUDHUD_")}
        self.environ = {
            **bare,
            **QUICK,
            "HUDHUD_DATABASE_URL": app_url,
            "HUDHUD_QUEUE_URL": queue_url,
            "HUDHUD_DATA_DIR": str(folder),
            "HUDHUD_PORT": str(web_port),
            "HUDHUD_SIMULATOR_PORT": str(simulator_port),
            "SECRET_KEY": secrets.token_hex(32),
            "ENCRYPTION_KEY_HEX": self.key_hex,
            "PYTHONUNBUFFERED": "1",
            **variables,
        }
        self._others: list[Process] = []
        self.web = self.process("web")
        self.worker = self.process("worker")
        self.simulator = self.process("simulator")
        self._all = [self.web, self.worker, self.simulator]
        self._others.clear()

    def process(self, part: str, **variables: str) -> Process:
        """One more process of a kind; stop it yourself."""
        name = f"{part}-{secrets.token_hex(3)}.log"
        self._others.append(Process(part, self.environ | variables, self.folder / name))
        return self._others[-1]

    def end_others(self) -> None:
        """Kill what a test that failed left behind: it would take the next one's work."""
        for process in self._others:
            if process.alive:
                process.kill()
        self._others.clear()

    def start(self) -> None:
        for process in self._all:
            process.start()
        self.wait()

    def wait(self) -> None:
        """Wait until all three serve."""
        self.web.until(lambda: answers(f"{self.web_url}/health/ready"))
        self.simulator.until(lambda: answers(f"{self.simulator_url}/simulator/numbers"))
        self.worker.until(lambda: "worker.started" in self.worker.said)

    def restart(self, process: Process) -> None:
        process.start()
        self.wait()

    def stop(self) -> None:
        self.end_others()
        for process in self._all:
            process.stop()


def answers(url: str) -> bool:
    """Whether a GET there is answered with 200."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - a fixed http address
            return bool(answer.status == 200)
    except (OSError, urllib.error.HTTPError):
        return False
