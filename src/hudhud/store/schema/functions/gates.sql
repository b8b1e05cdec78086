-- The gates of pace (decision 0013): how much one lets through, whose app it is, and their locks.

-- permits: how many sends a gate lets through at this moment (GCRA). One every `p_every_s`, and at
-- most `p_burst` at once; `p_free_at` is when the evenly spaced next one would leave.
create or replace function permits(
    p_free_at timestamptz, p_clock timestamptz, p_every_s double precision, p_burst integer)
returns integer language sql immutable parallel safe as $$
    select greatest(0, p_burst - ceil(
        extract(epoch from greatest(p_free_at, p_clock) - p_clock)::double precision / p_every_s - 0.001))::integer
$$;

-- app_of: the provider's id of the app behind an inbox, where its options name one.
create or replace function app_of(p_options jsonb) returns bigint language sql immutable parallel safe as $$
    select case when p_options ->> 'app_id' ~ '^[0-9]{1,18}$' then (p_options ->> 'app_id')::bigint end
$$;

-- lock_gates: makes and locks the gates of these outbox rows, always in one order, so that many
-- deliverers of one number take turns for the length of one commit. The gate of an app is locked
-- only where its sends are counted, because all numbers of the app share it.
create or replace function lock_gates(p_row bigint[], p_app boolean) returns void
language plpgsql set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
    insert into gate (merchant_id, kind, id)
    select distinct o.merchant_id, w.kind, w.id
    from outbox o join inbox i on i.id = o.inbox_id, lateral (values
        ('number', o.inbox_id), ('app', case when p_app then app_of(i.options) end)) w(kind, id)
    where o.id = any (p_row) and w.id is not null
    order by 1, 2, 3
    -- A row that is there already is locked by this, and not written.
    on conflict (merchant_id, kind, id) do update set kind = excluded.kind where false;
    -- Nobody is told to wait for hours: that gate is from a clock that jumped (trap 18).
    update gate g set free_at = least(g.free_at, clock_timestamp()),
        line_until = least(g.line_until, clock_timestamp()), shut_until = least(g.shut_until, clock_timestamp())
    from (select x.* from outbox o join inbox i on i.id = o.inbox_id, lateral (values
              ('number', o.inbox_id), ('app', app_of(i.options)), ('pair', o.conversation_id)) w(kind, id),
              -- `limit` keeps the planner to one look by key, whatever it believes of a young table
              lateral (select f.* from gate f where f.merchant_id = o.merchant_id and f.kind = w.kind and f.id = w.id limit 1) x
          where o.id = any (p_row)
              and greatest(x.free_at, x.line_until, x.shut_until) > clock_timestamp() + interval '2 hours') far
    where g.merchant_id = far.merchant_id and g.kind = far.kind and g.id = far.id;
end $$;
