-- A rejected row: the rest of its answer is cancelled, a dead letter says why, a person takes over.
create or replace function refuse(p_row bigint[]) returns void language plpgsql as $$
begin
    -- The rule is that none was: each statement below costs more to begin than this look.
    if not exists (select 1 from outbox o where o.id = any (p_row) and o.state = 'rejected') then
        return;
    end if;
    -- A later attempt of the same row opens the same letter again; a repeated status does not (Q6).
    insert into dead_letter (merchant_id, conversation_id, batch_id, outbox_id, attempt, kind, reason)
    select o.merchant_id, o.conversation_id, o.batch_id, o.id, o.attempt, 'send', concat_ws(' ', o.error_code, o.error_text)
    from outbox o where o.id = any (p_row) and o.state = 'rejected'
    on conflict (outbox_id) where kind = 'send' do update set
        attempt = excluded.attempt, reason = excluded.reason, settled_at = null, settled_by = null, settlement = null
        where dead_letter.attempt < excluded.attempt or dead_letter.settlement = 'retry';
    update outbox x set state = 'cancelled', error_text = 'an earlier part was refused'
    from outbox o where o.id = any (p_row) and o.state = 'rejected'
      and x.batch_id = o.batch_id and x.part > o.part and x.state = 'queued';
    update conversation k set state = 'human', fence = k.fence + 1, lease_until = null, holder = null, due_at = null,
        human_since = coalesce(k.human_since, now()), hand_over_reason =
            -- by our own look before the send, or by the provider: the way out is a template
            case when o.error_code in ('window_closed', '131047') then 'window_closed' else 'send_refused' end
    from outbox o where o.id = any (p_row) and o.state = 'rejected' and k.id = o.conversation_id and k.state = 'bot';
end $$;
