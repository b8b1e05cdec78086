from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from hudhud.ops.child import LIFELINE, end_with_parent, pause_s

# A child writes its name and pid when it starts and when it drained, one line each, in one file.
CHILD = """
import os, signal, sys, time
from hudhud.ops.supervisor import end_with_parent
name, journal, manner = sys.argv[1:4]
def write(what):
    with open(journal, "a") as file:
        print(name, what, os.getpid(), file=file)
def end(*_):
    if manner == "deaf":
        return
    write("drained")
    sys.exit(3 if manner == "undrained" else 0)
signal.signal(signal.SIGTERM, end)
end_with_parent()
write("started")
if manner == "refuses":
    sys.exit(78)
while True:
    time.sleep(0.05)
"""
SUPERVISOR = """
import pathlib, sys
from hudhud.ops.engines import start_postgresql, start_valkey
from hudhud.ops.supervisor import Child, Supervisor
folder, script, *manners = sys.argv[1:]
journal = pathlib.Path(folder) / "journal"
children = [
    Child(name=name, stage=stage, stop_s=2.0,
          argv=(sys.executable, "-c", script, name, str(journal), manner),
          ready=lambda name=name: journal.exists() and name + " started" in journal.read_text())
    for stage, (name, manner) in enumerate(zip(("web", "worker"), manners))
]
data = pathlib.Path(folder) / "data"
engines = [start_postgresql(data, settings={"fsync": "off"}), start_valkey(data)]
print("engines", *(engine.pid for engine in engines), flush=True)
sys.exit(Supervisor(children, engines).run(lambda: print("ready", flush=True)))
"""


class Up:
    """A supervisor with two children and both engines, as a process of its own."""

    def __init__(self, folder: Path, *manners: str):
        folder.chmod(0o711)
        self.journal = folder / "journal"
        self.process = subprocess.Popen(  # noqa: S603 - the script above
            [sys.executable, "-c", SUPERVISOR, str(folder), CHILD, *(manners or ("good", "good"))],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.engines: list[int] = []

    def until(self, word: str) -> list[str]:
        """Read on to the line that begins with this word; it tells the engines' pids on its way."""
        for line in self.process.stdout:
            words = line.split()
            if words and words[0] == "engines":
                self.engines = [int(pid) for pid in words[1:]]
            if words and words[0] == word:
                return words[1:]
        raise AssertionError(f"ended before {word!r}")

    def written(self) -> list[tuple[str, str]]:
        lines = self.journal.read_text().splitlines()
        return [(line.split()[0], line.split()[1]) for line in lines]

    def pids(self, name: str) -> list[int]:
        lines = [line.split() for line in self.journal.read_text().splitlines()]
        return [int(pid) for who, what, pid in lines if (who, what) == (name, "started")]

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        self.process.communicate(timeout=20)
        return self.process.returncode


def wait_until(condition, within_s=20.0):
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, "did not come about in time"
        time.sleep(0.02)


def none_alive(pids) -> bool:
    return not any(psutil.pid_exists(pid) for pid in pids)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_web_then_worker_then_the_engines_and_leaves_nothing(short_dir, number):
    up = Up(short_dir)
    up.until("ready")
    assert up.end(number) == 0
    assert up.written()[-2:] == [("web", "drained"), ("worker", "drained")]
    assert none_alive([*up.engines, *up.pids("web"), *up.pids("worker")])


def test_a_child_that_dies_is_started_again(short_dir):
    up = Up(short_dir)
    up.until("ready")
    os.kill(up.pids("worker")[0], signal.SIGKILL)
    wait_until(lambda: len(up.pids("worker")) == 2)
    assert up.end() == 0
    assert none_alive(up.pids("worker"))


def test_an_engine_that_dies_is_started_again(short_dir):
    up = Up(short_dir)
    up.until("ready")
    os.kill(up.engines[1], signal.SIGKILL)
    folder = str(short_dir / "data" / "valkey")

    def again() -> bool:
        for process in psutil.process_iter():
            try:
                if process.name() == "valkey-server" and process.cwd() == folder:
                    return process.pid != up.engines[1]
            except psutil.Error:
                continue
        return False

    wait_until(again)
    assert up.end() == 0


def test_a_killed_supervisor_leaves_no_child_and_no_engine(short_dir):
    up = Up(short_dir, "good", "deaf")
    up.until("ready")
    assert up.end(signal.SIGKILL) == -signal.SIGKILL
    wait_until(lambda: none_alive([*up.engines, *up.pids("web"), *up.pids("worker")]))


def test_a_child_that_does_not_drain_in_time_is_killed_and_the_exit_code_says_so(short_dir):
    up = Up(short_dir, "good", "deaf")
    up.until("ready")
    assert up.end() == 1
    assert none_alive([*up.engines, *up.pids("worker")])


def test_a_drain_that_leaves_something_behind_is_told_by_the_exit_code(short_dir):
    up = Up(short_dir, "undrained", "good")
    up.until("ready")
    assert up.end() == 1


def test_a_child_that_refuses_its_settings_ends_everything_with_78(short_dir):
    up = Up(short_dir, "refuses", "good")
    up.process.communicate(timeout=20)
    assert up.process.returncode == 78
    assert none_alive(up.pids("worker"))


def test_pauses_between_starts_grow_and_have_a_limit():
    assert [pause_s(deaths) for deaths in (1, 2, 3, 99)] == [0.5, 1.0, 2.0, 4.0]


def test_without_a_supervisor_nothing_watches():
    end_with_parent({})
    end_with_parent({LIFELINE: "not a number"})
