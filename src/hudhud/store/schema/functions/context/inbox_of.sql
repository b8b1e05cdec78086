-- inbox_of: an inbox of a merchant by its id, unless it is disabled, in one round trip: processes read theirs again each second.
create or replace function inbox_of(p_merchant bigint, p_inbox bigint) returns setof inbox language plpgsql as $$
begin
    perform set_config('hudhud.merchants', p_merchant::text, true);
    return query select i.* from inbox i where i.id = p_inbox and i.disabled_at is null;
end $$;
