-- The contact of every message: found by its first known alias, else made; every other alias
-- that it carries is learnt. Aliases are tried and made in one order (traps 2 and 4). A message whose
-- aliases belong to two contacts says that these are one: it goes to the first, and the merge is
-- wished for (decision 0016), which the sweep does when nothing of either is under way.
create or replace function contacts_of(
    w_merchant bigint[], m_w integer[], m_name text[],
    a_m integer[], a_rank integer[], a_kind text[], a_value text[])
returns bigint[] language plpgsql as $$
declare
    found bigint[];
    whose bigint[];
begin
    found := contacts_known(w_merchant, m_w, a_m, a_rank, a_kind, a_value);
    if cardinality(found) is distinct from cardinality(m_w) then
        raise not_null_violation using message = 'a message names nobody';
    elsif array_position(found, null) is null and cardinality(a_m) = cardinality(m_w) then
        return found;
    end if;
    -- Most carry several names, all of them known, all of one contact: nothing to learn.
    whose := aliases_known(w_merchant, m_w, a_m, a_kind, a_value);
    -- Somebody else may have made them between both looks: then nobody was found yet.
    if array_position(found || whose, null) is null and not exists (
            select 1 from unnest(a_m, whose) a(m, c) where a.c <> found[a.m]) then
        return found;
    end if;
    with wanted as (
        select distinct on (1, 2, 3) w_merchant[m_w[u.m]] as merchant, u.kind, u.value, m_name[u.m] as name
        from (select distinct on (a.m) a.* from unnest(a_m, a_rank, a_kind, a_value) a(m, rank, kind, value)
              order by a.m, a.rank) u
        where found[u.m] is null order by 1, 2, 3),
    made as (
        insert into contact_alias (merchant_id, kind, value, contact_id)
        select w.merchant, w.kind, w.value, nextval(pg_get_serial_sequence('contact', 'id'))
        from wanted w order by 1, 2, 3 on conflict do nothing
        returning merchant_id, kind, value, contact_id)
    insert into contact (id, merchant_id, name) overriding system value
    select d.contact_id, d.merchant_id, w.name from made d
    join wanted w on w.merchant = d.merchant_id and w.kind = d.kind and w.value = d.value;

    found := contacts_known(w_merchant, m_w, a_m, a_rank, a_kind, a_value);
    if cardinality(a_m) > cardinality(m_w) then
        -- A contact that learns a name is not merged away under it.
        perform hold_contacts(found);
        insert into contact_alias (merchant_id, kind, value, contact_id)
        select distinct on (1, 2, 3) w_merchant[m_w[a.m]], a.kind, a.value, found[a.m]
        from unnest(a_m, a_kind, a_value) a(m, kind, value)
        where found[a.m] is not null order by 1, 2, 3 on conflict do nothing;
        whose := aliases_known(w_merchant, m_w, a_m, a_kind, a_value);
        insert into merge_wish (merchant_id, kept_id, gone_id)
        select distinct w_merchant[m_w[a.m]], least(a.c, found[a.m]), greatest(a.c, found[a.m])
        from unnest(a_m, whose) a(m, c) where a.c <> found[a.m]
        order by 2, 3 on conflict do nothing;
    end if;
    return found;
end $$;

-- hold_contacts: until this transaction ends none of them is merged away. One that just was:
-- whoever asks looks again (`serialization_failure`, the door comes again).
create or replace function hold_contacts(p_contact bigint[]) returns void language plpgsql as $$
declare
    held integer;
begin
    perform 1 from contact c where c.id = any (p_contact) order by c.id for key share;
    get diagnostics held = row_count;
    if held < (select count(distinct x) from unnest(p_contact) x) then
        raise serialization_failure using message = 'a contact was merged meanwhile';
    end if;
end $$;

-- The contact of each alias, null where it is not known.
create or replace function aliases_known(
    w_merchant bigint[], m_w integer[], a_m integer[], a_kind text[], a_value text[])
