-- lock_gates: makes and locks the gates of these outbox rows, always in one order, so that many
-- deliverers of one number take turns for the length of one commit. The gate of an app is locked
-- only where its sends are counted, because all numbers of the app share it.
create or replace function lock_gates(p_row bigint[], p_app boolean) returns void language sql as $$
    insert into gate as g (kind, key, merchant_id)
    select distinct w.kind, w.key, o.merchant_id
    from outbox o join inbox i on i.id = o.inbox_id, lateral (values
        ('number', o.inbox_id::text),
        ('app', case when p_app then o.merchant_id || ':' || nullif(i.options ->> 'app_id', '') end)) w(kind, key)
    where o.id = any (p_row) and w.key is not null
    order by 1, 2
    -- A row that is there already is locked by this, and not written.
    on conflict (kind, key) do update set key = excluded.key where false
$$;
