"""The breaker's rules, taken out one at a time; `mutants.py` tries them with all others.

Each: the rule, its file, what stands there, what instead, and the tests that must turn red.
"""

from __future__ import annotations

BREAKER = "tests/core/test_breaker.py"
TOGETHER = "tests/core/test_breakers_together.py"
ANSWERING = "tests/core/test_answering.py"
INTAKE = "tests/core/test_intake.py"

RULES = (
    (
        "R1: half open lets through no more than its permits",
        "core/breaker.py",
        "if len(self._probes) >= self.policy.probes:",
        "if len(self._probes) > self.policy.probes:",
        BREAKER,
    ),
    (
        "R1: a permit ends with its prober's time",
        "core/breaker.py",
        "self._probes.items() if end > now}",
        "self._probes.items()}",
        BREAKER,
    ),
    (
        "R1: a prober from before the last change keeps its place",
        "core/breaker.py",
        "        self._failures = 0\n        # The probers stay",
        "        self._failures = 0\n        self._probes.clear()\n        # The probers stay",
        BREAKER,
    ),
    (
        "R1: a cancelled call says nothing",
        "core/breaker.py",
        'if verdict.kind == "cancelled":',
        'if verdict.kind == "none":',
        BREAKER,
    ),
    (
        "R1: what began before the last change says nothing",
        "core/breaker.py",
        "if not held or permit.epoch != self._epoch or",
        "if not held or",
        BREAKER,
    ),
    (
        "R1: a 4xx is no failure",
        "core/outside/verdicts.py",
        'if error.service == "down":',
        'if error.service != "busy":',
        BREAKER,
    ),
    (
        "R1: a 429 holds until its moment",
        "core/breaker.py",
        'self._open(now, "busy", self._count, verdict.wait_s)',
        'self._open(now, "busy", self._count)',
        BREAKER,
    ),
    (
        "R1: no moment that a service names closes it for ever",
        "core/outside/verdicts.py",
        "min(error.retry_after_s, BUSY_S_MAX)",
        "error.retry_after_s",
        BREAKER,
    ),
    (
        "R1: all processes together send one prober",
        "queue/scripts/breaker_probe.lua",
        "if redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[4]) then",
        "if false then",
        TOGETHER,
    ),
    (
        "R1: a wiped Valkey closes no breaker",
        "core/outside/together.py",
        '    if theirs is None:\n        return "publish"',
        '    if theirs is None:\n        return "close"',
        TOGETHER,
    ),
    (
        "R1: an operator's word is above what the calls say",
        "core/breaker.py",
        "        if self.forced is not None:\n            return self.forced\n",
        "",
        TOGETHER,
    ),
    (
        "R1: a model is asked through its breaker",
        "core/answering/asking.py",
        "self.breakers.calling(service, deadline_s=left_s) if service else nullcontext()",
        "nullcontext()",
        ANSWERING,
    ),
    (
        "R1: nothing leaves but through a breaker",
        "core/outside/session.py",
        "if CALLING.get() is None:",
        "if False:",
        "tests/core/outside/test_outside_session.py",
    ),
    (
        "R1: an open breaker costs no attempt and makes nothing unknown",
        "worker/deliverer.py",
        'return unsent(row, error.sentence, wait_s=wait_s, scope="number")',
        'return Ended(begun=row, outcome="unknown", error_text=error.sentence)',
        "tests/worker/test_breakers_at_work.py",
    ),
    (
        "R1: while PostgreSQL's breaker is open webhooks go straight to the spool",
        "core/intake/accept.py",
        'return self.breaker.phase(_now()) == "closed"',
        "return True",
        INTAKE,
    ),
    (
        "R1: one failure opens the breaker of PostgreSQL",
        "core/intake/accept.py",
        "Policy(failures=1, open_s=PROBE_S / 2)",
        "Policy(failures=5, open_s=PROBE_S / 2)",
        INTAKE,
    ),
    (
        "R1: the second responder answers when the first cannot",
        "core/outside/services.py",
        "    second = second_of(assistant)\n",
        "    second = None\n",
        ANSWERING,
    ),
)
