-- Files of messages (S8). What a contact sent: `accept` inserts a row for each of a message's
-- attachments, in the transaction that stores the message, and fills merchant_id, inbox_id,
-- conversation_id, message_id, external_id (the provider's id of the message), place (from 0, as the
-- webhook has them), kind, source, mime, sha256, file_name, voice, kept (as in model.Attachment),
-- and state: 'queued', or 'linked' when it may not be kept. Workers fetch what is queued.
-- What we send: kept by an upload, with state 'stored', and no message until one names it.
create table media (
    id bigint generated always as identity primary key,
    public_id uuid not null default gen_random_uuid() unique,
    merchant_id bigint not null,
    inbox_id bigint,
    conversation_id bigint,
    message_id bigint,
    external_id text collate "C",
    place integer not null default 0,
    kind text collate "C" not null check (kind in ('image', 'audio', 'video', 'document', 'sticker')),
    source text not null default '',
    mime text not null default '',
    sha256 text not null default '',
    file_name text not null default '',
    voice boolean not null default false,
    kept boolean not null default true,
    -- `dropped`: it was stored, and retention took the file away.
    state text collate "C" not null default 'queued'
        check (state in ('queued', 'fetching', 'stored', 'linked', 'failed', 'dropped')),
    -- Each claim counts; the number is also the fence under which its end is written.
    attempts integer not null default 0,
    -- So many of the attempts do not count (nobody was reached, or a person had it tried again).
    spared integer not null default 0,
    -- When it is due; while it is being fetched, when its lease ends.
    next_at timestamptz not null default now(),
    bytes bigint,
    stored_key text,
    thumbnail_key text,
    transcript text,
    confidence real,
    reason text,
    created_at timestamptz not null default now(),
    stored_at timestamptz
);
create index media_due on media (next_at) where state in ('queued', 'fetching');
create index media_message on media (message_id) where message_id is not null;
create index media_conversation on media (conversation_id) where conversation_id is not null;
create index media_kept on media (stored_at) where state = 'stored';
alter table media enable row level security;
create policy by_merchant on media using (array[merchant_id] <@ (select merchants()));

-- A file that cannot be fetched is a dead letter like the others (Q6).
alter table dead_letter add column media_id bigint;
alter table dead_letter drop constraint dead_letter_kind_check;
alter table dead_letter add constraint dead_letter_kind_check check (kind in ('batch', 'send', 'media'));
create unique index dead_letter_media on dead_letter (media_id) where kind = 'media';
alter table failed_attempt add column media_id bigint;
create index failed_attempt_media on failed_attempt (media_id) where media_id is not null;

-- What opened a longer window: the provider's stamp of the message that an ad brought (S8).
alter table conversation add column free_entry_at timestamptz;

-- Texts that a provider approved before, as its last sync or webhook told them. `scope` is what they
-- belong to at the provider (WhatsApp: the WABA). `paused_at` with its reason stops us from choosing one.
create table template (
    id bigint generated always as identity primary key,
    merchant_id bigint not null references merchant,
    channel text collate "C" not null,
    scope text collate "C" not null,
    name text collate "C" not null,
    language text collate "C" not null,
    external_id text collate "C",
    category text collate "C" not null default '',
    status text collate "C" not null default '',
    quality text collate "C" not null default '',
    components jsonb not null default '[]',
    paused_at timestamptz,
    paused_reason text,
    synced_at timestamptz not null default now(),
    unique (merchant_id, channel, scope, name, language)
);
alter table template enable row level security;
create policy by_merchant on template using (array[merchant_id] <@ (select merchants()));

-- Names that a contact had (S3): history, they find nobody.
create table contact_alias_past (
    id bigint generated always as identity primary key,
    merchant_id bigint not null,
    contact_id bigint not null,
    kind text collate "C" not null,
    value text collate "C" not null,
    until_at timestamptz not null
);
create index contact_alias_past_contact on contact_alias_past (contact_id);
create index contact_alias_past_name on contact_alias_past (merchant_id, kind, value);
alter table contact_alias_past enable row level security;
create policy by_merchant on contact_alias_past using (array[merchant_id] <@ (select merchants()));

-- Edits and revokes that came before what they are about; `parked` says that there are such.
create table parked_change (
    message_id bigint primary key,
    merchant_id bigint not null,
    conversation_id bigint not null
);
create index parked_change_conversation on parked_change (conversation_id);
alter table parked_change enable row level security;
create policy by_merchant on parked_change using (array[merchant_id] <@ (select merchants()));
alter table conversation add column parked boolean not null default false;
alter table delivery_status add column billing jsonb;
