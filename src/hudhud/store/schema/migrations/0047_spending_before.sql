-- What models cost (issue 6 part 2), and a URL that answers for an inbox (S10).

-- One row for a merchant's day and a model. `micro`: millionths of the smallest unit of the currency
-- in which models are paid, so that a single token counts.
create table spend (
    merchant_id bigint not null references merchant,
    day date not null,
    model text collate "C" not null,
    calls bigint not null default 0,
    tokens_in bigint not null default 0,
    tokens_out bigint not null default 0,
    micro bigint not null default 0,
    primary key (merchant_id, day, model)
);

create table conversation_spend (
    conversation_id bigint primary key,
    merchant_id bigint not null,
    calls bigint not null default 0,
    tokens_in bigint not null default 0,
    tokens_out bigint not null default 0,
    micro bigint not null default 0
);

-- What a merchant may spend a day; null: as the installation says.
alter table merchant add column spend_day_max_minor bigint check (spend_day_max_minor >= 0);

-- The secrets sign what is posted there: the newest first, and while it is being changed the old one.
alter table inbox add column webhook_url text, add column webhook_secrets bytea;
insert into sealed_column values ('inbox', 'webhook_secrets');

-- What was said before the part of a history that fits beside a batch; `upto` is the last message in it.
create table conversation_summary (
    conversation_id bigint primary key,
    merchant_id bigint not null,
    body text not null default '',
    upto bigint not null default 0,
    wanted_at timestamptz,
    tries integer not null default 0,
    made_at timestamptz
);
create index conversation_summary_wanted on conversation_summary (wanted_at) where wanted_at is not null;

do $$
declare t text;
begin
    foreach t in array array['spend', 'conversation_spend', 'conversation_summary']
    loop
        execute format('alter table %I enable row level security', t);
        execute format('create policy by_merchant on %I using (array[merchant_id] <@ (select merchants()))', t);
    end loop;
end $$;
