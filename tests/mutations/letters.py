"""Dead letters and the report of what waits: each rule taken out once by `mutants.py`.

Each: the rule, its file, what stands there, what instead, and the tests that must turn red.
"""

from __future__ import annotations

FUNCTIONS = "store/schema/functions"
LETTERS = "tests/store/test_dead_letters_in_the_database.py"
REPORT = "tests/store/test_report.py"

RULES = (
    (
        "Q6: a retried letter fences the answer that has not read it",
        f"{FUNCTIONS}/letters.sql",
        "pending = open.n, fence = k.fence + 1, lease_until = null, holder = null,",
        "pending = open.n,",
        LETTERS,
    ),
    (
        "Q6: a batch that dies again is the same letter",
        f"{FUNCTIONS}/letters.sql",
        "and e.batch_no = c.next_no) then c.next_no end",
        "and e.batch_no = c.next_no) then null end",
        LETTERS,
    ),
    (
        "Q6: a status that comes twice opens no closed letter",
        f"{FUNCTIONS}/unsettled_sends.sql",
        "where dead_letter.attempt < excluded.attempt or dead_letter.settlement = 'retry';",
        ";",
        LETTERS,
    ),
    (
        "Q6: the parts behind a refused one are sent after it",
        f"{FUNCTIONS}/letters.sql",
        "or (x.batch_id = o.batch_id and x.part > o.part",
        "or (false and x.part > o.part",
        LETTERS,
    ),
    (
        "Q6: that a past attempt was refused says nothing of the next one",
        f"{FUNCTIONS}/settle_by_status.sql",
        "and (not s.past or",
        "and (true or",
        LETTERS,
    ),
    (
        "law 5: that a past attempt arrived ends the next one",
        f"{FUNCTIONS}/settle_by_status.sql",
        "or (s.sent is not null and s.failed is null))",
        ")",
        LETTERS,
    ),
    (
        "trap 7: a second click on handing back disturbs no answer",
        "store/handoff.py",
        "from open where id = $1 and state = 'human' returning",
        "from open where id = $1 returning",
        "tests/store/test_laws_in_the_database.py",
    ),
    (
        "law 6: a closed letter leaves what a colleague holds with them",
        f"{FUNCTIONS}/letters.sql",
        "and k.state = 'human' and k.operator_id is null\n",
        "and k.state = 'human'\n",
        LETTERS,
    ),
    (
        "Q6: a letter is settled once",
        f"{FUNCTIONS}/letters.sql",
        "and (d.settled_at is null or d.settlement = 'discard')",
        "",
        LETTERS,
    ),
    (
        "Q6: a reply that had arrived is not sent again",
        f"{FUNCTIONS}/letters.sql",
        "where d.id = any (done) and d.settlement = 'retry' and (x.id",
        "where d.id = any (done) and (x.id",
        LETTERS,
    ),
    (
        "Q6: a worker that died is in the history",
        f"{FUNCTIONS}/failed_attempts.sql",
        "when (new.crashes > old.crashes and",
        "when (new.crashes > old.crashes + 1 and",
        LETTERS,
    ),
    (
        "Q7: what may still commit below the mark is not passed over",
        f"{FUNCTIONS}/waiting.sql",
        " and mark.candidate_xid < pg_snapshot_xmin(pg_current_snapshot())",
        "",
        REPORT,
    ),
    (
        "law 6: what nothing points to is shown as such",
        f"{FUNCTIONS}/waiting.sql",
        "when k.lease_until is null and k.due_at is null then 'orphan'",
        "when false then 'orphan'",
        REPORT,
    ),
    (
        "S1: one merchant's token reads no other's letters",
        "web/api/dead_letters.py",
        "dead_letters.read(context_of(request).database, merchant_id, id_of(request))",
        "dead_letters.read(context_of(request).database, 1, id_of(request))",
        "tests/web/test_api.py",
    ),
)
