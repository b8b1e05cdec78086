-- Removes and returns what is due in shards of one tag, or will be in a moment, merchants in turn
-- (trap 20).
-- KEYS: woken (sorted set), due of each shard (sorted set).
-- ARGV: how many entries of a shard to look at, most per merchant while others wait, milliseconds of
--       that moment, how many merchants are left out, these, of each shard its number and most
--       entries to take (0 only reads the head), and then the merchants that had their share already.
-- Returns: this clock's microseconds, then of each shard microseconds until its next entry is due
--       (-1: there is none), and the member of each taken entry, and in how many it is due.

local time = redis.call('TIME')
local now_ms = time[1] * 1000 + time[2] / 1000
local look, share, until_ms = tonumber(ARGV[1]), tonumber(ARGV[2]), now_ms + tonumber(ARGV[3])
local first_shard = 5 + ARGV[4]
local without, had = {}, {}
for i = 5, first_shard - 1 do without[ARGV[i]] = true end
for i = first_shard + 2 * (#KEYS - 1), #ARGV do had[ARGV[i]] = share end

-- Up: a taker that comes too soon by a part of one would find nothing due, and rest.
local function in_us(score) return math.max(0, math.ceil((tonumber(score) - now_ms) * 1000)) end

local function ready(key)
  local due = redis.call('ZRANGEBYSCORE', key, '-inf', until_ms, 'WITHSCORES', 'LIMIT', 0, look)
  if #due == 2 * look then
    -- Behind a hot merchant's backlog the others' entries are the newest: look there as well.
    local newest =
      redis.call('ZREVRANGEBYSCORE', key, until_ms, '-inf', 'WITHSCORES', 'LIMIT', 0, look)
    for i = #newest - 1, 1, -2 do
      due[#due + 1] = newest[i]
      due[#due + 1] = newest[i + 1]
    end
  end
  return due
end

local function take(key, number, room)
  local due = room > 0 and ready(key) or {}
  local taken, out = {}, {0}
  local function up_to(most)
    for i = 1, #due, 2 do
      if #out > 2 * room then return end
      local member = due[i]
      local merchant = string.match(member, '^(%d+):')
      local has = had[merchant] or 0
      if not taken[member] and not without[merchant] and has < most then
        redis.call('ZREM', key, member)
        taken[member] = true
        out[#out + 1] = member
        out[#out + 1] = in_us(due[i + 1])
        had[merchant] = has + 1
      end
    end
  end
  up_to(share)
  up_to(math.huge) -- nobody else waits: an idle slot serves nobody

  local first = redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')
  out[1] = first[2] and in_us(first[2]) or -1
  -- More is due than this taker had room for, or is due of those that it leaves out: wake the next.
  if room > 0 and out[1] == 0 then redis.call('ZADD', KEYS[1], 'NX', now_ms, number) end
  return out
end

local told = {time[1] * 1000000 + time[2]}
for k = 2, #KEYS do
  local at = first_shard + 2 * (k - 2)
  told[k] = take(KEYS[k], ARGV[at], tonumber(ARGV[at + 1]))
end
return told
