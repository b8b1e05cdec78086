-- Search that costs little: worth is counted once for each catalogue, and a large one is read by
-- an index of its own merchant.

-- Which transaction changed a merchant's products or questions last; no row: none since then.
create table catalogue_version (
    merchant_id bigint primary key references merchant,
    version bigint not null
);
alter table catalogue_version enable row level security;
create policy by_merchant on catalogue_version using (array[merchant_id] <@ (select merchants()));

-- A word that every shop uses has one list for each merchant, and not one for all. The extension
-- comes with pg_trgm and is trusted as it is. Each index is made in seconds even for a million
-- products, and keeps them from changing for as long.
create extension if not exists btree_gin;
create index product_said on product using gin (merchant_id, to_tsvector('simple', folded));
create index product_alike on product using gin (merchant_id, folded gin_trgm_ops);
create index faq_said on faq using gin (merchant_id, to_tsvector('simple', folded));
create index faq_alike on faq using gin (merchant_id, folded gin_trgm_ops);
