-- Tells of one opening, unless another stands that lasts longer.
-- KEYS: breakers (hash). ARGV: service, name, count, why, milliseconds left, milliseconds kept.
-- Returns the one that stands: name, count, why, milliseconds left, 1 when it is closed.

local time = redis.call('TIME')
local now_ms = time[1] * 1000 + math.floor(time[2] / 1000)
local until_ms = now_ms + tonumber(ARGV[5])

local stands = redis.call('HGET', KEYS[1], ARGV[1])
if stands then
  local name, count, why, theirs_ms, closed = string.match(stands, '^(%S+) (%d+) (%S+) (%d+) (%d)$')
  if closed == '0' and tonumber(theirs_ms) > until_ms then
    return {name, count, why, tostring(math.max(0, tonumber(theirs_ms) - now_ms)), closed}
  end
end
local told = string.format('%s %s %s %.0f 0', ARGV[2], ARGV[3], ARGV[4], until_ms)
redis.call('HSET', KEYS[1], ARGV[1], told)
redis.call('PEXPIRE', KEYS[1], ARGV[6])
return {ARGV[2], ARGV[3], ARGV[4], ARGV[5], '0'}
