-- renew: the leases that still hold are lengthened, and told of; the others are somebody else's.
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

-- release_holder: the leases of one holder, but those of `p_keep`, end now, and what they held is
-- due again. `p_crashed`: the holder is dead, and one of these may have killed it (trap 17); else
-- it lives, and never heard that it won them. Without a lease nothing is written under its fence.
create or replace function release_holder(p_holder text, p_keep bigint[], p_crashed boolean)
returns table (merchant bigint, conversation bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    return query
    with held as materialized (
        select k.id from conversation k
        where k.lease_until is not null and k.holder = p_holder and k.id <> all (p_keep)
        order by k.inbox_id, k.contact_id for no key update)
    update conversation k set lease_until = null, holder = null, due_at = clock_timestamp(),
        crashes = k.crashes + p_crashed::integer, attempts = k.attempts - (not p_crashed)::integer
    from held where k.id = held.id and k.holder = p_holder
    returning k.merchant_id, k.id;
end $$;

-- release_media: the files of one holder are due again, now. `p_crashed`: it is dead, and one of these
-- may have killed it; else it drains, and that was no attempt.
create or replace function release_media(p_holder text, p_crashed boolean) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    freed integer;
begin
    update media f set holder = null, next_at = clock_timestamp(),
        state = case f.state when 'fetching' then 'queued' else f.state end,
        hearing = case f.hearing when 'hearing' then 'queued' else f.hearing end,
        spared = f.spared + (not p_crashed)::integer
    where f.holder = p_holder;
    get diagnostics freed = row_count;
    return freed;
end $$;
