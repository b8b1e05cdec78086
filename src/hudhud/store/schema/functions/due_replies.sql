-- What PostgreSQL knows to be due, whoever forgot it: the sweep and direct mode read it. Ids only.
create or replace function due_replies(p_within_s double precision, p_limit integer)
returns table (merchant bigint, conversation bigint, due_ms double precision)
language sql stable security definer set search_path = public, pg_temp as $$
    (select k.merchant_id, k.id, greatest(0, extract(epoch from k.due_at - clock_timestamp()) * 1000)::double precision
    from conversation k where k.state = 'bot' and k.lease_until is null
        and k.due_at <= clock_timestamp() + make_interval(secs => p_within_s)
    order by k.due_at limit p_limit)
    union all
    (select k.merchant_id, k.id, 0 from conversation k
    where k.state = 'bot' and k.lease_until <= clock_timestamp() order by k.lease_until limit p_limit)
$$;
