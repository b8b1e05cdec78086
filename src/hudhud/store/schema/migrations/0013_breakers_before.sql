-- A breaker that an operator holds open or closed (R1). It belongs to the installation, like the
-- switches: a service outside may be many merchants' own.
create table forced_breaker (
    service text collate "C" primary key check (length(service) between 1 and 300),
    position text collate "C" not null check (position in ('open', 'closed')),
    forced_at timestamptz not null default now(),
    forced_by text not null
);

-- Who answers while the first responder cannot: another kind or another model, with its options.
-- None: a person.
alter table assistant
    add column second_responder text collate "C",
    add column second_options jsonb not null default '{}';
