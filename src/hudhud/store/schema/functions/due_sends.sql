create or replace function due_sends(p_limit integer)
returns table (merchant bigint, conversation bigint, due_ms double precision)
language sql stable security definer set search_path = public, pg_temp as $$
    select o.merchant_id, o.conversation_id,
        greatest(0, extract(epoch from min(o.next_at) - clock_timestamp()) * 1000)::double precision
    from outbox o where o.state = 'queued'
        and not exists (select 1 from outbox x where x.conversation_id = o.conversation_id
                        and x.id < o.id and x.state in ('sending', 'unknown'))
    group by 1, 2 order by 3 limit p_limit
$$;
