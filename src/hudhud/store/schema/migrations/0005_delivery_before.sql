-- Law 5 in the database: nothing leaves except through the outbox, one row in flight for each
-- conversation, and a row that may have left is never sent again blindly.

-- Statuses move forward only. One that carries our tag proves that the row left, whatever we
-- thought (sending, unknown, even queued for a retry). Called with the ids of what just came.
create function settle_by_status(s_inbox bigint[], s_external text[], s_tag text[])
returns table (merchant_id bigint, conversation_id bigint, state text)
language plpgsql as $$
declare
    rows bigint[];
begin
    with named as (
        -- ids of our rows: by the provider's id, or by the tag `merchant.row.attempt`
        select o.id, u.e as external_id from unnest(s_inbox, s_external) u(i, e)
            join outbox o on o.inbox_id = u.i and o.external_id = u.e
        union
        select o.id, u.e from unnest(s_inbox, s_external, s_tag) u(i, e, t)
            join outbox o on o.inbox_id = u.i and o.id = case
                when u.t ~ '^[0-9]{1,18}\.[0-9]{1,18}\.[0-9]{1,9}$' then split_part(u.t, '.', 2)::bigint end
            where o.external_id is null or o.external_id = u.e),
    locked as materialized (
        select o.id, n.external_id from outbox o join (select distinct on (n.id) n.* from named n order by n.id) n on n.id = o.id
        order by o.id for no key update of o),
    seen as (
        select l.id, l.external_id,
            min(coalesce(d.provider_at, d.accepted_at)) filter (where d.status = 'sent') as sent,
            min(coalesce(d.provider_at, d.accepted_at)) filter (where d.status = 'delivered') as delivered,
            min(coalesce(d.provider_at, d.accepted_at)) filter (where d.status = 'read') as read,
            min(coalesce(d.provider_at, d.accepted_at)) filter (where d.status = 'failed') as failed,
            min(d.error_code) filter (where d.status = 'failed') as code,
            min(d.error_text) filter (where d.status = 'failed') as words
        from locked l join outbox o on o.id = l.id
            join delivery_status d on d.inbox_id = o.inbox_id and d.external_id = l.external_id
        group by l.id, l.external_id),
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
    from seen s where o.id = s.id returning o.id)
    select array_agg(id) into rows from settled;
    perform refuse(rows);
    return query select o.merchant_id, o.conversation_id, o.state from outbox o where o.id = any (rows);
end $$;

-- begin_sends: queued -> sending, committed just before that one socket write. At most one row of
-- a conversation is in flight; an unknown one stops the rest (trap 16).
create function begin_sends(p_merchant bigint[], p_conversation bigint[], p_holder text)
returns table (merchant bigint, conversation bigint, inbox bigint, row_id bigint, attempt integer, body text,
    aliases text, reply_to text, wait_ms double precision)
language plpgsql as $$
begin
    perform set_config('hudhud.merchants', (select string_agg(distinct x::text, ',') from unnest(p_merchant) x), true);
    perform 1 from conversation k where k.id = any (p_conversation)
        order by k.inbox_id, k.contact_id for no key update;
    return query
    with first as (
        select distinct on (o.conversation_id) o.id, o.state, o.next_at from outbox o
        where o.conversation_id = any (p_conversation) and o.state in ('queued', 'sending', 'unknown')
        order by o.conversation_id, o.id),
    begun as (
        update outbox o set state = 'sending', attempt = o.attempt + 1, sending_at = clock_timestamp(), holder = p_holder
        from first f where o.id = f.id and o.state = 'queued' and f.next_at <= clock_timestamp()
        returning o.*)
    select b.merchant_id, b.conversation_id, b.inbox_id, b.id, b.attempt, m.body,
        (select jsonb_agg(jsonb_build_object('kind', l.kind, 'value', l.value) order by l.created_at, l.kind)::text
         from conversation k join contact_alias l on l.contact_id = k.contact_id where k.id = b.conversation_id),
        m.reply_to, 0::double precision
    from begun b join message m on m.id = b.message_id
    union all
    select o.merchant_id, o.conversation_id, o.inbox_id, null, o.attempt, null, null, null,
        greatest(0, extract(epoch from f.next_at - clock_timestamp()) * 1000)::double precision
    from first f join outbox o on o.id = f.id
    where f.state = 'queued' and f.next_at > clock_timestamp();
end $$;

