-- context: what answers need besides their batches, for a group of conversations, by name of look-up
-- (P1). store/lookups.py declares the names; each is a function lookup_NAME in the .sql file of its subject,
-- which reads and never writes, and returns (conversation, value), nothing where there is nothing to tell.
--
-- A look-up that fails is told in `failed` and takes no other with it (P2). Some of its rows may
-- have been returned before it failed: whoever reads `failed` believes none of them. After each come
-- the milliseconds that it took, in a row of no conversation.
--
-- Volatile and in plpgsql: every statement in here has a snapshot of its own, younger than the locks
-- of the claim that it runs beside, so it sees all that was committed before them (trap 1). No jit:
-- a group of 64 is no work for a compiler. One plan for groups of any size: for small ones PostgreSQL
-- would plan anew each time, which costs as much as all look-ups do (1.0 ms for one batch, 0.5 so).
create or replace function context(p_merchant bigint[], p_conversation bigint[], p_closed bigint[], p_names text[], p_history_max integer)
returns table (conversation bigint, name text, value jsonb, failed text, took_ms double precision)
language plpgsql set jit = off set plan_cache_mode = force_generic_plan as $$
declare
    wanted text;
    begun timestamptz;
begin
    perform set_config('hudhud.merchants', (select string_agg(distinct x::text, ',') from unnest(p_merchant) x), true);
    foreach wanted in array p_names loop
        begun := clock_timestamp();
        begin
            if wanted = 'inbox' then
                return query select l.conversation, wanted, l.value, null::text, null::float8 from lookup_inbox(p_conversation, p_closed) l;
            elsif wanted = 'assistant' then
                return query select l.conversation, wanted, l.value, null::text, null::float8 from lookup_assistant(p_conversation, p_closed) l;
            elsif wanted = 'contact' then
                return query select l.conversation, wanted, l.value, null::text, null::float8 from lookup_contact(p_conversation, p_closed) l;
            elsif wanted = 'collected' then
                return query select l.conversation, wanted, l.value, null::text, null::float8 from lookup_collected(p_conversation, p_closed) l;
            elsif wanted = 'history' then
                return query select l.conversation, wanted, l.value, null::text, null::float8 from lookup_history(p_conversation, p_closed, p_history_max) l;
            elsif wanted = 'recent_by_person' then
                return query select l.conversation, wanted, l.value, null::text, null::float8 from lookup_recent_by_person(p_conversation, p_closed) l;
            elsif wanted = 'catalogue' then
                return query select l.conversation, wanted, l.value, null::text, null::float8 from lookup_catalogue(p_conversation, p_closed) l;
            elsif wanted = 'shelf' then
                return query select l.conversation, wanted, l.value, null::text, null::float8 from lookup_shelf(p_conversation, p_closed) l;
            elsif wanted = 'escalation' then
                return query select l.conversation, wanted, l.value, null::text, null::float8 from lookup_escalation(p_conversation, p_closed) l;
            elsif wanted = 'hours' then
                return query select l.conversation, wanted, l.value, null::text, null::float8 from lookup_hours(p_conversation, p_closed) l;
            elsif wanted = 'cart' then
                return query select l.conversation, wanted, l.value, null::text, null::float8 from lookup_cart(p_conversation, p_closed) l;
            elsif wanted = 'orders' then
                return query select l.conversation, wanted, l.value, null::text, null::float8 from lookup_orders(p_conversation, p_closed) l;
            elsif wanted = 'summary' then
                return query select l.conversation, wanted, l.value, null::text, null::float8 from lookup_summary(p_conversation, p_closed) l;
            else
                raise exception 'no look-up is called %', wanted;
            end if;
        exception when others then
            return query select c.id, wanted, null::jsonb, sqlstate || ': ' || sqlerrm, null::float8 from unnest(p_conversation) c(id);
        end;
        return query select null::bigint, wanted, null::jsonb, null::text,
            (extract(epoch from clock_timestamp() - begun) * 1000)::float8;
    end loop;
end $$;
