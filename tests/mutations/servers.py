"""The rules around servers and standbys, taken out one at a time; `mutants.py` tries them all.

Each: the rule, its file, what stands there, what instead, and the tests that must turn red.
"""

from __future__ import annotations

SERVER = "tests/store/test_server.py"
FAILOVER = "tests/store/test_failover.py"
ENGINES = "tests/ops/test_engines.py"

RULES = (
    (
        "trap 12: what a deed sets ends with it",
        "store/pool.py",
        "set_config('hudhud.merchants', '{merchants}', true)",
        "set_config('hudhud.merchants', '{merchants}', false)",
        SERVER,
    ),
    (
        "trap 13: a commit without its standby is not done",
        "store/server/wire.py",
        "            self._warned = True\n",
        "            self._warned = False\n",
        FAILOVER,
    ),
    (
        "trap 13: a server is trusted when it commits on its standby",
        "store/pool.py",
        "pg_logical_emit_message(true,",
        "pg_logical_emit_message(false,",
        FAILOVER,
    ),
    (
        "trap 13: only a server that writes is taken",
        "store/server/hosts.py",
        '= "read-write"',
        '= "any"',
        FAILOVER,
    ),
    (
        "trap 13: a demoted server is given up",
        "store/server/wire.py",
        "            self.terminate()\n            raise\n",
        "            raise\n",
        SERVER,
    ),
    (
        "trap 13: a server that hangs takes its own time only",
        "store/server/hosts.py",
        'options["timeout"] = HOST_TIMEOUT_S',
        'options["timeout"] = 60.0',
        SERVER,
    ),
    (
        "trap 21: a plan made for an older table is made anew",
        "store/server/away.py",
        "    asyncpg.InvalidCachedStatementError,\n",
        "",
        SERVER,
    ),
    (
        "trap 21: what a killed server leaves is ended before the next one starts",
        "ops/engines/process.py",
        "        _signal(process, signal.SIGKILL)\n",
        "        pass\n",
        ENGINES,
    ),
    (
        "trap 22: the packaged PostgreSQL waits for its disk",
        "ops/engines/postgresql.py",
        '"fsync": "on",',
        '"fsync": "off",',
        ENGINES,
    ),
)