-- end_sends: what the provider said. A row that a status already settled stays settled. A refusal
-- ends at a person: dead letter, later parts of the answer cancelled (law 6).
create function end_sends(
    p_merchant bigint[], p_row bigint[], p_attempt integer[], p_outcome text[], p_external text[],
    p_code text[], p_text text[], p_retry_ms double precision[])
returns table (merchant bigint, conversation bigint, row_id bigint, state text, more boolean)
language plpgsql as $$
begin
    perform set_config('hudhud.merchants', (select string_agg(distinct x::text, ',') from unnest(p_merchant) x), true);
    perform 1 from conversation k where k.id in (select o.conversation_id from outbox o where o.id = any (p_row))
        order by k.inbox_id, k.contact_id for no key update;
    update outbox o set state = a.outcome, holder = null,
        external_id = coalesce(a.external, o.external_id),
        error_code = a.code, error_text = a.words,
        accepted_at = case when a.outcome = 'accepted' then now() else o.accepted_at end,
        failed_at = case when a.outcome = 'rejected' then now() else o.failed_at end,
        next_at = case when a.outcome = 'queued' then now() + make_interval(secs => a.retry_ms / 1000.0) else o.next_at end
    from unnest(p_row, p_attempt, p_outcome, p_external, p_code, p_text, p_retry_ms)
        a(id, attempt, outcome, external, code, words, retry_ms)
    where o.id = a.id and o.state in ('sending', 'unknown') and o.attempt = a.attempt;
    perform settle_by_status(
        (select array_agg(o.inbox_id order by o.id) from outbox o where o.id = any (p_row) and o.external_id is not null),
        (select array_agg(o.external_id order by o.id) from outbox o where o.id = any (p_row) and o.external_id is not null),
        null)
        where exists (select 1 from outbox o join delivery_status d on d.inbox_id = o.inbox_id and d.external_id = o.external_id
                      where o.id = any (p_row));
    perform refuse(p_row);
    return query
    select o.merchant_id, o.conversation_id, o.id, o.state,
        exists (select 1 from outbox x where x.conversation_id = o.conversation_id and x.state = 'queued')
    from outbox o where o.id = any (p_row);
end $$;

-- A rejected row: the rest of its answer is cancelled, a dead letter says why, a person takes over.
create function refuse(p_row bigint[]) returns void language plpgsql as $$
begin
    insert into dead_letter (merchant_id, conversation_id, batch_id, outbox_id, kind, reason)
    select o.merchant_id, o.conversation_id, o.batch_id, o.id, 'send', concat_ws(' ', o.error_code, o.error_text)
    from outbox o where o.id = any (p_row) and o.state = 'rejected'
      and not exists (select 1 from dead_letter d where d.outbox_id = o.id);
    update outbox x set state = 'cancelled', error_text = 'an earlier part was refused'
    from outbox o where o.id = any (p_row) and o.state = 'rejected'
      and x.batch_id = o.batch_id and x.part > o.part and x.state = 'queued';
    update conversation k set state = 'human', fence = k.fence + 1, lease_until = null, holder = null, due_at = null,
        human_since = coalesce(k.human_since, now()), hand_over_reason = 'send_refused'
    from outbox o where o.id = any (p_row) and o.state = 'rejected' and k.id = o.conversation_id and k.state = 'bot';
end $$;

-- What PostgreSQL knows to be due, whoever forgot it: the sweep and direct mode read it. Ids only.
create function due_replies(p_within_s double precision, p_limit integer)
returns table (merchant bigint, conversation bigint, due_ms double precision)
language sql stable security definer set search_path = public, pg_temp as $$
    (select k.merchant_id, k.id, greatest(0, extract(epoch from k.due_at - clock_timestamp()) * 1000)::double precision
    from conversation k where k.state = 'bot' and k.lease_until is null
        and k.due_at <= clock_timestamp() + make_interval(secs => p_within_s)
    order by k.due_at limit p_limit)
    union all
    (select k.merchant_id, k.id, 0 from conversation k
    where k.state = 'bot' and k.lease_until <= clock_timestamp() order by k.lease_until limit p_limit)
$$;

create function due_sends(p_limit integer)
returns table (merchant bigint, conversation bigint, due_ms double precision)
language sql stable security definer set search_path = public, pg_temp as $$
    select o.merchant_id, o.conversation_id,
        greatest(0, extract(epoch from min(o.next_at) - clock_timestamp()) * 1000)::double precision
    from outbox o where o.state = 'queued'
        and not exists (select 1 from outbox x where x.conversation_id = o.conversation_id
                        and x.id < o.id and x.state in ('sending', 'unknown'))
    group by 1, 2 order by 3 limit p_limit
$$;

