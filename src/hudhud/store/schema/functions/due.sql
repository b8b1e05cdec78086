-- due_sends: conversations whose next row is queued, soonest first, merchants in turn with a cap
-- each: ten thousand rows of one merchant delay nobody else's (trap 20). Ids only.
create or replace function due_sends(p_limit integer)
returns table (merchant bigint, conversation bigint, due_ms double precision)
language sql stable security definer set search_path = public, pg_temp
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
    with waits as materialized (select m as merchant_id from merchants_with_sends() m)
    select d.merchant_id, d.conversation_id,
        greatest(0, extract(epoch from d.next_at - clock_timestamp()) * 1000)::double precision
    from waits w cross join lateral (
        select o.merchant_id, o.conversation_id, o.next_at, row_number() over (order by o.next_at, o.id) as turn
        from outbox o where o.state = 'queued' and o.merchant_id = w.merchant_id
            and not exists (select 1 from outbox x where x.conversation_id = o.conversation_id
                            and x.id < o.id and x.state in ('queued', 'sending', 'unknown'))
        order by o.next_at, o.id limit greatest(8, 2 * p_limit / (select count(merchant_id) from waits))) d
    order by greatest(d.next_at, statement_timestamp()), d.turn, d.next_at limit p_limit
$$;

-- mend_sends: nobody is told to wait for hours, so a row whose time lies further ahead was told by a
-- clock that jumped (trap 18). It is due now, and its place in the line is counted anew.
create or replace function mend_sends(p_limit integer)
returns table (merchant bigint, conversation bigint)
language sql security definer set search_path = public, pg_temp
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
    with ahead as (
        select k.id from conversation k
        where k.id = any (array(select far.conversation_id from merchants_with_sends() w(merchant_id) cross join lateral (
            select o.conversation_id from outbox o where o.state = 'queued' and o.merchant_id = w.merchant_id
                and o.next_at > clock_timestamp() + interval '2 hours' limit p_limit) far))
        order by k.inbox_id, k.contact_id limit p_limit for no key update skip locked)
    update outbox o set next_at = clock_timestamp(), in_line = false from ahead a
    where o.conversation_id = a.id and o.state = 'queued' and o.next_at > clock_timestamp() + interval '2 hours'
    returning o.merchant_id, o.conversation_id
$$;

-- Whose sends are queued: from one merchant to the next in the index, past all that each one has.
-- Ids only.
create or replace function merchants_with_sends() returns setof bigint
language sql stable security definer set search_path = public, pg_temp set enable_seqscan = off as $$
    with recursive found (id) as (
        (select o.merchant_id from outbox o where o.state = 'queued' order by o.merchant_id limit 1)
        union all
        select (select o.merchant_id from outbox o where o.state = 'queued' and o.merchant_id > found.id
                order by o.merchant_id limit 1)
        from found where found.id is not null)
    select id from found where id is not null
$$;

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

    -- A holder that lives renews long before: a lease that is about to end is a dead one's.
    return query
    select k.merchant_id, k.id, greatest(0, extract(epoch from k.lease_until - clock) * 1000)::double precision
    from conversation k
    where k.lease_until <= within and k.state = 'bot' order by k.lease_until limit p_limit;
end $$;

-- claim_media: files that are due, and those whose worker died: their lease is over. Each claim is an
-- attempt, and its number the fence under which its end is written. Whoever comes second passes on.
-- Voice notes on their way to words come first: somebody waits for the answer to them.
create or replace function claim_media(p_holder text, p_lease_s double precision, p_limit integer) returns setof media
language plpgsql security definer set search_path = public, pg_temp
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
    due bigint[] := array(select d.id from media d
        where d.hearing in ('queued', 'hearing') and d.next_at <= clock_timestamp()
        order by d.next_at limit p_limit for no key update skip locked);
begin
    due := due || array(select d.id from media d
        where d.state in ('queued', 'fetching') and d.next_at <= clock_timestamp()
        order by d.next_at limit p_limit - cardinality(due) for no key update skip locked);
    return query
    update media f set attempts = f.attempts + 1, holder = p_holder,
        state = case f.state when 'queued' then 'fetching' else f.state end,
        hearing = case f.hearing when 'queued' then 'hearing' else f.hearing end,
        next_at = clock_timestamp() + make_interval(secs => p_lease_s)
    where f.id = any (due)
    returning f.*;
end $$;

-- claim_template_syncs: the accounts whose list of templates is due, or was asked for since the last try,
-- each with the oldest inbox through which it can be read. Whoever comes second passes on.
create or replace function claim_template_syncs(p_lease_s double precision, p_gap_s double precision, p_regular boolean, p_limit integer)
returns table (merchant bigint, inbox bigint, channel text, scope text, began_at timestamptz)
language sql security definer set search_path = public, pg_temp as $$
    with known as (
        select distinct on (i.merchant_id, i.channel, i.options ->> 'waba_id')
            i.merchant_id, i.channel, i.options ->> 'waba_id' as scope, i.id
        from inbox i where i.disabled_at is null and i.options ->> 'waba_id' <> ''
        order by 1, 2, 3, i.id),
    due as (
        select n.* from known n left join template_sync y using (merchant_id, channel, scope)
        where case when y.scope is null then p_regular
            else y.busy_until <= clock_timestamp() and y.tried_at <= clock_timestamp() - make_interval(secs => p_gap_s)
                and (y.asked_at > y.tried_at or (p_regular and y.due_at <= clock_timestamp())) end
        order by 1, 2, 3 limit p_limit),
    taken as (
        insert into template_sync as y (merchant_id, channel, scope, tried_at, busy_until)
        select d.merchant_id, d.channel, d.scope, clock_timestamp(), clock_timestamp() + make_interval(secs => p_lease_s)
        from due d order by 1, 2, 3
        on conflict (merchant_id, channel, scope) do update set tried_at = excluded.tried_at, busy_until = excluded.busy_until
            where y.busy_until <= clock_timestamp()
        returning y.merchant_id, y.channel, y.scope, y.tried_at)
    select t.merchant_id, d.id, t.channel, t.scope, date_trunc('second', t.tried_at)
    from taken t join due d using (merchant_id, channel, scope)
$$;
