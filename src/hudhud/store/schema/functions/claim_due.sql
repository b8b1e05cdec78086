-- claim_due: direct mode (Q8). Picks and claims in one transaction; the claim itself is the same.
create or replace function claim_due(p_holder text, p_lease_s double precision, p_limit integer, p_without bigint[], p_suspect boolean)
returns table (merchant bigint, conversation bigint, inbox bigint, outcome text, fence bigint, closed bigint,
    attempt integer, crashed integer, wait_ms double precision, messages jsonb)
language plpgsql as $$
declare
    whose bigint[];
    which bigint[];
begin
    select array_agg(d.merchant), array_agg(d.conversation) into whose, which
    from pick_due(p_limit, p_without, p_suspect) d;
    if which is not null then
        return query select * from claim(whose, which, p_holder, p_lease_s, p_suspect);
    end if;
end $$;

-- pick_due: what is due, locked for the transaction that asks, so that any number of workers pick
-- side by side and never the same rows (Q8). Merchants take turns; those in `p_without` have had
-- their share. With `p_suspect`, at most one whose holders died twice comes first (trap 17). Ids only.
create or replace function pick_due(p_limit integer, p_without bigint[], p_suspect boolean)
returns table (merchant bigint, conversation bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    clock constant timestamptz := clock_timestamp();
    owners constant bigint[] := array(select m from merchants_with_due() m where m <> all (p_without));
    -- More than are wanted, because others may hold the first ones just now.
    each constant integer := greatest(2, 8 * p_limit / greatest(1, cardinality(owners)));
begin
    if p_suspect then
        return query
        select k.merchant_id, k.id from conversation k
        where k.lease_until <= clock and k.state = 'bot' and k.crashes > 0
          and k.merchant_id <> all (p_without)
        order by k.lease_until limit 1 for no key update skip locked;
        if not found then
            return query
            select k.merchant_id, k.id from conversation k
            where k.crashes > 1 and k.due_at <= clock and k.lease_until is null and k.state = 'bot'
              and k.merchant_id <> all (p_without)
            order by k.due_at limit 1 for no key update skip locked;
        end if;
    end if;

    return query
    with free as materialized (
        select h.* from unnest(owners) m(id) cross join lateral (
            select k.merchant_id, k.id, k.due_at as since from conversation k
            where k.merchant_id = m.id and k.due_at <= clock and k.lease_until is null
              and k.state = 'bot' and k.crashes <= 1
            order by k.due_at limit each) h
        union all (
            select k.merchant_id, k.id, k.lease_until from conversation k
            where k.lease_until <= clock and k.state = 'bot' and k.crashes = 0
              and k.merchant_id <> all (p_without)
            order by k.lease_until limit 8 * p_limit)),
    heads as materialized (
        select f.*, row_number() over (partition by f.merchant_id order by f.since) as turn from free f)
    select k.merchant_id, k.id from heads h join conversation k on k.id = h.id
    where case when k.lease_until is null then k.due_at <= clock else k.lease_until <= clock end
    order by h.turn, h.since limit p_limit for no key update of k skip locked;
end $$;

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
