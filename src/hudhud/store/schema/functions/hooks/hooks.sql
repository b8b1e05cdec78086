-- claim_webhooks: endpoints for which something waits, of any merchant, each to one worker at a time.
create or replace function claim_webhooks(p_lease_s double precision, p_limit integer)
returns table (id bigint, merchant_id bigint, fence bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    due bigint[];
begin
    due := array(
        select e.id from webhook_endpoint e
        where e.active and e.next_at <= clock_timestamp() and coalesce(e.held_until <= clock_timestamp(), true)
          and exists (select 1 from order_event v where v.merchant_id = e.merchant_id and v.id > e.last_event)
        order by e.next_at limit p_limit for no key update skip locked);
    return query
    update webhook_endpoint e set fence = e.fence + 1,
        held_until = clock_timestamp() + make_interval(secs => p_lease_s)
    where e.id = any (due) returning e.id, e.merchant_id, e.fence;
end $$;
