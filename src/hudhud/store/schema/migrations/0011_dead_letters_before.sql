-- Dead letters with their history, counters without hot rows, tokens for the API.

-- A letter about a batch names the number that the batch has, or, once it was retried, the next
-- one of its conversation: when that batch dies as well, it is the same letter again (Q6).
-- `batch_nos` are the numbers before that. `attempt` is a refused send's; only a later one of
-- the same row opens its letter again.
alter table dead_letter
    add column batch_no integer,
    add column batch_nos integer[] not null default '{}',
    add column attempt integer not null default 0;
update dead_letter d set batch_no = b.no from batch b where d.kind = 'batch' and b.id = d.batch_id;
update dead_letter d set attempt = o.attempt from outbox o where d.kind = 'send' and o.id = d.outbox_id;
create unique index dead_letter_batch on dead_letter (conversation_id, batch_no) where kind = 'batch';
create unique index dead_letter_send on dead_letter (outbox_id) where kind = 'send';
create index dead_letter_waiting on dead_letter (merchant_id, id) where settled_at is null;
create index dead_letter_all on dead_letter (merchant_id, id);
create index dead_letter_conversation on dead_letter (conversation_id);

-- Attempts of a send up to this one are past: a person had it tried again.
alter table outbox add column retried_from integer not null default 0;

-- Every attempt that failed, whether it became a dead letter or not. `batch_no` is the number that
-- the batch has or will have; a send has its row in the outbox instead.
create table failed_attempt (
    id bigint generated always as identity primary key,
    merchant_id bigint not null,
    conversation_id bigint not null,
    batch_no integer,
    outbox_id bigint,
    attempt integer not null,
    outcome text collate "C" not null
        check (outcome in ('retry', 'dead', 'crashed', 'queued', 'rejected', 'unknown')),
    code text,
    reason text not null default '',
    at timestamptz not null default clock_timestamp()
);
create index failed_attempt_batch on failed_attempt (conversation_id, batch_no) where outbox_id is null;
create index failed_attempt_send on failed_attempt (outbox_id) where outbox_id is not null;
alter table failed_attempt enable row level security;
create policy by_merchant on failed_attempt using (array[merchant_id] <@ (select merchants()));

-- Who did what with a letter is in the audit like every deed, and is found there by its letter.
alter table audit add column dead_letter_id bigint;
create index audit_dead_letter on audit (dead_letter_id) where dead_letter_id is not null;

-- How many messages an inbox has taken, up to the mark. Only the sweep writes here, so that no
-- transaction of intake or answers meets a row that conversations share (trap 20).
create table message_count (
    inbox_id bigint primary key,
    merchant_id bigint not null,
    total bigint not null
);
alter table message_count enable row level security;
create policy by_merchant on message_count using (array[merchant_id] <@ (select merchants()));

-- Ids are not in commit order (trap 9). Messages up to `candidate` may be counted once every
-- transaction that was under way when it was chosen (`candidate_xid`) has ended.
create table message_count_mark (
    single boolean primary key default true check (single),
    counted_to bigint not null default 0,
    candidate bigint not null default 0,
    candidate_xid xid8 not null default '0'
);
insert into message_count_mark default values;

-- Tokens of the API, one operator's each; only keyed hashes are stored.
create table api_token (
    id bigint generated always as identity primary key,
    token_hash bytea not null unique,
    merchant_id bigint not null references merchant,
    operator_id bigint not null references operator,
    name text not null,
    created_at timestamptz not null default now(),
    revoked_at timestamptz
);
alter table api_token enable row level security;
create policy by_merchant on api_token using (array[merchant_id] <@ (select merchants()));

create function operator_by_token(p_hash bytea) returns setof operator
    language sql stable security definer set search_path = public, pg_temp as
$$ select o.* from api_token t join operator o on o.id = t.operator_id
   where t.token_hash = p_hash and t.revoked_at is null and o.disabled_at is null $$;
