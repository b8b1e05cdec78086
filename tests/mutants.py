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
from itertools import starmap
from pathlib import Path
from typing import NamedTuple

from breaker_mutants import BREAKERS
from server_mutants import SERVERS

ROOT = Path(__file__).parent.parent
SQL = "store/schema/migrations"
FUNCTIONS = "store/schema/functions"
LAWS = "tests/store/test_laws_in_the_database.py"
OUTBOX = "tests/store/test_outbox_in_the_database.py"
SPOOL = "tests/core/test_spool.py"
INTAKE = "tests/core/test_intake.py"
QUEUE_MODEL = "tests/queue/test_schedule_model.py"
QUEUE_CLUSTER = "tests/queue/test_cluster.py"
QUEUE_FITNESS = "tests/queue/test_fitness.py"
LETTERS = "tests/store/test_dead_letters_in_the_database.py"
REPORT = "tests/store/test_report.py"
DRILL = "tests/ops/test_drill_judge.py"
ABSORB = "tests/store/test_absorb.py"
DIRECT = "tests/store/test_direct_claims.py"
PACE = "tests/store/test_pace.py"
UNKNOWN = "tests/store/test_unknown_sends.py"
RETRY = "tests/core/test_retry.py"
LOST = "tests/worker/test_lost_begins.py"
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
        "            self._distrust()\n            with contextlib",
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
        "startswith(ON_THE_MOVE):\n",
        "startswith(ON_THE_MOVE):\n                raise\n",
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
        "where dead_letter.attempt < excluded.attempt or dead_letter.settlement = 'retry';",
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
        "Q6: a late status of a refused attempt does not refuse the next one",
        f"{FUNCTIONS}/settle_by_status.sql",
        "split_part(u.t, '.', 3)::integer > o.retried_from",
        "true",
        LETTERS,
    ),
    Mutant(
        "law 6: a closed letter leaves what a colleague holds with them",
        f"{FUNCTIONS}/letters.sql",
        "and k.state = 'human' and k.operator_id is null\n",
        "and k.state = 'human'\n",
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
        "dead_letters.read(context_of(request).database, merchant_id, id_of(request))",
        "dead_letters.read(context_of(request).database, 1, id_of(request))",
        "tests/web/test_api.py",
    ),
    Mutant(
        "the drill: a history with a hole proves nothing",
        "ops/drills/seen.py",
        "if record.n != self._last + 1 or self._ended:",
        "if self._ended:",
        DRILL,
    ),
    Mutant(
        "the drill: what left twice was answered twice",
        "ops/drills/judge.py",
        "        if times > 1:\n",
        "        if times > 2:\n",
        DRILL,
    ),
    Mutant(
        "the drill: what had its 200 first is in no later batch",
        "ops/drills/judge.py",
        "            elif leaves and number < latest:",
        "            elif leaves and number < 0:",
        DRILL,
    ),
    Mutant(
        "the drill: an answer names the messages of its batch",
        "ops/drills/judge.py",
        "        if Counter(marks) != Counter(members[row.batch].keys()):",
        "        if not members[row.batch]:",
        DRILL,
    ),
    Mutant(
        "the drill: what the database says left counts only when the provider saw it",
        "ops/drills/judge.py",
        'elif not times and row.state not in ("cancelled", "rejected"):',
        'elif not times and row.state == "queued":',
        DRILL,
    ),
    Mutant(
        "the drill: a dead letter names a fault that struck",
        "ops/drills/judge.py",
        'if letter.settlement != "retry" and not blamed & struck:',
        'if letter.settlement != "retry" and not blamed:',
        DRILL,
    ),
    Mutant(
        "trap 20: direct mode waits for nobody's pick",
        f"{FUNCTIONS}/pick_due.sql",
        "order by h.turn, h.due_at limit p_limit for no key update of k skip locked;",
        "order by h.turn, h.due_at limit p_limit for no key update of k;",
        DIRECT,
    ),
    Mutant(
        "trap 20: merchants take turns in direct mode",
        f"{FUNCTIONS}/pick_due.sql",
        "order by h.turn, h.due_at limit p_limit",
        "order by h.due_at limit p_limit",
        DIRECT,
    ),
    Mutant(
        "trap 20: merchants take turns in what the sweep tells",
        f"{FUNCTIONS}/due_replies.sql",
        "order by d.turn, d.due_at limit",
        "order by d.due_at limit",
        DIRECT,
    ),
    Mutant(
        "trap 20: a full merchant leaves slots to whoever comes",
        "worker/sharing.py",
        "if free > 0 and slots[entry[0]] < SHARE_OF_FREE * free:",
        "if free > 0:",
        "tests/worker/test_slots_are_shared.py",
    ),
    Mutant(
        "trap 17: in direct mode one suspect at a time",
        f"{FUNCTIONS}/pick_due.sql",
        "and k.state = 'bot' and k.crashes = 0",
        "and k.state = 'bot'",
        DIRECT,
    ),
    Mutant(
        "trap 17: beside a suspect no other one is claimed",
        "worker/replier.py",
        "if suspects and not self._has_suspect:",
        "if suspects:",
        "tests/worker/test_claims_at_work.py",
    ),
    Mutant(
        "trap 17: what a dead holder worked on is suspect",
        f"{FUNCTIONS}/release_holder.sql",
        "crashes = k.crashes + p_crashed::integer",
        "crashes = k.crashes",
        DIRECT,
    ),
    Mutant(
        "trap 18: a lease from a jumped clock ends",
        f"{FUNCTIONS}/sweep.sql",
        "where l.lease_until > clock + make_interval",
        "where false and l.lease_until > clock + make_interval",
        DIRECT,
    ),
    Mutant(
        "law 3: the supervisor frees what its dead child held",
        "ops/child.py",
        "        self._bury()\n        return code",
        "        return code",
        "tests/ops/test_burial.py",
    ),
    Mutant(
        "law 3: a claim whose answer was lost is given back by its holder",
        "worker/replier.py",
        "        if self._unheard:\n            places",
        "        if False:\n            places",
        "tests/worker/test_claims_at_work.py",
    ),
    Mutant(
        "Q8: without Valkey PostgreSQL is asked",
        "worker/source.py",
        "return self._schedule.healthy and self._switches.on",
        "return self._switches.on",
        "tests/faults/test_lease_faults.py::test_replies_keep_flowing_whatever_became_of_valkey",
    ),
    Mutant(
        "Q9: a drain has an end",
        "worker/run.py",
        "asyncio.timeout(app.settings.drain_s * DRAIN_SHARE)",
        "asyncio.timeout(60)",
        "tests/faults/test_lease_faults.py::test_a_drain_ends_in_time_whatever_hangs",
    ),
    Mutant(
        "Q5: an answer is made again once",
        f"{FUNCTIONS}/finish.sql",
        "k.pending > 0 and not k.absorbed and i.absorb",
        "k.pending > 0 and i.absorb",
        ABSORB,
    ),
    Mutant(
        "Q5: an unsent answer is withdrawn once",
        f"{FUNCTIONS}/reopen_unsent.sql",
        "b.outcome = 'answered' and not b.absorbed",
        "b.outcome = 'answered'",
        ABSORB,
    ),
    Mutant(
        "Q5: an answer of which anything was tried stays",
        f"{FUNCTIONS}/reopen_unsent.sql",
        "(o.state <> 'queued' or o.attempt > 0)",
        "o.state = 'sending'",
        ABSORB,
    ),
    Mutant(
        "Q5: what was withdrawn was never said",
        f"{FUNCTIONS}/context.sql",
        "o.message_id = m.id and o.state = 'cancelled'",
        "o.message_id = m.id and o.state = 'never'",
        ABSORB,
    ),
    Mutant(
        "trap 16: no second sees more than the rate of a number",
        f"{FUNCTIONS}/begin_sends.sql",
        "<= permits(n.free_at, clock, d.every_s, d.burst) as passes",
        "<= 1000000 as passes",
        PACE,
    ),
    Mutant(
        "trap 16: to one person one in six seconds, after a burst",
        f"{FUNCTIONS}/begin_sends.sql",
        "greatest(o.next_at, p.shut_until, p.free_at - make_interval(",
        "greatest(o.next_at, p.shut_until, '-infinity'::timestamptz - make_interval(",
        PACE,
    ),
    Mutant(
        "trap 16: the numbers of one app share its rate",
        f"{FUNCTIONS}/begin_sends.sql",
        "<= permits(a.free_at, clock, app_every_s, app_burst)",
        "<= 1000000",
        PACE,
    ),
    Mutant(
        "pace: a newcomer stands behind those who wait",
        f"{FUNCTIONS}/begin_sends.sql",
        "and (d.in_line or n.line_until <= clock)",
        "",
        PACE,
    ),
    Mutant(
        "pace: a provider that slows a number down is obeyed for all of it",
        f"{FUNCTIONS}/end_sends.sql",
        "and t.scope <> 'message'",
        "and false",
        PACE,
    ),
    Mutant(
        "trap 20: what is due is told merchant by merchant in turn",
        f"{FUNCTIONS}/due_sends.sql",
        "d.turn, d.next_at limit",
        "d.next_at limit",
        PACE,
    ),
    Mutant(
        "trap 20: one merchant's sends never take every slot",
        "core/delivery.py",
        "(left + 1) // 2 - own",
        "left - own",
        "tests/worker/test_delivery_fairness.py",
    ),
    Mutant(
        "Q6: what is no fault of the message uses no attempt",
        "core/delivery.py",
        "row.attempt - row.spared, now",
        "row.attempt, now",
        RETRY,
    ),
    Mutant(
        "Q6: too fast to one person waits 4^X seconds",
        "core/retry.py",
        "PAIR_BASE ** min(attempt + spared, PAIR_GROWS_MAX)",
        "PAIR_BASE",
        RETRY,
    ),
    Mutant(
        "law 5: only what was begun unheard under our own name is known as unsent",
        f"{FUNCTIONS}/begin_sends.sql",
        "o.state = 'sending' and o.holder = any (p_lost)",
        "o.state = 'sending'",
        UNKNOWN,
    ),
    Mutant(
        "law 5: a begin without an answer is asked again",
        "worker/deliverer.py",
        "            self._lost.append(name)\n",
        "",
        LOST,
    ),
    Mutant(
        "law 5: no send starts late after its record",
        "worker/deliverer.py",
        "if time.monotonic() - asked > START_WITHIN_S:",
        "if asked < 0:",
        LOST,
    ),
    Mutant(
        "law 5: an unknown send reaches a person",
        f"{FUNCTIONS}/unknown_sends.sql",
        "where o.state = 'unknown' and",
        "where false and o.state = 'unknown' and",
        UNKNOWN,
    ),
    Mutant(
        "law 5: the sweep looks for unknown sends that nobody settled",
        "worker/sweeper.py",
        "after_s=self.settings.unknown_s",
        "after_s=1e9",
        UNKNOWN,
    ),
    *starmap(Mutant, SERVERS),
    *starmap(Mutant, BREAKERS),
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
