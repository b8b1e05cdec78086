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
