-- drop_old: one step of retention (decision 0014). What is older than so many days goes: raw webhooks,
-- statuses, what tools have done, and the keys by which a repeated message is known. What was said, ordered
-- or set aside for a person, stays. Returns how many rows went; steps until 0 have dropped everything.
--
-- Ids grow with time, so each step goes on where the last one stopped, and reads what it drops and
-- no more. Who comes second finds the mark locked and goes on. A key goes only after the raw webhook
-- that it came with: else a replay of the journal would answer its message twice (law 2, trap 11).
create or replace function drop_old(p_keep_days integer, p_limit integer) returns bigint
language plpgsql security definer
set search_path = public, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
    edge constant timestamptz := now() - make_interval(days => p_keep_days);
    mark record;
    old bigint[];
    gone bigint;
    dropped bigint := 0;
begin
    for mark in select * from drop_mark order by kind for no key update skip locked loop
        old := null;
        if mark.kind = 'journal' then
            select array_agg(r.id order by r.id) into old from (
                select x.id, bool_and(x.accepted_at < edge) over (order by x.id) as past
                from (select j.id, j.accepted_at from journal j where j.id > mark.passed_id order by j.id limit p_limit) x) r
            where r.past;
            delete from journal j where j.id = any (old) and not j.set_aside;
        elsif mark.kind = 'delivery_status' then
            select array_agg(r.id order by r.id) into old from (
                select x.id, bool_and(x.accepted_at < edge) over (order by x.id) as past
                from (select d.id, d.accepted_at from delivery_status d where d.id > mark.passed_id order by d.id limit p_limit) x) r
            where r.past;
            delete from delivery_status d where d.id = any (old);
        elsif mark.kind = 'tool_call' then
            select array_agg(r.id order by r.id) into old from (
                select x.id, bool_and(x.at < edge) over (order by x.id) as past
                from (select t.id, t.at from tool_call t where t.id > mark.passed_id order by t.id limit p_limit) x) r
            where r.past;
            delete from tool_call t where t.id = any (old);
        else
            select array_agg(r.id order by r.id) into old from (
                select x.id, bool_and(x.accepted_at < edge and (x.journal_id is null or x.journal_id <= p.passed_id)) over (order by x.id) as past
                from (select m.id, m.accepted_at, m.journal_id from message m where m.id > mark.passed_id order by m.id limit p_limit) x,
                    (select passed_id from drop_mark where kind = 'journal') p) r
            where r.past;
            delete from message_key k using message m
            where m.id = any (old) and k.inbox_id = m.inbox_id and k.external_id = m.external_id
              and not exists (select 1 from journal j where j.id = m.journal_id);
        end if;
        get diagnostics gone = row_count;
        dropped := dropped + gone;
        update drop_mark d set passed_id = old[cardinality(old)] where d.kind = mark.kind and old is not null;
    end loop;
    return dropped;
end $$;

-- drop_media: files that a conversation brought so many days ago are taken out of sight; `reason` says
-- how long they were kept. Returns these and what an earlier step left in the storage: it is deleted
-- there first, and then forgotten here, so that no crash leaves a file that nobody knows of.
create or replace function drop_media(p_keep_days integer, p_limit integer)
returns table (media bigint, merchant bigint, conversation bigint, stored_key text, thumbnail_key text)
language plpgsql security definer set search_path = public, pg_temp
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
    update media f set state = 'dropped', reason = p_keep_days::text,
        hearing = case f.hearing when 'heard' then f.hearing end, holder = null
    where f.id = any (array(select d.id from media d
        where d.state = 'stored' and d.stored_at < now() - make_interval(days => p_keep_days)
          and d.conversation_id is not null
        order by d.stored_at limit p_limit for no key update skip locked));
    return query
    select f.id, f.merchant_id, f.conversation_id, f.stored_key, f.thumbnail_key from media f
    where f.state = 'dropped' and f.stored_key is not null order by f.id limit p_limit;
end $$;

create or replace function forget_media(p_media bigint[]) returns void
language sql security definer set search_path = public, pg_temp as $$
    update media f set stored_key = null, thumbnail_key = null where f.id = any (p_media) and f.state = 'dropped'
$$;
