-- Of which colour a picture is, as the product's row writes it; empty: of the product as a whole.
alter table product_image add column colour text not null default '';
