"""Why this answer: what one batch read, found, asked and did, and how long each step took.

The trace belongs to the task that answers: whoever does a step of it says so with `step`, without
a trace in its hands, and where nobody traces that costs nothing.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import msgspec

from hudhud.core.tracing.bounding import bounded
from hudhud.events import named
from hudhud.model import Turn
from hudhud.store.conversations import Claim, Finish
from hudhud.store.lookups import Setting

STEPS_MAX = 64
FOUND_MAX = 8
_ENDS = frozenset({"answered", "handed_over", "noted", "dead"})
_current: ContextVar[Trace | None] = ContextVar("hudhud_trace", default=None)


class Taken(msgspec.Struct, kw_only=True):
    """One step: when it began, in ms after the claim did, how long it took, what is told of it.

    `failed` names the error that it ended with. `told` holds names and figures, never words.
    """

    name: str
    at_ms: float
    ms: float = 0.0
    failed: str | None = None
    told: dict[str, Any] = {}


class Trace:
    """The trace of one batch, from the claim to its ending."""

    def __init__(self, claim: Claim, *, claim_s: float) -> None:
        """Begin with a claim that took `claim_s` seconds and has just come back."""
        self.id = secrets.token_hex(16)
        self.claimed = claim.claimed
        self.began_ns = time.time_ns() - int(claim_s * 1e9)
        self.steps = [Taken(name="claim", at_ms=0.0, ms=_ms(claim_s))]
        self.found: dict[str, Any] = {}
        self.read: dict[str, Any] = {}
        self.decided_ms = 0.0
        self._zero = time.perf_counter() - claim_s

    @property
    def now_ms(self) -> float:
        """Milliseconds since the claim began."""
        return _ms(time.perf_counter() - self._zero)

    def begin(self, name: str, told: Mapping[str, Any]) -> Taken:
        """Note the beginning of a step; beyond STEPS_MAX it is timed and not kept."""
        step = Taken(name=name, at_ms=self.now_ms, told=dict(told))
        if len(self.steps) < STEPS_MAX:
            self.steps.append(step)
        return step

    def looked_up(self, setting: Setting) -> None:
        """Note what was read: each look-up with PostgreSQL's milliseconds, and what failed."""
        self.read = {"look_ups": {name: round(ms, 2) for name, ms in setting.took_ms.items()}}
        if setting.failed:
            # The rest of the sentence may quote what a customer wrote.
            self.read["failed"] = {name: why[:5] for name, why in setting.failed.items()}

    def gathered(self, turn: Turn) -> None:
        """Note what was found for the batch, the best first."""
        self.found = {
            "products": [
                {"id": one.id, "sku": one.sku, "name": [one.name_ar, one.name_en]}
                | {"score": round(one.score, 3)}
                for one in turn.products[:FOUND_MAX]
            ],
            "faqs": [
                {"id": one.id, "topic": one.topic, "name": [one.question_ar, one.question_en]}
                | {"score": round(one.score, 3)}
                for one in turn.faqs[:FOUND_MAX]
                if one.score > 0
            ],
            "passages": [
                {"id": one.id, "source": one.source, "heading": one.heading}
                | {"score": round(one.score, 3)}
                for one in turn.passages[:FOUND_MAX]
            ],
            "history": len(turn.history),
        }

    def told(self, ending: Finish) -> Finish:
        """The ending with this trace in it; bounded, as everything is that grows.

        What comes again, or came to nothing, is no answer, and nobody asks why.
        """
        self.decided_ms = self.now_ms
        if ending.outcome not in _ENDS:
            return ending
        steps = msgspec.to_builtins(self.steps)
        ours = {"id": self.id, "steps": steps, "read": self.read, "found": self.found}
        return msgspec.structs.replace(ending, trace=bounded({**ending.trace, **ours}))


@contextmanager
def tracing(trace: Trace) -> Iterator[Trace]:
    """Make it the trace of this task, and name it in each of the task's log lines."""
    token = _current.set(trace)
    try:
        with named(trace=trace.id):
            yield trace
    finally:
        _current.reset(token)


@contextmanager
def step(name: str, **told: Any) -> Iterator[dict[str, Any]]:
    """One step of whatever is traced in this task; what is put into the yielded dict is told.

    Args:
        name: of the step, the same in code, pages and spans.
        told: names and figures; never a customer's words.
    """
    trace = _current.get()
    if trace is None:
        yield {}
        return
    begun = trace.begin(name, told)
    try:
        yield begun.told
    except BaseException as error:
        begun.failed = type(error).__name__
        raise
    finally:
        begun.ms = round(trace.now_ms - begun.at_ms, 2)


def current() -> Trace | None:
    """The trace of this task, if it has one."""
    return _current.get()


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
