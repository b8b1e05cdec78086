"""A circuit breaker, pure: who may call a service now, and what its answers mean for the next (R1).

Closed, every call goes through and its answer is counted. Open, none does until a time. Then it is
half open: as many calls as there are permits try the service, each permit for a time of its own, so
that a prober that died does not keep it for ever; everybody else still waits. The first answer of a
prober decides: it closes, or it opens again.

Nothing here knows a clock, a network or another process: `now` is the caller's, in seconds.
"""

from __future__ import annotations

import random
import secrets
from collections import deque
from typing import Literal, NamedTuple

import msgspec

Phase = Literal["closed", "half_open", "open"]
Position = Literal["open", "closed"]
Kind = Literal["answered", "failed", "busy", "cancelled"]

BUCKETS = 10  # of the window; an answer leaves it a tenth of the window late at most
DOUBLINGS_MAX = 16
# After a permit's call should have ended by its own deadline, before another may try.
PROBE_GRACE_S = 1.0
# A probe may end any moment before its permit does: who was refused for it asks again so soon.
PROBE_WAIT_S = 1.0
# While an operator holds it open nobody knows until when: look again after so long.
FORCED_WAIT_S = 15.0


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """When a breaker opens, for how long, and how it is tried again. The defaults are R1's.

    `failures` in a row open it for `open_s`, then `probes` calls may try. A share of 0 is not
    looked at; shares count over `window_s` once it holds `calls_min` answers, a call of more than
    `slow_s` is slow. Each opening in a row lasts twice as long, up to `open_s_max`; `jitter`
    adds up to that share of it, so that many breakers do not end in one moment.
    """

    failures: int = 5
    open_s: float = 60.0
    open_s_max: float = 0.0
    jitter: float = 0.0
    probes: int = 1
    window_s: float = 60.0
    calls_min: int = 20
    failure_share: float = 0.0
    slow_share: float = 0.0
    slow_s: float = 5.0


def policy_of(text: str) -> Policy:
    """The policy in `failures=5,open_s=60`; the settings have checked that it reads so."""
    parts = dict(pair.split("=", 1) for pair in text.split(",") if pair)
    return msgspec.convert(parts, Policy, strict=False)


class Verdict(NamedTuple):
    """What one call says about its service; `busy` asks to come back in `wait_s`."""

    kind: Kind
    took_s: float = 0.0
    wait_s: float = 0.0


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """One time that it is open: its own name, the how manieth in a row, until when, and why."""

    name: str
    count: int
    until: float
    why: str


class Permit(NamedTuple):
    """The right to make one call; `probe` names it among the probers, 0 while it is closed."""

    epoch: int
    probe: int = 0


class Refusal(NamedTuple):
    """No call now; asking again makes sense after `wait_s`."""

    wait_s: float


