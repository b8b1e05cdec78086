-- claim: closes the batch in the row, and takes lease and fence (laws 3 and 4). An expired lease
-- counts as free at once, without the sweeper. One whose holders died twice (a suspect) is claimed
-- only by a call that says so, which its caller does with one at a time: a message that kills
-- workers must not take its neighbours with it to the last attempt (trap 17).
-- Absorb (Q5): where the inbox wants it, an answer of which nothing was ever tried to be sent is
-- withdrawn, and its messages are in this batch again; once for each batch.
-- Who asks up to 20 ms before something is due waits for it here (Q3): the way to this clock, which
-- alone decides, is gone by then. Before any lock, so that nobody waits with them.
create or replace function claim(p_merchant bigint[], p_conversation bigint[], p_holder text, p_lease_s double precision, p_alone boolean)
returns table (merchant bigint, conversation bigint, inbox bigint, outcome text, fence bigint, closed bigint,
    attempt integer, crashed integer, wait_ms double precision, messages jsonb)
language plpgsql set jit = off set enable_seqscan = off set enable_nestloop = off set enable_mergejoin = off as $$
declare
    decisions jsonb;
    absorbing bigint[];
begin
    perform set_config('hudhud.merchants', (select string_agg(distinct x::text, ',') from unnest(p_merchant) x), true);
    perform pg_sleep(s.soon) from (
        select extract(epoch from max(k.due_at) - clock_timestamp())::float8 as soon from conversation k
        where k.id = any (p_conversation) and k.due_at <= clock_timestamp() + interval '20 ms') s
    where s.soon > 0;
    with locked as materialized (
        select k.* from conversation k where k.id = any (p_conversation)
        order by k.inbox_id, k.contact_id for no key update skip locked),
    judged as (
        select l.*, clock_timestamp() as clock,
            l.lease_until is not null and (l.lease_until <= clock_timestamp()
                or l.lease_until > clock_timestamp() + make_interval(secs => 2 * p_lease_s)) as expired
        from locked l),
    decided as (
        select j.*, case
            when j.state <> 'bot' then 'person'
            when j.lease_until is not null and not j.expired then 'leased'
            when not j.expired and j.due_at is null then 'idle'
            when not j.expired and j.due_at > j.clock then 'early'
            when j.crashes + j.expired::integer > 1 and not p_alone then 'alone'
            else 'claimed' end as verdict
        from judged j),
    taken as (
        update conversation k set closed_id = k.last_id, pending = 0, due_at = null,
            lease_until = clock_timestamp() + make_interval(secs => p_lease_s), holder = p_holder,
            fence = k.fence + 1, claimed_at = clock_timestamp(), attempts = k.attempts + 1,
            crashes = k.crashes + d.expired::integer
        from decided d where k.id = d.id and k.id = any (p_conversation) and d.verdict = 'claimed'
        returning k.id, k.fence, k.closed_id, k.attempts, k.crashes, k.absorbed, k.inbox_id)
    select array_agg(d.id) filter (where not t.absorbed and (select i.absorb from inbox i where i.id = t.inbox_id)),
    jsonb_agg(jsonb_build_object('m', d.merchant_id, 'c', d.id, 'i', d.inbox_id, 'v', d.verdict,
        'f', t.fence, 'u', t.closed_id, 'a', t.attempts, 'x', t.crashes,
        'w', extract(epoch from case d.verdict when 'leased' then d.lease_until - d.clock
            when 'early' then d.due_at - d.clock else interval '0' end) * 1000))
    into absorbing, decisions from decided d left join taken t on t.id = d.id;

    if absorbing is not null then
        perform reopen_unsent(absorbing);
    end if;

    -- Who is locked just now (another message is taken in, a send is recorded) is asked again soon:
    -- whoever asked has taken the hint, and nobody else may give another.
    if coalesce(jsonb_array_length(decisions), 0) < cardinality(p_conversation) then
        decisions := coalesce(decisions, '[]') || coalesce((
            select jsonb_agg(jsonb_build_object('m', k.merchant_id, 'c', k.id, 'i', k.inbox_id, 'v', 'locked', 'w', 10))
            from conversation k where k.id = any (p_conversation)
              and not exists (select from jsonb_array_elements(decisions) d where (d ->> 'c')::bigint = k.id)), '[]');
    end if;

    -- Read in a statement of its own: only a snapshot taken after the lock sees every message
    -- that was committed before it (trap 1). Order inside a batch: provider's time, then id (Q4).
    return query
    select r.m, r.c, r.i, r.v, r.f, r.u, r.a, r.x, r.w,
        (select jsonb_agg(jsonb_build_array(z.id, z.kind, z.body, z.provider_at, z.external_id) order by z.provider_at, z.id)
         from message z where r.v = 'claimed' and z.conversation_id = r.c and z.batch_id is null
           and z.wakes and z.direction = 'in' and z.id <= r.u)
    from jsonb_to_recordset(decisions)
        r(m bigint, c bigint, i bigint, v text, f bigint, u bigint, a integer, x integer, w double precision);
end $$;

-- reopen_unsent: absorb after the answer (Q5, trap 17). By compare and set on the outbox: only an
-- answer all of whose rows are queued and were never tried is withdrawn, and not one that was made
-- again already. Whoever calls it holds the conversations' locks, so no send begins meanwhile.
create or replace function reopen_unsent(p_conversation bigint[]) returns void
language plpgsql as $$
begin
    with unsent as materialized (
        select b.id, b.conversation_id from conversation k join batch b on b.conversation_id = k.id and b.no = k.batch_no
        where k.id = any (p_conversation) and b.outcome = 'answered' and not b.absorbed
          and exists (select 1 from outbox o where o.batch_id = b.id)
          and not exists (select 1 from outbox o where o.batch_id = b.id and (o.state <> 'queued' or o.attempt > 0))),
    cancelled as (
        update outbox o set state = 'cancelled', error_text = 'absorbed' from unsent u where o.batch_id = u.id),
    withdrawn as (
        update batch b set outcome = 'withdrawn', reason = 'absorbed' from unsent u where b.id = u.id),
    reopened as (
        update message m set batch_id = null from unsent u
        where m.conversation_id = u.conversation_id and m.batch_id = u.id and m.direction = 'in')
    update conversation k set absorbed = true from unsent u where k.id = u.conversation_id;
end $$;
