-- Puts a wake token back, for a taker that is going away. KEYS: wake. ARGV: the shard's number.

if redis.call('LLEN', KEYS[1]) == 0 then
  return redis.call('RPUSH', KEYS[1], ARGV[1])
end
return 0
