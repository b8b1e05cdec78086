-- Where sealed values lie (S9): each table has `id` and `merchant_id`, to which its values are bound.
-- A migration that adds such a column adds its row here; `hudhud secrets rotate` goes by this list.
create table sealed_column (
    table_name text collate "C" not null,
    column_name text collate "C" not null,
    primary key (table_name, column_name)
);
insert into sealed_column values ('inbox', 'secrets');

-- The installation's own doors to sealed values, of all merchants at once: nothing is readable
-- without the key. A value reads `v1.KEYID.nonce.ciphertext`; an empty one was never sealed.
create function sealed_keys() returns table (place text, key_id text, n bigint)
    language plpgsql stable security definer set search_path = public, pg_temp as
$$
declare
    c sealed_column;
begin
    for c in select * from sealed_column order by 1, 2 loop
        return query execute format(
            'select %L, coalesce(substring(encode(%2$I, ''escape'') from ''^v1[.]([^.]+)[.]''), ''''),
                 count(*) from %3$I where octet_length(%2$I) > 0 group by 2',
            c.table_name || '.' || c.column_name, c.column_name, c.table_name);
    end loop;
end $$;

create function sealed_batch(p_table text, p_column text, p_key text, p_after bigint, p_limit integer)
    returns table (id bigint, merchant_id bigint, sealed bytea)
    language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
    perform 1 from sealed_column c where c.table_name = p_table and c.column_name = p_column;
    if not found then
        raise exception '%.% holds nothing sealed', p_table, p_column;
    end if;
    return query execute format(
        'select id, merchant_id, %1$I from %2$I
         where id > $1 and octet_length(%1$I) > 0
           and not starts_with(encode(%1$I, ''escape''), $2)
         order by id limit $3 for update', p_column, p_table)
        using p_after, 'v1.' || p_key || '.', p_limit;
end $$;

create function sealed_put(p_table text, p_column text, p_ids bigint[], p_sealed bytea[])
    returns void language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
    perform 1 from sealed_column c where c.table_name = p_table and c.column_name = p_column;
    if not found then
        raise exception '%.% holds nothing sealed', p_table, p_column;
    end if;
    execute format(
        'update %2$I t set %1$I = x.sealed from unnest($1, $2) as x (id, sealed) where t.id = x.id',
        p_column, p_table) using p_ids, p_sealed;
end $$;
