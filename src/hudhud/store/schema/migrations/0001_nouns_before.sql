-- The nouns. Every key begins with the merchant or leads to one row of one merchant, so that
-- the tables can be sharded by merchant later (Citus-ready), and row-level security (S1) is one
-- policy everywhere: a row is visible when its merchant is named in the transaction's setting
-- `hudhud.merchants`, which only transaction-local set_config may write (trap 12).
create extension if not exists pg_trgm;

create function merchants() returns bigint[] language sql stable parallel safe as
$$ select string_to_array(nullif(current_setting('hudhud.merchants', true), ''), ',')::bigint[] $$;

create table merchant (
    id bigint generated always as identity primary key,
    key text collate "C" not null unique,
    name text not null,
    language text not null default 'ar' check (language in ('ar', 'en')),
    currency text not null default 'IQD',
    timezone text not null default 'Asia/Baghdad',
    digits text not null default 'arabic' check (digits in ('arabic', 'latin')),
    created_at timestamptz not null default now()
);

create table operator (
    id bigint generated always as identity primary key,
    merchant_id bigint not null references merchant,
    email text collate "C" not null unique check (email = lower(email)),
    name text not null,
    password_hash text,
    language text not null default 'ar' check (language in ('ar', 'en')),
    created_at timestamptz not null default now(),
    disabled_at timestamptz
);

-- Only keyed hashes of tokens are stored: whoever reads this table cannot sign in with it.
create table session (
    token_hash bytea primary key,
    merchant_id bigint not null references merchant,
    operator_id bigint not null references operator,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null
);

create table sign_in_link (
    token_hash bytea primary key,
    merchant_id bigint not null references merchant,
    operator_id bigint not null references operator,
    expires_at timestamptz not null,
    used_at timestamptz
);

create table assistant (
    id bigint generated always as identity primary key,
    merchant_id bigint not null references merchant,
    name text not null,
    responder text collate "C" not null,
    instructions text not null default '',
    options jsonb not null default '{}',
    fields jsonb not null default '[]',
    unique (merchant_id, name)
);

-- `options` are the channel's own; those that are secret are in `secrets`, encrypted and bound
-- to this row (S9). `account` is the provider's id (WhatsApp: phone_number_id).
create table inbox (
    id bigint generated always as identity primary key,
    merchant_id bigint not null references merchant,
    key text collate "C" not null unique,
    channel text collate "C" not null,
    name text not null,
    account text collate "C" not null,
    options jsonb not null default '{}',
    secrets bytea not null,
    window_ms integer not null default 8000 check (window_ms between 0 and 600000),
    batch_max integer not null default 5 check (batch_max between 1 and 1000),
    assistant_id bigint references assistant,
    created_at timestamptz not null default now(),
    disabled_at timestamptz,
    unique (merchant_id, channel, account)
);

create table contact (
    id bigint generated always as identity primary key,
    merchant_id bigint not null references merchant,
    name text not null default '',
    created_at timestamptz not null default now()
);

create table contact_alias (
    merchant_id bigint not null,
    kind text collate "C" not null,
    value text collate "C" not null,
    contact_id bigint not null,
    created_at timestamptz not null default now(),
    primary key (merchant_id, kind, value)
);
create index contact_alias_contact on contact_alias (contact_id);

-- One contact in one inbox (S3). The open batch and the lease live in this row (laws 3 and 4):
-- messages with id <= closed_id are in the batch that is being answered, later ones in the next.
create table conversation (
    id bigint generated always as identity primary key,
    merchant_id bigint not null references merchant,
    inbox_id bigint not null references inbox,
    contact_id bigint not null references contact,
    state text collate "C" not null default 'bot' check (state in ('bot', 'human')),
    pending integer not null default 0,
    last_id bigint not null default 0,
    closed_id bigint not null default 0,
    due_at timestamptz,
    lease_until timestamptz,
    holder text collate "C",
    fence bigint not null default 0,
    batch_no integer not null default 0,
    claimed_at timestamptz,
    attempts integer not null default 0,
    crashes integer not null default 0,
    operator_id bigint references operator,
    hand_over_reason text,
    human_since timestamptz,
    last_in_at timestamptz,
    last_at timestamptz not null default now(),
    created_at timestamptz not null default now(),
    unique (inbox_id, contact_id)
) with (fillfactor = 80);
create index conversation_due on conversation (due_at) where due_at is not null;
create index conversation_lease on conversation (lease_until) where lease_until is not null;
create index conversation_recent on conversation (merchant_id, last_at desc);
create index conversation_human on conversation (merchant_id, human_since) where state = 'human';

