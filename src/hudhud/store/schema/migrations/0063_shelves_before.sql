-- What processes keep copies of has a number for each part that changes by itself: an order is no reason to read
-- a catalogue again, nor to wait for whoever writes it (functions/knowledge/shelves.sql).
create table shelf_version (
    merchant_id bigint not null references merchant,
    part text collate "C" not null check (part in ('catalogue', 'knowledge', 'stock')),
    version bigint not null,
    primary key (merchant_id, part)
);
alter table shelf_version enable row level security;
create policy by_merchant on shelf_version using (array[merchant_id] <@ (select merchants()));
