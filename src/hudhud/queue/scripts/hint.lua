-- Puts entries into one shard; an entry only ever moves sooner.
-- KEYS: due (sorted set), woken (sorted set). ARGV: the shard's number, then member, due_in_ms, ...
-- Returns 1 when a taker was woken.

local time = redis.call('TIME')
-- To the microsecond, as in take.lua: rounding would be a millisecond of every customer's wait.
local now_ms = time[1] * 1000 + time[2] / 1000

local function head()
  local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  return first[2] and tonumber(first[2]) or math.huge
end

local before = head()
for i = 2, #ARGV, 2 do
  redis.call('ZADD', KEYS[1], 'LT', now_ms + tonumber(ARGV[i + 1]), ARGV[i])
end

-- Not only when the set was empty: a sooner entry behind a later head would sleep (trap 15).
-- One token of a shard is enough: whoever pops it reads the head as it is then.
if head() < before then return redis.call('ZADD', KEYS[2], 'NX', now_ms, ARGV[1]) end
return 0
