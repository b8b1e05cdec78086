-- The three calls on which everything stands: accept, claim, finish. Each is one round trip and
-- one transaction; each locks first, conversations always in the order (inbox, contact) (trap 2).

-- accept: a group of webhooks becomes durable. Arrays are parallel; `m_w`, `a_m`, `s_w` are
-- 1-based places in the webhook and message arrays. `w_journal` is null, or the rows of webhooks
-- that come out of the journal again: they keep them. Returns one row of arrays:
--   outcomes       of every message: inserted (true), seen before (false), or null: unaccounted,
--                  which the caller must not acknowledge (trap 4)
--   r_*            each conversation that changed; in how many milliseconds by this clock its batch
--                  is due (trap 18), null when nothing is; whether that is news: the hint of a due
--                  time that stays as it was has been given, and the sweep finds one that was lost
--   d_*            the conversation of each send that a status settled; whether that moved the
--                  send on, so that the next part may follow
--
-- `p_more` is null, or what only some groups bring: `media` and `free` (an ad opened it) with the
-- place of their message, `billing` of each status, `renames`, `marks` (watermarks), `templates`,
-- `sent` (what a status says left).
--
-- Every table is read by key: the planner would choose otherwise while a table is young, and keep
-- that plan. Statements cost more to begin (10 to 30 us) than their rows (1 to 10 us each), so what
-- only some groups need stands behind an `if`.
drop function if exists accept(
    bigint[], bigint[], bytea[], timestamptz[], text[], boolean[], integer[], bigint[], text[], text[],
    text[], text[], text[], text[], timestamptz[], boolean[], text[], text[], integer[], integer[],
    text[], text[], integer[], bigint[], text[], text[], timestamptz[], text[], text[], text[]);
drop function if exists accept(
    bigint[], bigint[], bigint[], bytea[], timestamptz[], text[], boolean[], integer[], bigint[], text[], text[],
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
    s_tag text[], s_code text[], s_text text[], p_more jsonb default null,
    out outcomes boolean[],
    out r_merchant bigint[], out r_conversation bigint[], out r_due_ms double precision[], out r_news boolean[],
    out d_merchant bigint[], out d_conversation bigint[], out d_moved boolean[])
