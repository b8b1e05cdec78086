-- Closes one opening by its name. It stays written as closed: the other processes have to see it.
-- KEYS: breakers (hash). ARGV: service, name. Returns 1 when it was that one.

local stands = redis.call('HGET', KEYS[1], ARGV[1])
if not stands or string.match(stands, '^%S+') ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], string.sub(stands, 1, -2) .. '1')
return 1