returns bigint[] language plpgsql stable set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
    return array(
        select (select l.contact_id from contact_alias l
                where l.merchant_id = w_merchant[m_w[a.m]] and l.kind = a.kind and l.value = a.value)
        from unnest(a_m, a_kind, a_value) with ordinality a(m, kind, value, o) order by a.o);
end $$;

-- The contact of each message by its first known alias, null where none is known.
create or replace function contacts_known(
    w_merchant bigint[], m_w integer[],
    a_m integer[], a_rank integer[], a_kind text[], a_value text[])
returns bigint[] language plpgsql stable set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
    -- One look by key for each alias, whatever the statistics of a young table say. In plpgsql,
    -- which keeps its plan; before PostgreSQL 18 a function in SQL made one in every transaction.
    return (
        select array_agg(f.contact_id order by f.m) from (
            select a.m, (array_agg(l.contact_id order by a.rank) filter (where l.contact_id is not null))[1] as contact_id
            from unnest(a_m, a_rank, a_kind, a_value) a(m, rank, kind, value)
            left join contact_alias l on l.merchant_id = w_merchant[m_w[a.m]] and l.kind = a.kind and l.value = a.value
            group by a.m) f);
end $$;

-- The conversation of every message, made where there is none yet. One look by key for each: a
-- list of pairs would be joined, and a plan for a young table joins all of it.
create or replace function conversations_of(w_merchant bigint[], m_w integer[], m_inbox bigint[], contacts bigint[])
returns bigint[] language plpgsql as $$
declare
    found bigint[];
begin
    for attempt in 1..2 loop
        found := array(
            select (select k.id from conversation k where k.inbox_id = u.i and k.contact_id = u.c)
            from unnest(m_inbox, contacts) with ordinality u(i, c, o) order by u.o);
        exit when attempt = 2 or array_position(found, null) is null;
        insert into conversation (merchant_id, inbox_id, contact_id)
        select distinct w_merchant[u.w], u.i, u.c from unnest(m_w, m_inbox, contacts, found) u(w, i, c, k)
        where u.k is null order by 2, 3 on conflict do nothing;
    end loop;
    return found;
end $$;

-- The same in one look where all of it is known, as nearly always: every name of a message leads to
-- one conversation. Null where anything is new, or two names lead to two. Its caller's plans are by key.
create or replace function conversations_known(
    w_merchant bigint[], m_w integer[], m_inbox bigint[], a_m integer[], a_kind text[], a_value text[])
returns bigint[] language plpgsql stable as $$
declare
    found bigint[];
begin
    found := array(
        select min(n.k) from (
            select a.m, (select k.id from conversation k where k.inbox_id = m_inbox[a.m] and k.contact_id = (
                    select l.contact_id from contact_alias l
                    where l.merchant_id = w_merchant[m_w[a.m]] and l.kind = a.kind and l.value = a.value)) as k
            from unnest(a_m, a_kind, a_value) a(m, kind, value) offset 0) n
        group by n.m having count(*) = count(n.k) and min(n.k) = max(n.k) order by n.m);
    return case when cardinality(found) = cardinality(m_w) then found end;
end $$;

-- merge_contacts: two contacts are one from now on, under the id of the first (decision 0016). In an
-- inbox where both have a conversation these become one; in the others they hang on the one who stays.
-- `p_sure`: the names may contradict each other. `p_take`: an answer under way is thrown away and
-- made again with all that waits. Outcomes: merged; busy: come again; asks: a person decides;
-- gone: one of them is not there any more.
create or replace function merge_contacts(
    p_kept bigint, p_gone bigint, p_sure boolean, p_take boolean, p_actor text,
    out outcome text, out conversations bigint[])
language plpgsql as $$
declare
    two constant bigint[] := array[p_kept, p_gone];
    locked bigint[];
    held integer;
    kept contact;
    pair record;
