-- Search in folded text, and the proof of the encryption key.

-- `folded` of a product or a question is two lines: what names it, then the rest. Row security
-- would keep both indexes out of use (their operators are not leakproof), so the search runs as
-- the owner, and looks itself whether the caller may see this merchant. A form is one spelling of
-- a term; `p_terms` says of which. Every term counts with its best spelling; a whole word counts
-- more than a likeness, a name more than a description. Only the 200 that fit most forms are
-- scored: a word that half of a large catalogue carries must not make an answer late.
create function catalogue_score(p_folded text, p_forms text[], p_terms integer[])
returns double precision language sql stable as $$
    select sum(best) / greatest(1, count(*)) from (
        select max(greatest(
            word_similarity(f.form, split_part(p_folded, E'\n', 1)),
            0.6 * word_similarity(f.form, split_part(p_folded, E'\n', 2)))
            + case when to_tsvector('simple', p_folded) @@ plainto_tsquery('simple', f.form)
                   then 0.25 else 0 end) as best
        from unnest(p_forms, p_terms) f(form, term) group by f.term) each_term
$$;

create function product_scores(p_merchant bigint, p_forms text[], p_terms integer[], p_limit integer)
returns table (id bigint, score double precision)
language sql stable security definer
set search_path = public, pg_temp set pg_trgm.word_similarity_threshold = 0.5 as $$
    with near as materialized (
        select p.id from unnest(p_forms) form
        join product p on p.folded %> form
            or to_tsvector('simple', p.folded) @@ plainto_tsquery('simple', form)
        where p.merchant_id = p_merchant and p.active and p_merchant = any (merchants())
        group by p.id order by count(*) desc, p.id limit 200)
    select p.id, catalogue_score(p.folded, p_forms, p_terms) as score
    from near n join product p on p.id = n.id order by score desc, p.id limit p_limit
$$;

create function faq_scores(p_merchant bigint, p_forms text[], p_terms integer[], p_limit integer)
returns table (id bigint, score double precision)
language sql stable security definer
set search_path = public, pg_temp set pg_trgm.word_similarity_threshold = 0.5 as $$
    with near as materialized (
        select q.id from unnest(p_forms) form
        join faq q on q.folded %> form
            or to_tsvector('simple', q.folded) @@ plainto_tsquery('simple', form)
        where q.merchant_id = p_merchant and p_merchant = any (merchants())
        group by q.id order by count(*) desc, q.id limit 200)
    select q.id, catalogue_score(q.folded, p_forms, p_terms) as score
    from near n join faq q on q.id = n.id order by score desc, q.id limit p_limit
$$;

create index faq_words on faq using gin (to_tsvector('simple', folded));

-- One word sealed with ENCRYPTION_KEY_HEX: a wrong key is refused at the start (S9).
create table key_check (
    single boolean primary key default true check (single),
    sealed bytea not null,
    made_at timestamptz not null default now()
);
