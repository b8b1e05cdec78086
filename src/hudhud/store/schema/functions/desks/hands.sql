-- A conversation changes hands: written down here, so that no path can forget it. What goes to
-- people has a desk: the one that was named, else the inbox's for this reason, else the usual one.
-- An operator who takes it is no hand-over to a desk.
create or replace function note_hand_over() returns trigger
language plpgsql as $$
begin
    if new.state = 'human' then
        if new.operator_id is null then
            new.desk_id := coalesce(new.desk_id,
                (select d.id from inbox i join desk d on d.merchant_id = i.merchant_id
                    and d.code = i.escalation_desks ->> split_part(new.hand_over_reason, ':', 1)
                 where i.id = new.inbox_id and d.active),
                (select d.id from desk d where d.merchant_id = new.merchant_id and d.usual and d.active));
        end if;
        insert into hand_over (merchant_id, conversation_id, desk_id, reason)
        select new.merchant_id, new.id, new.desk_id, new.hand_over_reason
        -- One that was merged into this conversation may have brought its own.
        where not exists (select 1 from hand_over h where h.conversation_id = new.id and h.ended_at is null);
    else
        update hand_over h set ended_at = now() where h.conversation_id = new.id and h.ended_at is null;
        new.desk_id := null;
        new.person_at := null;
    end if;
    return new;
end $$;
create or replace trigger conversation_changed_hands before update of state on conversation
    for each row when (old.state is distinct from new.state) execute function note_hand_over();

-- desk_of: the desk with this code, of a merchant that this transaction names; null when it has none.
create or replace function desk_of(p_merchant bigint, p_code text) returns bigint
language sql stable as $$
    select d.id from desk d where d.merchant_id = p_merchant and d.code = p_code and d.active
$$;

-- tell_person: what the person who takes over should know, beside the hand-overs of this very
-- transaction: one that was not written because its fence was lost has no row of this moment.
create or replace function tell_person(p_conversation bigint[], p_hand_over text[]) returns void
language sql as $$
    update hand_over h set summary = t.told::jsonb -> 'summary'
    from unnest(p_conversation, p_hand_over) t(conversation, told)
    where h.conversation_id = t.conversation and h.ended_at is null and h.at = now() and t.told is not null
$$;

-- hand_back_silent: timed hand-back (S7). Whoever took it has said nothing for the minutes of its
-- inbox, by this clock; what the contact wrote meanwhile is due at once (trap 19). What nobody has
-- taken yet stays with people, and so does what only a person can settle.
create or replace function hand_back_silent(p_limit integer)
returns table (merchant bigint, conversation bigint, waiting integer)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    locked bigint[];
begin
    locked := array(
        select k.id from conversation k join inbox i on i.id = k.inbox_id
        where k.state = 'human' and k.person_at < clock_timestamp() - make_interval(mins => i.hand_back_minutes)
          and not exists (select 1 from outbox o where o.conversation_id = k.id and o.state = 'unknown')
          and not exists (select 1 from dead_letter d where d.conversation_id = k.id and d.settled_at is null)
        order by k.inbox_id, k.contact_id limit p_limit for no key update of k skip locked);
    return query
    update conversation k set state = 'bot', operator_id = null, human_since = null, hand_over_reason = null,
        fence = k.fence + 1, attempts = 0, crashes = 0, pending = open.n,
        due_at = case when open.n > 0 then now() end
    from (select c.id, (select count(*)::integer from message m where m.conversation_id = c.id
            and m.batch_id is null and m.wakes and m.direction = 'in') as n from conversation c where c.id = any (locked)) open
    where k.id = open.id and k.state = 'human'
    returning k.merchant_id, k.id, k.pending;
end $$;
