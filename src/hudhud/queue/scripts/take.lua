-- Removes and returns what is due in one shard, merchants in turn (trap 20).
-- KEYS: due (sorted set), woken (sorted set).
-- ARGV: the shard's number, most entries to take (0 only reads the head), how many to look at,
--       most per merchant while others wait, how many merchants are left out, these, and then
--       the merchants that had their share already.
-- Returns: microseconds until the next entry is due (-1: there is none), then the members.

local time = redis.call('TIME')
local now_ms = time[1] * 1000 + time[2] / 1000
local room, look, share = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local without, had = {}, {}
for i = 6, 5 + ARGV[5] do without[ARGV[i]] = true end
for i = 6 + ARGV[5], #ARGV do had[ARGV[i]] = share end

local due = {}
if room > 0 then
  due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now_ms, 'LIMIT', 0, look)
  if #due == look then
    -- Behind a hot merchant's backlog the others' entries are the newest: look there as well.
    local newest = redis.call('ZREVRANGEBYSCORE', KEYS[1], now_ms, '-inf', 'LIMIT', 0, look)
    for i = #newest, 1, -1 do due[#due + 1] = newest[i] end
  end
end

local taken, out = {}, {}
local function take(most)
  for _, member in ipairs(due) do
    if #out >= room then return end
    local merchant = string.match(member, '^(%d+):')
    local count = had[merchant] or 0
    if not taken[member] and not without[merchant] and count < most then
      redis.call('ZREM', KEYS[1], member)
      taken[member] = true
      out[#out + 1] = member
      had[merchant] = count + 1
    end
  end
end
take(share)
take(math.huge) -- nobody else waits: an idle slot serves nobody

local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
local next_in_us = -1
-- Up: a taker that comes too soon by a part of one would find nothing due, and rest.
if first[2] then next_in_us = math.max(0, math.ceil((tonumber(first[2]) - now_ms) * 1000)) end

-- More is due than this taker had room for, or is due of those that it leaves out: wake the next.
if room > 0 and next_in_us == 0 then redis.call('ZADD', KEYS[2], 'NX', now_ms, ARGV[1]) end
table.insert(out, 1, next_in_us)
return out
