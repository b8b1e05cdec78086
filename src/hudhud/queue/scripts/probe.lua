-- Does once, on keys that nothing else uses, what the other scripts do: a server that is full, too
-- old, read-only, about to give this slot away, or forbids one of the commands, fails here first.
-- KEYS: a sorted set, a list.

redis.call('TIME')
redis.call('ZADD', KEYS[1], 'LT', 1, 'probe')
redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', 1, 'LIMIT', 0, 1)
redis.call('ZREVRANGEBYSCORE', KEYS[1], 1, '-inf', 'LIMIT', 0, 1)
redis.call('ZCOUNT', KEYS[1], '-inf', 1)
redis.call('ZCARD', KEYS[1])
redis.call('ZREM', KEYS[1], 'probe')
redis.call('RPUSH', KEYS[2], 'probe')
redis.call('LLEN', KEYS[2])
redis.call('LTRIM', KEYS[2], 1, 0)
return 1
