-- begin_sends: queued -> sending, committed just before that one socket write. At most one row of
-- a conversation is in flight; an unknown one stops the rest (trap 16). What may not leave now gets
-- the time at which it may, in the row itself, so that nobody asks for it sooner.
--
-- p_room: for each conversation, how many sends its merchant may still begin in this process.
-- p_lost: names under which this process began before and never heard what it got. What stands
-- as `sending` under one of them surely never left.
--
-- A backlog may be long: nothing here reads an index of all that is queued. Tables are read by
-- `= any (array)` or in a lateral of their own, and what came out of that is joined by hashing.
drop function if exists begin_sends(bigint[], bigint[], text);
drop function if exists begin_sends(bigint[], bigint[], integer[], text, text[],
    double precision, double precision, double precision, integer);
create or replace function begin_sends(
    p_merchant bigint[], p_conversation bigint[], p_room integer[], p_holder text, p_lost text[],
    p_number_per_s double precision, p_app_per_s double precision,
    p_pair_every_s double precision, p_pair_burst integer)
returns table (merchant bigint, conversation bigint, inbox bigint, row_id bigint, attempt integer,
    spared integer, body text, aliases text, reply_to text, author text, content text,
    last_in_at timestamptz, free_entry_at timestamptz, wait_ms double precision)
language plpgsql set jit = off set enable_seqscan = off set enable_nestloop = off set enable_mergejoin = off as $$
declare
    heads bigint[];
    clock timestamptz;
    -- The burst is part of the rate, so that no second sees more than the rate.
    app_burst integer := greatest(1, floor(p_app_per_s / 8));
    app_every_s double precision := case when p_app_per_s > 0 then 1 / (p_app_per_s - app_burst + 1) end;
