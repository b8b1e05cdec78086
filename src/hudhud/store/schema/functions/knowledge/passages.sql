drop function if exists passage_worths(bigint, text[], integer[], integer[]);

-- The passages of a large library that hold most of what was asked, at most p_limit; a word that few of
-- them hold counts more, one that was not said but may be meant counts half. Words only: to look for a
-- likeness in hundreds of long texts takes seconds. Row security as of `product_worths`.
-- `offset 0` keeps each form a look of its own into the index; joined, every text is read for every form.
create or replace function passages_holding(p_merchant bigint, p_forms text[], p_terms integer[], p_asked integer[],
    p_said boolean[], p_limit integer)
returns setof bigint
language plpgsql stable security definer
set search_path = public, pg_temp set enable_seqscan = off set enable_indexscan = off set enable_material = off as $$
begin
    if (p_merchant = any (merchants())) is not true then return; end if;
    return query
    with form as (select * from unnest(p_forms, p_terms, p_asked, p_said) f(form, term, asked, said)),
    held as materialized (
        select f.term, f.asked, x.id, max(case when f.said then 1.0 else 0.5 end) as share from form f, lateral (
            select q.id from passage q where q.merchant_id = p_merchant
              and to_tsvector('simple', q.folded) @@ plainto_tsquery('simple', f.form) offset 0) x
        group by f.term, f.asked, x.id),
    rare as (
        select h.asked, h.id, h.share / ln(2 + count(*) over (partition by h.asked, h.term)) as weight from held h),
    fits as (
        select r.id, row_number() over (partition by r.asked order by sum(r.weight) desc, r.id) as place
        from rare r group by r.asked, r.id)
    select f.id from fits f group by f.id order by min(f.place), f.id limit p_limit;
end $$;