-- The raw body of every webhook that was signed correctly, once each. A body that could not be
-- understood, in part or whole, says so in `reason` and is set aside for a person.
-- No foreign keys: each would take a share lock on one row that all conversations share, for every
-- webhook (trap 20; a third of the cost of a commit); the ids come from the verified inbox itself.
create table journal (
    id bigint generated always as identity primary key,
    merchant_id bigint not null,
    inbox_id bigint not null,
    accepted_at timestamptz not null default now(),
    body bytea not null,
    reason text,
    set_aside boolean not null default false
);
create index journal_set_aside on journal (merchant_id, id) where set_aside;

-- Duplicates are decided here, in the transaction that stores the message (law 2, trap 11):
-- apart from `message`, so that messages may be partitioned by time.
create table message_key (
    inbox_id bigint not null,
    external_id text collate "C" not null,
    merchant_id bigint not null,
    seen_at timestamptz not null default now(),
    primary key (inbox_id, external_id)
) partition by hash (inbox_id, external_id);
create table message_key_0 partition of message_key for values with (modulus 4, remainder 0);
create table message_key_1 partition of message_key for values with (modulus 4, remainder 1);
create table message_key_2 partition of message_key for values with (modulus 4, remainder 2);
create table message_key_3 partition of message_key for values with (modulus 4, remainder 3);

-- A waiting message is inbound, waking and in no batch; `note` says why one does not wake (law 6).
create table message (
    id bigint generated always as identity primary key,
    public_id uuid not null default gen_random_uuid(),
    merchant_id bigint not null,
    conversation_id bigint not null,
    inbox_id bigint not null,
    journal_id bigint,
    external_id text collate "C",
    direction text collate "C" not null check (direction in ('in', 'out')),
    author text collate "C" not null check (author in ('contact', 'assistant', 'operator', 'system')),
    operator_id bigint,
    kind text collate "C" not null,
    body text not null,
    content jsonb,
    reply_to text collate "C",
    provider_at timestamptz not null,
    accepted_at timestamptz not null default now(),
    wakes boolean not null,
    note text,
    batch_id bigint
);
create index message_thread on message (conversation_id, id desc);
create index message_waiting on message (conversation_id, id)
    where batch_id is null and wakes and direction = 'in';

create table batch (
    id bigint generated always as identity primary key,
    merchant_id bigint not null,
    conversation_id bigint not null references conversation,
    no integer not null,
    outcome text collate "C" not null
        check (outcome in ('answered', 'handed_over', 'noted', 'dead', 'by_person', 'withdrawn')),
    reason text,
    source text,
    operator_id bigint,
    attempts integer not null default 1,
    claimed_at timestamptz,
    finished_at timestamptz not null default now(),
    trace jsonb,
    unique (conversation_id, no)
);

-- Law 5. `attempt` grows at every queued -> sending, and travels in the tag `merchant.row.attempt`.
create table outbox (
    id bigint generated always as identity primary key,
    merchant_id bigint not null,
    inbox_id bigint not null,
    conversation_id bigint not null references conversation,
    message_id bigint not null,
    batch_id bigint references batch,
    part integer not null default 0,
    author text collate "C" not null,
    state text collate "C" not null default 'queued'
        check (state in ('queued', 'sending', 'accepted', 'rejected', 'unknown', 'cancelled')),
    attempt integer not null default 0,
    next_at timestamptz not null default now(),
    sending_at timestamptz,
    holder text collate "C",
    external_id text collate "C",
    error_code text,
    error_text text,
    created_at timestamptz not null default now(),
    accepted_at timestamptz,
    sent_at timestamptz,
    delivered_at timestamptz,
    read_at timestamptz,
    failed_at timestamptz,
    unique (batch_id, part)
) with (fillfactor = 70);
create index outbox_open on outbox (conversation_id, id) where state in ('queued', 'sending', 'unknown');
create index outbox_external on outbox (inbox_id, external_id) where external_id is not null;
create index outbox_message on outbox (message_id);

-- Every status as it came; one that precedes the response to our own send waits here for it.
create table delivery_status (
    id bigint generated always as identity primary key,
    merchant_id bigint not null,
    inbox_id bigint not null,
    external_id text collate "C" not null,
    status text collate "C" not null,
    provider_at timestamptz,
    tag text collate "C",
    error_code text,
    error_text text,
    journal_id bigint,
    accepted_at timestamptz not null default now(),
    unique (inbox_id, external_id, status)
);

