-- Two contacts that are one (S3, decision 0016).

-- A message, a provider or a person named two contacts as one. The sweep makes them one as soon as
-- nothing is under way in both; `asks`: the names contradict each other, so a person decides.
-- `sure`: a person or the provider said so, in `actor`. `refused_at`: a person said that they are two.
create table merge_wish (
    kept_id bigint not null,
    gone_id bigint not null check (gone_id > kept_id),
    merchant_id bigint not null,
    sure boolean not null default false,
    asks boolean not null default false,
    actor text,
    wished_at timestamptz not null default now(),
    refused_at timestamptz,
    primary key (kept_id, gone_id)
);
create index merge_wish_gone on merge_wish (gone_id);
create index merge_wish_open on merge_wish (wished_at) where not asks and refused_at is null;
alter table merge_wish enable row level security;
create policy by_merchant on merge_wish using (array[merchant_id] <@ (select merchants()));

-- Conversations that became a part of another one: an old address still leads to what was said.
create table conversation_past (
    id bigint primary key,
    merchant_id bigint not null,
    conversation_id bigint not null,
    merged_at timestamptz not null default now()
);
create index conversation_past_now on conversation_past (conversation_id);
alter table conversation_past enable row level security;
create policy by_merchant on conversation_past using (array[merchant_id] <@ (select merchants()));

-- A change whose message never comes is given up after its limit, and then says so in the thread.
alter table parked_change add column parked_at timestamptz not null default now();
create index parked_change_old on parked_change (parked_at);
