-- Q1's record of each inbound message, derived from the one copy of what matters.
create or replace view message_record with (security_invoker = true) as
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
