-- The three calls on which everything stands: accept, claim, finish. Each is one round trip and
-- one transaction; each locks first, conversations always in the order (inbox, contact) (trap 2).

-- accept: a group of webhooks becomes durable. Arrays are parallel; `m_w`, `a_m`, `s_w` are
-- 1-based places in the webhook and message arrays. Returns what became of every message
-- (`inserted`, `duplicate`, or null: unaccounted, which the caller must not acknowledge, trap 4)
-- and which conversations have something due, in remaining milliseconds by this clock (trap 18).
-- `w_journal` is null, or the rows of webhooks that come out of the journal again: they keep them.
drop function if exists accept(
    bigint[], bigint[], bytea[], timestamptz[], text[], boolean[], integer[], bigint[], text[], text[],
    text[], text[], text[], text[], timestamptz[], boolean[], text[], text[], integer[], integer[],
    text[], text[], integer[], bigint[], text[], text[], timestamptz[], text[], text[], text[]);
create or replace function accept(
    w_merchant bigint[], w_inbox bigint[], w_journal bigint[], w_body bytea[], w_at timestamptz[], w_reason text[],
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
    told record;
begin
    perform set_config('hudhud.merchants', (select string_agg(distinct x::text, ',') from unnest(w_merchant) x), true);

    if w_journal is null then
        with rows as (
            insert into journal (merchant_id, inbox_id, body, accepted_at, reason, set_aside)
            select u.m, u.i, u.b, coalesce(u.at, now()), u.r, u.aside
            from unnest(w_merchant, w_inbox, w_body, w_at, w_reason, w_set_aside) with ordinality u(m, i, b, at, r, aside, o)
            order by u.o returning id)
        select array_agg(id order by id) into journal_ids from rows;
    else
        journal_ids := w_journal;
        -- Understood at last. What a person has read is not put before a person again.
        update journal j set set_aside = false, reason = u.r from unnest(w_journal, w_reason, w_set_aside) u(id, r, aside)
        where j.id = u.id and j.set_aside and not u.aside;
    end if;

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
        -- Only what is new is settled: a status that comes again, from the provider or out of the
        -- journal, must not undo what was decided since (a refused row that a person sent again).
        with fresh as (
            insert into delivery_status (merchant_id, inbox_id, external_id, status, provider_at, tag, error_code, error_text, journal_id)
            select w_merchant[u.w], u.i, u.e, u.s, u.at, u.tag, u.code, u.words, journal_ids[u.w]
            from unnest(s_w, s_inbox, s_external, s_status, s_at, s_tag, s_code, s_text) u(w, i, e, s, at, tag, code, words)
            order by u.i, u.e, u.s on conflict do nothing returning delivery_status.inbox_id, external_id, tag)
        select array_agg(f.inbox_id) as inboxes, array_agg(f.external_id) as externals, array_agg(f.tag) as tags
        into told from fresh f;
        return query
        select 'send'::text, null::integer, d.merchant_id, d.conversation_id, d.state, 0::double precision
        from settle_by_status(told.inboxes, told.externals, told.tags) d where told.inboxes is not null;
    end if;
end $$;
