-- Counts one shard. KEYS: due. Returns: entries, due entries, how late the oldest is in ms.

local time = redis.call('TIME')
local now_ms = time[1] * 1000 + time[2] / 1000
local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
local late_ms = 0
if first[2] then late_ms = math.max(0, now_ms - tonumber(first[2])) end
return {redis.call('ZCARD', KEYS[1]), redis.call('ZCOUNT', KEYS[1], '-inf', now_ms), late_ms}
