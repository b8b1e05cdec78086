-- What a person does with dead letters, one or many in one transaction: conversations are locked
-- in the one order (trap 2), then each letter changes only if nobody settled it meanwhile. A deed
-- that is repeated finds nothing to do. Every one is in the audit.

-- retry: a refused send is queued again with the parts that were cancelled behind it; the messages
-- of a dead batch wait again. The conversation returns to the assistant unless a colleague holds
-- it: then they wait for that colleague. What was discarded may be retried too: nothing is lost.
create or replace function retry_letters(p_letter bigint[], p_actor text, p_operator bigint)
returns table (letter bigint, conversation bigint, settlement text, due boolean)
language plpgsql set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
    done bigint[];
    batched bigint[];
begin
    perform lock_of_letters(p_letter);
    with chosen as (
        select d.id, o.state as send_state, k.batch_no + 1 as next_no,
            row_number() over (partition by d.conversation_id, d.kind order by d.id) as turn
        from dead_letter d join conversation k on k.id = d.conversation_id left join outbox o on o.id = d.outbox_id
        where d.id = any (p_letter)),
    settled as (
        update dead_letter d set settled_at = now(), settled_by = p_actor,
            -- a later status may have disproved the refusal
            settlement = case when d.kind = 'send' and c.send_state <> 'rejected' then 'arrived' else 'retry' end,
            batch_nos = case when d.batch_no is null then d.batch_nos else d.batch_nos || d.batch_no end,
            -- two letters of one conversation become one batch; the older one follows it
            batch_no = case when d.kind = 'batch' and c.turn = 1 and not exists (
                select 1 from dead_letter e where e.conversation_id = d.conversation_id and e.kind = 'batch'
                    and e.batch_no = c.next_no) then c.next_no end
        from chosen c where d.id = c.id and (d.settled_at is null or d.settlement = 'discard')
        returning d.id, d.merchant_id, d.settlement),
    audited as (
        insert into audit (merchant_id, actor, action, dead_letter_id)
        select s.merchant_id, p_actor, 'dead_letter.' || s.settlement, s.id from settled s)
    select array_agg(s.id) into done from settled s;

    -- The attempts begin anew; their number goes on, so that each tag stays its own. That
    -- those before were refused is known, whatever a late status repeats.
    update outbox x set state = 'queued', next_at = now(), error_code = null, error_text = null, spared = x.attempt,
        external_id = null, retried_from = x.attempt
    from dead_letter d join outbox o on o.id = d.outbox_id
    where d.id = any (done) and d.settlement = 'retry' and (x.id = o.id
        or (x.batch_id = o.batch_id and x.part > o.part and x.state = 'cancelled'
            and x.error_text = 'an earlier part was refused'));

    update media f set next_at = now(), spared = f.attempts, reason = null,
        state = case f.state when 'failed' then 'queued' else f.state end,
        hearing = case f.hearing when 'failed' then 'queued' else f.hearing end
    from dead_letter d where d.id = any (done) and d.kind = 'media' and f.id = d.media_id
        and (f.state = 'failed' or f.hearing = 'failed');

    update message m set batch_id = null from dead_letter d
    where d.id = any (done) and d.kind = 'batch' and m.conversation_id = d.conversation_id
        and m.batch_id = d.batch_id and m.direction = 'in';
    update batch b set outcome = 'withdrawn' from dead_letter d
    where d.id = any (done) and d.kind = 'batch' and b.id = d.batch_id;

    -- Whatever is being answered there now has not read these messages: the fence moves (trap 7).
    batched := array(select d.conversation_id from dead_letter d where d.id = any (done) and d.kind = 'batch');
    update conversation k set pending = open.n, fence = k.fence + 1, lease_until = null, holder = null,
        attempts = 0, crashes = 0, state = case when open.held then k.state else 'bot' end,
        operator_id = case when open.held then k.operator_id end,
        human_since = case when open.held then k.human_since end,
        hand_over_reason = case when open.held then k.hand_over_reason end,
        due_at = case when open.n > 0 and not open.held then now() end
    from (select c.id, c.operator_id is not null and c.operator_id is distinct from p_operator as held,
            (select count(*)::integer from message m where m.conversation_id = c.id and m.batch_id is null
                and m.wakes and m.direction = 'in') as n
          from conversation c where c.id in (
              select d.conversation_id from dead_letter d where d.id = any (done) and d.kind <> 'media')) open
    where k.id = open.id and (k.id = any (batched)
        or (k.state = 'human' and k.hand_over_reason in ('send_refused', 'window_closed') and not open.held));

    return query
    select d.id, d.conversation_id, d.settlement, k.due_at is not null
    from dead_letter d join conversation k on k.id = d.conversation_id where d.id = any (done) order by d.id;
end $$;

-- discard: the letter is closed and stays, with its messages and its history. A conversation that
-- was with a person for its sake alone returns to the assistant: what nobody holds, in which
-- nothing waits and no letter is open, would else stay silent for the next customer's word.
create or replace function discard_letters(p_letter bigint[], p_actor text)
returns table (letter bigint, conversation bigint, settlement text, due boolean)
language plpgsql set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
    done bigint[];
begin
    perform lock_of_letters(p_letter);
    with settled as (
        update dead_letter d set settled_at = now(), settled_by = p_actor, settlement = 'discard'
        where d.id = any (p_letter) and d.settled_at is null returning d.id, d.merchant_id),
    audited as (
        insert into audit (merchant_id, actor, action, dead_letter_id)
        select s.merchant_id, p_actor, 'dead_letter.discard', s.id from settled s)
    select array_agg(s.id) into done from settled s;

    update conversation k set state = 'bot', human_since = null, hand_over_reason = null,
        fence = k.fence + 1, attempts = 0, crashes = 0
    from dead_letter d
    where d.id = any (done) and k.id = d.conversation_id and k.state = 'human' and k.operator_id is null
        and (case d.kind when 'send' then k.hand_over_reason in ('send_refused', 'window_closed') else k.hand_over_reason = d.reason end)
        and not exists (select 1 from dead_letter e where e.conversation_id = k.id and e.settled_at is null)
        and not exists (select 1 from message m where m.conversation_id = k.id and m.batch_id is null
            and m.wakes and m.direction = 'in');

    return query
    select d.id, d.conversation_id, d.settlement, false from dead_letter d where d.id = any (done) order by d.id;
end $$;

create or replace function lock_of_letters(p_letter bigint[]) returns void language plpgsql as $$
begin
    perform 1 from conversation k
    where k.id = any (array(select d.conversation_id from dead_letter d where d.id = any (p_letter)))
    order by k.inbox_id, k.contact_id for no key update;
end $$;
