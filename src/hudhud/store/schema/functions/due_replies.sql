-- What PostgreSQL knows to be due, whoever forgot it: the sweep tells the workers of it. Merchants
-- take turns, so that the backlog of one does not hide what waits for another. Ids only.
create or replace function due_replies(p_within_s double precision, p_limit integer)
returns table (merchant bigint, conversation bigint, due_ms double precision)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    clock constant timestamptz := clock_timestamp();
    within constant timestamptz := clock + make_interval(secs => p_within_s);
    owners constant bigint[] := array(select merchants_with_due());
    -- Nobody knows before how many of them have less than their part.
    each constant integer := least(p_limit, greatest(8, 4 * p_limit / greatest(1, cardinality(owners))));
begin
    return query
    select d.merchant_id, d.id, greatest(0, extract(epoch from d.due_at - clock) * 1000)::double precision
    from (
        select h.*, row_number() over (partition by h.merchant_id order by h.due_at) as turn
        from unnest(owners) m(id) cross join lateral (
            select k.merchant_id, k.id, k.due_at from conversation k
            where k.merchant_id = m.id and k.due_at <= within and k.lease_until is null and k.state = 'bot'
            order by k.due_at limit each) h) d
    order by d.turn, d.due_at limit p_limit;

    return query
    select k.merchant_id, k.id, 0::double precision from conversation k
    where k.lease_until <= clock and k.state = 'bot' order by k.lease_until limit p_limit;
end $$;