begin
    perform set_config('hudhud.merchants', (select string_agg(distinct x::text, ',') from unnest(p_merchant) x), true);
    perform 1 from conversation k where k.id = any (p_conversation)
        order by k.inbox_id, k.contact_id for no key update;
    if cardinality(p_lost) > 0 then
        update outbox o set state = 'queued', holder = null, spared = o.spared + 1, error_code = null, error_text = null
        where o.conversation_id = any (p_conversation) and o.state = 'sending' and o.holder = any (p_lost);
    end if;
    select array_agg(h.id) into heads from (
        select distinct on (o.conversation_id) o.id, o.state from outbox o
        where o.conversation_id = any (p_conversation) and o.state in ('queued', 'sending', 'unknown')
        order by o.conversation_id, o.id) h where h.state = 'queued';
    if heads is null then
        return;
    end if;
    perform lock_gates(heads, p_app_per_s > 0);
    clock := clock_timestamp();

    return query
    with head as (
        select o.*, u.room, app_of(i.options) as app, s.burst, 1 / (s.per_s - s.burst + 1) as every_s,
            greatest(o.next_at, p.shut_until, p.free_at - make_interval(secs => p_pair_every_s * (p_pair_burst - 1))) as may_at
        from outbox o join unnest(p_conversation, p_room) u(c, room) on u.c = o.conversation_id
            cross join lateral (select x.options, x.sends_per_s from inbox x where x.id = o.inbox_id offset 0) i
            cross join lateral (select r.per_s, greatest(1, floor(r.per_s / 8))::integer as burst
                from (select coalesce(i.sends_per_s, p_number_per_s) as per_s) r) s
            left join lateral (select x.shut_until, x.free_at from gate x
                where x.merchant_id = o.merchant_id and x.kind = 'pair' and x.id = o.conversation_id offset 0) p on true
        where o.id = any (heads)),
    -- Who has a place in the line comes before who has none.
    due as (
        select h.*, row_number() over line as place,
            row_number() over (partition by h.merchant_id order by h.in_line desc, h.next_at, h.id) <= h.room as seated
        from head h where h.may_at <= clock and h.state = 'queued' window line as (order by h.in_line desc, h.next_at, h.id)),
    -- Each gate lets the first ones through, of those whom nothing before it stopped.
    at_number as (
        select d.*, n.free_at, n.line_until, greatest(n.shut_until, clock) as open_at,
            d.seated and d.in_line and n.shut_until <= clock and d.next_at > clock - interval '1 s' as soon,
            d.seated and n.shut_until <= clock and (d.in_line or n.line_until <= clock)
            and count(*) filter (where d.seated) over (partition by d.inbox_id order by d.place)
                <= permits(n.free_at, clock, d.every_s, d.burst) as passes
        from due d cross join lateral (select x.* from gate x
            where x.merchant_id = d.merchant_id and x.kind = 'number' and x.id = d.inbox_id offset 0) n),
    at_app as (
        select t.*, greatest(t.open_at, a.shut_until, a.free_at - make_interval(secs => app_every_s * app_burst)) as again_at,
            t.passes and (a.id is null or a.shut_until <= clock and (app_every_s is null
                or count(*) filter (where t.passes) over (partition by t.merchant_id, a.id order by t.place)
                    <= permits(a.free_at, clock, app_every_s, app_burst))) as goes
        from at_number t left join lateral (select x.* from gate x
            where x.merchant_id = t.merchant_id and x.kind = 'app' and x.id = t.app offset 0) a on true),
    begun as (
        update outbox o set state = 'sending', attempt = o.attempt + 1, sending_at = clock, holder = p_holder, in_line = false
        -- As it was read, so that a status that settled it meanwhile wins.
        from at_app t where t.goes and o.id = t.id and o.state = t.state and o.id = any (heads)
        returning o.*, t.every_s, t.app),
    -- Whose turn came a moment too soon waits that moment. The others go to the end of the line.
    told as (
        select t.id, t.state, t.inbox_id, greatest(t.free_at - make_interval(secs => t.every_s * t.burst), t.again_at,
                case when not t.soon then t.line_until end, case when not t.seated then clock + interval '250 ms' end)
            + row_number() over (partition by t.inbox_id, t.soon order by t.place)
                * make_interval(secs => greatest(t.every_s, case when t.app is not null then app_every_s end)) as turn_at
        from at_app t where not t.goes),
    waiting as (
        update outbox o set next_at = w.at, in_line = o.in_line or w.lined
        from (select t.id, t.state, t.turn_at as at, true as lined from told t
              union all select h.id, h.state, h.may_at, false from head h
              where h.may_at > clock and h.may_at > h.next_at and h.state = 'queued') w
        where o.id = w.id and o.state = w.state and o.id = any (heads)),
    counted as (
        -- These gates are there, made by lock_gates: each is found by its key.
        insert into gate as g (merchant_id, kind, id, line_until, free_at)
        select t.merchant_id, 'number', t.inbox_id, coalesce(max(w.turn_at), clock), clock + make_interval(secs => count(b.id) * min(t.every_s))
        from at_app t left join begun b on b.id = t.id left join told w on w.id = t.id group by t.merchant_id, t.inbox_id
        union all
        select b.merchant_id, 'app', b.app, clock, clock + make_interval(secs => count(*) * app_every_s)
        from begun b where b.app is not null and app_every_s is not null group by b.merchant_id, b.app
        on conflict (merchant_id, kind, id) do update set line_until = greatest(g.line_until, excluded.line_until),
            free_at = greatest(g.free_at, clock) + (excluded.free_at - clock)),
    paired as (
        insert into gate as g (merchant_id, kind, id, free_at)
        select b.merchant_id, 'pair', b.conversation_id, clock + make_interval(secs => p_pair_every_s) from begun b
        on conflict (merchant_id, kind, id) do update set free_at = greatest(g.free_at, clock) + make_interval(secs => p_pair_every_s))
    select b.merchant_id, b.conversation_id, b.inbox_id, b.id, b.attempt, b.spared, m.body,
        (select jsonb_agg(jsonb_build_object('kind', l.kind, 'value', l.value)
            order by coalesce(l.value = any (k.written_as), false), l.created_at, l.kind)::text
         from contact_alias l where l.contact_id = (select k.contact_id from conversation k where k.id = b.conversation_id)),
        m.reply_to, b.author, m.send, k.last_in_at, k.free_entry_at, 0::double precision
    from begun b cross join lateral (select x.body, x.reply_to, (x.content -> 'send')::text as send from message x where x.id = b.message_id offset 0) m
        cross join lateral (select x.last_in_at, x.free_entry_at, x.written_as from conversation x where x.id = b.conversation_id offset 0) k
    union all
    select h.merchant_id, h.conversation_id, h.inbox_id, null, h.attempt, h.spared, null, null, null, null, null, null, null,
        (extract(epoch from coalesce(w.turn_at, h.may_at) - clock) * 1000)::double precision
    from head h left join told w on w.id = h.id where w.id is not null or h.may_at > clock;
end $$;
