-- What is on the shelf, what a contact has chosen, and what was ordered (S6).

-- The contact whose turn it is; null for operators, who see all of their merchant's. A tool sets it,
-- and then no words of a customer or a model reach another contact's rows (S1).
create function turn_contact() returns bigint language sql stable parallel safe as
$$ select nullif(current_setting('hudhud.contact', true), '')::bigint $$;

-- One way in which a product is sold; every product has at least one. A plain product has one with
-- empty size and colour, and those of the product are only told. `stock` lies on the shelf, `reserved` of
-- it is promised to orders; a recount may find less than was promised. No price: the product's.
create table variant (
    id bigint generated always as identity primary key,
    merchant_id bigint not null references merchant,
    product_id bigint not null references product on delete cascade,
    sku text collate "C",
    size text not null default '',
    colour_ar text not null default '',
    colour_en text not null default '',
    price_minor bigint check (price_minor >= 0),
    stock integer not null default 0 check (stock >= 0),
    reserved integer not null default 0 check (reserved >= 0),
    active boolean not null default true,
    unique (product_id, size, colour_ar, colour_en)
) with (fillfactor = 80);
create unique index variant_sku on variant (merchant_id, sku) where sku is not null;
alter table variant enable row level security;
create policy by_merchant on variant using (array[merchant_id] <@ (select merchants()));
insert into variant (merchant_id, product_id, stock) select merchant_id, id, stock from product;

-- The release that still runs keeps writing `product.stock`.
alter table product alter column stock set default 0;
create function follow_stock() returns trigger language plpgsql as $$
begin
    insert into variant (merchant_id, product_id, stock) values (new.merchant_id, new.id, new.stock)
    on conflict (product_id, size, colour_ar, colour_en) do update set stock = excluded.stock;
    return null;
end $$;
create trigger product_stock_followed after insert or update of stock on product
    for each row execute function follow_stock();

-- What delivery costs; no row: nothing is charged. From `free_from_minor` on it is free.
create table delivery_price (
    merchant_id bigint primary key,
    price_minor bigint not null check (price_minor >= 0),
    free_from_minor bigint check (free_from_minor >= 0)
);
alter table delivery_price enable row level security;
create policy by_merchant on delivery_price using (array[merchant_id] <@ (select merchants()));

-- A cart is part of the answer that changes it: `before` is what it was before the turn `turn_no`
-- began, and an answer that was thrown away (of another `fence`) has changed nothing.
create table cart (
    conversation_id bigint primary key references conversation,
    merchant_id bigint not null,
    contact_id bigint not null references contact,
    turn_no integer not null,
    fence bigint not null,
    content jsonb not null,
    before jsonb not null,
    changed_at timestamptz not null default now()
) with (fillfactor = 80);
create index cart_contact on cart (contact_id);

-- `number` is the merchant's own count, told to people. Lines are frozen: names and prices stay what
-- they were when the contact said yes.
create table sales_order (
    id bigint generated always as identity primary key,
    merchant_id bigint not null references merchant,
    number bigint not null,
    contact_id bigint not null references contact,
    conversation_id bigint not null references conversation,
    state text collate "C" not null default 'placed'
        check (state in ('placed', 'confirmed', 'shipped', 'delivered', 'cancelled')),
    currency text collate "C" not null,
    total_minor bigint not null check (total_minor >= 0),
    delivery_minor bigint check (delivery_minor >= 0),
    name text not null,
    phone text not null,
    address text not null default '',
    note text not null default '',
    reason text not null default '',
    placed_at timestamptz not null default now(),
    changed_at timestamptz not null default now(),
    unique (merchant_id, number)
) with (fillfactor = 80);
create index sales_order_contact on sales_order (contact_id, id desc);
create index sales_order_conversation on sales_order (conversation_id);

create table sales_line (
    order_id bigint not null references sales_order,
    place integer not null,
    merchant_id bigint not null,
    variant_id bigint not null,
    sku text collate "C" not null,
    name_ar text not null,
    name_en text not null,
    size text not null,
    colour text not null,
    colour_en text not null,
    count integer not null check (count > 0),
    price_minor bigint not null check (price_minor >= 0),
    primary key (order_id, place)
);

-- Who brought an order into which state, when and why.
create table order_step (
    id bigint generated always as identity primary key,
    merchant_id bigint not null,
    order_id bigint not null references sales_order,
    state text collate "C" not null,
    at timestamptz not null default now(),
    actor text not null,
    reason text not null default ''
);
create index order_step_order on order_step (order_id, id);

-- What became of orders, in the order of the commits of each merchant; webhooks read it.
create table order_event (
    id bigint generated always as identity primary key,
    merchant_id bigint not null,
    order_id bigint not null references sales_order,
    kind text collate "C" not null,
    at timestamptz not null default now(),
    payload jsonb not null
);
create index order_event_merchant on order_event (merchant_id, id);
create index order_event_order on order_event (order_id);

-- The last number of each merchant. A row, not a sequence: a number that was not used comes again.
create table order_count (
    merchant_id bigint primary key,
    last_number bigint not null
);
alter table order_count enable row level security;
create policy by_merchant on order_count using (array[merchant_id] <@ (select merchants()));

-- What a turn's calls have done, so that an answer that is made again does nothing twice (trap 10).
create table tool_call (
    id bigint generated always as identity primary key,
    merchant_id bigint not null,
    contact_id bigint not null,
    conversation_id bigint not null references conversation,
    turn_no integer not null,
    key text collate "C" not null,
    result jsonb not null,
    at timestamptz not null default now(),
    unique (conversation_id, turn_no, key)
);
create index tool_call_contact on tool_call (contact_id);

do $$
declare t text;
begin
    foreach t in array array['cart', 'sales_order', 'tool_call'] loop
        execute format('alter table %I enable row level security', t);
        execute format('create policy by_merchant on %I using (array[merchant_id] <@ (select merchants()))', t);
        execute format('create policy by_contact on %I as restrictive using
            ((select turn_contact()) is null or contact_id = (select turn_contact()))', t);
    end loop;
    foreach t in array array['sales_line', 'order_step', 'order_event'] loop
        execute format('alter table %I enable row level security', t);
        execute format('create policy by_merchant on %I using (array[merchant_id] <@ (select merchants()))', t);
        execute format('create policy by_contact on %I as restrictive using
            ((select turn_contact()) is null or exists (select from sales_order o where o.id = order_id))', t);
    end loop;
end $$;
create policy by_contact on collected_field as restrictive
    using ((select turn_contact()) is null or contact_id = (select turn_contact()));
