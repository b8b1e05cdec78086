-- The sweep mends what no index entry points to any more: unanswered messages themselves, not
-- only due times (trap 1); due times and leases from a clock that jumped (trap 18); sends whose
-- sender died after `sending` was recorded, which nobody may repeat (law 5).
-- Each sweep looks at no more than 20 * p_limit of the messages that wait, and the next one goes on
-- from there: its cost does not grow with the backlog. Who comes second finds the mark locked, and
-- leaves that look to the first.
create or replace function sweep(p_lease_s double precision, p_send_s double precision, p_limit integer)
returns table (mended text, merchant bigint, conversation bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    clock constant timestamptz := clock_timestamp();
    mark sweep_mark;
    looked bigint[];
    lost bigint[];
    look constant integer := 20 * p_limit;
begin
    select * into mark from sweep_mark for no key update skip locked;
    looked := array(
        select m.conversation_id from message m
        where m.batch_id is null and m.wakes and m.direction = 'in' and m.conversation_id > mark.looked_to
        order by m.conversation_id limit look);
    -- Past the last one it begins anew.
    update sweep_mark set looked_to = coalesce(looked[look], 0)
    where mark.single and looked_to <> coalesce(looked[look], 0);

    lost := array(
        select k.id from conversation k
        where k.state = 'bot' and k.due_at is null and k.lease_until is null
          and k.id = any (looked)
        order by k.inbox_id, k.contact_id limit p_limit for no key update skip locked);
    -- Looked at once more under the lock: what was finished since the first look is no orphan, and
    -- a due time of its own would have its next message answered before the window (Q3).
    return query
    update conversation k set due_at = clock_timestamp()
    where k.id = any (lost) and exists (select 1 from message m
        where m.conversation_id = k.id and m.batch_id is null and m.wakes and m.direction = 'in')
    returning 'orphan'::text, k.merchant_id, k.id;

    return query
    with ahead as (
        -- By the indexes: the leases that are held, and the latest due times of each merchant.
        select k.id from conversation k
        where k.id = any (array(
            select l.id from conversation l where l.lease_until > clock + make_interval(secs => 2 * p_lease_s)
            union all
            select d.id from merchants_with_due() m(id) cross join lateral (
                select e.id from conversation e join inbox i on i.id = e.inbox_id
                where e.merchant_id = m.id and e.due_at > clock + interval '1 s' and e.attempts = 0
                  and e.due_at > clock + make_interval(secs => i.window_ms / 1000.0 + 1)
                order by e.due_at desc limit p_limit) d))
        order by k.inbox_id, k.contact_id limit p_limit for no key update of k skip locked)
    update conversation k set due_at = clock, lease_until = null, holder = null, fence = k.fence + 1
    -- Of the newest row: another sweep may have mended it meanwhile, and somebody claimed it.
    from ahead where k.id = ahead.id
        and (k.lease_until > clock + make_interval(secs => 2 * p_lease_s) or k.due_at > clock + interval '1 s')
    returning 'clock'::text, k.merchant_id, k.id;

    return query
    with stuck as (
        select o.id from outbox o where o.state = 'sending'
            and (o.sending_at < clock_timestamp() - make_interval(secs => p_send_s)
                or o.sending_at > clock_timestamp() + make_interval(secs => p_send_s))
        order by o.id limit p_limit for no key update skip locked)
    update outbox o set state = 'unknown', holder = null, sending_at = least(o.sending_at, clock_timestamp()) from stuck where o.id = stuck.id
    returning 'unknown_send'::text, o.merchant_id, o.conversation_id;
end $$;
