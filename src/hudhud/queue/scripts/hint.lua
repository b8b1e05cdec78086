-- Puts entries into shards of one tag; an entry only ever moves sooner.
-- KEYS: woken (sorted set), due of each shard (sorted set). ARGV: of each shard its number, how many
--       entries, and then member, due_in_ms of each.
-- Returns how many shards a taker was woken for.

local time = redis.call('TIME')
-- To the microsecond, as in take.lua: rounding would be a millisecond of every customer's wait.
local now_ms = time[1] * 1000 + time[2] / 1000

local function head(due)
  local first = redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')
  return first[2] and tonumber(first[2]) or math.huge
end

local at, woken = 1, 0
for k = 2, #KEYS do
  local due, number, last = KEYS[k], ARGV[at], at + 2 * ARGV[at + 1]
  local before = head(due)
  for i = at + 2, last, 2 do
    redis.call('ZADD', due, 'LT', now_ms + tonumber(ARGV[i + 1]), ARGV[i])
  end
  at = last + 2
  -- Not only when the set was empty: a sooner entry behind a later head would sleep (trap 15).
  -- One token of a shard is enough: whoever pops it reads the head as it is then.
  if head(due) < before then woken = woken + redis.call('ZADD', KEYS[1], 'NX', now_ms, number) end
end
return woken
