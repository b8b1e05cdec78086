-- What each form is worth for each passage; as `product_worths`, and of fewer at once: a passage is
-- several times as long as a product, and comparing is what costs.
create or replace function passage_worths(p_merchant bigint, p_forms text[], p_terms integer[], p_asked integer[])
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
    from (select x.id, x.folded from passage x where x.merchant_id = p_merchant limit 101) q;
    if cardinality(chosen) > 100 then
        with asked as (select * from unnest(p_forms, p_terms, p_asked) with ordinality f(form, term, asked, place)),
        whole as materialized (
            select a.term, a.asked, x.id from asked a, lateral (
                select q.id from passage q where q.merchant_id = p_merchant
                  and to_tsvector('simple', q.folded) @@ plainto_tsquery('simple', a.form)) x),
        nowhere as materialized (
            select distinct on (a.asked, a.term) a.form, a.term, a.asked from asked a
            where not exists (select from whole w where w.term = a.term and w.asked = a.asked)
            order by a.asked, a.term, a.place),
        alike as (
            select a.term, a.asked, x.id from nowhere a, lateral (
                select q.id from passage q where q.merchant_id = p_merchant and q.folded %> a.form limit 50) x),
        -- A word that few passages hold says more than one that many hold.
        rare as (
            select w.*, 1 / ln(2 + count(*) over (partition by w.asked, w.term)) as weight
            from (select distinct * from (select * from whole union all select * from alike) e) w),
        fits as (
            select b.id, b.asked, row_number() over (partition by b.asked order by sum(b.weight) desc, b.id) as place
            from rare b group by b.id, b.asked),
        best as (select f.id from fits f group by f.id order by min(f.place), f.id limit 60)
        select array_agg(q.id), array_agg(q.folded) into chosen, texts from passage q where q.id in (select b.id from best b);
    end if;
    return query select * from catalogue_worths(chosen, texts, p_forms);
end $$;

-- Passages are kept beside the catalogue, and their change is a change of it (store/catalogue/shelf.py).
create or replace trigger passage_added after insert on passage
    referencing new table as changed for each statement execute function note_catalogue();
create or replace trigger passage_changed after update on passage
    referencing new table as changed for each statement execute function note_catalogue();
create or replace trigger passage_removed after delete on passage
    referencing old table as changed for each statement execute function note_catalogue();
