-- What a shop keeps, the same for every peer; the last one to touch a conversation holds its row.
create table conversation (
    id text primary key,
    waiting int not null
);
create table message (
    id text primary key,
    seq bigint generated always as identity,
    conversation text not null,
    body text not null,
    answer uuid
);
create index message_waits on message (conversation, seq) where answer is null;
create table outbox (
    id uuid primary key,
    seq bigint generated always as identity,
    conversation text not null,
    messages text[] not null,
    at double precision not null,
    body text not null
);
