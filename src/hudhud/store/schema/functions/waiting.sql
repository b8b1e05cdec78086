-- Law 6 on one page: everything that waits, by state, and how old the oldest is.
create or replace function waiting() returns table (merchant bigint, state text, count bigint, oldest_s double precision)
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

create or replace function waiting_everywhere() returns table (merchant bigint, state text, count bigint, oldest_s double precision)
language sql stable security definer set search_path = public, pg_temp as $$ select * from waiting() $$;
