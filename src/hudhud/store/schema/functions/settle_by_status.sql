-- settle_by_status: statuses move forward only. One that carries our tag proves that the row left,
-- whatever we thought (sending, unknown, even queued for a retry). Called with the ids of what just
-- came (law 5). Of an attempt that is past (a later one has begun, or a person had it tried again)
-- only that it arrived is news: that it was refused is known, and says nothing of the next one.
--
-- Returns the conversation of each row that a status touched; `moved`: whether it was on its way
-- until now. Most statuses are of rows that the provider's response settled long ago: nothing
-- waits for those, and they begin no statement that only the others need.
drop function if exists settle_by_status(bigint[], text[], text[]);
create or replace function settle_by_status(s_inbox bigint[], s_external text[], s_tag text[])
returns table (merchant_id bigint, conversation_id bigint, moved boolean)
language plpgsql set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_nestloop = on as $$
declare
    named bigint[];
    externals text[];
    attempts bigint[];
    touched record;
begin
    -- Ids of our rows: by the provider's id, or by the tag `merchant.row.attempt`. Each `offset 0`
    -- keeps a look by key a look by key: a join would read all rows of the outbox for each status.
    select array_agg(n.id order by n.id), array_agg(n.e order by n.id), array_agg(n.attempt order by n.id)
    into named, externals, attempts from (
        select distinct on (b.id) b.* from (
            select o.id, u.e, null::bigint as attempt from unnest(s_inbox, s_external) u(i, e),
                lateral (select x.id from outbox x where x.inbox_id = u.i and x.external_id = u.e offset 0) o
            union all
            select o.id, u.e, p.tag[3] from unnest(s_inbox, s_external, s_tag) u(i, e, t),
                lateral (select case when u.t ~ '^[0-9]{1,18}\.[0-9]{1,18}\.[0-9]{1,9}$'
                    then string_to_array(u.t, '.')::bigint[] end as tag offset 0) p,
                lateral (select x.id from outbox x where x.id = p.tag[2] and x.inbox_id = u.i
                    and (x.external_id is null or x.external_id = u.e) offset 0) o) b
        order by b.id, b.attempt desc nulls last) n;
    if named is null then
        return;
    end if;
    -- Conversations first, as everywhere (trap 2): those that may change hands below.
    perform 1 from conversation k where k.id = any (array(
            select o.conversation_id from unnest(named, externals) n(id, e) join outbox o on o.id = n.id
            where o.state = 'unknown' or exists (select 1 from delivery_status d
                where d.inbox_id = o.inbox_id and d.external_id = n.e and d.status = 'failed')))
        order by k.inbox_id, k.contact_id for no key update;
    -- Whether its attempt is past is read under the lock: a person may have had it tried again since.
    with locked as materialized (
        select o.id, o.inbox_id, o.state, n.external_id, o.external_id is distinct from n.external_id
            and (n.attempt is null or n.attempt <= o.retried_from or n.attempt < o.attempt) as past
        from outbox o join unnest(named, externals, attempts) n(id, external_id, attempt) on n.id = o.id
        where o.external_id is null or o.external_id = n.external_id
        order by o.id for no key update of o),
    seen as (
        select l.id, l.external_id, l.past, l.state <> 'accepted' as moved,
            min(coalesce(d.provider_at, d.accepted_at)) filter (where d.status = 'sent') as sent,
            min(coalesce(d.provider_at, d.accepted_at)) filter (where d.status = 'delivered') as delivered,
            min(coalesce(d.provider_at, d.accepted_at)) filter (where d.status = 'read') as read,
            min(coalesce(d.provider_at, d.accepted_at)) filter (where d.status = 'failed') as failed,
            min(d.error_code) filter (where d.status = 'failed') as code,
            min(d.error_text) filter (where d.status = 'failed') as words
        from locked l join delivery_status d on d.inbox_id = l.inbox_id and d.external_id = l.external_id
        group by l.id, l.external_id, l.past, l.state),
    settled as (
    update outbox o set
        external_id = s.external_id, holder = null,
        accepted_at = coalesce(o.accepted_at, now()),
        sent_at = coalesce(o.sent_at, s.sent), delivered_at = coalesce(o.delivered_at, s.delivered),
        read_at = coalesce(o.read_at, s.read), failed_at = coalesce(o.failed_at, s.failed),
        error_code = coalesce(s.code, o.error_code), error_text = coalesce(s.words, o.error_text),
        -- `failed` is final unless a later delivered or read proves otherwise.
        state = case when s.failed is not null and s.delivered is null and s.read is null
                     then 'rejected' else 'accepted' end
    from seen s where o.id = s.id and (not s.past or s.delivered is not null or s.read is not null
        or (s.sent is not null and s.failed is null))
    returning o.id, o.merchant_id, o.conversation_id, o.state, s.moved)
    select array_agg(t.id) as ids, array_agg(t.merchant_id) as merchants, array_agg(t.conversation_id) as conversations,
        array_agg(t.moved or t.state <> 'accepted') as moved, bool_or(t.state = 'rejected') as refused,
        bool_or((select k.hand_over_reason from conversation k where k.id = t.conversation_id) = 'send_unknown') as held
    into touched from settled t;
    if touched.refused then
        perform refuse(touched.ids);
    end if;
    if touched.held then
        perform take_back(touched.ids);
    end if;
    return query select * from unnest(touched.merchants, touched.conversations, touched.moved);
end $$;

-- heed_watermarks: everything that was accepted for a person until a moment was delivered, or read. By
-- Meta's stamp of the send where its echo told it, else by when it began to leave. Forward only; it
-- proves of no single send that it left, so it settles nothing that is unknown. Only the latest
-- messages of a conversation are looked at: older ones were told of long ago.
drop function if exists heed_watermarks(bigint[], jsonb);
create or replace function heed_watermarks(w_merchant bigint[], p_marks jsonb)
returns table (merchant_id bigint, conversation_id bigint)
language plpgsql set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
    looked_max constant integer := 200;
begin
    return query
    with marked as (
        select k.id, max(u.until) filter (where u.status = 'delivered') as delivered,
            max(u.until) filter (where u.status = 'read') as read
        from jsonb_to_recordset(p_marks) u(w integer, i bigint, kind text, value text, status text, until timestamptz)
            join contact_alias l on l.merchant_id = w_merchant[u.w] and l.kind = u.kind and l.value = u.value
            join conversation k on k.inbox_id = u.i and k.contact_id = l.contact_id
        group by k.id),
    locked as materialized (
        select o.id, t.delivered, t.read, coalesce(o.sent_at, o.sending_at) as left_at from marked t
            cross join lateral (select m.id, m.direction from message m where m.conversation_id = t.id
                order by m.id desc limit looked_max) m
            join outbox o on o.message_id = m.id
        where m.direction = 'out' and o.state = 'accepted' and (o.delivered_at is null or o.read_at is null)
        order by o.id for no key update of o)
    update outbox o set
        delivered_at = coalesce(o.delivered_at, case when l.left_at <= l.delivered then l.delivered end),
        read_at = coalesce(o.read_at, case when l.left_at <= l.read then l.read end)
    from locked l where o.id = l.id and (o.delivered_at is null and l.left_at <= l.delivered
        or o.read_at is null and l.left_at <= l.read)
    returning o.merchant_id, o.conversation_id;
end $$;
