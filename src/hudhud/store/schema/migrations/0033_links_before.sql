-- Whether the phone behind an inbox is linked, as its provider told it last (Evolution API). `told_at` is
-- the provider's own stamp: what was told before it changes nothing. `since` is ours.
create table inbox_link (
    inbox_id bigint primary key references inbox,
    merchant_id bigint not null,
    linked boolean not null,
    reason text not null default '',
    since timestamptz not null default now(),
    told_at timestamptz not null
) with (fillfactor = 50);
create index inbox_unlinked on inbox_link (merchant_id) where not linked;
alter table inbox_link enable row level security;
create policy by_merchant on inbox_link using (array[merchant_id] <@ (select merchants()));
