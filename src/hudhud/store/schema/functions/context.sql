-- What every answer needs besides its batch, for a group of conversations in one round trip. What
-- was withdrawn before it left was never said: the assistant must not believe that it was.
drop function if exists context(bigint[], bigint[], bigint[], integer);
create or replace function context(p_merchant bigint[], p_conversation bigint[], p_closed bigint[], p_history_max integer)
returns table (conversation bigint, merchant_name text, contact_name text, assistant jsonb, collected jsonb, history jsonb, catalogue bigint)
language plpgsql as $$
begin
    perform set_config('hudhud.merchants', (select string_agg(distinct x::text, ',') from unnest(p_merchant) x), true);
    return query
    select k.id, r.name, c.name,
        (select to_jsonb(a) from inbox i join assistant a on a.id = i.assistant_id where i.id = k.inbox_id),
        (select coalesce(jsonb_object_agg(f.name, f.value), '{}') from collected_field f where f.contact_id = k.contact_id),
        (select coalesce(jsonb_agg(jsonb_build_array(h.id, h.author, h.kind, h.body, h.provider_at) order by h.id), '[]')
         from (select m.id, m.author, m.kind, m.body, m.provider_at from message m
               where m.conversation_id = k.id and m.id <= u.closed and (m.batch_id is not null or m.direction = 'out')
                 and not (m.direction = 'out' and exists (select 1 from outbox o where o.message_id = m.id and o.state = 'cancelled'))
               order by m.id desc limit p_history_max) h),
        -- So that a catalogue that was read before needs no look of its own.
        coalesce((select v.version from catalogue_version v where v.merchant_id = k.merchant_id), 0)
    from unnest(p_conversation, p_closed) u(id, closed)
    join conversation k on k.id = u.id join contact c on c.id = k.contact_id join merchant r on r.id = k.merchant_id;
end $$;
