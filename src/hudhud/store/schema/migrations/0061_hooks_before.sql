-- Where a merchant's own programs hear what became of orders. `last_event` is the order_event that was
-- taken last: it moves only behind what was taken, so nothing is left out however long nobody answers.
-- `events` null: of every kind. `fence` grows with each lease; what is done under an older one counts for nothing.
create table webhook_endpoint (
    id bigint generated always as identity primary key,
    merchant_id bigint not null references merchant,
    url text not null,
    secrets bytea not null default '',
    events text[],
    active boolean not null default true,
    last_event bigint not null default 0,
    next_at timestamptz not null default now(),
    held_until timestamptz,
    fence bigint not null default 0,
    failures integer not null default 0,
    failing_since timestamptz,
    last_error text not null default '',
    taken_at timestamptz,
    created_at timestamptz not null default now(),
    unique (merchant_id, url)
) with (fillfactor = 80);
alter table webhook_endpoint enable row level security;
create policy by_merchant on webhook_endpoint using (array[merchant_id] <@ (select merchants()));
insert into sealed_column values ('webhook_endpoint', 'secrets');
