-- Pace: how fast may be sent is known here alone, so that every worker on every host obeys one
-- clock (trap 16). No intake and no answer touches these rows (trap 20).

-- One gate for a pair (one contact in one inbox), a number (inbox) and an app of the provider.
-- `free_at` is the moment at which the evenly spaced next send would leave (GCRA); how far it may
-- lie ahead is the burst. `line_until` is the end of the line of those who were told to wait,
-- `shut_until` the moment before which the provider wants nothing. A gate whose times are over
-- is the same as none. `id` is that of the conversation, of the inbox or of the provider's app; an
-- app that two merchants name has two gates: nobody shuts another's.
create table gate (
    merchant_id bigint not null,
    kind text collate "C" not null check (kind in ('pair', 'number', 'app')),
    id bigint not null,
    free_at timestamptz not null default now(),
    line_until timestamptz not null default now(),
    shut_until timestamptz not null default now(),
    primary key (merchant_id, kind, id)
) with (fillfactor = 50);
alter table gate enable row level security;
create policy by_merchant on gate using (array[merchant_id] <@ (select merchants()));

-- `spared`: attempts that do not count, because nothing left and the message was not to blame.
-- `in_line`: it has a place in the line of its number, and its turn comes at `next_at`.
alter table outbox add column spared integer not null default 0,
    add column in_line boolean not null default false;
create index outbox_queued on outbox (merchant_id, next_at, id) where state = 'queued';
create index outbox_leaving on outbox (sending_at) where state in ('sending', 'unknown');

-- What the provider grants this number; null: the installation's HUDHUD_SENDS_PER_S.
alter table inbox add column sends_per_s double precision check (sends_per_s between 0.01 and 10000);
