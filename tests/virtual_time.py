"""An event loop whose clock jumps to the next timer: hours of waiting in a moment, always alike.

Nothing real can happen in it, no socket and no thread: what goes to a thread runs at once. A
scenario is a function of a seeded source of chance, so a red seed is red again. Code under it
takes its time from `asyncio.get_running_loop().time()`, or is handed `time` as its clock.
"""

from __future__ import annotations

import asyncio
import random
import selectors
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import Executor
from typing import Any, TypeVar

T = TypeVar("T")
STEPS_MAX = 10_000  # of one virtual moment
Scenario = Callable[[random.Random], Coroutine[Any, Any, None]]


class NothingLeftError(RuntimeError):
    """Everybody waits and no timer is set: in real time this would hang for ever."""


class SpinningError(RuntimeError):
    """Steps without end and no time passes: in real time this would burn a core for ever."""


class _Jump(selectors.SelectSelector):
    now_s = 0.0
    steps = 0

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise NothingLeftError
        self.steps = 0 if timeout > 0 else self.steps + 1
        if self.steps > STEPS_MAX:
            self.steps = 0
            raise SpinningError
        self.now_s += max(0.0, timeout)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """A loop that never waits. `time()` is virtual seconds since it was made."""

    def __init__(self) -> None:
        """Begin at zero."""
        self._jump = _Jump()
        super().__init__(self._jump)

    def time(self) -> float:
        """Virtual seconds."""
        return self._jump.now_s

    def run_in_executor(  # type: ignore[override] # the result is there at once
        self, _executor: Executor | None, func: Callable[..., T], *args: Any
    ) -> asyncio.Future[T]:
        """Run a thread's work here and now; its ending is known when this returns."""
        ending: asyncio.Future[T] = self.create_future()
        try:
            ending.set_result(func(*args))
        except BaseException as error:  # noqa: BLE001 - it belongs to whoever awaits it
            ending.set_exception(error)
        return ending


def run(deed: Coroutine[Any, Any, T]) -> T:
    """Finish a coroutine in virtual time.

    Raises:
        NothingLeftError: it waits for something that can never happen.
        SpinningError: it waits for nothing at all.
    """
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(deed)


def run_seeds(scenario: Scenario, seeds: Iterable[int]) -> int:
    """Run a scenario once for each seed; a failure says which seed it was.

    Returns: how many ran, so that a test can promise a number.
    """
    count = 0
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        for seed in seeds:
            try:
                runner.run(scenario(random.Random(seed)))  # noqa: S311 - chance, not a secret
            except BaseException as error:
                error.add_note(f"seed {seed}")
                raise
            count += 1
    return count
