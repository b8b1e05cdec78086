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
language plpgsql set jit = off set enable_seqscan = off set enable_nestloop = off set enable_mergejoin = off as $$
declare
    -- A variable, so that no plan reads the index of all that is under way instead of these rows.
    open constant text[] := array['sending', 'unknown'];
begin
    perform set_config('hudhud.merchants', (select string_agg(distinct x::text, ',') from unnest(p_merchant) x), true);
    perform 1 from conversation k where k.id = any (array(select o.conversation_id from outbox o where o.id = any (p_row)))
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
        where o.id = a.id and o.id = any (p_row) and o.state = any (open) and o.attempt = a.attempt
        returning o.merchant_id, o.inbox_id, o.conversation_id, o.next_at, a.outcome, a.scope)
    insert into gate as g (merchant_id, kind, id, shut_until)
    select t.merchant_id, w.kind, w.id, max(t.next_at)
    from told t cross join lateral (select x.options from inbox x where x.id = t.inbox_id offset 0) i, lateral (
        -- Whose app nobody knows: its number waits.
        select case when t.scope = 'app' and app_of(i.options) is null then 'number' else t.scope end,
            case t.scope when 'pair' then t.conversation_id when 'app' then coalesce(app_of(i.options), t.inbox_id)
                         else t.inbox_id end) w(kind, id)
    where t.outcome = 'queued' and t.scope <> 'message'
    group by 1, 2, 3 order by 1, 2, 3
    on conflict (merchant_id, kind, id) do update set shut_until = greatest(g.shut_until, excluded.shut_until);
    perform settle_by_status(
        (select array_agg(o.inbox_id order by o.id) from outbox o where o.id = any (p_row) and o.external_id is not null),
        (select array_agg(o.external_id order by o.id) from outbox o where o.id = any (p_row) and o.external_id is not null),
        null)
        -- `offset 0`: by key for each row; hashing would read every status that was ever stored.
        where exists (select 1 from outbox o, lateral (select 1 from delivery_status x
                          where x.inbox_id = o.inbox_id and x.external_id = o.external_id offset 0) d
                      where o.id = any (p_row));
    perform refuse(p_row);
    return query
    select o.merchant_id, o.conversation_id, o.id, o.state,
        exists (select 1 from outbox x where x.conversation_id = o.conversation_id and x.state = 'queued')
    from outbox o where o.id = any (p_row);
end $$;
