-- Lists of products that come in (S6), and pictures of products.

-- One file that somebody gave. Nothing of it is in the catalogue until it is applied, and then all of it
-- is, in one transaction; `rows` holds its cells until then, so that its columns may be read otherwise.
create table product_import (
    id bigint generated always as identity primary key,
    merchant_id bigint not null references merchant,
    actor text not null,
    file_name text not null,
    state text collate "C" not null default 'reading'
        check (state in ('reading', 'ready', 'applying', 'done', 'unfit')),
    why text not null default '',
    told jsonb not null default '{}',
    columns jsonb not null default '{}',
    rows bytea,
    total integer not null default 0,
    step integer not null default 0,
    missing text[] not null default '{}',
    off_sale boolean not null default false,
    created_at timestamptz not null default now(),
    beat_at timestamptz not null default now(),
    done_at timestamptz
);
create index product_import_newest on product_import (merchant_id, id desc);

-- What would become of each product of that file.
create table product_import_row (
    import_id bigint not null references product_import on delete cascade,
    row integer not null,
    merchant_id bigint not null references merchant,
    sku text not null,
    name text not null,
    verdict text collate "C" not null check (verdict in ('new', 'changed', 'unchanged', 'wrong')),
    careful boolean not null default false,
    was text not null default '',
    entry jsonb,
    changes jsonb not null default '[]',
    problems jsonb not null default '[]',
    primary key (import_id, row)
);
create index product_import_row_verdict on product_import_row (import_id, verdict, row);

create table product_image (
    id bigint generated always as identity primary key,
    merchant_id bigint not null references merchant,
    product_id bigint not null references product on delete cascade,
    media_id bigint not null references media,
    place integer not null,
    alt text not null default ''
);
create index product_image_product on product_image (product_id, place);
create index product_image_media on product_image (media_id);

do $$
declare t text;
begin
    foreach t in array array['product_import', 'product_import_row', 'product_image']
    loop
        execute format('alter table %I enable row level security', t);
        execute format('create policy by_merchant on %I using (array[merchant_id] <@ (select merchants()))', t);
    end loop;
end $$;
