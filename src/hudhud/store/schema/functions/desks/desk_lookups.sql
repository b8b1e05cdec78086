-- lookup_escalation: what the decision to hand over reads (S7, P1): the inbox's settings, and how the
-- last five interactions ended, the newest first. An inbox with escalation off is not looked at.
create or replace function lookup_escalation(p_conversation bigint[], p_closed bigint[])
returns table (conversation bigint, value jsonb)
language sql stable as $$
    select k.id, jsonb_build_object(
        'threshold', i.escalation_threshold, 'keywords', to_jsonb(i.escalation_keywords),
        'past', (select coalesce(jsonb_agg(to_jsonb(b) order by b.no desc), '[]') from (
            select x.no, x.outcome, x.reason, (x.trace ->> 'confidence')::double precision as confidence, x.finished_at as at
            from batch x where x.conversation_id = k.id order by x.no desc limit 5) b))
    from conversation k join inbox i on i.id = k.inbox_id
    where k.id = any (p_conversation) and i.escalation_enabled
$$;

-- lookup_hours: when the merchant and its desks are open, and what the inbox says to whoever is new
-- or writes outside of that; `away_at`: when it was last said.
create or replace function lookup_hours(p_conversation bigint[], p_closed bigint[])
returns table (conversation bigint, value jsonb)
language sql stable as $$
    select k.id, jsonb_build_object(
        'zone', r.timezone, 'digits', r.digits, 'dates', r.dates, 'hijri_days', r.hijri_days,
        'plan', (select h.plan from opening_hours h where h.merchant_id = k.merchant_id and h.desk_id is null),
        'desks', (select coalesce(jsonb_agg(jsonb_build_object('code', d.code, 'name_ar', d.name_ar,
                'name_en', d.name_en, 'usual', d.usual, 'plan', h.plan) order by d.id), '[]')
            from desk d left join opening_hours h on h.merchant_id = d.merchant_id and h.desk_id = d.id
            where d.merchant_id = k.merchant_id and d.active),
        'reasons', i.escalation_desks,
        'welcome', i.welcome,
        'away_at', case when i.welcome ?| array['away_ar', 'away_en'] then
            (select max(b.finished_at) from (select x.finished_at, x.trace from batch x
                where x.conversation_id = k.id order by x.no desc limit 100) b where b.trace ? 'away') end)
    from conversation k join inbox i on i.id = k.inbox_id join merchant r on r.id = k.merchant_id
    where k.id = any (p_conversation)
$$;
