"""Every fault that the nemesis knows: whom it strikes, for how long, and whether it kills."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """One kind of fault. Two faults of one `target` never strike at once.

    It lasts from `least_s` to `most_s` seconds; `kills` says that it ends a process by SIGKILL.
    """

    target: str
    least_s: float
    most_s: float
    kills: bool = False


# A worker is held longer than its lease of 10 s, so that it wakes without one.
FAULTS: dict[str, Fault] = {
    "web_kill": Fault("web", 0, 0, kills=True),
    "web_stop": Fault("web", 2, 8),
    "worker_kill": Fault("worker", 0, 0, kills=True),
    "worker_stop": Fault("worker", 11, 14),
    "supervisor_kill": Fault("supervisor", 0, 0, kills=True),
    "supervisor_stop": Fault("supervisor", 2, 6),
    "valkey_kill": Fault("valkey", 5, 8, kills=True),
    "valkey_flush": Fault("valkey", 0, 0),
    "valkey_full": Fault("valkey", 2, 5),
    "valkey_pause": Fault("valkey", 3, 3),
    "postgresql_kill": Fault("postgresql", 0.5, 2.5, kills=True),
    "postgresql_restart": Fault("postgresql", 0, 0),
    "postgresql_cut": Fault("postgresql", 0, 0),
    "spool_full": Fault("postgresql", 1.5, 3, kills=True),
    "provider_500": Fault("provider", 2, 4),
    "provider_timeout": Fault("provider", 2, 4),
    "provider_429": Fault("provider", 2, 4),
    "ai_hang": Fault("ai", 3, 5),
    "ai_fail": Fault("ai", 2, 4),
    "ai_garbage": Fault("ai", 2, 4),
    "clock_ahead": Fault("clock", 0, 0),
}
