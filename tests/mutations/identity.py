"""Who is who, and what some messages do to others: each rule taken out once by `mutants.py`."""

from __future__ import annotations

FUNCTIONS = "store/schema/functions"
CONTACTS = f"{FUNCTIONS}/contacts_of.sql"
SPECIAL = f"{FUNCTIONS}/special_messages.sql"
MERGES = "tests/store/merging/test_merges.py"
MEANWHILE = "tests/store/merging/test_merges_meanwhile.py"
MESSAGES = "tests/store/test_special_messages.py"
RACES = "tests/store/changes/test_changes_that_race.py"

RULES = (
    (
        "S3: who is named as one is wished to be one",
        CONTACTS,
        "where a.c <> found[a.m]\n        order by 2, 3",
        "where false\n        order by 2, 3",
        MERGES,
    ),
    (
        "S3: names that contradict each other are no proof",
        CONTACTS,
        "when not p_sure and exists (",
        "when false and exists (",
        MERGES,
    ),
    (
        "law 3: an answer under way is waited for",
        CONTACTS,
        "not p_take and k.lease_until is not null",
        "false",
        MEANWHILE,
    ),
    (
        "law 5: a send under way is waited for",
        CONTACTS,
        "o.conversation_id = k.id and o.state = 'sending')",
        "o.conversation_id = k.id and false)",
        MEANWHILE,
    ),
    (
        "law 3: a merge puts the fence above both",
        CONTACTS,
        "fence = greatest(k.fence, g.fence) + 1",
        "fence = k.fence",
        MEANWHILE,
    ),
    (
        "trap 4: a message is not stored in a conversation that is gone",
        f"{FUNCTIONS}/accept.sql",
        "if merged then",
        "if false then",
        MEANWHILE,
    ),
    (
        "trap 4: who goes learns no name",
        CONTACTS,
        "perform hold_contacts(found);",
        "null;",
        MEANWHILE,
    ),
    (
        "trap 4: what met a merge is taken at once again",
        "core/intake/door.py",
        "for _ in range(MERGES_MAX):",
        "for _ in ():",
        MEANWHILE,
    ),
    (
        "trap 2: a merge waits for nobody while it holds a lock",
        CONTACTS,
        "order by k.inbox_id, k.contact_id for update skip locked);",
        "order by k.inbox_id, k.contact_id for update);",
        MEANWHILE,
    ),
    (
        "trap 7: a merge with what a person holds withdraws what was ready",
        CONTACTS,
        "if 'human' in (k.state, g.state) then\n        perform withdraw",
        "if false then\n        perform withdraw",
        MERGES,
    ),
    (
        "Q6: letters of both open batches are of the one that they become",
        CONTACTS,
        "update dead_letter set batch_no = next_no where",
        "update dead_letter set batch_no = batch_no where",
        MERGES,
    ),
    (
        "S8: of two windows the later one counts",
        CONTACTS,
        "last_in_at = greatest(k.last_in_at, g.last_in_at)",
        "last_in_at = g.last_in_at",
        MERGES,
    ),
    (
        "S3: who has two numbers is answered at the one they wrote from last",
        f"{FUNCTIONS}/accept.sql",
        "if varied then",
        "if false then",
        MERGES,
    ),
    (
        "S3: a change finds its message in the other half",
        CONTACTS,
        "if k.parked or g.parked then",
        "if false then",
        MERGES,
    ),
    (
        "trap 19: what is being answered is only marked",
        SPECIAL,
        "and (target.id > conv.closed_id or conv.lease_until is null)",
        "and true",
        MESSAGES,
    ),
    (
        "law 6: nothing is due when nothing is left of the batch",
        SPECIAL,
        "due_at = case when waits.one then k.due_at end",
        "due_at = k.due_at",
        MESSAGES,
    ),
    (
        "S2: only who wrote a message changes it",
        SPECIAL,
        "where x.external_id = change.reply_to and x.direction = change.direction",
        "where x.external_id = change.reply_to",
        RACES,
    ),
    (
        "S2: a change that came before its message waits for it",
        f"{FUNCTIONS}/accept.sql",
        "if parked or m_kind &&",
        "if m_kind &&",
        MESSAGES,
    ),
    (
        "S2: changes are made in their order",
        SPECIAL,
        "join message m on m.id = p.message_id order by m.id\n",
        "join message m on m.id = p.message_id order by m.id desc\n",
        RACES,
    ),
    (
        "S2: an edit of what is very old finds it",
        SPECIAL,
        "s.external_id = change.reply_to) then null else looked_max",
        "s.external_id = change.reply_to) then looked_max else looked_max",
        RACES,
    ),
    (
        "law 7: a change whose message never comes is given up",
        SPECIAL,
        "p.conversation_id = any (locked) and p.parked_at < late",
        "p.conversation_id = any (locked) and false",
        RACES,
    ),
    (
        "S2: the owner's own words pause the assistant",
        SPECIAL,
        "perform pause_assistant(echo.conversation_id);",
        "null;",
        MESSAGES,
    ),
    (
        "law 5: an echo of what is to be sent again proves that it left",
        SPECIAL,
        " or (o.state = 'queued' and o.attempt > 0))",
        ")",
        RACES,
    ),
    (
        "S2: what was never tried has no echo",
        SPECIAL,
        "(o.state = 'queued' and o.attempt > 0)",
        "o.state = 'queued'",
        RACES,
    ),
    (
        "S3: a rename that comes again renames nobody else",
        SPECIAL,
        "and (p.until_at = r.at or",
        "and (false or",
        MESSAGES,
    ),
    (
        "S3: nobody is left without a name",
        SPECIAL,
        "where o.contact_id = l.contact_id);",
        "where true);",
        MESSAGES,
    ),
    (
        "S3: the new name finds who had the old one, in the same webhook",
        f"{FUNCTIONS}/accept.sql",
        "perform learn_names(w_merchant, p_more -> 'renames');",
        "null;",
        RACES,
    ),
    (
        "S3: a number that was somebody's before proves nothing",
        SPECIAL,
        "coalesce(bool_or(l.created_at >= renamed.at), false), not",
        "true, not",
        RACES,
    ),
)
