-- take_back: a status came after the limit, and nobody had touched the conversation yet: the
-- person has nothing to decide any more, and what came meanwhile is due for the assistant.
create or replace function take_back(p_row bigint[]) returns void language sql as $$
    update conversation k set state = 'bot', human_since = null, hand_over_reason = null, fence = k.fence + 1,
        attempts = 0, crashes = 0, pending = open.n, due_at = case when open.n > 0 then now() end
    from (select o.conversation_id as id,
              (select count(*)::integer from message m where m.conversation_id = o.conversation_id
                  and m.batch_id is null and m.wakes and m.direction = 'in') as n
          from outbox o where o.id = any (p_row) and o.state = 'accepted' group by 1) open
    where k.id = open.id and k.state = 'human' and k.operator_id is null and k.hand_over_reason = 'send_unknown'
      and not exists (select 1 from outbox x where x.conversation_id = k.id and x.state = 'unknown')
$$;