begin
    -- It waits for nobody while it holds a lock, so whoever waits for it never waits in a circle (trap 2).
    locked := array(select k.id from conversation k where k.contact_id = any (two)
        order by k.inbox_id, k.contact_id for update skip locked);
    perform 1 from contact c where c.id = any (two) order by c.id for update skip locked;
    get diagnostics held = row_count;
    -- With the contacts held nobody begins a conversation with them, and nobody learns a name of theirs.
    outcome := case
        when (select count(*) from contact c where c.id = any (two)) < 2 then 'gone'
        when held < 2 or cardinality(locked) < (select count(*) from conversation k where k.contact_id = any (two)) then 'busy'
        -- Two values of one kind of name: two people, or one who changed it and nobody told us.
        when not p_sure and exists (select 1 from contact_alias x join contact_alias y on y.kind = x.kind
            where x.contact_id = p_kept and y.contact_id = p_gone) then 'asks'
        when merge_waits(two, p_take) then 'busy'
        else 'merged' end;
    if outcome = 'asks' then
        update merge_wish w set asks = true where w.kept_id = p_kept and w.gone_id = p_gone;
    elsif outcome = 'gone' then
        delete from merge_wish w where w.kept_id = p_kept and w.gone_id = p_gone;
    end if;
    if outcome <> 'merged' then
        return;
    end if;

    if exists (select 1 from contact_alias x join contact_alias y on y.kind = x.kind
            where x.contact_id = p_kept and y.contact_id = p_gone) then
        -- Their names vary from now on: each conversation knows under which it was written last.
        update conversation k set written_as = array(select l.value from contact_alias l where l.contact_id = k.contact_id)
        where k.contact_id = any (two) and k.written_as is null;
    end if;
    for pair in select k.id as kept, g.id as gone from conversation k join conversation g on g.inbox_id = k.inbox_id
        where k.contact_id = p_kept and g.contact_id = p_gone order by k.inbox_id
    loop
        perform join_conversations(pair.kept, pair.gone);
    end loop;
    update conversation k set contact_id = p_kept where k.contact_id = p_gone;
    update cart c set contact_id = p_kept where c.contact_id = p_gone;
    update sales_order o set contact_id = p_kept where o.contact_id = p_gone;
    update tool_call t set contact_id = p_kept where t.contact_id = p_gone;
    update contact c set name = case when c.name = '' then g.name else c.name end,
        created_at = least(c.created_at, g.created_at)
    from contact g where c.id = p_kept and g.id = p_gone returning c.* into kept;
    perform join_names(p_kept, p_gone);
    insert into audit (merchant_id, actor, action, detail)
    select kept.merchant_id, coalesce(p_actor, 'sweep'), 'contact.merged',
        jsonb_build_object('kept', p_kept, 'gone', p_gone, 'name', g.name) from contact g where g.id = p_gone;
    delete from contact c where c.id = p_gone;
    conversations := array(select k.id from conversation k where k.contact_id = p_kept);
end $$;

-- merge_waits: something is under way in a conversation that is to become one with another. A send
-- always ends by itself (its sender says so, or the sweep); a lease need not be waited for.
create or replace function merge_waits(p_two bigint[], p_take boolean) returns boolean
language sql stable as $$
    select exists (
        select 1 from conversation k
        where k.contact_id = any (p_two)
          and (select count(*) from conversation x where x.inbox_id = k.inbox_id and x.contact_id = any (p_two)) > 1
          and (not p_take and k.lease_until is not null
               or exists (select 1 from outbox o where o.conversation_id = k.id and o.state = 'sending')))
$$;

