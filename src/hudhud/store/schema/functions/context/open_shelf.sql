-- open_shelf: what a process reads of a merchant's shelf before it searches there, in one round trip (P4): the numbers
-- of its last changes (shelves.sql), each part whose number is not the one in p_known – of the stock no more than
-- what is free of p_counted – and what forms are worth that it has not asked for yet (store/catalogue/shelf.py).
--
-- The numbers come before the rows, so a change between both is seen at the next look; worth comes after them,
-- and may be newer by one change. Of more than p_few rows nothing is kept, and their worth is asked otherwise.
create or replace function open_shelf(p_merchant bigint, p_known bigint[], p_counted bigint[], p_few integer, p_few_passages integer,
    p_browsed integer, p_pictures integer, p_product_forms text[], p_faq_forms text[])
returns table (versions bigint[], products jsonb, browsed jsonb, faqs jsonb, passages jsonb, free jsonb, product_worth jsonb, faq_worth jsonb)
language plpgsql set jit = off as $$
begin
    perform set_config('hudhud.merchants', p_merchant::text, true);
    versions := shelf_versions(p_merchant);
    if p_known[1] is distinct from versions[1] then
        with sold as materialized (
            select p.id, p.sku, p.name_ar, p.name_en, p.description_ar, p.description_en, p.category_ar, p.category_en,
                p.sizes, p.colours_ar, p.colours_en, p.price_minor, p.currency,
                (select coalesce(sum(greatest(0, v.stock - v.reserved)), 0) from variant v where v.product_id = p.id and v.active) as stock,
                array(select i.media_id from product_image i where i.product_id = p.id order by i.place, i.id limit p_pictures) as images,
                (select coalesce(jsonb_object_agg(i.colour, i.media_id), '{}') from (
                    select distinct on (i.colour) i.colour, i.media_id from product_image i
                    where i.product_id = p.id and i.colour <> '' order by i.colour, i.place, i.id) i) as coloured,
                (select coalesce(case when not bool_and(x.c = p.price_minor) then array_agg(distinct x.c order by x.c) end, '{}')
                    from (select coalesce(v.price_minor, p.price_minor) as c from variant v where v.product_id = p.id and v.active) x) as prices_minor
            from product p where p.merchant_id = p_merchant and p.active),
        first as (select s.* from sold s order by s.id limit p_few + 1),
        -- A little of every category, what is in stock first.
        shown as (
            select s.*, row_number() over (partition by s.category_ar order by (s.stock = 0), s.id) as place
            from sold s order by place, s.id limit p_browsed)
        select (select coalesce(jsonb_agg(to_jsonb(f) order by f.id), '[]') from first f),
            (select coalesce(jsonb_agg(to_jsonb(s) - 'place' order by s.place, s.id), '[]') from shown s)
        into products, browsed;
    elsif p_known[3] is distinct from versions[3] then
        select coalesce(jsonb_object_agg(c.id, (
            select coalesce(sum(greatest(0, v.stock - v.reserved)), 0) from variant v where v.product_id = c.id and v.active)), '{}')
        into free from unnest(p_counted) c(id);
    end if;
    if p_known[2] is distinct from versions[2] then
        select coalesce(jsonb_agg(to_jsonb(q) order by q.id), '[]') into faqs from (
            select f.id, f.topic, f.question_ar, f.question_en, f.answer_ar, f.answer_en from faq f
            where f.merchant_id = p_merchant order by f.id limit p_few + 1) q;
        select coalesce(jsonb_agg(to_jsonb(s) order by s.id), '[]') into passages from (
            select a.id, d.name as source, a.heading, a.body as text from passage a join document d on d.id = a.document_id
            where a.merchant_id = p_merchant order by a.id limit p_few_passages + 1) s;
    end if;
    if p_product_forms <> '{}' and (products is null or jsonb_array_length(products) <= p_few) then
        select jsonb_object_agg(w.form, array[to_jsonb(w.ids), to_jsonb(w.worths)]) into product_worth
        from product_worths(p_merchant, p_product_forms, null, null) w;
    end if;
    if p_faq_forms <> '{}' and (faqs is null or jsonb_array_length(faqs) <= p_few) then
        select jsonb_object_agg(w.form, array[to_jsonb(w.ids), to_jsonb(w.worths)]) into faq_worth
        from faq_worths(p_merchant, p_faq_forms, null, null) w;
    end if;
    return next;
end $$;
