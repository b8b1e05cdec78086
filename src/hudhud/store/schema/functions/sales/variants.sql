-- Every product has at least one variant, whoever makes the product.
create or replace function give_variant() returns trigger language plpgsql as $$
begin
    insert into variant (merchant_id, product_id) select a.merchant_id, a.id from added a
    on conflict do nothing;
    return null;
end $$;
create or replace trigger product_given_variant after insert on product
    referencing new table as added for each statement execute function give_variant();

-- What can be sold is a part of the catalogue that processes keep a copy of (catalogue.sql).
create or replace trigger variant_added after insert on variant
    referencing new table as changed for each statement execute function note_catalogue();
create or replace trigger variant_changed after update on variant
    referencing new table as changed for each statement execute function note_catalogue();
create or replace trigger variant_removed after delete on variant
    referencing old table as changed for each statement execute function note_catalogue();