-- join_names: names, their history, what was collected, and other wishes.
create or replace function join_names(p_kept bigint, p_gone bigint) returns void language plpgsql as $$
begin
    update contact_alias l set contact_id = p_kept where l.contact_id = p_gone;
    update contact_alias_past l set contact_id = p_kept where l.contact_id = p_gone;
    -- What the provider said to be past stayed only so that nobody was without any name.
    delete from contact_alias l using contact_alias_past p
    where l.contact_id = p_kept and p.contact_id = p_kept and p.kind = l.kind and p.value = l.value
      and l.created_at <= p.until_at and exists (select 1 from contact_alias x
        where x.contact_id = p_kept and x.kind = l.kind and x.value <> l.value);
    insert into collected_field as f (merchant_id, contact_id, name, value, collected_at)
    select g.merchant_id, p_kept, g.name, g.value, g.collected_at from collected_field g where g.contact_id = p_gone
    on conflict (contact_id, name) do update set value = excluded.value, collected_at = excluded.collected_at
        where f.collected_at < excluded.collected_at;
    delete from collected_field f where f.contact_id = p_gone;
    update booking b set contact_id = p_kept where b.contact_id = p_gone;
    with moved as (delete from merge_wish w where w.kept_id = p_gone or w.gone_id = p_gone returning w.*),
    now_of as (
        select m.*, case m.kept_id when p_gone then p_kept else m.kept_id end as a,
            case m.gone_id when p_gone then p_kept else m.gone_id end as b from moved m)
    insert into merge_wish (merchant_id, kept_id, gone_id, sure, asks, actor, wished_at, refused_at)
    select n.merchant_id, least(n.a, n.b), greatest(n.a, n.b), n.sure, n.asks, n.actor, n.wished_at, n.refused_at
    from now_of n where n.a <> n.b on conflict do nothing;
end $$;

-- join_conversations: one thread of two, both locked and at rest or taken from their holders. Ids of
-- messages are in the order of acceptance for all conversations, so their rows need only change hands.
-- Batches keep their order and get numbers behind those that are there; both open batches become one.
create or replace function join_conversations(p_kept bigint, p_gone bigint) returns void language plpgsql as $$
declare
    k conversation;
    g conversation;
    next_no integer;
    waiting integer;
