-- What answers stands in `assistant`. Here is what it was before, and what it may be next: the row
-- without a number is the draft, and there is one at most.
create table assistant_version (
    id bigint generated always as identity primary key,
    merchant_id bigint not null references merchant,
    assistant_id bigint not null references assistant on delete cascade,
    number integer check (number > 0),
    responder text collate "C" not null,
    instructions text not null default '',
    options jsonb not null default '{}',
    fields jsonb not null default '[]',
    second_responder text collate "C",
    second_options jsonb not null default '{}',
    tools text[],
    made_by text not null default 'system',
    made_at timestamptz not null default now(),
    published_by text,
    published_at timestamptz,
    forced text,
    unique (assistant_id, number)
);
create unique index assistant_draft on assistant_version (assistant_id) where number is null;
alter table assistant_version enable row level security;
create policy by_merchant on assistant_version using (array[merchant_id] <@ (select merchants()));

-- `secrets` are the keys of its services, sealed to its row; they belong to no version, so that an
-- older one that answers again brings back no key that was withdrawn.
alter table assistant add column version integer not null default 1;
alter table assistant add column secrets bytea not null default '';
insert into sealed_column values ('assistant', 'secrets');

create function assistant_first_version() returns trigger language plpgsql as $$
begin
    insert into assistant_version (merchant_id, assistant_id, number, responder, instructions, options, fields,
        second_responder, second_options, tools, published_by, published_at)
    values (new.merchant_id, new.id, new.version, new.responder, new.instructions, new.options, new.fields,
        new.second_responder, new.second_options, new.tools, 'system', now());
    return new;
end $$;
create trigger assistant_first_version after insert on assistant
    for each row execute function assistant_first_version();
insert into assistant_version (merchant_id, assistant_id, number, responder, instructions, options, fields,
    second_responder, second_options, tools, published_by, published_at)
select merchant_id, id, version, responder, instructions, options, fields,
    second_responder, second_options, tools, 'system', now() from assistant;

-- Conversations that are played before a draft is published, as their merchant wrote them.
create table rehearsal_script (
    id bigint generated always as identity primary key,
    merchant_id bigint not null references merchant,
    assistant_id bigint not null references assistant on delete cascade,
    name text not null,
    body text not null,
    unique (assistant_id, name)
);
alter table rehearsal_script enable row level security;
create policy by_merchant on rehearsal_script using (array[merchant_id] <@ (select merchants()));

-- One playing of them. `fingerprint` says of which contents; `told_at` when its player was last heard of.
create table rehearsal (
    id bigint generated always as identity primary key,
    merchant_id bigint not null references merchant,
    assistant_id bigint not null references assistant on delete cascade,
    fingerprint text collate "C" not null,
    asked_by text not null,
    asked_at timestamptz not null default now(),
    told_at timestamptz not null default now(),
    done_at timestamptz,
    played integer not null default 0,
    wanted integer not null,
    regressed integer,
    result jsonb
);
create index rehearsal_newest on rehearsal (assistant_id, id desc);
alter table rehearsal enable row level security;
create policy by_merchant on rehearsal using (array[merchant_id] <@ (select merchants()));
