-- KEYS: breakers (hash). Returns of each service: its name, then the opening's name, count, why,
-- milliseconds left, 1 when it is closed.

local time = redis.call('TIME')
local now_ms = time[1] * 1000 + math.floor(time[2] / 1000)
local told, all = {}, redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  local name, count, why, until_ms, closed =
    string.match(all[i + 1], '^(%S+) (%d+) (%S+) (%d+) (%d)$')
  if name then
    told[#told + 1] =
      {all[i], name, count, why, tostring(math.max(0, tonumber(until_ms) - now_ms)), closed}
  end
end
return told
