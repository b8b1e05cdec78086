-- What `hudhud bench fill` writes, one chunk in each call: whole bursts with everything that the
-- product would have left of them. Ids are counted on from the largest, so that rows of several
-- tables name each other without being read back.

create schema if not exists filling;
create table if not exists filling.progress (
    single boolean primary key default true check (single),
    messages bigint not null,
    conversations bigint not null,
    began_at timestamptz not null default now(),
    chunks integer not null default 0
);

-- Four merchants of very different size; the largest has four numbers.
create or replace function pg_temp.fill_nouns() returns void language sql as $$
    insert into merchant (key, name, language, currency)
    select 'fill-' || n, 'متجر ' || n, 'ar', 'IQD' from generate_series(1, 4) n;
    insert into assistant (merchant_id, name, responder, instructions)
    select id, 'مساعد', 'catalogue', repeat('أجب بلطف وباختصار. ', 20) from merchant;
    insert into inbox (merchant_id, key, channel, name, account, secrets, assistant_id)
    select m.id, md5(m.key || n), 'whatsapp', 'رقم ' || n, (700000000000 + m.id * 10 + n)::text, '', a.id
    from merchant m join assistant a on a.merchant_id = m.id,
        generate_series(1, case m.key when 'fill-1' then 4 when 'fill-2' then 2 else 1 end) n;
$$;

-- Whose a conversation is: 70, 20, 9 and 1 of a hundred.
create or replace function pg_temp.owner_of(p_conversation bigint) returns integer language sql immutable as $$
    select case when p < 70 then 1 when p < 90 then 2 when p < 99 then 3 else 4 end
    from (select (p_conversation * 48271 % 2147483647) % 100 as p) x
$$;

create or replace function pg_temp.wamid(p_way text, p_number bigint) returns text language sql immutable as $$
    select 'wamid.HBgM' || p_way || encode(decode(md5(p_way || p_number), 'hex'), 'base64') || upper(md5(p_number::text))
$$;

-- fill_bursts: the bursts of the places [p_first, p_last) of a round. `p_next` is how many
-- places the next round has: whoever is beyond says its last word here.
create or replace function pg_temp.fill_bursts(
    p_round integer, p_first bigint, p_last bigint, p_before bigint,
    p_all bigint, p_conversations bigint, p_stride bigint, p_next bigint, p_began_at timestamptz)
returns void language plpgsql as $$
declare
    inboxes constant bigint[] := array(select id from inbox order by merchant_id, id);
    owners constant bigint[] := array(select merchant_id from inbox order by merchant_id, id);
    first_of constant integer[] := array[0, 4, 6, 7];
    numbers constant integer[] := array[4, 2, 1, 1];
    words constant text[] := array['السلام عليكم', 'بكم القميص الأزرق؟', 'عندكم مقاس كبير؟', 'أريد اثنين من هذا القميص، واحد لي وواحد لأخي',
        'متى يصل الطلب إلى البصرة؟ طلبته يوم الأحد ولم يصلني شيء بعد', 'شكرًا', 'تمام', 'هل التوصيل مجاني؟'];
    answer constant text := 'أهلًا بك! القميص متوفر باللونين الأزرق والأبيض، من مقاس S إلى XXL، وسعره ٢٨ ألف دينار. التوصيل إلى بيتك خلال ثلاثة أيام.';
    last_message constant bigint := (select coalesce(max(id), 0) from message);
    last_batch constant bigint := (select coalesce(max(id), 0) from batch);
    last_row constant bigint := (select coalesce(max(id), 0) from outbox);
    last_journal constant bigint := (select coalesce(max(id), 0) from journal);
