-- Removes and returns what is due in one shard, or will be in a moment, merchants in turn (trap 20).
-- KEYS: due (sorted set), woken (sorted set).
-- ARGV: the shard's number, most entries to take (0 only reads the head), how many to look at,
--       most per merchant while others wait, milliseconds of that moment, how many merchants are
--       left out, these, and then the merchants that had their share already.
-- Returns: microseconds until the next entry is due (-1: there is none), this clock's microseconds,
--       then of each taken entry: the member, and in how many microseconds it is due.

local time = redis.call('TIME')
local now_ms = time[1] * 1000 + time[2] / 1000
local room, look, share = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local until_ms = now_ms + tonumber(ARGV[5])
local without, had = {}, {}
for i = 7, 6 + ARGV[6] do without[ARGV[i]] = true end
for i = 7 + ARGV[6], #ARGV do had[ARGV[i]] = share end

local due = {}
if room > 0 then
  due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', until_ms, 'WITHSCORES', 'LIMIT', 0, look)
  if #due == 2 * look then
    -- Behind a hot merchant's backlog the others' entries are the newest: look there as well.
    local newest =
      redis.call('ZREVRANGEBYSCORE', KEYS[1], until_ms, '-inf', 'WITHSCORES', 'LIMIT', 0, look)
    for i = #newest - 1, 1, -2 do
      due[#due + 1] = newest[i]
      due[#due + 1] = newest[i + 1]
    end
  end
end

-- Up: a taker that comes too soon by a part of one would find nothing due, and rest.
local function in_us(score) return math.max(0, math.ceil((tonumber(score) - now_ms) * 1000)) end

local taken, count, out = {}, 0, {}
local function take(most)
  for i = 1, #due, 2 do
    if count >= room then return end
    local member = due[i]
    local merchant = string.match(member, '^(%d+):')
    local has = had[merchant] or 0
    if not taken[member] and not without[merchant] and has < most then
      redis.call('ZREM', KEYS[1], member)
      taken[member] = true
      count = count + 1
      out[#out + 1] = member
      out[#out + 1] = in_us(due[i + 1])
      had[merchant] = has + 1
    end
  end
end
take(share)
take(math.huge) -- nobody else waits: an idle slot serves nobody

local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
local next_in_us = first[2] and in_us(first[2]) or -1

-- More is due than this taker had room for, or is due of those that it leaves out: wake the next.
if room > 0 and next_in_us == 0 then redis.call('ZADD', KEYS[2], 'NX', now_ms, ARGV[1]) end
return {next_in_us, time[1] * 1000000 + time[2], unpack(out)}
