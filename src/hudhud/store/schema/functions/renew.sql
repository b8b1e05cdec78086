create or replace function renew(p_merchant bigint[], p_conversation bigint[], p_fence bigint[], p_lease_s double precision)
returns setof bigint language plpgsql as $$
begin
    perform set_config('hudhud.merchants', (select string_agg(distinct x::text, ',') from unnest(p_merchant) x), true);
    return query
    with locked as materialized (
        select k.id from conversation k join unnest(p_conversation, p_fence) u(c, f) on k.id = u.c and k.fence = u.f
        where k.lease_until is not null order by k.inbox_id, k.contact_id for no key update of k)
    update conversation k set lease_until = clock_timestamp() + make_interval(secs => p_lease_s)
    from locked l where k.id = l.id returning k.id;
end $$;
