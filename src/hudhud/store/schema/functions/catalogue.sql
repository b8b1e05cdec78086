-- What each spelling of a word (a form) is worth for each text of a catalogue. `folded` of a product
-- or a question is two lines: what names it, then the rest. A whole word counts more than a
-- likeness, a name more than a description. Terms and askings are put together from this by
-- store/catalogue/ranking.py; a form's worth hangs on nothing but the form and the catalogue.

-- Loads pg_trgm: an owner who is no superuser may not name a setting of a library that is not there.
do $$ begin perform show_trgm(''); end $$;

-- What costs here is comparing: a pair is only compared when half of the form's trigrams are
-- in the text at all, without which it cannot be half alike.
create or replace function catalogue_worths(p_ids bigint[], p_folded text[], p_forms text[])
returns table (form text, ids bigint[], worths double precision[])
language sql stable set search_path = public, pg_temp as $$
    with form as materialized (
        select f.form, f.no, show_trgm(f.form) as grams, plainto_tsquery('simple', f.form) as query
        from (select x.form, row_number() over () as no from (select distinct unnest(p_forms)) x(form)) f),
    text as materialized (
        select t.id, t.no, t.folded, split_part(t.folded, E'\n', 1) as named, split_part(t.folded, E'\n', 2) as rest
        from unnest(p_ids, p_folded) with ordinality t(id, folded, no)),
    near as materialized (
        select t.no as text_no, f.no as form_no
        from (select x.no, g from text x, unnest(show_trgm(x.folded)) g) t(no, gram)
        join (select x.no, cardinality(x.grams), g from form x, unnest(x.grams) g) f(no, many, gram) on f.gram = t.gram
        group by t.no, f.no, f.many having 2 * count(*) >= f.many),
    said as materialized (
        select t.no, to_tsvector('simple', t.folded) as words from text t where t.no in (select n.text_no from near n)),
    compared as materialized (
        select f.form, t.id, s.words @@ f.query as whole,
            word_similarity(f.form, t.named) as named, word_similarity(f.form, t.rest) as rest
        from near n join form f on f.no = n.form_no join text t on t.no = n.text_no join said s on s.no = n.text_no)
    select c.form, array_agg(c.id), array_agg(greatest(c.named, 0.6 * c.rest) + 0.25 * c.whole::integer)
    from compared c where c.whole or c.named >= 0.5 or c.rest >= 0.5 group by c.form
$$;

-- Row security would keep the indexes out of use (their operators are not leakproof), so these run
-- as the owner, and look themselves whether the caller may see this merchant.
--
-- A small catalogue is compared as it is, which costs less than the indexes. Of a large one only the
-- 100 that fit most terms are: a word that half of it carries must not make an answer late. There
-- a likeness is looked for only where nothing carries the term as a whole word, stops at 50, and is
-- one of the term's first form: the word as it was said.
-- Only the indexes may be used, even before anything is known of a table: 1.5 s without them.
-- p_terms says of which term a form is, p_asked for what was asked; each asking has its turn.
create or replace function product_worths(p_merchant bigint, p_forms text[], p_terms integer[], p_asked integer[])
returns table (form text, ids bigint[], worths double precision[])
language plpgsql stable security definer
set search_path = public, pg_temp set pg_trgm.word_similarity_threshold = 0.5
set enable_seqscan = off set enable_indexscan = off set enable_material = off as $$
declare
    chosen bigint[];
    texts text[];
begin
    if (p_merchant = any (merchants())) is not true then return; end if;
    select array_agg(p.id), array_agg(p.folded) into chosen, texts
    from (select x.id, x.folded from product x where x.merchant_id = p_merchant and x.active limit 201) p;
    if cardinality(chosen) > 200 then
        with asked as (select * from unnest(p_forms, p_terms, p_asked) with ordinality f(form, term, asked, place)),
        whole as materialized (
            select a.term, a.asked, x.id from asked a, lateral (
                select p.id from product p where p.merchant_id = p_merchant and p.active
                  and to_tsvector('simple', p.folded) @@ plainto_tsquery('simple', a.form)) x),
        nowhere as materialized (
            select distinct on (a.asked, a.term) a.form, a.term, a.asked from asked a
            where not exists (select from whole w where w.term = a.term and w.asked = a.asked)
            order by a.asked, a.term, a.place),
        alike as (
            select a.term, a.asked, x.id from nowhere a, lateral (
                select p.id from product p where p.merchant_id = p_merchant and p.active and p.folded %> a.form limit 50) x),
        fits as (
            select b.id, b.asked, row_number() over (partition by b.asked order by count(distinct b.term) desc, b.id) as place
            from (select * from whole union all select * from alike) b group by b.id, b.asked),
        best as (select f.id from fits f group by f.id order by min(f.place), f.id limit 100)
        select array_agg(p.id), array_agg(p.folded) into chosen, texts from product p where p.id in (select b.id from best b);
    end if;
    return query select * from catalogue_worths(chosen, texts, p_forms);
end $$;

create or replace function faq_worths(p_merchant bigint, p_forms text[], p_terms integer[], p_asked integer[])
returns table (form text, ids bigint[], worths double precision[])
language plpgsql stable security definer
set search_path = public, pg_temp set pg_trgm.word_similarity_threshold = 0.5
set enable_seqscan = off set enable_indexscan = off set enable_material = off as $$
declare
    chosen bigint[];
    texts text[];
begin
    if (p_merchant = any (merchants())) is not true then return; end if;
    select array_agg(q.id), array_agg(q.folded) into chosen, texts
    from (select x.id, x.folded from faq x where x.merchant_id = p_merchant limit 201) q;
    if cardinality(chosen) > 200 then
        with asked as (select * from unnest(p_forms, p_terms, p_asked) with ordinality f(form, term, asked, place)),
        whole as materialized (
            select a.term, a.asked, x.id from asked a, lateral (
                select q.id from faq q where q.merchant_id = p_merchant
                  and to_tsvector('simple', q.folded) @@ plainto_tsquery('simple', a.form)) x),
        nowhere as materialized (
            select distinct on (a.asked, a.term) a.form, a.term, a.asked from asked a
            where not exists (select from whole w where w.term = a.term and w.asked = a.asked)
            order by a.asked, a.term, a.place),
        alike as (
            select a.term, a.asked, x.id from nowhere a, lateral (
                select q.id from faq q where q.merchant_id = p_merchant and q.folded %> a.form limit 50) x),
        fits as (
            select b.id, b.asked, row_number() over (partition by b.asked order by count(distinct b.term) desc, b.id) as place
            from (select * from whole union all select * from alike) b group by b.id, b.asked),
        best as (select f.id from fits f group by f.id order by min(f.place), f.id limit 100)
        select array_agg(q.id), array_agg(q.folded) into chosen, texts from faq q where q.id in (select b.id from best b);
    end if;
    return query select * from catalogue_worths(chosen, texts, p_forms);
end $$;
