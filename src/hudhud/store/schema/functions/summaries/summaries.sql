-- What was said before the part of a history that fits beside a batch; see core/summaries.

create or replace function lookup_summary(p_conversation bigint[], p_closed bigint[])
returns table (conversation bigint, value jsonb) language sql stable as $$
    select s.conversation_id, jsonb_build_array(s.body, s.upto) from conversation_summary s
    where s.conversation_id = any (p_conversation) and s.upto > 0
$$;

-- Those of any merchant that are to be made now. Who takes one has a lease on it: whoever dies with it is
-- followed by another, each time later, and after the last of p_tries nobody tries again until it is wanted anew.
create or replace function take_wanted_summaries(p_limit integer, p_lease_s double precision, p_tries integer)
returns table (merchant bigint, conversation bigint, body text, upto bigint)
language sql volatile security definer set search_path = public, pg_temp as $$
    update conversation_summary s set tries = s.tries + 1,
        wanted_at = case when s.tries + 1 < p_tries then now() + make_interval(secs => p_lease_s * 2 ^ s.tries) end
    where s.conversation_id in (
        select w.conversation_id from conversation_summary w where w.wanted_at <= now()
        order by w.wanted_at limit p_limit for update skip locked)
    returning s.merchant_id, s.conversation_id, s.body, s.upto
$$;
