-- Search in folded text. `folded` of a product or a question is two lines: what names it, then the
-- rest. Row security would keep both indexes out of use (their operators are not leakproof), so the
-- search runs as the owner, and looks itself whether the caller may see this merchant.
--
-- A form is one spelling of a term; `p_terms` says of which. Every term counts with its best
-- spelling; a whole word counts more than a likeness, a name more than a description. Of a large
-- catalogue only the 200 that fit most forms are scored: a word that half of it carries must not
-- make an answer late. A small one is scored as it is, which costs less than the indexes.

-- Each text and each form is read once for all pairs of them: what costs here is parsing.
create or replace function catalogue_scores(p_ids bigint[], p_folded text[], p_forms text[], p_terms integer[])
returns table (id bigint, score double precision)
language sql immutable set search_path = public, pg_temp as $$
    with form as materialized (
        select f.form, f.term, plainto_tsquery('simple', f.form) as query
        from unnest(p_forms, p_terms) f(form, term)),
    entry as materialized (
        select e.id, split_part(e.folded, E'\n', 1) as named, split_part(e.folded, E'\n', 2) as rest,
            to_tsvector('simple', e.folded) as said
        from unnest(p_ids, p_folded) e(id, folded)),
    pair as materialized (
        select e.id, f.term, e.said @@ f.query as whole, word_similarity(f.form, e.named) as in_name,
            word_similarity(f.form, e.rest) as in_rest
        from entry e cross join form f),
    best as (
        select p.id, p.term, max(greatest(in_name, 0.6 * in_rest) + 0.25 * whole::integer) as best,
            bool_or(whole or in_name >= 0.5 or in_rest >= 0.5) as fits
        from pair p group by p.id, p.term)
    select b.id, avg(b.best) from best b group by b.id having bool_or(b.fits)
$$;

create or replace function product_scores(p_merchant bigint, p_forms text[], p_terms integer[], p_limit integer)
returns table (id bigint, score double precision)
language sql stable security definer
set search_path = public, pg_temp set pg_trgm.word_similarity_threshold = 0.5 as $$
    with few as materialized (
        select p.id, p.folded from product p
        where p.merchant_id = p_merchant and p.active and p_merchant = any (merchants()) limit 201),
    near as (
        select p.id from unnest(p_forms) form
        join product p on p.folded %> form
            or to_tsvector('simple', p.folded) @@ plainto_tsquery('simple', form)
        where (select count(*) from few) > 200
          and p.merchant_id = p_merchant and p.active and p_merchant = any (merchants())
        group by p.id order by count(*) desc, p.id limit 200),
    chosen as (
        select f.id, f.folded from few f where (select count(*) from few) <= 200
        union all
        select p.id, p.folded from near n join product p on p.id = n.id)
    select s.id, s.score from (select array_agg(c.id) as ids, array_agg(c.folded) as folded from chosen c) a,
        catalogue_scores(a.ids, a.folded, p_forms, p_terms) s
    order by s.score desc, s.id limit p_limit
$$;

create or replace function faq_scores(p_merchant bigint, p_forms text[], p_terms integer[], p_limit integer)
returns table (id bigint, score double precision)
language sql stable security definer
set search_path = public, pg_temp set pg_trgm.word_similarity_threshold = 0.5 as $$
    with few as materialized (
        select q.id, q.folded from faq q
        where q.merchant_id = p_merchant and p_merchant = any (merchants()) limit 201),
    near as (
        select q.id from unnest(p_forms) form
        join faq q on q.folded %> form
            or to_tsvector('simple', q.folded) @@ plainto_tsquery('simple', form)
        where (select count(*) from few) > 200
          and q.merchant_id = p_merchant and p_merchant = any (merchants())
        group by q.id order by count(*) desc, q.id limit 200),
    chosen as (
        select f.id, f.folded from few f where (select count(*) from few) <= 200
        union all
        select q.id, q.folded from near n join faq q on q.id = n.id)
    select s.id, s.score from (select array_agg(c.id) as ids, array_agg(c.folded) as folded from chosen c) a,
        catalogue_scores(a.ids, a.folded, p_forms, p_terms) s
    order by s.score desc, s.id limit p_limit
$$;
