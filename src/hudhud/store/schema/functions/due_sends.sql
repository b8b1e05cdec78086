
-- mend_sends: nobody is told to wait for hours, so a row whose time lies further ahead was told by a
-- clock that jumped (trap 18). It is due now, and its place in the line is counted anew.
create or replace function mend_sends(p_limit integer)
returns table (merchant bigint, conversation bigint)
language sql security definer set search_path = public, pg_temp
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
    with recursive waits as (
        (select o.merchant_id from outbox o where o.state = 'queued' order by o.merchant_id limit 1)
        union all
        select (select o.merchant_id from outbox o where o.state = 'queued' and o.merchant_id > w.merchant_id
                order by o.merchant_id limit 1)
        from waits w where w.merchant_id is not null),
    ahead as (
        select k.id from conversation k
        where k.id = any (array(select far.conversation_id from waits w cross join lateral (
            select o.conversation_id from outbox o where o.state = 'queued' and o.merchant_id = w.merchant_id
                and o.next_at > clock_timestamp() + interval '2 hours' limit p_limit) far))
        order by k.inbox_id, k.contact_id limit p_limit for no key update skip locked)
    update outbox o set next_at = clock_timestamp(), in_line = false from ahead a
    where o.conversation_id = a.id and o.state = 'queued' and o.next_at > clock_timestamp() + interval '2 hours'
    returning o.merchant_id, o.conversation_id
$$;
