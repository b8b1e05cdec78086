-- lock_gates: makes and locks the gates of these outbox rows, always in one order, so that many
-- deliverers of one number take turns for the length of one commit. The gate of an app is locked
-- only where its sends are counted, because all numbers of the app share it.
create or replace function lock_gates(p_row bigint[], p_app boolean) returns void language sql as $$
    insert into gate (merchant_id, kind, id)
    select distinct o.merchant_id, w.kind, w.id
    from outbox o join inbox i on i.id = o.inbox_id, lateral (values
        ('number', o.inbox_id), ('app', case when p_app then app_of(i.options) end)) w(kind, id)
    where o.id = any (p_row) and w.id is not null
    order by 1, 2, 3
    -- A row that is there already is locked by this, and not written.
    on conflict (merchant_id, kind, id) do update set kind = excluded.kind where false
$$;
