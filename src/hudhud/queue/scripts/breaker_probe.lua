-- Grants one of the permits to probe a half-open service.
-- KEYS: breakers (hash), probers of the service (sorted set by when each permit ends).
-- ARGV: service, name of the opening, prober, permits, milliseconds of the permit.
-- Returns -1 when it is granted, else milliseconds after which asking again makes sense.

local time = redis.call('TIME')
local now_ms = time[1] * 1000 + math.floor(time[2] / 1000)

local stands = redis.call('HGET', KEYS[1], ARGV[1])
if stands then
  local name, until_ms, closed = string.match(stands, '^(%S+) %d+ %S+ (%d+) (%d)$')
  -- Closed or opened again by somebody whom the caller has not heard yet.
  if name ~= ARGV[2] or closed == '1' then return 1000 end
  if tonumber(until_ms) > now_ms then return tonumber(until_ms) - now_ms end
end

redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now_ms)
if redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[4]) then
  return tonumber(redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')[2]) - now_ms
end
redis.call('ZADD', KEYS[2], now_ms + tonumber(ARGV[5]), ARGV[3])
redis.call('PEXPIRE', KEYS[2], math.max(tonumber(ARGV[5]), redis.call('PTTL', KEYS[2])))
return -1
