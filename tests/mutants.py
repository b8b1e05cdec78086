"""`make mutants`: each law, with its rule taken out, must turn a test red.

A test that stays green without the rule that it guards guards nothing. Every mutant is one edit
of the source in a copy; the named tests run on the copy and must fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
SQL = "store/schema/migrations"
FUNCTIONS = "store/schema/functions"
LAWS = "tests/store/test_laws_in_the_database.py"
OUTBOX = "tests/store/test_outbox_in_the_database.py"
SPOOL = "tests/core/test_spool.py"
INTAKE = "tests/core/test_intake.py"
SERVER = "tests/store/test_server.py"
FAILOVER = "tests/store/test_failover.py"
ENGINES = "tests/ops/test_engines.py"
QUEUE_MODEL = "tests/queue/test_schedule_model.py"
QUEUE_CLUSTER = "tests/queue/test_cluster.py"
QUEUE_FITNESS = "tests/queue/test_fitness.py"
LETTERS = "tests/store/test_dead_letters_in_the_database.py"
REPORT = "tests/store/test_report.py"
TIMEOUT_S = 120


class Mutant(NamedTuple):
    """One rule taken out: which, where, what stands there, what instead, and who must notice."""

    rule: str
    file: str
    old: str
    new: str
    tests: str


MUTANTS = (
    Mutant(
        "law 1: the sweep looks for unanswered messages themselves",
        f"{FUNCTIONS}/sweep.sql",
        "where k.state = 'bot' and k.due_at is null and k.lease_until is null\n          and",
        "where false and k.state = 'bot' and k.due_at is null and k.lease_until is null\n"
        "          and",
        LAWS,
    ),
    Mutant(
        "law 2: an acknowledgement follows its fsync",
        "core/intake/spool.py",
        "            self._fsync(file.fileno())\n",
        "",
        SPOOL,
    ),
    Mutant(
        "law 2: a slow commit goes to the spool",
        "core/intake/accept.py",
        "            self.trusted = False\n            with contextlib",
        "            return True\n            with contextlib",
        INTAKE,
    ),
    Mutant(
        "law 2: newer webhooks queue behind the spool",
        "core/intake/accept.py",
        "if self.trusted and self.spool.empty and await",
        "if self.trusted and await",
        INTAKE,
    ),
    Mutant(
        "law 2: only what was inserted counts",
        f"{FUNCTIONS}/accept.sql",
        "from unnest(fresh) f order by f",
        "from generate_subscripts(m_w, 1) f order by f",
        LAWS,
    ),
    Mutant(
        "law 3: the fence is checked in the answering transaction",
        f"{FUNCTIONS}/finish.sql",
        "where k.id = a.cid and k.fence = a.f and k.state = 'bot'",
        "where k.id = a.cid and k.state = 'bot'",
        LAWS,
    ),
    Mutant(
        "law 4: the batch is closed in the row at the claim",
        f"{FUNCTIONS}/finish.sql",
        "where y.conversation_id = h.id and y.id <= h.closed_id",
        "where y.conversation_id = h.id",
        LAWS,
    ),
    Mutant(
        "law 4: finishing never writes due_at of newer messages",
        f"{FUNCTIONS}/finish.sql",
        "in ('handed_over', 'dead') then null\n                else k.due_at end",
        "in ('handed_over', 'dead') then null\n                else null end, pending = 0",
        LAWS,
    ),
    Mutant(
        "law 4: the window is fixed by the first message",
        f"{FUNCTIONS}/accept.sql",
        "else least(k.due_at, g.since + (select",
        "else (g.since + interval '1 s' + (select",
        LAWS,
    ),
    Mutant(
        "law 5: an unknown send stops the rest",
        f"{FUNCTIONS}/begin_sends.sql",
        "o.state in ('queued', 'sending', 'unknown')\n        order by",
        "o.state in ('queued', 'sending')\n        order by",
        OUTBOX,
    ),
    Mutant(
        "law 5: a late result of an earlier attempt changes nothing",
        f"{FUNCTIONS}/end_sends.sql",
        "in ('sending', 'unknown') and o.attempt = a.attempt;",
        "in ('sending', 'unknown');",
        OUTBOX,
    ),
    Mutant(
        "law 6: a refused send ends at a person",
        f"{FUNCTIONS}/end_sends.sql",
        "    perform refuse(p_row);\n",
        "",
        OUTBOX,
    ),
    Mutant(
        "law 7: the spool has a limit",
        "core/intake/spool.py",
        "> self.bytes_max:",
        "> 10**12:",
        SPOOL,
    ),
    Mutant(
        "S1: row-level security by merchant",
        f"{SQL}/0001_nouns_before.sql",
        "using (array[merchant_id] <@ (select merchants()))', t);",
        "using (true)', t);",
        LAWS,
    ),
    Mutant(
        "trap 12: what a deed sets ends with it",
        "store/pool.py",
        "set_config('hudhud.merchants', $1, true)",
        "set_config('hudhud.merchants', $1, false)",
        SERVER,
    ),
    Mutant(
        "trap 13: a commit without its standby is not done",
        "store/server/wire.py",
        "            self._warned = True\n",
        "            self._warned = False\n",
        FAILOVER,
    ),
    Mutant(
        "trap 13: a server is trusted when it commits on its standby",
        "store/pool.py",
        "pg_logical_emit_message(true,",
        "pg_logical_emit_message(false,",
        FAILOVER,
    ),
    Mutant(
        "trap 13: only a server that writes is taken",
        "store/server/hosts.py",
        '= "read-write"',
        '= "any"',
        FAILOVER,
    ),
    Mutant(
        "trap 13: a demoted server is given up",
        "store/server/wire.py",
        "            self.terminate()\n            raise\n",
        "            raise\n",
        SERVER,
    ),
    Mutant(
        "trap 13: a server that hangs takes its own time only",
        "store/server/hosts.py",
        'options["timeout"] = HOST_TIMEOUT_S',
        'options["timeout"] = 60.0',
        SERVER,
    ),
    Mutant(
        "trap 21: a plan made for an older table is made anew",
        "store/server/away.py",
        "    asyncpg.InvalidCachedStatementError,\n",
        "",
        SERVER,
    ),
    Mutant(
        "trap 21: what a killed server leaves is ended before the next one starts",
        "ops/engines/process.py",
        "        _signal(process, signal.SIGKILL)\n",
        "        pass\n",
        ENGINES,
    ),
    Mutant(
        "trap 22: the packaged PostgreSQL waits for its disk",
        "ops/engines/postgresql.py",
        '"fsync": "on",',
        '"fsync": "off",',
        ENGINES,
    ),
    Mutant(
        "trap 15: a sooner entry behind a later head wakes",
        "queue/scripts/hint.lua",
        "if head() < before and",
        "if before == math.huge and",
        QUEUE_MODEL,
    ),
    Mutant(
        "trap 15: an entry only ever moves sooner",
        "queue/scripts/hint.lua",
        "'ZADD', KEYS[1], 'LT', now_ms",
        "'ZADD', KEYS[1], now_ms",
        QUEUE_MODEL,
    ),
    Mutant(
        "trap 15: one who takes less than is due wakes the next",
        "queue/scripts/take.lua",
        "  redis.call('RPUSH', KEYS[2], ARGV[1])\n",
        "",
        "tests/queue/test_schedule.py",
    ),
    Mutant(
        "trap 18: nothing is taken before its time",
        "queue/scripts/take.lua",
        "'-inf', now_ms, 'LIMIT', 0, look)\n  if",
        "'-inf', '+inf', 'LIMIT', 0, look)\n  if",
        QUEUE_MODEL,
    ),
    Mutant(
        "trap 20: merchants take turns within a shard",
        "queue/scripts/take.lua",
        "take(share)\n",
        "",
        QUEUE_MODEL,
    ),
    Mutant(
        "trap 20: all keys of one shard carry one hash tag",
        "queue/shards.py",
        'tagged(TAGS[number % len(TAGS)], f"{kind}:{number}:wake")',
        'tagged(TAGS[(number + 1) % len(TAGS)], f"{kind}:{number}:wake")',
        QUEUE_CLUSTER,
    ),
    Mutant(
        "issue 3, item 8: a slot that moved is followed",
        "queue/connection.py",
        "            if error.detail.startswith(ON_THE_MOVE):\n                await",
        "            if error.detail.startswith(ON_THE_MOVE):\n                raise\n                await",
        QUEUE_CLUSTER,
    ),
    Mutant(
        "issue 3, item 8: a cluster in trouble is not stormed",
        "queue/slots.py",
        "if asyncio.get_running_loop().time() >= self._read_at + MAP_S:",
        "if True:",
        QUEUE_CLUSTER,
    ),
    Mutant(
        "issue 3, item 8: what is probed is a write",
        "queue/connection.py",
        'await link.call("EVAL", _PROBE.text, len(keys), *keys, deadline_s=CALL_S)',
        'await link.call("PING", deadline_s=CALL_S)',
        QUEUE_FITNESS,
    ),
    Mutant(
        "Q6: a retried letter fences the answer that has not read it",
        f"{FUNCTIONS}/letters.sql",
        "pending = open.n, fence = k.fence + 1, lease_until = null, holder = null,",
        "pending = open.n,",
        LETTERS,
    ),
    Mutant(
        "Q6: a batch that dies again is the same letter",
        f"{FUNCTIONS}/letters.sql",
        "and e.batch_no = c.next_no) then c.next_no end",
        "and e.batch_no = c.next_no) then null end",
        LETTERS,
    ),
    Mutant(
        "Q6: a status that comes twice opens no closed letter",
        f"{FUNCTIONS}/refuse.sql",
        "where dead_letter.attempt < excluded.attempt;",
        ";",
        LETTERS,
    ),
    Mutant(
        "Q6: the parts behind a refused one are sent after it",
        f"{FUNCTIONS}/letters.sql",
        "or (x.batch_id = o.batch_id and x.part > o.part",
        "or (false and x.part > o.part",
        LETTERS,
    ),
    Mutant(
        "Q6: a letter is settled once",
        f"{FUNCTIONS}/letters.sql",
        "and (d.settled_at is null or d.settlement = 'discard')",
        "",
        LETTERS,
    ),
    Mutant(
        "Q6: a reply that had arrived is not sent again",
        f"{FUNCTIONS}/letters.sql",
        "where d.id = any (done) and d.settlement = 'retry' and (x.id",
        "where d.id = any (done) and (x.id",
        LETTERS,
    ),
    Mutant(
        "Q6: a worker that died is in the history",
        f"{FUNCTIONS}/failed_attempts.sql",
        "when (new.crashes > old.crashes)",
        "when (new.crashes > old.crashes + 1)",
        LETTERS,
    ),
    Mutant(
        "Q7: what may still commit below the mark is not passed over",
        f"{FUNCTIONS}/waiting.sql",
        " and mark.candidate_xid < pg_snapshot_xmin(pg_current_snapshot())",
        "",
        REPORT,
    ),
    Mutant(
        "law 6: what nothing points to is shown as such",
        f"{FUNCTIONS}/waiting.sql",
        "when k.lease_until is null and k.due_at is null then 'orphan'",
        "when false then 'orphan'",
        REPORT,
    ),
    Mutant(
        "S1: one merchant's token reads no other's letters",
        "web/api/dead_letters.py",
        "return json(await dead_letters.read(context_of(request).database, merchant_id, id_of(request)))",
        "return json(await dead_letters.read(context_of(request).database, 1, id_of(request)))",
        "tests/web/test_api.py",
    ),
)


def survives(mutant: Mutant, folder: Path) -> bool:
    """Whether the tests stay green without the rule."""
    source = folder / "src"
    shutil.copytree(ROOT / "src", source)
    path = source / "hudhud" / mutant.file
    text = path.read_text(encoding="utf-8")
    if text.count(mutant.old) != 1:
        sys.exit(f"{mutant.rule}: its line stands {text.count(mutant.old)} times in {mutant.file}")
    path.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")
    done = subprocess.run(  # noqa: S603 - our own tests
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", mutant.tests],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{source}:{ROOT / 'tests'}"},
        capture_output=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    if done.returncode not in {0, 1}:
        sys.exit(f"{mutant.rule}: the tests did not run\n{done.stdout.decode()[-2000:]}")
    return done.returncode == 0


def main() -> int:
    """Try every mutant; 1 when one survives."""
    alive = 0
    for mutant in MUTANTS:
        with tempfile.TemporaryDirectory() as folder:
            survived = survives(mutant, Path(folder))
        alive += survived
        print("SURVIVED" if survived else "red     ", mutant.rule, flush=True)  # noqa: T201 - its report
    print(f"{len(MUTANTS) - alive} passed, {alive} failed")  # noqa: T201 - its report
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main())