begin
    select * into k from conversation c where c.id = p_kept;
    select * into g from conversation c where c.id = p_gone;
    next_no := k.batch_no + g.batch_no + 1;
    perform join_carts(p_kept, p_gone);
    update message set conversation_id = p_kept where conversation_id = p_gone;
    -- Letters and attempts of the open batch know it by the number that it will have (Q6).
    update dead_letter set batch_no = next_no where conversation_id = p_kept and batch_no > k.batch_no;
    update failed_attempt set batch_no = next_no where conversation_id = p_kept and batch_no > k.batch_no;
    update failed_attempt set conversation_id = p_kept, batch_no = batch_no + k.batch_no where conversation_id = p_gone;
    update batch set conversation_id = p_kept, no = no + k.batch_no where conversation_id = p_gone;
    update dead_letter d set conversation_id = p_kept,
        batch_nos = array(select n + k.batch_no from unnest(d.batch_nos) with ordinality u(n, o) order by u.o),
        -- Two letters of one open batch: the second follows the first.
        batch_no = case when d.batch_no > g.batch_no and exists (select 1 from dead_letter e
                where e.conversation_id = p_kept and e.kind = 'batch' and e.batch_no = next_no)
            then null else d.batch_no + k.batch_no end
    where d.conversation_id = p_gone;
    update outbox set conversation_id = p_kept where conversation_id = p_gone;
    update media set conversation_id = p_kept where conversation_id = p_gone;
    update parked_change set conversation_id = p_kept where conversation_id = p_gone;
    update booking set conversation_id = p_kept where conversation_id = p_gone;
    update hand_over set conversation_id = p_kept where conversation_id = p_gone;
    insert into conversation_spend as s select p_kept, x.merchant_id, x.calls, x.tokens_in, x.tokens_out, x.micro
    from conversation_spend x where x.conversation_id = p_gone
    on conflict (conversation_id) do update set calls = s.calls + excluded.calls, tokens_in = s.tokens_in + excluded.tokens_in,
        tokens_out = s.tokens_out + excluded.tokens_out, micro = s.micro + excluded.micro;
    delete from conversation_spend where conversation_id = p_gone;
    -- Each sums up one half: the next long answer wants a new one, of both.
    delete from conversation_summary where conversation_id in (p_kept, p_gone);
    insert into gate as t (merchant_id, kind, id, free_at, line_until, shut_until)
    select f.merchant_id, f.kind, p_kept, f.free_at, f.line_until, f.shut_until
    from gate f where f.merchant_id = g.merchant_id and f.kind = 'pair' and f.id = p_gone
    on conflict (merchant_id, kind, id) do update set free_at = greatest(t.free_at, excluded.free_at),
        line_until = greatest(t.line_until, excluded.line_until), shut_until = greatest(t.shut_until, excluded.shut_until);
    delete from gate where merchant_id = g.merchant_id and kind = 'pair' and id = p_gone;
    update conversation_past set conversation_id = p_kept where conversation_id = p_gone;
    insert into conversation_past (id, merchant_id, conversation_id) values (p_gone, g.merchant_id, p_kept);
    delete from conversation where id = p_gone;

    select count(*) into waiting from message m
    where m.conversation_id = p_kept and m.batch_id is null and m.wakes and m.direction = 'in';
    update conversation c set
        -- Whom a person serves is with that person.
        state = case when 'human' in (k.state, g.state) then 'human' else 'bot' end,
        operator_id = coalesce(k.operator_id, g.operator_id),
        hand_over_reason = coalesce(k.hand_over_reason, g.hand_over_reason),
        human_since = least(k.human_since, g.human_since),
        desk_id = coalesce(k.desk_id, g.desk_id), person_at = greatest(k.person_at, g.person_at),
        pending = waiting, last_id = greatest(k.last_id, g.last_id), closed_id = greatest(k.closed_id, g.closed_id),
        due_at = case when 'human' in (k.state, g.state) or waiting = 0 then null
            when k.lease_until is not null or g.lease_until is not null then now()
            else coalesce(least(k.due_at, g.due_at), now()) end,
        -- Above both: whoever holds either of them writes nothing any more (law 3).
        fence = greatest(k.fence, g.fence) + 1, lease_until = null, holder = null,
        batch_no = k.batch_no + g.batch_no, claimed_at = greatest(k.claimed_at, g.claimed_at),
        -- An answer that was thrown away here was no attempt.
        attempts = greatest(k.attempts - (k.lease_until is not null)::integer, g.attempts - (g.lease_until is not null)::integer),
        crashes = greatest(k.crashes, g.crashes), absorbed = k.absorbed or g.absorbed, parked = k.parked or g.parked,
        written_as = case when g.last_in_at > k.last_in_at or k.written_as is null then coalesce(g.written_as, k.written_as)
            else k.written_as end,
        last_in_at = greatest(k.last_in_at, g.last_in_at), free_entry_at = greatest(k.free_entry_at, g.free_entry_at),
        last_at = greatest(k.last_at, g.last_at), created_at = least(k.created_at, g.created_at)
    where c.id = p_kept;
    if 'human' in (k.state, g.state) then
        perform withdraw(p_kept);
    end if;
    if k.parked or g.parked then
        -- What a change was about may be in the other half.
        perform change_messages(array[p_kept], '{}', '{}', '{}');
    end if;
end $$;

-- wished_merges: which to try now, the oldest wish first. Ids only. An answer is waited for so long.
create or replace function wished_merges(p_patience_s double precision, p_limit integer)
returns table (merchant bigint, kept bigint, gone bigint, sure boolean, take boolean, actor text)
language sql stable security definer set search_path = public, pg_temp as $$
    select w.merchant_id, w.kept_id, w.gone_id, w.sure,
        w.sure or w.wished_at < clock_timestamp() - make_interval(secs => p_patience_s), w.actor
    from merge_wish w where not w.asks and w.refused_at is null order by w.wished_at limit p_limit
$$;
