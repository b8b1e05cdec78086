-- Law 6 in one look: everything that waits, by inbox and state, and how old the oldest is. One
-- reading for the console, the command line, the API and the metrics (Q7). Null is every merchant
-- that the transaction may see. Things are conversations (messages), answers on their way
-- (outbox), letters or webhooks; each stands in one state.
drop function if exists waiting();
drop function if exists waiting_everywhere();

create or replace function waiting(p_merchant bigint)
returns table (merchant bigint, inbox bigint, channel text, state text, count bigint, oldest_s double precision)
language sql stable as $$
    with open as (
        select k.merchant_id, k.inbox_id, k.id, case
            when k.state = 'human' then 'person'
            when m.id <= k.closed_id and k.lease_until <= clock_timestamp() then 'expired'
            when m.id <= k.closed_id and k.lease_until is not null then 'answering'
            when k.lease_until is null and k.due_at is null then 'orphan'
            when m.id <= k.closed_id and k.attempts > 0 then 'retrying'
            when k.due_at <= clock_timestamp() then 'due'
            else 'collecting' end as state, min(m.accepted_at) as since
        from message m join conversation k on k.id = m.conversation_id
        where m.batch_id is null and m.wakes and m.direction = 'in' and (p_merchant is null or m.merchant_id = p_merchant)
        group by k.id, 4),
    told as (
        select o.merchant_id, o.inbox_id, o.state, o.since from open o
        union all
        select k.merchant_id, k.inbox_id, 'person', k.human_since from conversation k
        where k.state = 'human' and k.operator_id is null and (p_merchant is null or k.merchant_id = p_merchant)
          and not exists (select 1 from open where open.id = k.id)
        union all
        select x.merchant_id, x.inbox_id,
            case x.state when 'queued' then 'to_send' when 'sending' then 'sending' else 'unknown' end, min(x.created_at)
        from outbox x where x.state in ('queued', 'sending', 'unknown') and (p_merchant is null or x.merchant_id = p_merchant)
        group by 1, 2, 3, x.conversation_id
        union all
        select d.merchant_id, k.inbox_id, 'dead_letter', d.created_at
        from dead_letter d left join conversation k on k.id = d.conversation_id
        where d.settled_at is null and (p_merchant is null or d.merchant_id = p_merchant)
        union all
        select j.merchant_id, j.inbox_id, 'set_aside', j.accepted_at from journal j
        where j.set_aside and (p_merchant is null or j.merchant_id = p_merchant)
        union all
        -- A phone that is linked again within the minute was only away for a moment.
        select l.merchant_id, l.inbox_id, 'unlinked', l.since from inbox_link l join inbox x on x.id = l.inbox_id
        where not l.linked and l.since < clock_timestamp() - interval '1 minute' and x.disabled_at is null
          and (p_merchant is null or l.merchant_id = p_merchant))
    select t.merchant_id, t.inbox_id, i.channel, t.state, t.count, extract(epoch from clock_timestamp() - t.since)::double precision
    from (select merchant_id, inbox_id, told.state, count(*), min(told.since) as since from told group by 1, 2, 3) t
    left join inbox i on i.id = t.inbox_id
    order by 1, 2, 4
$$;

create or replace function waiting_everywhere()
returns table (merchant bigint, inbox bigint, channel text, state text, count bigint, oldest_s double precision)
language sql stable security definer set search_path = public, pg_temp as $$ select * from waiting(null) $$;

-- Counters of an inbox, derived: what the sweep has counted, and the few messages after its mark.
-- Processed is what came and does not wait (Q7).
create or replace function inbox_counts(p_merchant bigint)
returns table (merchant bigint, inbox bigint, channel text, name text, total bigint, processed bigint, last_at timestamptz)
language sql stable as $$
    with fresh as (
        select m.inbox_id, count(*) filter (where m.direction = 'in') as n, max(m.accepted_at) as last_at from message m
        where m.id > (select counted_to from message_count_mark)
          and (p_merchant is null or m.merchant_id = p_merchant) group by 1),
    open as (
        select m.inbox_id, count(*) as n from message m
        where m.batch_id is null and m.wakes and m.direction = 'in'
          and (p_merchant is null or m.merchant_id = p_merchant) group by 1)
    select i.merchant_id, i.id, i.channel, i.name, t.total, t.total - coalesce(o.n, 0),
        greatest(c.last_at, f.last_at)
    from inbox i
    left join message_count c on c.inbox_id = i.id
    left join fresh f on f.inbox_id = i.id
    left join open o on o.inbox_id = i.id
    cross join lateral (select (coalesce(c.total, 0) + coalesce(f.n, 0))::bigint as total) t
    where p_merchant is null or i.merchant_id = p_merchant
    order by 1, 2
$$;

create or replace function inbox_counts_everywhere()
returns table (merchant bigint, inbox bigint, channel text, name text, total bigint, processed bigint, last_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$ select * from inbox_counts(null) $$;

-- Moves the mark: at one call a candidate is chosen, at a later one, when no transaction that
-- could still bring a smaller id is under way, everything up to it is counted. Who comes second
-- finds the row locked and goes on.
create or replace function count_messages(p_limit bigint) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    mark message_count_mark;
begin
    select * into mark from message_count_mark for no key update skip locked;
    if not found then
        return 0;
    end if;
    if mark.candidate > mark.counted_to and mark.candidate_xid < pg_snapshot_xmin(pg_current_snapshot()) then
        insert into message_count (inbox_id, merchant_id, total, last_at)
        select m.inbox_id, m.merchant_id, count(*) filter (where m.direction = 'in'), max(m.accepted_at) from message m
        where m.id > mark.counted_to and m.id <= mark.candidate group by 1, 2
        on conflict (inbox_id) do update set total = message_count.total + excluded.total,
            last_at = greatest(message_count.last_at, excluded.last_at);
        update message_count_mark set counted_to = mark.candidate;
        return mark.candidate - mark.counted_to;
    end if;
    if mark.candidate = mark.counted_to then
        update message_count_mark set candidate_xid = pg_current_xact_id(), candidate = least(
            mark.counted_to + p_limit, (select coalesce(max(m.id), 0) from message m));
    end if;
    return 0;
end $$;
