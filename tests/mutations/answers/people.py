"""Who takes over, until when, and when people are there: each rule taken out once.

Each: the rule, its file, what stands there, what instead, and the tests that must turn red.
"""

from __future__ import annotations

HANDS = "store/schema/functions/desks/hands.sql"
HAND_OVERS = "tests/store/desks/test_hand_overs.py"
ESCALATING = "tests/core/answering/test_escalating.py"
ENDING = "tests/core/answering/test_ending.py"
HOURS = "tests/core/hours/test_opening_hours.py"
BOOKING = "tests/core/tools/test_tools_about_people.py"

RULES = (
    (
        "S7: while a person holds it the assistant is silent",
        "store/schema/functions/claim.sql",
        "when j.state <> 'bot' then 'person'",
        "when false then 'person'",
        HAND_OVERS,
    ),
    (
        "S7: it comes back after the minutes of its inbox, not before",
        HANDS,
        "k.person_at < clock_timestamp() - make_interval(mins => i.hand_back_minutes)",
        "k.person_at < clock_timestamp() and i.hand_back_minutes > 0",
        HAND_OVERS,
    ),
    (
        "S7: what nobody has taken yet stays with people",
        HANDS,
        "k.person_at < clock_timestamp() -",
        "coalesce(k.person_at, k.human_since) < clock_timestamp() -",
        HAND_OVERS,
    ),
    (
        "S7, trap 19: what waited is due when it comes back by itself",
        HANDS,
        "due_at = case when open.n > 0 then now() end",
        "due_at = null",
        HAND_OVERS,
    ),
    (
        "S7: what only a person can settle is not taken from people",
        HANDS,
        "o.conversation_id = k.id and o.state = 'unknown'",
        "o.conversation_id = k.id and o.state = 'nothing'",
        HAND_OVERS,
    ),
    (
        "S7: the desk of a reason comes before the usual one",
        HANDS,
        "d.code = i.escalation_desks ->> split_part(new.hand_over_reason, ':', 1)",
        "d.code = ''",
        HAND_OVERS,
    ),
    (
        "S7: what is off is not looked up",
        "store/schema/functions/desks/desk_lookups.sql",
        "where i.id = w.id and i.escalation_enabled",
        "where i.id = w.id",
        HAND_OVERS,
    ),
    (
        "S7: a keyword is known in any spelling",
        "core/answering/escalating.py",
        "return not _bare(said).isdisjoint(_spelled(word))",
        "return said == word",
        ESCALATING,
    ),
    (
        "S7: an answer below the threshold is not said",
        "core/answering/escalating.py",
        "return reply.confidence < known.threshold or",
        "return",
        ESCALATING,
    ),
    (
        "S7: the same question is not given the same answer again",
        "core/answering/escalating.py",
        "if len(question) >= _QUESTION_CHARS_MIN and question in theirs:",
        "if not theirs:",
        ESCALATING,
    ),
    (
        "the closed hours are told once while they last",
        "core/answering/welcoming.py",
        "told = hours.away_at is not None and (",
        "told = hours.away_at is None and (",
        ENDING,
    ),
    (
        "who is given to closed people is told when they are back",
        "core/answering/welcoming.py",
        "if found.open or found.until is None:",
        "if found.until is not None:",
        ENDING,
    ),
    (
        "hours: a night belongs to the day on which it began",
        "core/hours/opening.py",
        "spans_on(plan, yesterday, later_days), minute + DAY_MINUTES",
        "spans_on(plan, today, later_days), minute + DAY_MINUTES",
        HOURS,
    ),
    (
        "hours: what the clocks jump over is not waited for",
        "core/hours/opening.py",
        "if (shift := _clock_shift(zone, midnight)) is not None:",
        "if (shift := _clock_shift(zone, midnight)) is not None and day.year < 0:",
        HOURS,
    ),
    (
        "hours: the moon is seen when it is seen here",
        "core/hours/hijri.py",
        "moved = day - timedelta(days=later_days)",
        "moved = day",
        HOURS,
    ),
    (
        "booking: whoever books at a desk waits for who books there",
        "core/desks/booking.py",
        "        await bookings.hold_desk(connection, desk.id)\n",
        "        pass\n",
        BOOKING,
    ),
    (
        "booking: two that overlap take two places",
        "core/hours/slots.py",
        "if one.starts_at < ends_at and one.ends_at > starts_at}",
        "if one.starts_at == starts_at}",
        BOOKING,
    ),
    (
        "S1: a turn sees no appointment of another contact",
        "store/schema/migrations/0051_bookings_before.sql",
        "or contact_id = (select turn_contact()));",
        "or true);",
        BOOKING,
    ),
)
