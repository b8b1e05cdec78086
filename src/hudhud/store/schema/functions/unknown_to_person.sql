-- unknown_to_person: an unknown send that no status settled within the limit goes to a person, with
-- its conversation (laws 5 and 6). What waits behind it stays queued until they have decided.
create or replace function unknown_to_person(p_after_s double precision, p_limit integer)
returns table (merchant bigint, conversation bigint)
language sql security definer set search_path = public, pg_temp as $$
    with late as (
        select k.id from conversation k
        where k.state = 'bot' and k.id in (select o.conversation_id from outbox o
            where o.state = 'unknown' and o.sending_at < clock_timestamp() - make_interval(secs => p_after_s))
        order by k.inbox_id, k.contact_id limit p_limit for no key update skip locked)
    update conversation k set state = 'human', fence = k.fence + 1, lease_until = null, holder = null, due_at = null,
        human_since = now(), hand_over_reason = 'send_unknown'
    from late where k.id = late.id returning k.merchant_id, k.id
$$;
