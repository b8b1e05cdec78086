-- What becomes of a send that was refused, withdrawn, or of which nobody knows whether it left, and of its
-- conversation (laws 5 and 6).

-- unknown_to_person: an unknown send that no status settled within the limit goes to a person, with
-- its conversation (laws 5 and 6). What waits behind it stays queued until they have decided.
create or replace function unknown_to_person(p_after_s double precision, p_limit integer)
returns table (merchant bigint, conversation bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    late bigint[];
begin
    late := array(
        select k.id from conversation k
        where k.state = 'bot' and k.id in (select o.conversation_id from outbox o
            where o.state = 'unknown' and o.sending_at < clock_timestamp() - make_interval(secs => p_after_s))
        order by k.inbox_id, k.contact_id limit p_limit for no key update skip locked);
    -- Looked at once more under the lock: a status may have settled the send just before it.
    return query
    update conversation k set state = 'human', fence = k.fence + 1, lease_until = null, holder = null, due_at = null,
        human_since = now(), hand_over_reason = 'send_unknown'
    where k.id = any (late) and exists (
        select 1 from outbox o where o.conversation_id = k.id and o.state = 'unknown')
    returning k.merchant_id, k.id;
end $$;

-- take_back: a status came after the limit, or a person said what became of the send, and nobody
-- holds the conversation: what came meanwhile is due for the assistant.
create or replace function take_back(p_row bigint[]) returns void language plpgsql as $$
begin
    update conversation k set state = 'bot', human_since = null, hand_over_reason = null, fence = k.fence + 1,
        attempts = 0, crashes = 0, pending = open.n, due_at = case when open.n > 0 then now() end
    from (select o.conversation_id as id,
              (select count(*)::integer from message m where m.conversation_id = o.conversation_id
                  and m.batch_id is null and m.wakes and m.direction = 'in') as n
          from outbox o where o.id = any (p_row) and o.state in ('accepted', 'queued') group by 1) open
    where k.id = open.id and k.state = 'human' and k.operator_id is null and k.hand_over_reason = 'send_unknown'
      and not exists (select 1 from outbox x where x.conversation_id = k.id and x.state = 'unknown');
end $$;

-- refuse: a rejected row: the rest of its answer is cancelled, a dead letter says why, a person takes over.
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
    if exists (select 1 from outbox o where o.id = any (p_row) and o.state = 'rejected'
                   and o.error_code like '132%') then
        perform pause_templates(p_row);
    end if;
    update outbox x set state = 'cancelled', error_text = 'an earlier part was refused'
    from outbox o where o.id = any (p_row) and o.state = 'rejected'
      and x.batch_id = o.batch_id and x.part > o.part and x.state = 'queued';
    update conversation k set state = 'human', fence = k.fence + 1, lease_until = null, holder = null, due_at = null,
        human_since = coalesce(k.human_since, now()), hand_over_reason =
            -- by our own look before the send, or by the provider: the way out is a template
            case when o.error_code in ('window_closed', '131047', '2018065', '2018278', '2534022')
                 then 'window_closed' else 'send_refused' end
    from outbox o where o.id = any (p_row) and o.state = 'rejected' and k.id = o.conversation_id and k.state = 'bot';
end $$;

-- withdraw: a person has this conversation now. What the assistant had ready does not leave; the
-- messages of an answer of which nothing left wait again, for the person.
create or replace function withdraw(p_conversation bigint) returns void language plpgsql as $$
begin
    update outbox set state = 'cancelled', error_text = 'a person took over'
    where conversation_id = p_conversation and state = 'queued' and author = 'assistant';
    with empty as (
        update batch b set outcome = 'withdrawn'
        where b.conversation_id = p_conversation and b.outcome in ('answered', 'handed_over')
          and exists (select 1 from outbox o where o.batch_id = b.id)
          and not exists (select 1 from outbox o where o.batch_id = b.id and o.state <> 'cancelled')
        returning b.id)
    update message m set batch_id = null from empty where m.batch_id = empty.id and m.direction = 'in';
end $$;

-- hear_sends: the provider tells what left through it, without our tag. Contact and words say which of our
-- sends it was while nobody knows its id; it gets the id, by which `settle_by_status` goes on (trap 16).
create or replace function hear_sends(w_merchant bigint[], s_w integer[], s_inbox bigint[], s_external text[], p_sent jsonb)
returns void language plpgsql as $$
declare
    told record;
begin
    for told in
        select distinct on (k.inbox_id, k.contact_id, s_external[t.s])
            k.id as conversation, k.inbox_id as inbox, s_external[t.s] as external, t.words
        from jsonb_to_recordset(p_sent) t(s integer, names jsonb, words text),
            lateral jsonb_to_recordset(t.names) n(kind text, value text),
            lateral (select l.contact_id from contact_alias l where l.merchant_id = w_merchant[s_w[t.s]]
                     and l.kind = n.kind and l.value = n.value offset 0) a,
            lateral (select c.* from conversation c where c.inbox_id = s_inbox[t.s]
                     and c.contact_id = a.contact_id offset 0) k
        order by k.inbox_id, k.contact_id, s_external[t.s]
    loop
        continue when exists (select 1 from outbox o
            where o.inbox_id = told.inbox and o.external_id = told.external);
        perform 1 from conversation k where k.id = told.conversation for no key update;
        update outbox o set external_id = told.external where o.id = (
            select x.id from outbox x join message m on m.id = x.message_id
            where x.conversation_id = told.conversation and x.state in ('sending', 'unknown')
              and (x.external_id is null or x.state = 'unknown') and m.body = told.words
            order by x.id limit 1 for no key update of x);
    end loop;
end $$;

-- pause_templates: the provider refused a template as paused or disabled; it is not used again until a
-- sync, or a webhook, finds it active (PLATFORM_FACTS part 6). What else it says of a template (132001:
-- there is none, 132000: other places) it knows better than we do: its list is asked for.
create or replace function pause_templates(p_row bigint[]) returns void language plpgsql as $$
declare
    refused record;
begin
    for refused in
        select distinct on (2, 3, 4, 5) i.merchant_id, i.channel, i.options ->> 'waba_id' as scope, m.content -> 'send' ->> 'name' as name,
            m.content -> 'send' ->> 'language' as language, concat_ws(' ', o.error_code, o.error_text) as why,
            o.error_code in ('132015', '132016') as paused
        from outbox o join message m on m.id = o.message_id join inbox i on i.id = o.inbox_id
        where o.id = any (p_row) and o.state = 'rejected' and o.error_code like '132%'
          and m.content -> 'send' ->> 'kind' = 'template'
        order by 2, 3, 4, 5, 7 desc, o.id
    loop
        if not refused.paused then
            insert into template_sync as y (merchant_id, channel, scope, asked_at)
            select refused.merchant_id, refused.channel, refused.scope, now() where refused.scope <> ''
            on conflict (merchant_id, channel, scope) do update set asked_at = excluded.asked_at;
            continue;
        end if;
        update template t set paused_at = now(), paused_reason = refused.why
        where t.merchant_id = refused.merchant_id and t.channel = refused.channel and t.scope = refused.scope
          and t.name = refused.name and t.language = refused.language and t.paused_at is null;
    end loop;
end $$;
