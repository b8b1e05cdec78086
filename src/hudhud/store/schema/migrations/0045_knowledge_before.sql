-- What a merchant wrote for people to read: documents, and the passages that were made of each. One that
-- cannot be read stays with its reason, so that its owner sees it.
create table document (
    id bigint generated always as identity primary key,
    merchant_id bigint not null references merchant,
    name text not null,
    kind text collate "C" not null check (kind in ('text', 'markdown', 'html', 'pdf', 'docx')),
    source text not null,
    status text collate "C" not null check (status in ('ready', 'refused')),
    reason text collate "C",
    bytes bigint not null,
    sha256 text collate "C" not null,
    created_at timestamptz not null default now(),
    changed_at timestamptz not null default now(),
    unique (merchant_id, name)
);
alter table document enable row level security;
create policy by_merchant on document using (array[merchant_id] <@ (select merchants()));

-- `folded` is two lines, as of a product: what it stands under, then its words (store/knowledge/).
create table passage (
    id bigint generated always as identity primary key,
    merchant_id bigint not null,
    document_id bigint not null references document on delete cascade,
    place integer not null,
    page integer not null default 0,
    heading text not null,
    body text not null,
    folded text not null,
    unique (document_id, place)
);
alter table passage enable row level security;
create policy by_merchant on passage using (array[merchant_id] <@ (select merchants()));
create index passage_said on passage using gin (merchant_id, to_tsvector('simple', folded));
create index passage_alike on passage using gin (merchant_id, folded gin_trgm_ops);
