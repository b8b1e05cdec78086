-- begin_sends: queued -> sending, committed just before that one socket write. At most one row of
-- a conversation is in flight; an unknown one stops the rest (trap 16).
create or replace function begin_sends(p_merchant bigint[], p_conversation bigint[], p_holder text)
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
