-- Every product has at least one variant, whoever makes the product.
create or replace function give_variant() returns trigger language plpgsql as $$
begin
    insert into variant (merchant_id, product_id) select a.merchant_id, a.id from added a
    on conflict do nothing;
    return null;
end $$;
create or replace trigger product_given_variant after insert on product
    referencing new table as added for each statement execute function give_variant();
