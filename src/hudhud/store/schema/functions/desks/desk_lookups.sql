-- lookup_escalation: what the decision to hand over reads (S7, P1): the inbox's settings, and how the
-- last five interactions ended, the newest first. An inbox with escalation off is not looked at.
create or replace function lookup_escalation(p_conversation bigint[], p_closed bigint[])
returns table (conversation bigint, value jsonb)
language sql stable as $$
    with asked as materialized (select k.id, k.inbox_id from conversation k where k.id = any (p_conversation)),
    of_inbox as materialized (
        select w.id, o.value from (select distinct a.inbox_id from asked a) w(id) cross join lateral (
            select jsonb_build_object('threshold', i.escalation_threshold, 'keywords', to_jsonb(i.escalation_keywords)) as value
            from inbox i where i.id = w.id and i.escalation_enabled offset 0) o)
    select a.id, o.value || jsonb_build_object('past', (
        select coalesce(jsonb_agg(to_jsonb(b) order by b.no desc), '[]') from (
            select x.no, x.outcome, x.reason, (x.trace ->> 'confidence')::double precision as confidence, x.finished_at as at
            from batch x where x.conversation_id = a.id order by x.no desc limit 5) b))
    from asked a join of_inbox o on o.id = a.inbox_id
$$;

-- lookup_hours: when the merchant and its desks are open, and what the inbox says to whoever is new
-- or writes outside of that; `away_at`: when it was last said.
create or replace function lookup_hours(p_conversation bigint[], p_closed bigint[])
returns table (conversation bigint, value jsonb)
language sql stable as $$
    with asked as materialized (select k.id, k.inbox_id from conversation k where k.id = any (p_conversation)),
    of_inbox as materialized (
        select w.id, o.says_away, o.value from (select distinct a.inbox_id from asked a) w(id) cross join lateral (
            select i.welcome ?| array['away_ar', 'away_en'] as says_away, jsonb_build_object(
                'zone', r.timezone, 'digits', r.digits, 'dates', r.dates, 'hijri_days', r.hijri_days,
                'plan', (select h.plan from opening_hours h where h.merchant_id = r.id and h.desk_id is null),
                'desks', (select coalesce(jsonb_agg(jsonb_build_object('code', d.code, 'name_ar', d.name_ar,
                        'name_en', d.name_en, 'usual', d.usual, 'plan', h.plan) order by d.id), '[]')
                    from desk d left join opening_hours h on h.merchant_id = d.merchant_id and h.desk_id = d.id
                    where d.merchant_id = r.id and d.active),
                'reasons', i.escalation_desks, 'welcome', i.welcome) as value
            from inbox i join merchant r on r.id = i.merchant_id where i.id = w.id offset 0) o)
    select a.id, o.value || jsonb_build_object('away_at', case when o.says_away then
        (select max(b.finished_at) from (select x.finished_at, x.trace from batch x
            where x.conversation_id = a.id order by x.no desc limit 100) b where b.trace ? 'away') end)
    from asked a join of_inbox o on o.id = a.inbox_id
$$;
