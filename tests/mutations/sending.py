"""Sending: pace, retries, unknown sends: each rule taken out once by `mutants.py`.

Each: the rule, its file, what stands there, what instead, and the tests that must turn red.
"""

from __future__ import annotations

FUNCTIONS = "store/schema/functions"
OUTBOX = "tests/store/test_outbox_in_the_database.py"
PACE = "tests/store/test_pace.py"
UNKNOWN = "tests/store/test_unknown_sends.py"
RETRY = "tests/core/test_retry.py"
LOST = "tests/worker/test_lost_begins.py"
RECORDS = "tests/worker/test_records_together.py"

RULES = (
    (
        "law 5: an unknown send stops the rest",
        f"{FUNCTIONS}/begin_sends.sql",
        "o.state in ('queued', 'sending', 'unknown')\n        order by",
        "o.state in ('queued', 'sending')\n        order by",
        OUTBOX,
    ),
    (
        "law 5: a late result of an earlier attempt changes nothing",
        f"{FUNCTIONS}/end_sends.sql",
        "o.state = any (open) and o.attempt = a.attempt\n",
        "o.state = any (open)\n",
        OUTBOX,
    ),
    (
        "law 6: a refused send ends at a person",
        f"{FUNCTIONS}/end_sends.sql",
        "    perform refuse(p_row);\n",
        "",
        OUTBOX,
    ),
    (
        "law 6: a provider that nobody reaches costs no attempt",
        "core/retry.py",
        "counted=not unreached",
        "counted=True",
        RETRY,
    ),
    (
        "trap 16: no second sees more than the rate of a number",
        f"{FUNCTIONS}/begin_sends.sql",
        "<= permits(n.free_at, clock, d.every_s, d.burst) as passes",
        "<= 1000000 as passes",
        PACE,
    ),
    (
        "trap 16: to one person one in six seconds, after a burst",
        f"{FUNCTIONS}/begin_sends.sql",
        "greatest(o.next_at, p.shut_until, p.free_at - make_interval(",
        "greatest(o.next_at, p.shut_until, '-infinity'::timestamptz - make_interval(",
        PACE,
    ),
    (
        "trap 16: the numbers of one app share its rate",
        f"{FUNCTIONS}/begin_sends.sql",
        "<= permits(a.free_at, clock, app_every_s, app_burst)",
        "<= 1000000",
        PACE,
    ),
    (
        "pace: a newcomer stands behind those who wait",
        f"{FUNCTIONS}/begin_sends.sql",
        "and (d.in_line or n.line_until <= clock)",
        "",
        PACE,
    ),
    (
        "pace: a provider that slows a number down is obeyed for all of it",
        f"{FUNCTIONS}/end_sends.sql",
        "and t.scope <> 'message'",
        "and false",
        PACE,
    ),
    (
        "trap 20: what is due is told merchant by merchant in turn",
        f"{FUNCTIONS}/due.sql",
        "d.turn, d.next_at limit",
        "d.next_at limit",
        PACE,
    ),
    (
        "trap 20: one merchant's sends never take every slot",
        "worker/deliverer.py",
        "take(room(held, free), without=full(held, free))",
        "take(free)",
        "tests/worker/test_delivery_fairness.py",
    ),
    (
        "Q6: what is no fault of the message uses no attempt",
        "core/delivery.py",
        "row.attempt - row.spared, now",
        "row.attempt, now",
        RETRY,
    ),
    (
        "Q6: too fast to one person waits 4^X seconds",
        "core/retry.py",
        "PAIR_BASE ** min(attempt + spared, PAIR_GROWS_MAX)",
        "PAIR_BASE",
        RETRY,
    ),
    (
        "law 5: only what was begun unheard under our own name is known as unsent",
        f"{FUNCTIONS}/begin_sends.sql",
        "o.state = 'sending' and o.holder = any (p_lost)",
        "o.state = 'sending'",
        UNKNOWN,
    ),
    (
        "law 5: a begin without an answer is asked again",
        "worker/deliverer.py",
        "            self._lost.append(name)\n",
        "",
        LOST,
    ),
    (
        "law 5: no send starts late after its record",
        "worker/deliverer.py",
        "if time.monotonic() - asked > within_s:",
        "if asked < 0:",
        LOST,
    ),
    (
        "law 5: an unknown send reaches a person",
        f"{FUNCTIONS}/unsettled_sends.sql",
        "where o.state = 'unknown' and",
        "where false and o.state = 'unknown' and",
        UNKNOWN,
    ),
    (
        "law 5: the sweep looks for unknown sends that nobody settled",
        "worker/sweeper.py",
        "after_s=self.settings.unknown_s",
        "after_s=1e9",
        UNKNOWN,
    ),
    (
        "trap 18: what a clock that jumped told to wait is due again",
        f"{FUNCTIONS}/due.sql",
        "and o.next_at > clock_timestamp() + interval '2 hours' limit",
        "and false limit",
        PACE,
    ),
    (
        "trap 18: a gate from a clock that jumped shuts nothing",
        f"{FUNCTIONS}/gates.sql",
        "> clock_timestamp() + interval '2 hours'",
        "> 'infinity'",
        PACE,
    ),
    (
        "law 5: a status after the limit takes the conversation back from the person",
        f"{FUNCTIONS}/settle_by_status.sql",
        "        perform take_back(touched.ids);\n",
        "        null;\n",
        UNKNOWN,
    ),
    (
        "law 5: the process that never sent it gives an unknown send back",
        f"{FUNCTIONS}/end_sends.sql",
        "open constant text[] := array['sending', 'unknown'];",
        "open constant text[] := array['sending'];",
        UNKNOWN,
    ),
    (
        "Q6: nothing comes back sooner than the provider asked",
        "core/retry.py",
        "timedelta(seconds=asked_s + chance() * ceiling_s)",
        "timedelta(seconds=chance() * ceiling_s)",
        "tests/models/test_retry_lives.py",
    ),
    (
        "trap 8: a record that cannot be stored takes no neighbour with it",
        "worker/records.py",
        "if len(endings) > 1:",
        "if len(endings) > GROUP_MAX:",
        RECORDS,
    ),
    (
        "speed: sends that end together are recorded together",
        "worker/records.py",
        "self._waiting[:GROUP_MAX], self._waiting[GROUP_MAX:]",
        "self._waiting[:1], self._waiting[1:]",
        RECORDS,
    ),
    (
        "law 5: PostgreSQL away does not make a process forget what became of a send",
        "worker/records.py",
        "            except (StoreUnavailableError, Deadlock):\n",
        "            except Deadlock:\n",
        RECORDS,
    ),
)
