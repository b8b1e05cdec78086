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