class Breaker:
    """One service as one process sees it."""

    def __init__(self, policy: Policy, chance: random.Random | None = None) -> None:
        """Begin closed; `chance` is where jitter comes from, a test hands in a seeded one."""
        self.policy = policy
        self.forced: Position | None = None
        self.opening: Opening | None = None
        self._chance = chance or random.Random()  # noqa: S311 - jitter, no secret
        # Grows with each change: an answer to a call of before it says nothing about now.
        self._epoch = 0
        self._failures = 0
        self._window = _Window(policy.window_s)
        self._probes: dict[int, float] = {}
        self._numbers = 0

    def phase(self, now: float) -> Phase:
        """How it stands, an operator's word first."""
        if self.forced is not None:
            return self.forced
        if self.opening is None:
            return "closed"
        return "open" if now < self.opening.until else "half_open"

    def ask(self, now: float, *, deadline_s: float) -> Permit | Refusal:
        """May one call be made, which ends within `deadline_s` whatever happens?"""
        phase = self.phase(now)
        if phase == "closed":
            return Permit(self._epoch)
        if self.opening is None or self.forced is not None:
            return Refusal(FORCED_WAIT_S)
        if phase == "open":
            return Refusal(self.opening.until - now)
        self._probes = {number: end for number, end in self._probes.items() if end > now}
        if len(self._probes) >= self.policy.probes:
            return Refusal(min(PROBE_WAIT_S, min(self._probes.values()) - now))
        self._numbers += 1
        self._probes[self._numbers] = now + deadline_s + PROBE_GRACE_S
        return Permit(self._epoch, self._numbers)

    def tell(self, permit: Permit, verdict: Verdict, now: float) -> bool:
        """Take the answer of one call; returns whether the breaker changed by it.

        Neutral are a cancelled call, one from before the last change, one of a prober whose
        permit ran out, and every call while an operator holds the breaker.
        """
        # Whoever is no prober and met no closed breaker was let through by an operator.
        held = self._probes.pop(permit.probe, 0.0) > now if permit.probe else self.opening is None
        if not held or permit.epoch != self._epoch or self.forced is not None:
            return False
        if verdict.kind == "cancelled":
            return False
        if verdict.kind == "busy":
            # It lives and names its moment: no failure, and no call before that moment.
            self._open(now, "busy", self._count, verdict.wait_s)
        elif permit.probe and (verdict.kind == "failed" or self._too_slow(verdict)):
            self._open(now, "probe", self._count + 1)
        elif permit.probe:
            self.close()
        else:
            return self._counted(verdict, now)
        return True

    def adopt(self, opening: Opening) -> None:
        """Open as another process opened it."""
        self._change(opening)

    def close(self) -> None:
        """Close, and begin to count anew."""
        self._change(None)

    @property
    def _count(self) -> int:
        return self.opening.count if self.opening is not None else 0

    def _too_slow(self, verdict: Verdict) -> bool:
        return bool(self.policy.slow_share) and verdict.took_s > self.policy.slow_s

    def _counted(self, verdict: Verdict, now: float) -> bool:
        policy = self.policy
        failed, slow = verdict.kind == "failed", verdict.took_s > policy.slow_s
        self._failures = self._failures + 1 if failed else 0
        self._window.add(now, failed=failed, slow=slow)
        why = "failures" if self._failures >= policy.failures else self._over_share(now)
        if why:
            self._open(now, why, 1)
        return bool(why)

    def _over_share(self, now: float) -> str:
        policy = self.policy
        if not (policy.failure_share or policy.slow_share):
            return ""
        calls, failed, slow = self._window.sums(now)
        if calls < policy.calls_min:
            return ""
        if policy.failure_share and failed >= policy.failure_share * calls:
            return "failure_share"
        if policy.slow_share and slow >= policy.slow_share * calls:
            return "slow_share"
        return ""

    def _open(self, now: float, why: str, count: int, for_s: float | None = None) -> None:
        if for_s is None:
            doubled_s = self.policy.open_s * 2.0 ** min(count - 1, DOUBLINGS_MAX)
            for_s = min(doubled_s, max(self.policy.open_s, self.policy.open_s_max))
            for_s *= 1 + self.policy.jitter * self._chance.random()
        # Named at random: an old closing that arrives late must not close another opening.
        name = secrets.token_hex(8)
        self._change(Opening(name=name, count=count, until=now + for_s, why=why))

    def _change(self, opening: Opening | None) -> None:
        self.opening = opening
        self._epoch += 1
        self._failures = 0
        # The probers stay: one that is still out there takes the place of one of the next.
        self._window = _Window(self.policy.window_s)


class _Window:
    """Answers of the last `window_s` seconds, counted in buckets."""

    def __init__(self, window_s: float) -> None:
        self._bucket_s = window_s / BUCKETS
        self._buckets: deque[tuple[int, int, int, int]] = deque(maxlen=BUCKETS + 1)

    def add(self, now: float, *, failed: bool, slow: bool) -> None:
        number = int(now / self._bucket_s)
        at, calls, failures, slows = number, 0, 0, 0
        if self._buckets and self._buckets[-1][0] == number:
            at, calls, failures, slows = self._buckets.pop()
        self._buckets.append((at, calls + 1, failures + failed, slows + slow))

    def sums(self, now: float) -> tuple[int, int, int]:
        oldest = int(now / self._bucket_s) - BUCKETS
        counted = [bucket for bucket in self._buckets if bucket[0] > oldest]
        return (
            sum(bucket[1] for bucket in counted),
            sum(bucket[2] for bucket in counted),
            sum(bucket[3] for bucket in counted),
        )
