-- Of which states of their orders contacts are told; no row: of all but `delivered`.
create table order_telling (
    merchant_id bigint primary key references merchant,
    states text[] not null
);
alter table order_telling enable row level security;
create policy by_merchant on order_telling using (array[merchant_id] <@ (select merchants()));

-- What became of telling it: `said` in this message, or not, for the reply window was `closed`.
alter table order_step add column told text collate "C" check (told in ('said', 'closed'));
alter table order_step add column message_id bigint;

-- Lists of one state, and how many are in each.
create index sales_order_state on sales_order (merchant_id, state, number);
