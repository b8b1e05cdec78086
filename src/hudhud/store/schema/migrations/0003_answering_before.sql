-- The three calls on which everything stands: accept, claim, finish. Each is one round trip and
-- one transaction; each locks first, conversations always in the order (inbox, contact) (trap 2).

-- accept: a group of webhooks becomes durable. Arrays are parallel; `m_w`, `a_m`, `s_w` are
-- 1-based places in the webhook and message arrays. Returns what became of every message
-- (`inserted`, `duplicate`, or null: unaccounted, which the caller must not acknowledge, trap 4)
-- and which conversations have something due, in remaining milliseconds by this clock (trap 18).
create function accept(
    w_merchant bigint[], w_inbox bigint[], w_body bytea[], w_at timestamptz[], w_reason text[],
    w_set_aside boolean[],
    m_w integer[], m_inbox bigint[], m_external text[], m_direction text[], m_kind text[],
    m_body text[], m_content text[], m_reply_to text[], m_provider_at timestamptz[],
    m_wakes boolean[], m_note text[], m_name text[],
    a_m integer[], a_rank integer[], a_kind text[], a_value text[],
    s_w integer[], s_inbox bigint[], s_external text[], s_status text[], s_at timestamptz[],
    s_tag text[], s_code text[], s_text text[])
returns table (what text, ord integer, merchant bigint, conversation bigint, outcome text, due_ms double precision)
language plpgsql as $$
declare
    journal_ids bigint[];
    contacts bigint[];
    conversations bigint[];
    fresh integer[];
