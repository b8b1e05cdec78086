-- Every attempt that failed leaves a row, whichever way it failed: the history of a dead letter
-- begins before there is a letter (Q6). Triggers, so that no deed can forget it; they fire for
-- failures only. They run as the owner: the row that changed has passed its own policy.

-- A batch: finish calls this under its locks, before it gives the leases back.
create or replace function note_failed_batches(
    p_conversation bigint[], p_fence bigint[], p_outcome text[], p_reason text[])
returns void language sql as $$
    insert into failed_attempt (merchant_id, conversation_id, batch_no, attempt, outcome, reason)
    select k.merchant_id, k.id, k.batch_no + 1, k.attempts, u.outcome, coalesce(u.reason, '')
    from unnest(p_conversation, p_fence, p_outcome, p_reason) u(id, fence, outcome, reason)
    join conversation k on k.id = u.id and k.fence = u.fence
    where u.outcome in ('retry', 'dead') and k.state = 'bot' and k.lease_until is not null
$$;

-- A worker that died has nothing to say for itself.
create or replace function note_crash() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into failed_attempt (merchant_id, conversation_id, batch_no, attempt, outcome, code)
    values (new.merchant_id, new.id, new.batch_no + 1, old.attempts, 'crashed', old.holder);
    return null;
end $$;
create or replace trigger conversation_crashed after update of crashes on conversation
    for each row when (new.crashes > old.crashes and old.lease_until is not null) execute function note_crash();

-- `sending -> queued` without a word of error is a row given back, not an attempt that failed.
create or replace function note_failed_send() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into failed_attempt (merchant_id, conversation_id, outbox_id, attempt, outcome, code, reason)
    values (new.merchant_id, new.conversation_id, new.id, new.attempt, new.state, new.error_code,
        coalesce(new.error_text, ''));
    return null;
end $$;
create or replace trigger outbox_failed after update of state on outbox for each row
    when (new.state <> old.state and new.attempt = old.attempt and (new.state = 'rejected'
        or (old.state = 'sending' and new.state = 'unknown')
        or (old.state = 'sending' and new.state = 'queued' and new.error_text is not null)))
    execute function note_failed_send();
