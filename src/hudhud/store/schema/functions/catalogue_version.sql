-- Which transaction changed a merchant's catalogue last: a process that keeps a copy compares this
-- before each use (store/catalogue/shelf.py). Transactions that change one catalogue at once wait
-- for each other here; nothing else reads or writes these rows.
create or replace function note_catalogue() returns trigger language plpgsql as $$
begin
    insert into catalogue_version as v (merchant_id, version)
    select distinct c.merchant_id, pg_current_xact_id()::text::bigint from changed c order by 1
    on conflict (merchant_id) do update set version = excluded.version where v.version <> excluded.version;
    return null;
end $$;

create or replace trigger product_added after insert on product
    referencing new table as changed for each statement execute function note_catalogue();
create or replace trigger product_changed after update on product
    referencing new table as changed for each statement execute function note_catalogue();
create or replace trigger product_removed after delete on product
    referencing old table as changed for each statement execute function note_catalogue();
create or replace trigger faq_added after insert on faq
    referencing new table as changed for each statement execute function note_catalogue();
create or replace trigger faq_changed after update on faq
    referencing new table as changed for each statement execute function note_catalogue();
create or replace trigger faq_removed after delete on faq
    referencing old table as changed for each statement execute function note_catalogue();

-- A number that says nothing of the catalogue itself, so it is told in one round trip to anybody.
create or replace function catalogue_version(p_merchant bigint) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce((select v.version from catalogue_version v where v.merchant_id = p_merchant), 0)
$$;