language plpgsql set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
    journal_ids bigint[];
    contacts bigint[];
    conversations bigint[];
    new_inboxes bigint[];
    new_externals text[];
    fresh integer[];
    told record;
    parked boolean;
    merged boolean;
    varied boolean;
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

    -- Names before conversations (trap 2): the new ones find whoever is meant, then the old ones nobody.
    if p_more ? 'renames' then
        perform learn_names(w_merchant, p_more -> 'renames');
    end if;
    if m_w is not null and cardinality(m_w) > 0 then
        conversations := conversations_known(w_merchant, m_w, m_inbox, a_m, a_kind, a_value);
        if conversations is null then
            contacts := contacts_of(w_merchant, m_w, m_name, a_m, a_rank, a_kind, a_value);
        end if;
    end if;
    if p_more ? 'renames' then
        perform forget_names(w_merchant, p_more -> 'renames');
    end if;

    if contacts is not null then
        conversations := conversations_of(w_merchant, m_w, m_inbox, contacts);
    end if;
    if conversations is not null then
        -- The lock comes before any message takes its id, so id order is commit order (trap 9).
        perform 1 from conversation k where k.id = any (conversations)
            order by k.inbox_id, k.contact_id for no key update;

        -- Inserted here or seen before: the unique key decides, in this transaction (law 2).
        with keys as (
            insert into message_key (inbox_id, external_id, merchant_id)
            select distinct on (u.i, u.e) u.i, u.e, w_merchant[u.w]
            from unnest(m_w, m_inbox, m_external) u(w, i, e) order by 1, 2
            on conflict do nothing returning inbox_id, external_id)
        select case when count(*) = cardinality(m_w) then array(select generate_subscripts(m_w, 1)) end,
            array_agg(k.inbox_id), array_agg(k.external_id) into fresh, new_inboxes, new_externals from keys k;
        if fresh is null then
            -- Some were seen before, or come twice in this group: the first place of each key.
            fresh := array(
                select min(u.o)::integer from unnest(new_inboxes, new_externals) k(i, e)
                join unnest(m_inbox, m_external) with ordinality u(i, e, o) on u.i = k.i and u.e = k.e
                group by k.i, k.e);
        end if;

        with stored as (
            insert into message (merchant_id, conversation_id, inbox_id, journal_id, external_id,
                direction, author, kind, body, content, reply_to, provider_at, accepted_at, wakes, note)
            select w_merchant[m_w[f]], conversations[f], m_inbox[f], journal_ids[m_w[f]], m_external[f],
                m_direction[f], case m_direction[f] when 'in' then 'contact' else 'operator' end,
                m_kind[f], m_body[f], m_content[f]::jsonb, m_reply_to[f],
                coalesce(m_provider_at[f], w_at[m_w[f]], now()), coalesce(w_at[m_w[f]], now()),
                m_wakes[f], m_note[f]
            from unnest(fresh) f order by f
            returning conversation_id, inbox_id, id, wakes, direction, kind, provider_at, accepted_at),
        grouped as (
            -- Duplicates never count (trap 6); neither does what wants no answer.
            select conversation_id, inbox_id, count(*) filter (where wakes)::integer as waking, max(id) as last,
                -- The window opens with what the contact does, a reaction too; not with what is told of them.
                max(provider_at) filter (where stored.direction = 'in' and stored.kind <> all ('{system,edit,revoke}')) as at,
                min(accepted_at) filter (where wakes) as since
            from stored group by 1, 2),
        opened as (
            update conversation k set
                pending = k.pending + g.waking,
                last_id = g.last,
                -- True to a second: what stands in an index and does not move lets the row change in its place.
                last_at = case when k.last_at > now() - interval '1 s' then k.last_at else now() end,
                last_in_at = greatest(k.last_in_at, g.at),
                due_at = case
                    when k.state <> 'bot' or g.waking = 0 then k.due_at
                    when k.pending + g.waking >= i.batch_max then least(k.due_at, now())
                    else least(k.due_at, g.since + make_interval(secs => i.window_ms / 1000.0)) end
            from grouped g left join inbox i on i.id = g.inbox_id
            where k.id = g.conversation_id
            returning k.id, k.merchant_id, k.due_at, k.parked, k.written_as is not null as varied,
                k.due_at in (now(), g.since + make_interval(secs => i.window_ms / 1000.0)) as news)
        select array_agg(o.merchant_id), array_agg(o.id), array_agg(
            case when o.due_at is not null
                 -- From the start, which whoever asked can tell from its own clock; not so the commit.
                 then (extract(epoch from o.due_at - now()) * 1000)::double precision end),
            array_agg(coalesce(o.news, false)), bool_or(o.parked), bool_or(o.varied),
            count(*) < (select count(*) from grouped)
        into r_merchant, r_conversation, r_due_ms, r_news, parked, varied, merged from opened o;
        if merged then
            -- One of them became a part of another between the look and the lock: look again.
            raise serialization_failure using message = 'a conversation was merged meanwhile';
        end if;

        -- What few messages are; plain words pay for none of it.
        if cardinality(fresh) > 0 then
            if parked or m_kind && array['edit', 'revoke'] then
                perform change_messages(r_conversation, m_inbox, m_external, fresh);
            end if;
            if varied then
                update conversation k set written_as = array(select a.value from unnest(a_m, a_value) a(m, value) where a.m = w.f)
                from (select conversations[f] as id, max(f) as f from unnest(fresh) f where m_direction[f] = 'in' group by 1) w
                where k.id = w.id and k.written_as is not null;
            end if;
            if 'echo' = any (m_note) then
                perform hear_echoes(m_inbox, m_external, fresh, conversations);
            end if;
            if p_more is not null then
                perform add_to_messages(p_more, m_inbox, m_external, m_provider_at, fresh, conversations);
            end if;
        end if;

        if cardinality(fresh) = cardinality(m_w) then
            outcomes := array_fill(true, array[cardinality(m_w)]);
        else
            outcomes := array(
                select case when u.o::integer = any (fresh) then true
                            when exists (select 1 from message_key k where k.inbox_id = u.i and k.external_id = u.e) then false end
                from unnest(m_inbox, m_external) with ordinality u(i, e, o) order by u.o);
        end if;
    end if;

    if p_more ? 'templates' then
        perform tell_templates(w_merchant, w_inbox, p_more -> 'templates');
    end if;

    if p_more ? 'sent' then
        perform hear_sends(w_merchant, s_w, s_inbox, s_external, p_more -> 'sent');
    end if;

    if s_w is not null and cardinality(s_w) > 0 then
        -- Only what is new is settled: a status that comes again, from the provider or out of the
        -- journal, must not undo what was decided since (a refused row that a person sent again).
        with fresh as (
            insert into delivery_status (merchant_id, inbox_id, external_id, status, provider_at, tag, error_code, error_text, journal_id, billing)
            select w_merchant[u.w], u.i, u.e, u.s, u.at, u.tag, u.code, u.words, journal_ids[u.w], p_more -> 'billing' -> (u.o - 1)::integer
            from unnest(s_w, s_inbox, s_external, s_status, s_at, s_tag, s_code, s_text) with ordinality u(w, i, e, s, at, tag, code, words, o)
            order by u.i, u.e, u.s on conflict do nothing returning delivery_status.inbox_id, external_id, tag)
        select array_agg(f.inbox_id) as inboxes, array_agg(f.external_id) as externals, array_agg(f.tag) as tags
        into told from fresh f;
        if told.inboxes is not null then
            select array_agg(d.merchant_id), array_agg(d.conversation_id), array_agg(d.moved)
            into d_merchant, d_conversation, d_moved
            from settle_by_status(told.inboxes, told.externals, told.tags) d;
        end if;
    end if;

    if p_more ? 'marks' then
        select array_agg(t.merchant_id) as merchants, array_agg(t.conversation_id) as conversations
        into told from heed_watermarks(w_merchant, p_more -> 'marks') t;
        if told.merchants is not null then
            d_merchant := d_merchant || told.merchants;
            d_conversation := d_conversation || told.conversations;
            d_moved := d_moved || array_fill(false, array[cardinality(told.merchants)]);
        end if;
    end if;
end $$;
