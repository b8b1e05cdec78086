-- turn_no: the number of the turn that is open in a conversation. A batch whose answer was withdrawn
-- before it left (absorb, Q5) is part of the next one, so both are the same turn.
create or replace function turn_no(p_conversation bigint) returns integer language sql stable as $$
    select 1 + coalesce((select b.no from batch b
        where b.conversation_id = p_conversation and b.outcome <> 'withdrawn' order by b.no desc limit 1), 0)
$$;

-- hold_turn: the conversation is locked, first thing (trap 2), and only whoever still holds its
-- lease gets a row (law 3): the turn, its cart, and by key what its calls have come to. From here on
-- this transaction sees this contact's rows and no other's.
drop function if exists hold_turn(bigint, bigint);
create or replace function hold_turn(p_conversation bigint, p_fence bigint)
returns table (contact bigint, turn integer, cart jsonb, done jsonb) language plpgsql as $$
declare
    k conversation;
begin
    select * into k from conversation c where c.id = p_conversation for no key update;
    if k.fence = p_fence and k.state = 'bot' and k.lease_until is not null then
        perform set_config('hudhud.contact', k.contact_id::text, true);
        contact := k.contact_id;
        turn := turn_no(k.id);
        cart := cart_of(k.id, turn, p_fence);
        done := (select jsonb_object_agg(t.key, t.result) from tool_call t where t.conversation_id = k.id and t.turn_no = turn);
        return next;
    end if;
end $$;

-- cart_of: the cart as an attempt at a turn finds it, told from others by its fence (0: of none yet). What
-- another attempt at the same turn has done was thrown away with its answer. `quoted` counts only once an answer that showed it was written.
create or replace function cart_of(p_conversation bigint, p_turn integer, p_fence bigint) returns jsonb
language sql stable as $$
    select k.content || jsonb_build_object('quoted', case when coalesce((k.content ->> 'quoted')::integer, 0) > 0
        and (select b.outcome from batch b where b.conversation_id = p_conversation and b.outcome <> 'withdrawn'
                and b.no >= (k.content ->> 'quoted_in')::integer order by b.no limit 1) = 'answered'
        then (k.content ->> 'quoted')::integer else 0 end)
    from (select case when c.turn_no = p_turn and c.fence <> p_fence then c.before else c.content end as content
          from cart c where c.conversation_id = p_conversation) k
$$;

-- lookup_cart: Turn.cart of conversations that were just claimed.
create or replace function lookup_cart(p_conversation bigint[], p_closed bigint[])
returns table (conversation bigint, value jsonb) language sql stable as $$
    select c.conversation_id, cart_of(c.conversation_id, turn_no(c.conversation_id), 0)
    from cart c where c.conversation_id = any (p_conversation)
$$;

-- join_carts: before one conversation becomes a part of another, both at rest or taken from their
-- holders. Both carts become one, which nobody was shown yet; what the open turns have done is done
-- in the turn that both become.
create or replace function join_carts(p_kept bigint, p_gone bigint) returns void language plpgsql as $$
declare
    kept_turn constant integer := turn_no(p_kept);
    gone_turn constant integer := turn_no(p_gone);
    shift constant integer := (select k.batch_no from conversation k where k.id = p_kept);
    turn constant integer := case when gone_turn > 1 then shift + gone_turn else kept_turn end;
    kept jsonb := cart_of(p_kept, kept_turn, 0);
    gone constant jsonb := cart_of(p_gone, gone_turn, 0);
    joined jsonb;
begin
    delete from tool_call t where t.conversation_id = p_gone and t.turn_no < gone_turn;
    update tool_call t set turn_no = turn where t.conversation_id = p_kept and t.turn_no = kept_turn;
    update tool_call t set conversation_id = p_kept, turn_no = turn where t.conversation_id = p_gone
        and not exists (select from tool_call x where x.conversation_id = p_kept and x.turn_no = turn and x.key = t.key);
    delete from tool_call t where t.conversation_id = p_gone;
    update sales_order set conversation_id = p_kept where conversation_id = p_gone;
    if gone is null then return; end if;
    if kept is null or jsonb_array_length(coalesce(kept -> 'lines', '[]')) = 0 then
        joined := gone;
    elsif kept ->> 'currency' is distinct from gone ->> 'currency' then
        joined := kept;
    else
        joined := kept || jsonb_build_object('lines', (
            select jsonb_agg(l.line || jsonb_build_object('count', l.many) order by l.first) from (
                select (array_agg(u.line order by u.o))[1] as line, sum((u.line ->> 'count')::integer) as many, min(u.o) as first
                from jsonb_array_elements(coalesce(kept -> 'lines', '[]') || coalesce(gone -> 'lines', '[]')) with ordinality u(line, o)
                group by u.line ->> 'sku', u.line ->> 'size', u.line ->> 'colour') l));
    end if;
    joined := joined || jsonb_build_object('quoted', 0, 'quoted_in', 0, 'version',
        1 + coalesce(greatest((kept ->> 'version')::integer, (gone ->> 'version')::integer), 0));
    delete from cart c where c.conversation_id = p_gone;
    insert into cart as c (conversation_id, merchant_id, contact_id, turn_no, fence, content, before)
    select k.id, k.merchant_id, k.contact_id, 0, 0, joined, joined from conversation k where k.id = p_kept
    on conflict (conversation_id) do update set turn_no = 0, fence = 0, content = joined, before = joined;
end $$;
