-- The contact of every message: found by its first known alias, else made; every other alias
-- that it carries is learnt. Aliases are tried and made in one order (traps 2 and 4).
create or replace function contacts_of(
    w_merchant bigint[], m_w integer[], m_name text[],
    a_m integer[], a_rank integer[], a_kind text[], a_value text[])
returns bigint[] language plpgsql as $$
declare
    found bigint[];
begin
    found := contacts_known(w_merchant, m_w, a_m, a_rank, a_kind, a_value);
    if array_position(found, null) is null and cardinality(a_m) = cardinality(m_w) then
        return found;
    end if;
    with wanted as (
        select distinct on (1, 2, 3) w_merchant[m_w[u.m]] as merchant, u.kind, u.value, m_name[u.m] as name
        from (select distinct on (a.m) a.* from unnest(a_m, a_rank, a_kind, a_value) a(m, rank, kind, value)
              order by a.m, a.rank) u
        where found[u.m] is null order by 1, 2, 3),
    made as (
        insert into contact_alias (merchant_id, kind, value, contact_id)
        select w.merchant, w.kind, w.value, nextval(pg_get_serial_sequence('contact', 'id'))
        from wanted w order by 1, 2, 3 on conflict do nothing
        returning merchant_id, kind, value, contact_id)
    insert into contact (id, merchant_id, name) overriding system value
    select d.contact_id, d.merchant_id, w.name from made d
    join wanted w on w.merchant = d.merchant_id and w.kind = d.kind and w.value = d.value;

    found := contacts_known(w_merchant, m_w, a_m, a_rank, a_kind, a_value);
    insert into contact_alias (merchant_id, kind, value, contact_id)
    select distinct on (1, 2, 3) w_merchant[m_w[a.m]], a.kind, a.value, found[a.m]
    from unnest(a_m, a_kind, a_value) a(m, kind, value)
    where found[a.m] is not null order by 1, 2, 3 on conflict do nothing;
    return found;
end $$;

create or replace function contacts_known(
    w_merchant bigint[], m_w integer[],
    a_m integer[], a_rank integer[], a_kind text[], a_value text[])
returns bigint[] language sql stable set enable_seqscan = off as $$
    -- One look-up by key for each alias, whatever the statistics of a young table say.
    select array_agg(f.contact_id order by u.o)
    from unnest(m_w) with ordinality u(w, o)
    left join (
        select distinct on (a.m) a.m, l.contact_id
        from unnest(a_m, a_rank, a_kind, a_value) a(m, rank, kind, value)
        join contact_alias l on l.merchant_id = w_merchant[m_w[a.m]] and l.kind = a.kind and l.value = a.value
        order by a.m, a.rank) f on f.m = u.o
$$;