begin
    perform set_config('hudhud.merchants', (select string_agg(distinct x::text, ',') from unnest(w_merchant) x), true);

    with rows as (
        insert into journal (merchant_id, inbox_id, body, accepted_at, reason, set_aside)
        select u.m, u.i, u.b, coalesce(u.at, now()), u.r, u.aside
        from unnest(w_merchant, w_inbox, w_body, w_at, w_reason, w_set_aside) with ordinality u(m, i, b, at, r, aside, o)
        order by u.o returning id)
    select array_agg(id order by id) into journal_ids from rows;

    if m_w is not null and cardinality(m_w) > 0 then
        contacts := contacts_of(w_merchant, m_w, m_name, a_m, a_rank, a_kind, a_value);

        insert into conversation (merchant_id, inbox_id, contact_id)
        select distinct w_merchant[u.w], u.i, u.c from unnest(m_w, m_inbox, contacts) u(w, i, c)
        where u.c is not null
          and not exists (select 1 from conversation k where k.inbox_id = u.i and k.contact_id = u.c)
        order by 2, 3 on conflict do nothing;

        -- The lock comes before any message takes its id, so id order is commit order (trap 9).
        with locked as materialized (
            select k.id, k.inbox_id, k.contact_id from conversation k
            where (k.inbox_id, k.contact_id) in (select u.i, u.c from unnest(m_inbox, contacts) u(i, c))
            order by k.inbox_id, k.contact_id for no key update)
        select array_agg(l.id order by u.o) into conversations
        from unnest(m_inbox, contacts) with ordinality u(i, c, o)
        left join locked l on l.inbox_id = u.i and l.contact_id = u.c;

        -- Inserted here or seen before: the unique key decides, in this transaction (law 2).
        with keys as (
            insert into message_key (inbox_id, external_id, merchant_id)
            select distinct on (u.i, u.e) u.i, u.e, w_merchant[u.w]
            from unnest(m_w, m_inbox, m_external) u(w, i, e) order by 1, 2
            on conflict do nothing returning inbox_id, external_id)
        select array_agg(f.o) into fresh from (
            select distinct on (k.inbox_id, k.external_id) u.o::integer as o
            from keys k join unnest(m_inbox, m_external) with ordinality u(i, e, o)
              on u.i = k.inbox_id and u.e = k.external_id
            order by k.inbox_id, k.external_id, u.o) f;

        return query
        with stored as (
            insert into message (merchant_id, conversation_id, inbox_id, journal_id, external_id,
                direction, author, kind, body, content, reply_to, provider_at, accepted_at, wakes, note)
            select w_merchant[m_w[f]], conversations[f], m_inbox[f], journal_ids[m_w[f]], m_external[f],
                m_direction[f], case m_direction[f] when 'in' then 'contact' else 'operator' end,
                m_kind[f], m_body[f], m_content[f]::jsonb, m_reply_to[f],
                coalesce(m_provider_at[f], w_at[m_w[f]], now()), coalesce(w_at[m_w[f]], now()),
                m_wakes[f], m_note[f]
            from unnest(fresh) f order by f
            returning conversation_id, id, wakes, direction, provider_at, accepted_at),
        grouped as (
            -- Duplicates never count (trap 6); neither does what wants no answer.
            select conversation_id, count(*) filter (where wakes)::integer as waking, max(id) as last,
                max(provider_at) filter (where stored.direction = 'in') as at,
                min(accepted_at) filter (where wakes) as since
            from stored group by 1),
        opened as (
            update conversation k set
                pending = k.pending + g.waking,
                last_id = g.last,
                last_at = now(),
                last_in_at = greatest(k.last_in_at, g.at),
                due_at = case
                    when k.state <> 'bot' or g.waking = 0 then k.due_at
                    when k.pending + g.waking >= (select i.batch_max from inbox i where i.id = k.inbox_id)
                    then least(k.due_at, now())
                    else least(k.due_at, g.since + (select make_interval(secs => i.window_ms / 1000.0)
                                                    from inbox i where i.id = k.inbox_id)) end
            from grouped g
            -- the array says nothing new; it makes the planner go by key, not over the whole inbox
            where k.id = g.conversation_id and k.id = any (conversations)
            returning k.id, k.merchant_id, k.due_at)
        select 'reply'::text, null::integer, o.merchant_id, o.id, null::text,
            case when o.due_at is null then null
                 else greatest(0, extract(epoch from o.due_at - clock_timestamp()) * 1000)::double precision end
        from opened o;

        return query
        select 'message'::text, u.o::integer, w_merchant[u.w], conversations[u.o],
            case when conversations[u.o] is null then null
                 when u.o::integer = any (fresh) then 'inserted'
                 when exists (select 1 from message_key k where k.inbox_id = u.i and k.external_id = u.e)
                 then 'duplicate' end,
            null::double precision
        from unnest(m_w, m_inbox, m_external) with ordinality u(w, i, e, o);
    end if;

    if s_w is not null and cardinality(s_w) > 0 then
        insert into delivery_status (merchant_id, inbox_id, external_id, status, provider_at, tag, error_code, error_text, journal_id)
        select w_merchant[u.w], u.i, u.e, u.s, u.at, u.tag, u.code, u.words, journal_ids[u.w]
        from unnest(s_w, s_inbox, s_external, s_status, s_at, s_tag, s_code, s_text) u(w, i, e, s, at, tag, code, words)
        order by u.i, u.e, u.s on conflict do nothing;
        return query
        select 'send'::text, null::integer, d.merchant_id, d.conversation_id, d.state, 0::double precision
        from settle_by_status(s_inbox, s_external, s_tag) d;
    end if;
end $$;

