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
