-- claim_media: files that are due, and those whose worker died: their lease is over. Each claim is an
-- attempt, and its number the fence under which its end is written. Whoever comes second passes on.
create or replace function claim_media(p_lease_s double precision, p_limit integer) returns setof media
language sql security definer set search_path = public, pg_temp
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
    update media f set state = 'fetching', attempts = f.attempts + 1,
        next_at = clock_timestamp() + make_interval(secs => p_lease_s)
    where f.id = any (array(select d.id from media d
        where d.state in ('queued', 'fetching') and d.next_at <= clock_timestamp()
        order by d.next_at limit p_limit for no key update skip locked))
    returning f.*
$$;