-- The contact of every message: found by its first known alias, else made; every other alias
-- that it carries is learnt. Aliases are tried and made in one order (traps 2 and 4).
create function contacts_of(
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

create function contacts_known(
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

-- claim: closes the batch in the row, and takes lease and fence (laws 3 and 4). An expired lease
-- counts as free at once, without the sweeper. One that expired before (`crashes` > 0) is claimed
-- alone, so that a message that kills workers cannot take its neighbours with it (trap 17).
create function claim(p_merchant bigint[], p_conversation bigint[], p_holder text, p_lease_s double precision, p_alone boolean)
returns table (merchant bigint, conversation bigint, inbox bigint, outcome text, fence bigint, closed bigint,
    attempt integer, crashed integer, wait_ms double precision, messages jsonb)
language plpgsql as $$
declare
    decisions jsonb;
begin
    perform set_config('hudhud.merchants', (select string_agg(distinct x::text, ',') from unnest(p_merchant) x), true);
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
            when (j.expired or j.crashes > 0) and not p_alone then 'alone'
            else 'claimed' end as verdict
        from judged j),
    taken as (
        update conversation k set closed_id = k.last_id, pending = 0, due_at = null,
            lease_until = clock_timestamp() + make_interval(secs => p_lease_s), holder = p_holder,
            fence = k.fence + 1, claimed_at = clock_timestamp(), attempts = k.attempts + 1,
            crashes = k.crashes + d.expired::integer
        from decided d where k.id = d.id and d.verdict = 'claimed'
        returning k.id, k.fence, k.closed_id, k.attempts, k.crashes)
    select jsonb_agg(jsonb_build_object('m', d.merchant_id, 'c', d.id, 'i', d.inbox_id, 'v', d.verdict,
        'f', t.fence, 'u', t.closed_id, 'a', t.attempts, 'x', t.crashes,
        'w', extract(epoch from case d.verdict when 'leased' then d.lease_until - d.clock
            when 'early' then d.due_at - d.clock else interval '0' end) * 1000))
    into decisions from decided d left join taken t on t.id = d.id;

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

-- What every answer needs besides its batch, for a group of conversations in one round trip.
create function context(p_merchant bigint[], p_conversation bigint[], p_closed bigint[], p_history_max integer)
returns table (conversation bigint, merchant_name text, contact_name text, assistant jsonb, collected jsonb, history jsonb)
language plpgsql as $$
begin
    perform set_config('hudhud.merchants', (select string_agg(distinct x::text, ',') from unnest(p_merchant) x), true);
    return query
    select k.id, r.name, c.name,
        (select to_jsonb(a) from inbox i join assistant a on a.id = i.assistant_id where i.id = k.inbox_id),
        (select coalesce(jsonb_object_agg(f.name, f.value), '{}') from collected_field f where f.contact_id = k.contact_id),
        (select coalesce(jsonb_agg(jsonb_build_array(h.id, h.author, h.kind, h.body, h.provider_at) order by h.id), '[]')
         from (select m.id, m.author, m.kind, m.body, m.provider_at from message m
               where m.conversation_id = k.id and m.id <= u.closed and (m.batch_id is not null or m.direction = 'out')
               order by m.id desc limit p_history_max) h)
    from unnest(p_conversation, p_closed) u(id, closed)
    join conversation k on k.id = u.id join contact c on c.id = k.contact_id join merchant r on r.id = k.merchant_id;
end $$;

create function renew(p_merchant bigint[], p_conversation bigint[], p_fence bigint[], p_lease_s double precision)
returns setof bigint language plpgsql as $$
begin
    perform set_config('hudhud.merchants', (select string_agg(distinct x::text, ',') from unnest(p_merchant) x), true);
    return query
    with locked as materialized (
        select k.id from conversation k join unnest(p_conversation, p_fence) u(c, f) on k.id = u.c and k.fence = u.f
        where k.lease_until is not null order by k.inbox_id, k.contact_id for no key update of k)
    update conversation k set lease_until = clock_timestamp() + make_interval(secs => p_lease_s)
    from locked l where k.id = l.id returning k.id;
end $$;

-- finish: what was done under a lease is written only if the fence still holds (law 3, trap 7).
-- Outcomes: answered, handed_over, noted, dead (each records the batch once), nothing (an empty
-- claim closes silently), retry (again after p_retry_ms; the messages stay unanswered), released
-- (a drain gives the batch back as it was; that was no attempt).
-- It never writes `pending`, and `due_at` only for a retry: newer messages keep theirs (trap 1).
create function finish(
    p_merchant bigint[], p_conversation bigint[], p_fence bigint[], p_outcome text[], p_parts text[],
    p_reason text[], p_source text[], p_trace text[], p_collected text[], p_retry_ms double precision[])
returns table (merchant bigint, conversation bigint, batch bigint, sends integer, due_ms double precision)
language plpgsql set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
    perform set_config('hudhud.merchants', (select string_agg(distinct x::text, ',') from unnest(p_merchant) x), true);
    perform 1 from conversation k where k.id = any (p_conversation)
        order by k.inbox_id, k.contact_id for no key update;
    return query
    with asked as (
        select u.* from unnest(p_conversation, p_fence, p_outcome, p_parts, p_reason, p_source, p_trace, p_collected, p_retry_ms)
            u(cid, f, outcome, parts, reason, source, trace, collected, retry_ms)),
    held as (
        update conversation k set lease_until = null, holder = null, crashes = 0, last_at = now(),
            batch_no = k.batch_no + (a.outcome in ('answered', 'handed_over', 'noted', 'dead'))::integer,
            attempts = case a.outcome when 'retry' then k.attempts when 'released' then k.attempts - 1 else 0 end,
            state = case when a.outcome in ('handed_over', 'dead') then 'human' else k.state end,
            human_since = case when a.outcome in ('handed_over', 'dead') then now() else k.human_since end,
            hand_over_reason = case when a.outcome in ('handed_over', 'dead') then a.reason else k.hand_over_reason end,
            due_at = case
                when a.outcome = 'retry' then now() + make_interval(secs => a.retry_ms / 1000.0)
                when a.outcome = 'released' then now()
                when a.outcome in ('handed_over', 'dead') then null
                else k.due_at end
        from asked a
        where k.id = a.cid and k.fence = a.f and k.state = 'bot' and k.lease_until is not null
        returning k.id, k.merchant_id, k.inbox_id, k.contact_id, k.batch_no, k.closed_id, k.due_at,
            k.claimed_at, a.outcome, a.parts, a.reason, a.source, a.trace, a.collected),
    closed as (
        insert into batch (merchant_id, conversation_id, no, outcome, reason, source, claimed_at, attempts, trace)
        select h.merchant_id, h.id, h.batch_no, h.outcome, h.reason, h.source, h.claimed_at, 1, h.trace::jsonb
        from held h where h.outcome in ('answered', 'handed_over', 'noted', 'dead')
        returning batch.id, batch.conversation_id),
    answered as (
        -- One look into the thread of each conversation. `offset 0` keeps the planner from reading
        -- all that waits anywhere instead, which grows with the backlog.
        update message m set batch_id = w.batch_id
        from (select c.id as batch_id, z.id from closed c join held h on h.id = c.conversation_id,
                  lateral (select y.id from message y where y.conversation_id = h.id and y.id <= h.closed_id
                           and y.batch_id is null and y.direction = 'in' and y.wakes offset 0) z) w
        where m.id = w.id),
    said as (
        insert into message (merchant_id, conversation_id, inbox_id, direction, author, kind, body, provider_at, wakes, batch_id, content)
        select h.merchant_id, h.id, h.inbox_id, 'out', 'assistant', 'text', p.body, now(), false, c.id,
            jsonb_build_object('part', p.o - 1)
        from held h join closed c on c.conversation_id = h.id,
            jsonb_array_elements_text(h.parts::jsonb) with ordinality p(body, o)
        order by h.id, p.o
        returning message.id, message.merchant_id, message.inbox_id, message.conversation_id, message.batch_id, (message.content ->> 'part')::integer as part),
    queued as (
        insert into outbox (merchant_id, inbox_id, conversation_id, message_id, batch_id, part, author)
        select s.merchant_id, s.inbox_id, s.conversation_id, s.id, s.batch_id, s.part, 'assistant' from said s
        order by s.id returning outbox.conversation_id),
    lettered as (
        insert into dead_letter (merchant_id, conversation_id, batch_id, kind, reason)
        select h.merchant_id, h.id, c.id, 'batch', coalesce(h.reason, '') from held h join closed c on c.conversation_id = h.id
        where h.outcome = 'dead'),
    learnt as (
        insert into collected_field (merchant_id, contact_id, name, value)
        select h.merchant_id, h.contact_id, f.key, f.value from held h, jsonb_each_text(h.collected::jsonb) f
        on conflict (contact_id, name) do update set value = excluded.value, collected_at = now())
    select h.merchant_id, h.id, c.id,
        (select count(*)::integer from queued q where q.conversation_id = h.id),
        case when h.due_at is null then null
             else greatest(0, extract(epoch from h.due_at - clock_timestamp()) * 1000)::double precision end
    from held h left join closed c on c.conversation_id = h.id;
end $$;
