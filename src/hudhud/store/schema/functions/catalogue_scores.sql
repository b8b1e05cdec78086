-- Search in folded text. `folded` of a product or a question is two lines: what names it, then the
-- rest. Row security would keep both indexes out of use (their operators are not leakproof), so the
-- search runs as the owner, and looks itself whether the caller may see this merchant.
--
-- A form is one spelling of a term; `p_terms` says of which. Every term counts with its best
-- spelling; a whole word counts more than a likeness, a name more than a description. Of a large
-- catalogue only the 200 that fit most forms are scored: a word that half of it carries must not
-- make an answer late. A small one is scored as it is, which costs less than the indexes.

-- What costs here is comparing: a pair is only compared when half of the form's trigrams are
-- in the text at all, without which it cannot be half alike.
create or replace function catalogue_scores(p_ids bigint[], p_folded text[], p_forms text[], p_terms integer[])
returns table (id bigint, score double precision)
language sql stable set search_path = public, pg_temp
set pg_trgm.word_similarity_threshold = 0.5 as $$
    with form as materialized (
        select f.form, f.term, plainto_tsquery('simple', f.form) as query, show_trgm(f.form) as grams
        from unnest(p_forms, p_terms) f(form, term)),
    entry as materialized (
        select e.id, split_part(e.folded, E'\n', 1) as named, split_part(e.folded, E'\n', 2) as rest,
            to_tsvector('simple', e.folded) as said, show_trgm(e.folded) as grams
        from unnest(p_ids, p_folded) e(id, folded)),
    near as materialized (
        select e.id, f.form, f.term
        from (select x.id, g from entry x, unnest(x.grams) g) e(id, gram)
        join (select x.form, x.term, cardinality(x.grams) as many, g from form x, unnest(x.grams) g) f(form, term, many, gram)
            on f.gram = e.gram
        group by e.id, f.form, f.term, f.many having 2 * count(*) >= f.many),
    best as (
        select e.id, f.term, max(greatest(
            word_similarity(f.form, e.named), 0.6 * word_similarity(f.form, e.rest)) + 0.25 * (e.said @@ f.query)::integer) as best
        from near n join entry e on e.id = n.id join form f on f.form = n.form and f.term = n.term
        where e.said @@ f.query or f.form <% e.named or f.form <% e.rest
        group by e.id, f.term)
    select b.id, sum(b.best) / (select count(distinct f.term) from form f) from best b group by b.id
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
