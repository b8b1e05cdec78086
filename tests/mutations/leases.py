"""Leases, claims, absorbing and draining: each rule taken out once by `mutants.py`.

Each: the rule, its file, what stands there, what instead, and the tests that must turn red.
"""

from __future__ import annotations

FUNCTIONS = "store/schema/functions"
ABSORB = "tests/store/test_absorb.py"
LOOKED = "tests/core/context/test_look_ups.py"
COUNTED = "tests/core/context/test_round_trips_counted.py"
DIRECT = "tests/store/test_direct_claims.py"

RULES = (
    (
        "trap 20: direct mode waits for nobody's pick",
        f"{FUNCTIONS}/claim_due.sql",
        "order by h.turn, h.since limit p_limit for no key update of k skip locked;",
        "order by h.turn, h.since limit p_limit for no key update of k;",
        DIRECT,
    ),
    (
        "trap 20: merchants take turns in direct mode",
        f"{FUNCTIONS}/claim_due.sql",
        "order by h.turn, h.since limit p_limit",
        "order by h.due_at limit p_limit",
        DIRECT,
    ),
    (
        "trap 20: merchants take turns in what the sweep tells",
        f"{FUNCTIONS}/due.sql",
        "order by d.turn, d.due_at limit",
        "order by d.due_at limit",
        DIRECT,
    ),
    (
        "trap 20: a full merchant leaves slots to whoever comes",
        "worker/sharing.py",
        "if slots >= SHARE_OF_FREE * free]",
        "if slots < 0]",
        "tests/worker/test_slots_are_shared.py",
    ),
    (
        "trap 17: in direct mode one suspect at a time",
        f"{FUNCTIONS}/claim_due.sql",
        "and k.state = 'bot' and k.crashes <= 1",
        "and k.state = 'bot'",
        DIRECT,
    ),
    (
        "trap 17: beside a suspect no other one is claimed",
        "worker/replier.py",
        "if suspects and not self._has_suspect:",
        "if suspects:",
        "tests/worker/test_claims_at_work.py",
    ),
    (
        "issue 4: the end of a dead holder's lease is known before it comes",
        f"{FUNCTIONS}/due.sql",
        "where k.lease_until <= within and",
        "where k.lease_until <= clock and",
        DIRECT,
    ),
    (
        "trap 17: what a dead holder worked on is suspect",
        f"{FUNCTIONS}/leases.sql",
        "crashes = k.crashes + p_crashed::integer",
        "crashes = k.crashes",
        DIRECT,
    ),
    (
        "trap 18: a lease from a jumped clock ends",
        f"{FUNCTIONS}/sweep.sql",
        "where l.lease_until > clock + make_interval",
        "where false and l.lease_until > clock + make_interval",
        DIRECT,
    ),
    (
        "law 3: the supervisor frees what its dead child held",
        "ops/child.py",
        "        self._bury()\n        return code",
        "        return code",
        "tests/ops/test_burial.py",
    ),
    (
        "law 3: a claim whose answer was lost is given back by its holder",
        "worker/replier.py",
        "        if self._unheard:\n            places",
        "        if False:\n            places",
        "tests/worker/test_claims_at_work.py",
    ),
    (
        "Q8: without Valkey PostgreSQL is asked",
        "worker/source.py",
        "return self._schedule.healthy and self._switches.on",
        "return self._switches.on",
        "tests/faults/test_lease_faults.py::test_replies_keep_flowing_whatever_became_of_valkey",
    ),
    (
        "Q9: a drain has an end",
        "worker/run.py",
        "asyncio.timeout(app.settings.drain_s * DRAIN_SHARE)",
        "asyncio.timeout(60)",
        "tests/faults/test_lease_faults.py::test_a_drain_ends_in_time_whatever_hangs",
    ),
    (
        "Q5: an answer is made again once",
        f"{FUNCTIONS}/finish.sql",
        "k.pending > 0 and not k.absorbed\n                and (select i.absorb",
        "k.pending > 0 and (select i.absorb",
        ABSORB,
    ),
    (
        "Q5: an unsent answer is withdrawn once",
        f"{FUNCTIONS}/claim.sql",
        "b.outcome = 'answered' and not b.absorbed",
        "b.outcome = 'answered'",
        ABSORB,
    ),
    (
        "Q5: an answer of which anything was tried stays",
        f"{FUNCTIONS}/claim.sql",
        "(o.state <> 'queued' or o.attempt > 0)",
        "o.state = 'sending'",
        ABSORB,
    ),
    (
        "Q5: what was withdrawn was never said",
        f"{FUNCTIONS}/context/context_lookups.sql",
        "o.message_id = m.id and o.state = 'cancelled'",
        "o.message_id = m.id and o.state = 'never'",
        ABSORB,
    ),
    (
        "speed: answers that end together are written together",
        "worker/endings.py",
        "self._waiting[:GROUP_MAX], self._waiting[GROUP_MAX:]",
        "self._waiting[:1], self._waiting[1:]",
        "tests/worker/test_answers_together.py",
    ),
    (
        "speed: a catalogue that was read before needs no look of its own",
        "core/context/searching.py",
        "faqs_all=FAQS_MAX, versions=versions",
        "faqs_all=FAQS_MAX, versions=None",
        "tests/worker/test_answers_together.py",
    ),
    (
        "P4: what a process knows costs no round trip",
        "store/catalogue/shelf.py",
        "known is None or known.versions != versions or not known.knows",
        "True or not known.knows",
        COUNTED,
    ),
    (
        "P4: side by side, a shelf is brought up to date beside the look-ups",
        "store/catalogue/shelf.py",
        "    if known is None or known.whole:",
        "    if known is None:",
        COUNTED,
    ),
    (
        "P4: a transaction begins and says whose rows it sees in one round trip",
        "store/pool.py",
        "                await connection.execute(begin)",
        "                [await connection.execute(one) for one in begin.split(';')]",
        COUNTED,
    ),
    (
        "P4: an answer waits for no reading of its inbox",
        "worker/replier.py",
        "if claim.setting is not None and declared.INBOX.name in claim.setting.found:",
        "if False:",
        "tests/worker/test_answers_together.py",
    ),
    (
        "P4: a new connection asks for no type that another has asked for",
        "store/server/wire.py",
        "if max(asked) < FIRST_OWN_TYPE:",
        "if False:",
        "tests/store/test_server.py",
    ),
    (
        "P2: an answer knows of a catalogue that changed since the last one",
        f"{FUNCTIONS}/knowledge/shelves.sql",
        "conversation k left join shelf_version v on v.merchant_id = k.merchant_id",
        "conversation k left join shelf_version v on false",
        "tests/worker/test_answers_together.py",
    ),
    (
        "P2: a look-up that fails takes no other with it",
        f"{FUNCTIONS}/context/context.sql",
        "exception when others then",
        "exception when no_data_found then",
        LOOKED,
    ),
    (
        "trap 8: what one row spoils for its group is asked again for each alone",
        "core/context/looking.py",
        "if not why.startswith(AWAY):",
        "if why.startswith(AWAY):",
        LOOKED,
    ),
    (
        "P2: a look-up has a deadline",
        "core/context/lanes.py",
        "timeout_s=LOOK_UP_TIMEOUT_S)",
        "timeout_s=60)",
        LOOKED,
    ),
    (
        "P5: the switch is stronger than a setting",
        "core/context/looking.py",
        'if not self._switches.on("parallel_context"):',
        "if not self._pinned:",
        LOOKED,
    ),
    (
        "trap 3: a claim does not hold its rows while it looks for long",
        "core/context/choosing.py",
        " or seen.looked_ms > HELD_MS_MAX",
        "",
        "tests/core/context/test_position_rule.py",
    ),
    (
        "law 7: a trace has a size",
        "core/tracing/bounding.py",
        "if len(msgspec.json.encode(told)) <= TRACE_BYTES_MAX:",
        "if told:",
        "tests/core/tracing/test_trace_bounds.py",
    ),
)
