-- Nobody asks for it any more: `context` takes the names of what is looked up.
drop function if exists context(bigint[], bigint[], bigint[], integer);
