-- end_sends: what the provider said. A row that a status already settled stays settled. A refusal
-- ends at a person: dead letter, later parts of the answer cancelled (law 6).
--
-- p_scope: of `queued`, whom the provider wants to wait: the message alone, its pair, its number or
-- its app. p_spared: this attempt does not count.
drop function if exists end_sends(bigint[], bigint[], integer[], text[], text[], text[], text[], double precision[]);
create or replace function end_sends(
    p_merchant bigint[], p_row bigint[], p_attempt integer[], p_outcome text[], p_external text[],
    p_code text[], p_text text[], p_retry_ms double precision[], p_scope text[], p_spared boolean[])
returns table (merchant bigint, conversation bigint, row_id bigint, state text, more boolean)
language plpgsql as $$
begin
    perform set_config('hudhud.merchants', (select string_agg(distinct x::text, ',') from unnest(p_merchant) x), true);
    perform 1 from conversation k where k.id in (select o.conversation_id from outbox o where o.id = any (p_row))
        order by k.inbox_id, k.contact_id for no key update;
    with told as (
        update outbox o set state = a.outcome, holder = null,
            external_id = coalesce(a.external, o.external_id),
            error_code = a.code, error_text = a.words,
            accepted_at = case when a.outcome = 'accepted' then now() else o.accepted_at end,
            failed_at = case when a.outcome = 'rejected' then now() else o.failed_at end,
            next_at = case when a.outcome = 'queued' then now() + make_interval(secs => a.retry_ms / 1000.0) else o.next_at end,
            -- It had its turn already: it does not stand behind the whole line again.
            in_line = a.outcome = 'queued',
            spared = o.spared + (a.outcome = 'queued' and a.spare)::integer
        from unnest(p_row, p_attempt, p_outcome, p_external, p_code, p_text, p_retry_ms, p_scope, p_spared)
            a(id, attempt, outcome, external, code, words, retry_ms, scope, spare)
        where o.id = a.id and o.state in ('sending', 'unknown') and o.attempt = a.attempt
        returning o.merchant_id, o.inbox_id, o.conversation_id, o.next_at, a.outcome, a.scope)
    insert into gate as g (kind, key, merchant_id, shut_until)
    select w.kind, w.key, t.merchant_id, max(t.next_at)
    from told t join inbox i on i.id = t.inbox_id, lateral (values
        ('pair', t.conversation_id::text),
        ('app', t.merchant_id || ':' || nullif(i.options ->> 'app_id', '')),
        -- Whose app nobody knows: its number waits.
        ('number', case when t.scope = 'number' or coalesce(i.options ->> 'app_id', '') = '' then t.inbox_id::text end)) w(kind, key)
    where t.outcome = 'queued' and w.key is not null
      and (w.kind = t.scope or (w.kind = 'number' and t.scope = 'app'))
    group by 1, 2, 3 order by 1, 2
    on conflict (kind, key) do update set shut_until = greatest(g.shut_until, excluded.shut_until);
    perform settle_by_status(
        (select array_agg(o.inbox_id order by o.id) from outbox o where o.id = any (p_row) and o.external_id is not null),
        (select array_agg(o.external_id order by o.id) from outbox o where o.id = any (p_row) and o.external_id is not null),
        null)
        where exists (select 1 from outbox o join delivery_status d on d.inbox_id = o.inbox_id and d.external_id = o.external_id
                      where o.id = any (p_row));
    perform refuse(p_row);
    return query
    select o.merchant_id, o.conversation_id, o.id, o.state,
        exists (select 1 from outbox x where x.conversation_id = o.conversation_id and x.state = 'queued')
    from outbox o where o.id = any (p_row);
end $$;
