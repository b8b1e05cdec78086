"""The laws as the database keeps them: each rule taken out once by `mutants.py`.

Each: the rule, its file, what stands there, what instead, and the tests that must turn red.
"""

from __future__ import annotations

SQL = "store/schema/migrations"
FUNCTIONS = "store/schema/functions"
LAWS = "tests/store/test_laws_in_the_database.py"

RULES = (
    (
        "law 1: the sweep looks for unanswered messages themselves",
        f"{FUNCTIONS}/sweep.sql",
        "where k.state = 'bot' and k.due_at is null and k.lease_until is null\n          and",
        "where false\n          and",
        LAWS,
    ),
    (
        "law 3: the fence is checked in the answering transaction",
        f"{FUNCTIONS}/finish.sql",
        "k.fence = a.f and k.state = 'bot' and k.lease_until is not null as ours",
        "k.state = 'bot' and k.lease_until is not null as ours",
        LAWS,
    ),
    (
        "law 4: the batch is closed in the row at the claim",
        f"{FUNCTIONS}/finish.sql",
        "where y.conversation_id = x.id and y.id <= x.closed_id",
        "where y.conversation_id = x.id",
        LAWS,
    ),
    (
        "law 4: finishing never writes due_at of newer messages",
        f"{FUNCTIONS}/finish.sql",
        "in ('handed_over', 'dead') then null\n                else k.due_at end",
        "in ('handed_over', 'dead') then null\n                else null end, pending = 0",
        LAWS,
    ),
    (
        "S1: row-level security by merchant",
        f"{SQL}/0001_nouns_before.sql",
        "using (array[merchant_id] <@ (select merchants()))', t);",
        "using (true)', t);",
        LAWS,
    ),
    (
        "trap 10: a lease that runs is nobody else's",
        f"{FUNCTIONS}/claim.sql",
        "when j.lease_until is not null and not j.expired then 'leased'",
        "when false then 'leased'",
        LAWS,
    ),
    (
        "trap 7: while a person holds nothing is claimed",
        f"{FUNCTIONS}/finish.sql",
        "k.fence = a.f and k.state = 'bot' and k.lease_until is not null as ours",
        "k.lease_until is not null as ours",
        LAWS,
    ),
    (
        "trap 12: whoever signs writes into no other app",
        "core/inboxes.py",
        "if secret and one.options.get(SIGNING) == secret]",
        "if secret]",
        "tests/core/test_inbox_cache.py",
    ),
    (
        "Q3: what is due in a moment is waited for",
        f"{FUNCTIONS}/claim.sql",
        "clock_timestamp() + interval '20 ms') s",
        "clock_timestamp()) s",
        LAWS,
    ),
    (
        "Q3: what is due later keeps nobody waiting",
        f"{FUNCTIONS}/claim.sql",
        " and k.due_at <= clock_timestamp() + interval '20 ms') s",
        ") s",
        LAWS,
    ),
    (
        "trap 19: inside a batch by the provider's time",
        f"{FUNCTIONS}/claim.sql",
        "order by z.provider_at, z.id)",
        "order by z.id)",
        LAWS,
    ),
    (
        "trap 19: on hand-back only what no person answered waits",
        "store/handoff.py",
        "batch_id is null and wakes and direction = 'in')\n           update conversation set",
        "wakes and direction = 'in')\n           update conversation set",
        "tests/models/test_answer_lives.py",
    ),
    (
        "trap 5: Valkey has a moment, then it is distrusted",
        "queue/client.py",
        "HINT_S: Final = 0.05",
        "HINT_S: Final = 5.0",
        "tests/queue/test_schedule.py::test_a_paused_server_does_not_hold_up_an_acknowledgement",
    ),
    (
        "law 1: a kept shelf counts only while PostgreSQL says that its catalogue is the same",
        "store/catalogue/shelf.py",
        "known is None or known.versions != versions or not known.knows",
        "known is None or not known.knows",
        "tests/store/test_catalogue_search.py",
    ),
)
