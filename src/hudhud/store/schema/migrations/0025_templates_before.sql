-- What the provider says of a template, each with its own moment: webhooks come late, twice and in any
-- order, and a sync may read what a webhook has told already. `reason` is the provider's, of its status.
alter table template
    add column reason text,
    add column parameter_format text collate "C" not null default '',
    add column gone_at timestamptz,
    add column status_at timestamptz not null default '-infinity',
    add column quality_at timestamptz not null default '-infinity',
    add column category_at timestamptz not null default '-infinity';

-- When the templates of one scope are read again: at `due_at`, or when somebody asked after the last try.
-- Who reads them holds the row until `busy_until`.
create table template_sync (
    merchant_id bigint not null references merchant,
    channel text collate "C" not null,
    scope text collate "C" not null,
    due_at timestamptz not null default now(),
    asked_at timestamptz not null default '-infinity',
    tried_at timestamptz not null default '-infinity',
    busy_until timestamptz not null default '-infinity',
    done_at timestamptz,
    error text,
    primary key (merchant_id, channel, scope)
);
alter table template_sync enable row level security;
create policy by_merchant on template_sync using (array[merchant_id] <@ (select merchants()));