begin
    create temp table burst on commit drop as
    select b.*, w.inbox_id, w.merchant_id, last_batch + b.place - p_first + 1 as batch_id,
        p_began_at - interval '90 days' * (1 - (p_before + b.place - p_first)::double precision / p_all) as at,
        sum(b.came + b.parts) over before - b.came - b.parts as messages_before,
        sum(b.came + 2 * b.parts) over before - b.came - 2 * b.parts as journals_before,
        sum(b.parts) over before - b.parts as parts_before
    from (
        select place, 1 + place * p_stride % p_conversations as conversation_id,
            (1 + (place * 7 + p_round * 3) % 5)::integer as came, 1 + ((place + p_round) % 5 = 0)::integer as parts
        from generate_series(p_first, p_last - 1) place) b
    cross join lateral (select pg_temp.owner_of(b.conversation_id) as owner) o
    cross join lateral (select 1 + first_of[o.owner] + b.conversation_id % numbers[o.owner] as i) i
    cross join lateral (select inboxes[i.i] as inbox_id, owners[i.i] as merchant_id) w
    window before as (order by b.place rows unbounded preceding);
    analyze burst;

    if p_round = 0 then
        insert into contact (id, merchant_id, name, created_at) overriding system value
        select conversation_id, merchant_id, 'زبون ' || conversation_id, at from burst;
        insert into contact_alias (merchant_id, kind, value, contact_id, created_at)
        select merchant_id, 'phone', (9647700000000 + conversation_id)::text, conversation_id, at from burst;
        insert into conversation (id, merchant_id, inbox_id, contact_id, created_at, last_at) overriding system value
        select conversation_id, merchant_id, inbox_id, conversation_id, at, at from burst;
        insert into collected_field (merchant_id, contact_id, name, value, collected_at)
        select merchant_id, conversation_id, 'city', 'البصرة', at from burst where place % 4 = 0;
    end if;
    update conversation k set batch_no = p_round + 1, fence = p_round + 1,
        last_id = last_message + b.messages_before + b.came, closed_id = last_message + b.messages_before + b.came,
        claimed_at = b.at + interval '8 s', last_in_at = b.at, last_at = b.at + interval '9 s'
    from burst b where k.id = b.conversation_id and b.place >= p_next;

    insert into batch (id, merchant_id, conversation_id, no, outcome, source, claimed_at, finished_at, trace) overriding system value
    select batch_id, merchant_id, conversation_id, p_round + 1, 'answered', 'catalogue', at + interval '8 s', at + interval '9 s',
        '{"searched": ["قميص"], "found": 3, "took_ms": 12}' from burst;

    insert into message (id, merchant_id, conversation_id, inbox_id, journal_id, external_id, direction, author, kind, body, content,
        provider_at, accepted_at, wakes, batch_id) overriding system value
    select m.id, b.merchant_id, b.conversation_id, b.inbox_id, case when s <= b.came then last_journal + b.journals_before + s end,
        case when s <= b.came then pg_temp.wamid('I', m.id) end,
        case when s <= b.came then 'in' else 'out' end, case when s <= b.came then 'contact' else 'assistant' end, 'text',
        case when s <= b.came then words[1 + m.id % 8] else answer end,
        case when s > b.came then jsonb_build_object('part', s - b.came - 1) end,
        b.at + s * interval '1 s', b.at + s * interval '1 s', s <= b.came, b.batch_id
    from burst b, generate_series(1, b.came + b.parts) s, lateral (select last_message + b.messages_before + s as id) m
    order by m.id;

    insert into message_key (inbox_id, external_id, merchant_id, seen_at)
    select b.inbox_id, pg_temp.wamid('I', m.id), b.merchant_id, b.at + s * interval '1 s'
    from burst b, generate_series(1, b.came) s, lateral (select last_message + b.messages_before + s as id) m;

    insert into outbox (id, merchant_id, inbox_id, conversation_id, message_id, batch_id, part, author, state, attempt, next_at,
        sending_at, external_id, created_at, accepted_at, sent_at, delivered_at) overriding system value
    select last_row + b.parts_before + p, b.merchant_id, b.inbox_id, b.conversation_id, last_message + b.messages_before + b.came + p,
        b.batch_id, p - 1, 'assistant', 'accepted', 1, b.at + interval '9 s', b.at + interval '9 s',
        pg_temp.wamid('O', last_row + b.parts_before + p), b.at + interval '9 s', b.at + interval '9 s', b.at + interval '10 s', b.at + interval '11 s'
    from burst b, generate_series(1, b.parts) p;

    insert into delivery_status (merchant_id, inbox_id, external_id, status, provider_at, tag, journal_id, accepted_at)
    select b.merchant_id, b.inbox_id, pg_temp.wamid('O', last_row + b.parts_before + p), t.status, b.at + t.o * interval '10 s',
        b.merchant_id || '.' || last_row + b.parts_before + p || '.1', last_journal + b.journals_before + b.came + 2 * (p - 1) + t.o, b.at + t.o * interval '10 s'
    from burst b, generate_series(1, b.parts) p, (values (1, 'sent'), (2, 'delivered')) t(o, status);

    insert into journal (id, merchant_id, inbox_id, accepted_at, body) overriding system value
    select last_journal + b.journals_before + s, b.merchant_id, b.inbox_id, b.at + s * interval '1 s', convert_to(format(
        '{"object":"whatsapp_business_account","entry":[{"id":"%s","changes":[{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"%s","phone_number_id":"%s"},"%s":[{"id":"%s","from":"%s","timestamp":"%s","type":"text","text":{"body":"%s"}}]}}]}]}',
        b.merchant_id, b.inbox_id, 700000000000 + b.inbox_id, case when s <= b.came then 'messages' else 'statuses' end,
        pg_temp.wamid('I', last_message + b.messages_before + s), 9647700000000 + b.conversation_id,
        extract(epoch from b.at)::bigint, words[1 + s % 8]), 'UTF8')
    from burst b, generate_series(1, b.came + 2 * b.parts) s order by b.place, s;

    perform setval(pg_get_serial_sequence(t, 'id'), m) from (values
        ('contact', p_conversations), ('conversation', p_conversations), ('message', (select max(id) from message)),
        ('batch', (select max(id) from batch)), ('outbox', (select max(id) from outbox)), ('journal', (select max(id) from journal))) s(t, m);
    update filling.progress set chunks = chunks + 1;
end $$;

-- fill_waiting: one unanswered message, due now, in each of the first conversations.
create or replace function pg_temp.fill_waiting(p_count bigint) returns void language sql as $$
    with came as (
        insert into message (merchant_id, conversation_id, inbox_id, external_id, direction, author, kind, body, provider_at, wakes)
        select merchant_id, id, inbox_id, pg_temp.wamid('W', id), 'in', 'contact', 'text', 'هل من جديد؟', now(), true
        from conversation where id <= p_count returning id, conversation_id)
    update conversation k set pending = 1, last_id = c.id, last_at = now(), due_at = now()
    from came c where k.id = c.conversation_id;
    insert into message_key (inbox_id, external_id, merchant_id)
    select inbox_id, pg_temp.wamid('W', id), merchant_id from conversation where id <= p_count;
$$;

-- fill_counters: what the sweep would have counted by now (Q7).
create or replace function pg_temp.fill_counters() returns void language sql as $$
    insert into message_count (inbox_id, merchant_id, total, last_at)
    select inbox_id, merchant_id, count(*) filter (where direction = 'in'), max(accepted_at) from message group by 1, 2;
    update message_count_mark set counted_to = m.last, candidate = m.last from (select max(id) as last from message) m;
$$;
