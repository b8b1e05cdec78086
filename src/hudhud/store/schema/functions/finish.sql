-- finish: what was done under a lease is written only if the fence still holds (law 3, trap 7).
-- Outcomes: answered, handed_over, noted, dead (each records the batch once), nothing (an empty
-- claim closes silently), retry (again after p_retry_ms; the messages stay unanswered), released
-- (a drain gives the batch back as it was; that was no attempt).
-- Absorb (Q5): where the inbox wants it, an answer that newer messages overtook is not written; the
-- batch is due again at once and will be closed with all of them, once. That was no attempt either.
-- It never writes `pending`, and `due_at` only for a retry: newer messages keep theirs (trap 1).
--
-- Every table is read by `= any (array)` or in a lateral of its own, so that only what came out of
-- that is joined, by hashing: nested loops over a group of 64 cost twice the rest of the write.
-- No jit: before PostgreSQL 18 a plan that needs what is off looks so dear that it is compiled.
-- A hand-over may name a desk and tell the person something (`p_hand_over`, JSON; see hands.sql).
drop function if exists finish(bigint[], bigint[], bigint[], text[], text[], text[], text[], text[], text[], double precision[]);
create or replace function finish(
    p_merchant bigint[], p_conversation bigint[], p_fence bigint[], p_outcome text[], p_parts text[],
    p_reason text[], p_source text[], p_trace text[], p_collected text[], p_retry_ms double precision[],
    p_hand_over text[] default null)
returns table (merchant bigint, conversation bigint, batch bigint, sends integer, due_ms double precision)
language plpgsql set jit = off set enable_seqscan = off set enable_nestloop = off set enable_mergejoin = off as $$
begin
    perform set_config('hudhud.merchants', (select string_agg(distinct x::text, ',') from unnest(p_merchant) x), true);
    perform 1 from conversation k where k.id = any (p_conversation)
        order by k.inbox_id, k.contact_id for no key update;
    if p_outcome && array['retry', 'dead'] then
        perform note_failed_batches(p_conversation, p_fence, p_outcome, p_reason);
    end if;
    return query
    with asked as (
        select u.* from unnest(p_conversation, p_fence, p_outcome, p_parts, p_reason, p_source, p_trace, p_collected, p_retry_ms, p_hand_over)
            u(cid, f, ending, parts, reason, source, trace, collected, retry_ms, told)),
    judged as (
        -- The row is locked and this snapshot is younger than the lock: `pending` is what came since.
        select a.*, k.absorbed as again, k.fence = a.f and k.state = 'bot' and k.lease_until is not null as ours,
            case when a.ending = 'answered' and k.pending > 0 and not k.absorbed
                and (select i.absorb from inbox i where i.id = k.inbox_id) then 'absorbed'
            else a.ending end as outcome
        from asked a join conversation k on k.id = a.cid where k.id = any (p_conversation)),
    held as (
        update conversation k set lease_until = null, holder = null, crashes = 0, last_at = now(),
            absorbed = a.outcome = 'absorbed' or (k.absorbed and a.outcome in ('retry', 'released')),
            batch_no = k.batch_no + (a.outcome in ('answered', 'handed_over', 'noted', 'dead'))::integer,
            attempts = case a.outcome when 'retry' then k.attempts when 'released' then k.attempts - 1
                when 'absorbed' then k.attempts - 1 else 0 end,
            state = case when a.outcome in ('handed_over', 'dead') then 'human' else k.state end,
            human_since = case when a.outcome in ('handed_over', 'dead') then now() else k.human_since end,
            hand_over_reason = case when a.outcome in ('handed_over', 'dead') then a.reason else k.hand_over_reason end,
            desk_id = case when a.told is null then k.desk_id else desk_of(k.merchant_id, a.told::jsonb ->> 'desk') end,
            due_at = case
                when a.outcome = 'retry' then now() + make_interval(secs => a.retry_ms / 1000.0)
                when a.outcome in ('released', 'absorbed') then now()
                when a.outcome in ('handed_over', 'dead') then null
                else k.due_at end
        from judged a
        where k.id = a.cid and a.ours and k.id = any (p_conversation)
        returning k.id, k.merchant_id, k.inbox_id, k.contact_id, k.batch_no, k.closed_id, k.due_at,
            k.claimed_at, a.again, a.outcome, a.parts, a.reason, a.source, a.trace, a.collected),
    closed as (
        insert into batch (merchant_id, conversation_id, no, outcome, reason, source, claimed_at, attempts, trace, absorbed)
        select h.merchant_id, h.id, h.batch_no, h.outcome, h.reason, h.source, h.claimed_at, 1, h.trace::jsonb, h.again
        from held h where h.outcome in ('answered', 'handed_over', 'noted', 'dead')
        returning batch.id, batch.conversation_id),
    ended as materialized (select h.*, c.id as batch_id from held h join closed c on c.conversation_id = h.id),
    answered as (
        update message m set batch_id = e.batch_id from ended e
        where m.conversation_id = e.id and m.id = any (array(
            select w.id from ended x, lateral (
                select y.id from message y where y.conversation_id = x.id and y.id <= x.closed_id
                    and y.batch_id is null and y.direction = 'in' and y.wakes offset 0) w))),
    said as (
        insert into message (merchant_id, conversation_id, inbox_id, direction, author, kind, body, provider_at, wakes, batch_id, content)
        -- A part is its words, or an object with its kind, its words for pages and the content to send.
        select e.merchant_id, e.id, e.inbox_id, 'out', 'assistant', coalesce(p.part ->> 'kind', 'text'),
            coalesce(p.part ->> 'body', p.part #>> '{}'), now(), false, e.batch_id,
            jsonb_strip_nulls(jsonb_build_object('part', p.o - 1, 'send', p.part -> 'send'))
        from ended e, jsonb_array_elements(e.parts::jsonb) with ordinality p(part, o)
        order by e.id, p.o
        returning message.id, message.merchant_id, message.inbox_id, message.conversation_id, message.batch_id, (message.content ->> 'part')::integer as part),
    queued as (
        insert into outbox (merchant_id, inbox_id, conversation_id, message_id, batch_id, part, author)
        select s.merchant_id, s.inbox_id, s.conversation_id, s.id, s.batch_id, s.part, 'assistant' from said s
        order by s.id returning outbox.conversation_id),
    lettered as (
        -- A retried one that fails again is the same letter: it has named this number (Q6).
        insert into dead_letter (merchant_id, conversation_id, batch_id, batch_no, kind, reason)
        select e.merchant_id, e.id, e.batch_id, e.batch_no, 'batch', coalesce(e.reason, '') from ended e
        where e.outcome = 'dead'
        on conflict (conversation_id, batch_no) where kind = 'batch' do update set
            batch_id = excluded.batch_id, reason = excluded.reason, settled_at = null, settled_by = null, settlement = null),
    learnt as (
        insert into collected_field (merchant_id, contact_id, name, value)
        select h.merchant_id, h.contact_id, f.key, f.value from held h, jsonb_each_text(h.collected::jsonb) f
        where h.outcome <> 'absorbed'
        on conflict (contact_id, name) do update set value = excluded.value, collected_at = now())
    select h.merchant_id, h.id, e.batch_id, case when e.id is null then 0 else jsonb_array_length(e.parts::jsonb) end,
        case when h.due_at is null then null
             else greatest(0, extract(epoch from h.due_at - clock_timestamp()) * 1000)::double precision end
    from held h left join ended e on e.id = h.id;
    if p_hand_over is not null then
        perform tell_person(p_conversation, p_hand_over);
    end if;
end $$;
