-- Does once, on keys that nothing else uses, what the other scripts do: a server that is full, too
-- old, read-only, about to give this slot away, or forbids one of the commands, fails here first.
-- KEYS: a sorted set and then a hash, another sorted set. Nothing stays behind.

redis.call('TIME')
redis.call('ZADD', KEYS[1], 'LT', 1, 'probe')
redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', 1, 'LIMIT', 0, 1)
redis.call('ZREVRANGEBYSCORE', KEYS[1], 1, '-inf', 'LIMIT', 0, 1)
redis.call('ZCOUNT', KEYS[1], '-inf', 1)
redis.call('ZCARD', KEYS[1])
redis.call('ZREM', KEYS[1], 'probe')
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', 1)
redis.call('HSET', KEYS[1], 'probe', 1)
redis.call('HGET', KEYS[1], 'probe')
redis.call('HGETALL', KEYS[1])
redis.call('PTTL', KEYS[1])
redis.call('PEXPIRE', KEYS[1], 0)
redis.call('ZADD', KEYS[2], 'NX', 1, 'probe')
redis.call('ZREM', KEYS[2], 'probe')
return 1
