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
    if cardinality(found) is distinct from cardinality(m_w) then
        raise not_null_violation using message = 'a message names nobody';
    elsif array_position(found, null) is null and cardinality(a_m) = cardinality(m_w) then
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

-- The contact of each message by its first known alias, null where none is known.
create or replace function contacts_known(
    w_merchant bigint[], m_w integer[],
    a_m integer[], a_rank integer[], a_kind text[], a_value text[])
returns bigint[] language plpgsql stable set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
    -- One look by key for each alias, whatever the statistics of a young table say. In plpgsql,
    -- which keeps its plan; before PostgreSQL 18 a function in SQL made one in every transaction.
    return (
        select array_agg(f.contact_id order by f.m) from (
            select a.m, (array_agg(l.contact_id order by a.rank) filter (where l.contact_id is not null))[1] as contact_id
            from unnest(a_m, a_rank, a_kind, a_value) a(m, rank, kind, value)
            left join contact_alias l on l.merchant_id = w_merchant[m_w[a.m]] and l.kind = a.kind and l.value = a.value
            group by a.m) f);
end $$;

-- The conversation of every message, made where there is none yet. One look by key for each: a
-- list of pairs would be joined, and a plan for a young table joins all of it.
create or replace function conversations_of(w_merchant bigint[], m_w integer[], m_inbox bigint[], contacts bigint[])
returns bigint[] language plpgsql as $$
declare
    found bigint[];
begin
    for attempt in 1..2 loop
        found := array(
            select (select k.id from conversation k where k.inbox_id = u.i and k.contact_id = u.c)
            from unnest(m_inbox, contacts) with ordinality u(i, c, o) order by u.o);
        exit when attempt = 2 or array_position(found, null) is null;
        insert into conversation (merchant_id, inbox_id, contact_id)
        select distinct w_merchant[u.w], u.i, u.c from unnest(m_w, m_inbox, contacts, found) u(w, i, c, k)
        where u.k is null order by 2, 3 on conflict do nothing;
    end loop;
    return found;
end $$;
