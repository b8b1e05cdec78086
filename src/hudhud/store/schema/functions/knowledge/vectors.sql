-- Whose passages have no vector of this model yet; numbers of merchants, and nothing of theirs.
create or replace function merchants_without_vectors(p_model text, p_limit integer) returns setof bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select distinct p.merchant_id from passage p
    where not exists (select from passage_vector v where v.passage_id = p.id and v.model = p_model)
    limit p_limit
$$;
