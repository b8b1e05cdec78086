"""Intake: the door, the spool, the journal: each rule taken out once by `mutants.py`.

Each: the rule, its file, what stands there, what instead, and the tests that must turn red.
"""

from __future__ import annotations

FUNCTIONS = "store/schema/functions"
LAWS = "tests/store/test_laws_in_the_database.py"
SPOOL = "tests/core/test_spool.py"
REPLAY = "tests/core/test_spool_replay.py"
INTAKE = "tests/core/test_intake.py"
DOOR = "tests/core/test_door.py"
JOURNAL = "tests/core/test_journal.py"
COUNTS = "tests/core/test_intake_counts.py"
HOST = "tests/models/test_spool_lives.py"
LIVES = "tests/models/test_answer_lives.py"

RULES = (
    (
        "law 2, trap 22: an acknowledgement follows the fsync of its bytes",
        "core/intake/spool.py",
        "data)\n            self.folder.sync(file)\n",
        "data)\n",
        HOST,
    ),
    (
        "law 2, trap 22: an acknowledgement follows the fsync of its file's name",
        "core/intake/spool.py",
        "            self.folder.sync_names()  # the name",
        "            # the name",
        HOST,
    ),
    (
        "trap 14: any error of the disk retires the file",
        "core/intake/spool.py",
        "            self._retire(file)\n            raise",
        "            raise",
        HOST,
    ),
    (
        "law 2: a slow commit goes to the spool",
        "core/intake/accept.py",
        "    def _late(self, count: int) -> None:\n        self._distrust()\n",
        "    def _late(self, count: int) -> None:\n",
        INTAKE,
    ),
    (
        "trap 14: newer webhooks queue behind the spool of every process of the host",
        "core/intake/accept.py",
        "        if not self._clear and self.trusted and self.spool.empty:\n",
        "        if not self._clear and self.trusted and not self.spool._waiting:\n",
        INTAKE,
    ),
    (
        "trap 14: what one webhook saw of the folder holds until this process spools, no longer",
        "core/intake/accept.py",
        "    def _distrust(self) -> None:\n        self._clear = False\n",
        "    def _distrust(self) -> None:\n",
        INTAKE,
    ),
    (
        "trap 14: a list of the folder is not older than its last change",
        "core/intake/folder.py",
        "        if now - self._seen_at > MTIME_S:\n",
        "        if True:\n",
        SPOOL,
    ),
    (
        "trap 14: what all processes of a host spooled goes in by the moment of acceptance",
        "core/intake/replay.py",
        "heapq.merge(*(file.entries(began) for file in files.values()))",
        "(entry for file in files.values() for entry in file.entries(began))",
        REPLAY,
    ),
    (
        "trap 14: what is accepted while a replay runs is the next one's",
        "core/intake/replay.py",
        "                if until < record.accepted_at <= until + AHEAD_MAX:\n",
        "                if False:\n",
        REPLAY,
    ),
    (
        "trap 14: what follows a locked message in its conversation waits behind it",
        "core/intake/replay.py",
        "if kept.isdisjoint(theirs := senders([webhook])):",
        "if True:",
        REPLAY,
    ),
    (
        "trap 14: a process that holds the folder and stands still stops nobody",
        "core/intake/replay.py",
        "if whole is None and not self._stuck(names):",
        "if whole is None:",
        REPLAY,
    ),
    (
        "trap 14: a clock that was set back puts no newer record first",
        "core/intake/spool.py",
        "        if record.accepted_at < self._latest:\n",
        "        if False:\n",
        SPOOL,
    ),
    (
        "trap 14: what a lost connection kept out is not overtaken by its group",
        "core/intake/door.py",
        'if "away" in fates:\n            # Nobody',
        "if False:\n            # Nobody",
        DOOR,
    ),
    (
        "trap 3: in a blocked group only the locked conversation waits",
        "core/intake/door.py",
        "if len(group) == 1:\n            if",
        "if len(group) == 1 or isinstance(error, LOCKED):\n            if",
        INTAKE,
    ),
    (
        "trap 8: a poisoned webhook is found by halving and set aside",
        "core/intake/door.py",
        'return [await self._set_aside(group[0], f"{error.sqlstate}: {error}")]',
        'return ["locked"]',
        INTAKE,
    ),
    (
        "trap 8: a parser that breaks costs nobody anything",
        "core/intake/routing.py",
        "    except Exception as error:  # noqa: BLE001 - whatever broke",
        "    except MemoryError as error:  # noqa: BLE001 - whatever broke",
        JOURNAL,
    ),
    (
        "trap 4: who was made by somebody else meanwhile is found",
        f"{FUNCTIONS}/contacts_of.sql",
        "contacts_known(w_merchant, m_w, a_m, a_rank, a_kind, a_value);\n    if cardinality(a_m) >",
        "found;\n    if cardinality(a_m) >",
        DOOR,
    ),
    (
        "trap 4: what is unaccounted for is never taken",
        "core/intake/door.py",
        "for place in accepted.unaccounted:",
        "for place in ():",
        DOOR,
    ),
    (
        "trap 2: a deadlock is no reason to set a webhook aside",
        "core/intake/door.py",
        "            if isinstance(error, LOCKED):\n",
        "            if False:\n",
        DOOR,
    ),
    (
        "trap 3: what follows a locked message in its conversation is not tried before it",
        "core/intake/door.py",
        "free = [w for w in group[middle:] if stuck.isdisjoint(senders([w]))]",
        "free = list(group[middle:])\n        stuck.clear()",
        DOOR,
    ),
    (
        "trap 6: only what was inserted counts",
        f"{FUNCTIONS}/accept.sql",
        "from unnest(fresh) f order by f",
        "from generate_subscripts(m_w, 1) f order by f",
        LAWS,
    ),
    (
        "trap 9: a message takes its id under the lock of its conversation",
        f"{FUNCTIONS}/accept.sql",
        "order by k.inbox_id, k.contact_id for no key update;",
        "order by k.inbox_id, k.contact_id;",
        DOOR,
    ),
    (
        "P4: what arrives during a commit goes into the next one, all of it",
        "core/intake/accept.py",
        "            if (wait_s := self._hangs_at - _now()) > 0:\n",
        "            if (wait_s := 0.0) > 0:\n",
        COUNTS,
    ),
    (
        "P4: intake looks by key, however young its tables",
        f"{FUNCTIONS}/accept.sql",
        " set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$",
        " as $$",
        COUNTS,
    ),
    (
        "P4: a status of what was settled long ago calls no engine",
        f"{FUNCTIONS}/settle_by_status.sql",
        "array_agg(t.moved or t.state <> 'accepted') as moved",
        "array_agg(true) as moved",
        COUNTS,
    ),
    (
        "P4: only a due time that is news is hinted",
        "core/hints.py",
        "for due in accepted.replies if due.news)",
        "for due in accepted.replies)",
        COUNTS,
    ),
    (
        "trap 11: what is older than the known messages wakes nobody",
        "core/intake/journal.py",
        "    if entry.accepted_at >= now - KNOWN_FOR:\n",
        "    if True:\n",
        JOURNAL,
    ),
    (
        "Q1: a replayed webhook keeps its row of the journal",
        "core/intake/journal.py",
        ", journal_id=entry.id)",
        ")",
        JOURNAL,
    ),
    (
        "law 4: the window is fixed by the first message",
        f"{FUNCTIONS}/accept.sql",
        "else least(k.due_at, g.since + make_interval",
        "else (g.since + interval '1 s' + make_interval",
        LAWS,
    ),
    (
        "law 7: the spool has a limit",
        "core/intake/spool.py",
        "> self.bytes_max:",
        "> 10**12:",
        SPOOL,
    ),
    (
        "law 3: a life on PostgreSQL: the fence decides",
        f"{FUNCTIONS}/finish.sql",
        "k.fence = a.f and k.state = 'bot' and k.lease_until is not null as ours",
        "k.state = 'bot' and k.lease_until is not null as ours",
        LIVES,
    ),
    (
        "law 6: a life on PostgreSQL: a retry is due again",
        f"{FUNCTIONS}/finish.sql",
        "when a.outcome = 'retry' then now() + make_interval",
        "when a.outcome = 'never' then now() + make_interval",
        LIVES,
    ),
    (
        "trap 17: a life on PostgreSQL: what killed a worker is claimed alone",
        f"{FUNCTIONS}/claim.sql",
        "when j.crashes + j.expired::integer > 1 and not p_alone then 'alone'",
        "when false then 'alone'",
        LIVES,
    ),
    (
        "law 2, trap 11: a key goes only after the raw webhook that it came with",
        f"{FUNCTIONS}/drop_old.sql",
        "\n              and not exists (select 1 from journal j where j.id = m.journal_id);",
        ";",
        "tests/store/test_retention.py",
    ),
    (
        "trap 11: retention comes to a key after it came to its webhook",
        f"{FUNCTIONS}/drop_old.sql",
        " and (x.journal_id is null or x.journal_id <= p.passed_id)",
        "",
        "tests/store/test_retention.py",
    ),
    (
        "law 1: each sweep goes on where the last one stopped",
        f"{FUNCTIONS}/sweep.sql",
        " and m.conversation_id > mark.looked_to",
        "",
        "tests/store/test_sweep_in_turn.py",
    ),
    (
        "law 2: what came back out of the spool is not begun anew after a cut-off",
        "core/intake/replay.py",
        "self._folder.mark(self.file, begin, DONE)",
        "pass",
        "tests/core/test_spool_replay.py",
    ),
    (
        "law 2: a full disk is emptied by whoever starts on it",
        "core/intake/spool.py",
        "if error.errno not in FULL:",
        "if True:",
        "tests/core/test_spool_replay.py",
    ),
    (
        "Q3: what was finished while the sweep looked is no orphan",
        f"{FUNCTIONS}/sweep.sql",
        "where k.id = any (lost) and exists",
        "where k.id = any (lost) or false and exists",
        "tests/store/test_sweep_in_turn.py",
    ),
)