create table dead_letter (
    id bigint generated always as identity primary key,
    merchant_id bigint not null,
    conversation_id bigint references conversation,
    batch_id bigint,
    outbox_id bigint,
    kind text collate "C" not null check (kind in ('batch', 'send')),
    reason text not null,
    created_at timestamptz not null default now(),
    settled_at timestamptz,
    settled_by text,
    settlement text
);
create index dead_letter_open on dead_letter (merchant_id, created_at) where settled_at is null;

create table collected_field (
    merchant_id bigint not null,
    contact_id bigint not null references contact,
    name text collate "C" not null,
    value text not null,
    collected_at timestamptz not null default now(),
    primary key (contact_id, name)
);

create table product (
    id bigint generated always as identity primary key,
    merchant_id bigint not null references merchant,
    sku text collate "C" not null,
    name_ar text not null,
    name_en text not null default '',
    description_ar text not null default '',
    description_en text not null default '',
    category_ar text not null default '',
    category_en text not null default '',
    sizes text[] not null default '{}',
    colours_ar text[] not null default '{}',
    colours_en text[] not null default '{}',
    price_minor bigint not null check (price_minor >= 0),
    currency text collate "C" not null,
    stock integer not null check (stock >= 0),
    folded text not null,
    active boolean not null default true,
    unique (merchant_id, sku)
);
create index product_folded on product using gin (folded gin_trgm_ops);
create index product_words on product using gin (to_tsvector('simple', folded));

create table faq (
    id bigint generated always as identity primary key,
    merchant_id bigint not null references merchant,
    topic text collate "C" not null,
    question_ar text not null,
    question_en text not null default '',
    answer_ar text not null,
    answer_en text not null default '',
    folded text not null,
    unique (merchant_id, topic)
);
create index faq_folded on faq using gin (folded gin_trgm_ops);

-- Emergency switches (Q9) belong to the installation, not to a merchant.
create table switch (
    name text collate "C" primary key,
    value text collate "C" not null,
    changed_at timestamptz not null default now(),
    changed_by text not null
);

create table audit (
    id bigint generated always as identity primary key,
    merchant_id bigint,
    at timestamptz not null default now(),
    actor text not null,
    action text collate "C" not null,
    detail jsonb not null default '{}'
);

do $$
declare t text;
begin
    foreach t in array array['operator', 'session', 'sign_in_link', 'assistant', 'inbox', 'contact',
        'contact_alias', 'conversation', 'journal', 'message_key', 'message_key_0', 'message_key_1',
        'message_key_2', 'message_key_3', 'message', 'batch', 'outbox', 'delivery_status',
        'dead_letter', 'collected_field', 'product', 'faq']
    loop
        execute format('alter table %I enable row level security', t);
        execute format('create policy by_merchant on %I using (array[merchant_id] <@ (select merchants()))', t);
    end loop;
end $$;
alter table merchant enable row level security;
create policy by_merchant on merchant using (array[id] <@ (select merchants()));
alter table audit enable row level security;
create policy by_merchant on audit
    using (merchant_id is null or array[merchant_id] <@ (select merchants()));

-- Doors that must open before a merchant is known. Each runs as the owner, takes a secret or a
-- public key that only its bearer has, and returns that one row.
create function inbox_by_key(p_key text) returns setof inbox
    language sql stable security definer set search_path = public, pg_temp as
$$ select * from inbox where key = p_key and disabled_at is null $$;

create function operator_by_session(p_hash bytea) returns setof operator
    language sql stable security definer set search_path = public, pg_temp as
$$ select o.* from session s join operator o on o.id = s.operator_id
   where s.token_hash = p_hash and s.expires_at > now() and o.disabled_at is null $$;

create function operator_by_email(p_email text) returns setof operator
    language sql stable security definer set search_path = public, pg_temp as
$$ select * from operator where email = lower(p_email) and disabled_at is null $$;

-- A one-time link is used in the same statement that reads it: two clicks, one sign-in.
create function operator_by_sign_in_link(p_hash bytea) returns setof operator
    language sql volatile security definer set search_path = public, pg_temp as
$$ with used as (update sign_in_link set used_at = now()
       where token_hash = p_hash and used_at is null and expires_at > now() returning operator_id)
   select o.* from used join operator o on o.id = used.operator_id where o.disabled_at is null $$;

-- The installation's own list (CLI, supervisor, worker): keys and names, nothing of a customer.
create function merchant_list() returns setof merchant
    language sql stable security definer set search_path = public, pg_temp as
$$ select * from merchant order by id $$;

create function merchant_new(p_key text, p_name text, p_language text, p_currency text)
    returns bigint language sql volatile security definer set search_path = public, pg_temp as
$$ insert into merchant (key, name, language, currency)
   values (p_key, p_name, p_language, p_currency) returning id $$;
