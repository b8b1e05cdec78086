-- Whose conversations have a due time: one look into the index for each merchant, not one for
-- each conversation. Ids only; the pickers and the sweep stand on it.
create or replace function merchants_with_due() returns setof bigint
language sql stable security definer set search_path = public, pg_temp set enable_seqscan = off as $$
    with recursive found (id) as (
        (select k.merchant_id from conversation k where k.due_at is not null order by k.merchant_id limit 1)
        union all
        select (select k.merchant_id from conversation k
                where k.due_at is not null and k.merchant_id > found.id order by k.merchant_id limit 1)
        from found where found.id is not null)
    select id from found where id is not null
$$;
