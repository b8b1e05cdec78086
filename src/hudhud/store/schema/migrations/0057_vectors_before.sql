-- What a passage means, as a model outside says it; made anew when the model changes. Compared one by one,
-- so no extension is needed.
create table passage_vector (
    passage_id bigint primary key references passage on delete cascade,
    merchant_id bigint not null,
    model text not null,
    vector real[] not null
);
alter table passage_vector enable row level security;
create policy by_merchant on passage_vector using (array[merchant_id] <@ (select merchants()));
create index passage_vector_of on passage_vector (merchant_id, model);