-- The sweep mends what no index entry points to any more: unanswered messages themselves, not
-- only due times (trap 1); due times and leases from a clock that jumped (trap 18); sends whose
-- sender died after `sending` was recorded, which nobody may repeat (law 5).
create function sweep(p_lease_s double precision, p_send_s double precision, p_limit integer)
returns table (mended text, merchant bigint, conversation bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    return query
    with lost as (
        select k.id from conversation k
        where k.state = 'bot' and k.due_at is null and k.lease_until is null
          and k.id in (select m.conversation_id from message m where m.batch_id is null and m.wakes and m.direction = 'in')
        order by k.inbox_id, k.contact_id limit p_limit for no key update skip locked)
    update conversation k set due_at = clock_timestamp() from lost where k.id = lost.id
    returning 'orphan'::text, k.merchant_id, k.id;

    return query
    with ahead as (
        select k.id from conversation k join inbox i on i.id = k.inbox_id
        where k.lease_until > clock_timestamp() + make_interval(secs => 2 * p_lease_s)
           or (k.attempts = 0 and k.due_at > clock_timestamp() + make_interval(secs => i.window_ms / 1000.0 + 1))
        order by k.inbox_id, k.contact_id limit p_limit for no key update of k skip locked)
    update conversation k set due_at = clock_timestamp(), lease_until = null, holder = null, fence = k.fence + 1
    from ahead where k.id = ahead.id returning 'clock'::text, k.merchant_id, k.id;

    return query
    with stuck as (
        select o.id from outbox o where o.state = 'sending' and o.sending_at < clock_timestamp() - make_interval(secs => p_send_s)
        order by o.id limit p_limit for no key update skip locked)
    update outbox o set state = 'unknown', holder = null from stuck where o.id = stuck.id
    returning 'unknown_send'::text, o.merchant_id, o.conversation_id;
end $$;

-- Law 6 on one page: everything that waits, by state, and how old the oldest is.
create function waiting() returns table (merchant bigint, state text, count bigint, oldest_s double precision)
language sql stable as $$
    with open as (
        select k.merchant_id, k.id, k.state, k.due_at, k.lease_until, k.attempts, k.closed_id, m.id as message_id, m.accepted_at
        from message m join conversation k on k.id = m.conversation_id
        where m.batch_id is null and m.wakes and m.direction = 'in'),
    told as (
        select merchant_id, case
            when open.state = 'human' then 'person'
            when lease_until is not null and message_id <= closed_id then 'answering'
            when attempts > 0 and message_id <= closed_id then 'retrying'
            when due_at <= clock_timestamp() then 'due'
            else 'collecting' end as state, id as thing, accepted_at as since
        from open
        union all
        select k.merchant_id, 'person', k.id, k.human_since from conversation k
        where k.state = 'human' and k.operator_id is null
          and not exists (select 1 from open where open.id = k.id)
        union all
        select merchant_id, case state when 'queued' then 'to_send' when 'sending' then 'sending' else 'unknown' end,
            conversation_id, created_at from outbox where state in ('queued', 'sending', 'unknown')
        union all
        select merchant_id, 'dead_letter', -id, created_at from dead_letter where settled_at is null
        union all
        select merchant_id, 'set_aside', -id, accepted_at from journal where set_aside)
    select merchant_id, told.state, count(distinct thing),
        extract(epoch from clock_timestamp() - min(since))::double precision
    from told group by 1, 2
$$;

create function waiting_everywhere() returns table (merchant bigint, state text, count bigint, oldest_s double precision)
language sql stable security definer set search_path = public, pg_temp as $$ select * from waiting() $$;

-- Q1's record of each inbound message, derived from the one copy of what matters.
create view message_record with (security_invoker = true) as
    select m.public_id as id, m.merchant_id, m.inbox_id, m.conversation_id, k.contact_id, m.body as text,
        m.journal_id, m.external_id, m.provider_at, m.accepted_at,
        case when b.outcome = 'dead' then 'failed'
             when b.id is not null or not m.wakes then 'completed'
             when k.lease_until is not null and m.id <= k.closed_id then 'processing'
             else 'pending' end as status,
        greatest(0, coalesce(b.attempts, k.attempts) - 1) as retry_count,
        coalesce(b.claimed_at, case when m.id <= k.closed_id then k.claimed_at end) as processing_started_at,
        coalesce(b.finished_at, case when not m.wakes then m.accepted_at end) as completed_at
    from message m join conversation k on k.id = m.conversation_id left join batch b on b.id = m.batch_id
    where m.direction = 'in';
