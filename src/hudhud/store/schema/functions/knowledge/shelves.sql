-- Which transaction changed each part of a merchant's shelf last: a process that keeps a copy compares these
-- before each use, and reads the part that is another (store/catalogue/shelf.py). Transactions that change one
-- part at once wait for each other here, in the order catalogue, knowledge, stock; an order changes stock alone.
create or replace function note_shelf(p_merchants bigint[], p_part text) returns void language sql as $$
    insert into shelf_version as v (merchant_id, part, version)
    select distinct m, p_part, pg_current_xact_id()::text::bigint from unnest(p_merchants) m order by 1
    on conflict (merchant_id, part) do update set version = excluded.version where v.version <> excluded.version
$$;

create or replace function note_catalogue() returns trigger language plpgsql as $$
begin
    perform note_shelf(array(select c.merchant_id from changed c), 'catalogue');
    return null;
end $$;

create or replace function note_knowledge() returns trigger language plpgsql as $$
begin
    perform note_shelf(array(select c.merchant_id from changed c), 'knowledge');
    return null;
end $$;

create or replace function note_stock() returns trigger language plpgsql as $$
begin
    perform note_shelf(array(select c.merchant_id from changed c), 'stock');
    return null;
end $$;

-- A list that comes in again says most shelves as they are.
create or replace function note_stock_changed() returns trigger language plpgsql as $$
begin
    perform note_shelf(array(select c.merchant_id from changed c join was w using (id)
        where c.price_minor is distinct from w.price_minor
           or (c.active <> w.active and c.price_minor is not null)), 'catalogue');
    perform note_shelf(array(select c.merchant_id from changed c join was w using (id)
        where (c.stock, c.reserved, c.active) <> (w.stock, w.reserved, w.active)), 'stock');
    return null;
end $$;

create or replace trigger product_added after insert on product
    referencing new table as changed for each statement execute function note_catalogue();
create or replace trigger product_changed after update on product
    referencing new table as changed for each statement execute function note_catalogue();
create or replace trigger product_removed after delete on product
    referencing old table as changed for each statement execute function note_catalogue();
create or replace trigger faq_added after insert on faq
    referencing new table as changed for each statement execute function note_knowledge();
create or replace trigger faq_changed after update on faq
    referencing new table as changed for each statement execute function note_knowledge();
create or replace trigger faq_removed after delete on faq
    referencing old table as changed for each statement execute function note_knowledge();
create or replace trigger passage_added after insert on passage
    referencing new table as changed for each statement execute function note_knowledge();
create or replace trigger passage_changed after update on passage
    referencing new table as changed for each statement execute function note_knowledge();
create or replace trigger passage_removed after delete on passage
    referencing old table as changed for each statement execute function note_knowledge();
create or replace trigger variant_added after insert on variant
    referencing new table as changed for each statement execute function note_stock();
create or replace trigger variant_changed after update on variant
    referencing old table as was new table as changed for each statement execute function note_stock_changed();
create or replace trigger variant_removed after delete on variant
    referencing old table as changed for each statement execute function note_stock();

-- Numbers that say nothing of what they count, so they are told in one round trip to anybody:
-- of the catalogue, of the knowledge, of the stock.
create or replace function shelf_versions(p_merchant bigint) returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
    select array[coalesce(max(v.version) filter (where v.part = 'catalogue'), 0),
        coalesce(max(v.version) filter (where v.part = 'knowledge'), 0),
        coalesce(max(v.version) filter (where v.part = 'stock'), 0)]
    from shelf_version v where v.merchant_id = p_merchant
$$;

-- So that a shelf that was read before needs no look of its own.
create or replace function lookup_shelf(p_conversation bigint[], p_closed bigint[])
returns table (conversation bigint, value jsonb) language sql stable as $$
    select k.id, jsonb_build_array(coalesce(max(v.version) filter (where v.part = 'catalogue'), 0),
        coalesce(max(v.version) filter (where v.part = 'knowledge'), 0),
        coalesce(max(v.version) filter (where v.part = 'stock'), 0))
    from conversation k left join shelf_version v on v.merchant_id = k.merchant_id
    where k.id = any (p_conversation) group by k.id
$$;

-- What the release before this one asks: one number that is another when any of them is.
create or replace function catalogue_version(p_merchant bigint) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(sum(v), 0)::bigint from unnest(shelf_versions(p_merchant)) v
$$;
create or replace function lookup_catalogue(p_conversation bigint[], p_closed bigint[])
returns table (conversation bigint, value jsonb) language sql stable as $$
    select k.id, to_jsonb(catalogue_version(k.merchant_id)) from conversation k where k.id = any (p_conversation)
$$;
