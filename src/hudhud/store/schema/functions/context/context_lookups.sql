-- The look-ups that belong to the conversation itself; see context.sql. Stable and without settings
-- of their own, so that PostgreSQL plans each as a part of the statement that asks it. What an inbox
-- sets is made into JSON once, however many conversations of it are asked for. `asked` stands alone:
-- joined with its inbox, a plan made without figures reads all conversations of that inbox.

-- Nobody is answered through one that is disabled.
create or replace function lookup_inbox(p_conversation bigint[], p_closed bigint[])
returns table (conversation bigint, value jsonb) language sql stable as $$
    with asked as materialized (select k.id, k.inbox_id, k.contact_id from conversation k where k.id = any (p_conversation)),
    of_inbox as materialized (
        select w.id, o.value from (select distinct a.inbox_id from asked a) w(id) cross join lateral (
            select jsonb_build_object('merchant_name', r.name, 'name', i.name, 'channel', i.channel,
                'window_ms', i.window_ms, 'batch_max', i.batch_max, 'absorb', i.absorb,
                'country', country_of(r.country, r.currency, r.timezone)) as value
            from inbox i join merchant r on r.id = i.merchant_id where i.id = w.id and i.disabled_at is null offset 0) o)
    select a.id, o.value || jsonb_build_object('writes_from', coalesce((
        select '+' || l.value from contact_alias l where l.contact_id = a.contact_id and l.kind = 'phone'
        order by l.created_at desc limit 1), ''))
    from asked a join of_inbox o on o.id = a.inbox_id
$$;

-- An inbox's own URL answers first (S10), then whoever its assistant names; it needs no assistant.
create or replace function lookup_assistant(p_conversation bigint[], p_closed bigint[])
returns table (conversation bigint, value jsonb) language sql stable as $$
    with asked as materialized (select k.id, k.inbox_id from conversation k where k.id = any (p_conversation)),
    of_inbox as materialized (
        select w.id, o.value from (select distinct a.inbox_id from asked a) w(id) cross join lateral (
            select case when i.webhook_url is null then to_jsonb(a) else
                coalesce(to_jsonb(a), jsonb_build_object('id', 0, 'merchant_id', i.merchant_id, 'name', i.name, 'instructions', ''))
                || jsonb_build_object('responder', 'webhook', 'second_responder', a.responder, 'second_options', coalesce(a.options, '{}'),
                    'options', jsonb_build_object('url', i.webhook_url, 'sealed', encode(i.webhook_secrets, 'escape'),
                        'place', format('inbox|webhook_secrets|%s|%s', i.id, i.merchant_id))) end as value
            from inbox i left join assistant a on a.id = i.assistant_id where i.id = w.id offset 0) o)
    select a.id, o.value from asked a join of_inbox o on o.id = a.inbox_id
$$;

create or replace function lookup_contact(p_conversation bigint[], p_closed bigint[])
returns table (conversation bigint, value jsonb) language sql stable as $$
    select k.id, to_jsonb(c.name) from conversation k join contact c on c.id = k.contact_id
    where k.id = any (p_conversation)
$$;

create or replace function lookup_collected(p_conversation bigint[], p_closed bigint[])
returns table (conversation bigint, value jsonb) language sql stable as $$
    select k.id, (select coalesce(jsonb_object_agg(f.name, f.value), '{}') from collected_field f where f.contact_id = k.contact_id)
    from conversation k where k.id = any (p_conversation)
$$;

-- What was withdrawn before it left was never said: the assistant must not believe that it was.
create or replace function lookup_history(p_conversation bigint[], p_closed bigint[], p_history_max integer)
returns table (conversation bigint, value jsonb) language sql stable as $$
    select u.id, (
        select coalesce(jsonb_agg(jsonb_build_array(h.id, h.author, h.kind, h.body, h.provider_at) order by h.id), '[]')
        from (select m.id, m.author, m.kind, m.body, m.provider_at from message m
              where m.conversation_id = u.id and m.id <= u.closed and (m.batch_id is not null or m.direction = 'out')
                and not (m.direction = 'out' and exists (select 1 from outbox o where o.message_id = m.id and o.state = 'cancelled'))
              order by m.id desc limit p_history_max) h)
    from unnest(p_conversation, p_closed) u(id, closed)
$$;

-- What people of the merchant wrote last, also where the assistant has said much since: 5 of the
-- last 60 messages.
create or replace function lookup_recent_by_person(p_conversation bigint[], p_closed bigint[])
returns table (conversation bigint, value jsonb) language sql stable as $$
    select u.id, (
        select coalesce(jsonb_agg(jsonb_build_array(h.id, h.author, h.kind, h.body, h.provider_at) order by h.id), '[]')
        from (select z.* from (
                  select m.id, m.author, m.kind, m.body, m.provider_at from message m
                  where m.conversation_id = u.id and m.id <= u.closed order by m.id desc limit 60) z
              where z.author = 'operator' order by z.id desc limit 5) h)
    from unnest(p_conversation, p_closed) u(id, closed)
$$;
