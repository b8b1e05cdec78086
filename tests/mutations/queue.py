"""The schedule in Valkey: each rule taken out once by `mutants.py`.

Each: the rule, its file, what stands there, what instead, and the tests that must turn red.
"""

from __future__ import annotations

QUEUE_MODEL = "tests/queue/test_schedule_model.py"
WAKE_TOKENS = "tests/queue/test_wake_tokens.py"
QUEUE_CLUSTER = "tests/queue/test_cluster.py"
QUEUE_EARLY = "tests/queue/test_early.py"
QUEUE_FITNESS = "tests/queue/test_fitness.py"

RULES = (
    (
        "trap 15: a sooner entry behind a later head wakes",
        "queue/scripts/hint.lua",
        "if head(due) < before then",
        "if before == math.huge then",
        QUEUE_MODEL,
    ),
    (
        "trap 15: an entry only ever moves sooner",
        "queue/scripts/hint.lua",
        "'ZADD', due, 'LT', now_ms",
        "'ZADD', due, now_ms",
        QUEUE_MODEL,
    ),
    (
        "trap 15: one who takes less than is due wakes the next",
        "queue/scripts/take.lua",
        "redis.call('ZADD', KEYS[1], 'NX', now_ms, number)",
        "local _",
        WAKE_TOKENS,
    ),
    (
        "trap 20: who has his share is left for others",
        "queue/scripts/take.lua",
        "not without[merchant] and ",
        "",
        QUEUE_MODEL,
    ),
    (
        "trap 20: who leaves somebody out says so to others",
        "queue/scripts/take.lua",
        "if room > 0 and out[1] == 0",
        "if #out > 1 and out[1] == 0",
        QUEUE_MODEL,
    ),
    (
        "trap 15: who waits on after a second without a token pops again",
        "queue/wakes.py",
        "            pop.begin()  # nothing",
        "            pass  # nothing",
        "tests/models/test_schedule_lives.py",
    ),
    (
        "trap 15: tokens that were popped and not used are put back",
        "queue/wakes.py",
        "            self._put_back(self._drain())",
        "            self._drain()",
        "tests/models/test_schedule_lives.py",
    ),
    (
        "trap 15: a slot that came free lets a resting shard be asked",
        "queue/taker.py",
        "if not without >= self._without:",
        "if False:",
        "tests/queue/test_schedule.py",
    ),
    (
        "trap 18: nothing is taken before its time",
        "queue/scripts/take.lua",
        ", now_ms + tonumber(ARGV[3])",
        ", now_ms + 1e12",
        QUEUE_MODEL,
    ),
    (
        "Q3: what is taken ahead waits for its time",
        "queue/early.py",
        "while len(due) < most and self.next_at <= now:",
        "while len(due) < most and self._waiting:",
        QUEUE_EARLY,
    ),
    (
        "Q3: who has use for an entry sooner gets it sooner",
        "queue/taker.py",
        "self._early.next_at <= now + self._lead_s:",
        "self._early.next_at <= now:",
        QUEUE_EARLY,
    ),
    (
        "Q3: what is due a moment after it comes along",
        "queue/taker.py",
        "max(now + self._lead_s, self._early.next_at + TOGETHER_S)",
        "now + self._lead_s",
        QUEUE_EARLY,
    ),
    (
        "Q3: what is due does not wait for what is not",
        "queue/taker.py",
        "now < self._early.next_at <= now + self._lead_s:",
        "self._early.next_at <= now + self._lead_s:",
        QUEUE_EARLY,
    ),
    (
        "Q3: what is taken ahead and not come for goes back",
        "queue/taker.py",
        "        self._put_back([(now, entry) for entry in not_come_for])\n",
        "",
        QUEUE_EARLY,
    ),
    (
        "trap 20: who comes to its share leaves what is not due, too",
        "queue/taker.py",
        "        self._put_back(self._early.leave(without))\n",
        "",
        QUEUE_EARLY,
    ),
    (
        "trap 20: merchants take turns within a shard",
        "queue/scripts/take.lua",
        "  up_to(share)\n",
        "",
        "tests/queue/test_schedule.py",
    ),
    (
        "trap 20: all keys of one shard carry one hash tag",
        "queue/shards.py",
        "woken_key(kind, tag_of_shard(numbers[0]))",
        "woken_key(kind, tag_of_shard(numbers[0] + 1))",
        QUEUE_CLUSTER,
    ),
    (
        "trap 15: of several shards each is told its own",
        "queue/scripts/take.lua",
        "first_shard + 2 * (k - 2)",
        "first_shard",
        "tests/queue/test_schedule.py",
    ),
    (
        "Q7: of all workers one refills Valkey",
        "queue/rota.py",
        '"SET", _KEY, 1, "NX", "PX"',
        '"SET", _KEY, 1, "PX"',
        "tests/queue/test_rota.py",
    ),
    (
        "Q7: who cannot reach PostgreSQL leaves the turn to who can",
        "worker/sweeper.py",
        "                await self._rota.leave()\n",
        "",
        "tests/queue/test_unfit_at_work.py",
    ),
    (
        "issue 3, item 8: a slot that moved is followed",
        "queue/connection.py",
        "startswith(ON_THE_MOVE):\n",
        "startswith(ON_THE_MOVE):\n                raise\n",
        QUEUE_CLUSTER,
    ),
    (
        "issue 3, item 8: a cluster in trouble is not stormed",
        "queue/slots.py",
        "if asyncio.get_running_loop().time() >= self._read_at + MAP_S:",
        "if True:",
        QUEUE_CLUSTER,
    ),
    (
        "issue 3, item 8: what is probed is a write",
        "queue/connection.py",
        'await link.call("EVAL", _PROBE.text, len(keys), *keys, deadline_s=CALL_S)',
        'await link.call("PING", deadline_s=CALL_S)',
        QUEUE_FITNESS,
    ),
    (
        "trap 15: a token makes its shard's head be read at once",
        "queue/taker.py",
        "for number in told - self._resting:\n            self._heads[number] = -inf",
        "for number in told - self._resting:\n            pass",
        "tests/models/test_schedule_lives.py",
    ),
    (
        "trap 15: who always finds something due reads the tokens as well",
        "queue/taker.py",
        "            self._heed(await self._wakes.seen(self._looked))\n",
        "            await self._wakes.seen(self._looked)\n",
        WAKE_TOKENS,
    ),
    (
        "trap 15: who alone knows of an entry tells the others when it is due",
        "queue/taker.py",
        "        self._wakes.give(due)\n",
        "",
        WAKE_TOKENS,
    ),
    (
        "trap 1: a conversation that is locked at the claim is not forgotten",
        "store/schema/functions/claim.sql",
        "< cardinality(p_conversation) then",
        "< 0 then",
        "tests/store/test_laws_in_the_database.py",
    ),
)
