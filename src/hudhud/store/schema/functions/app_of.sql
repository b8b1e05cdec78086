-- app_of: the provider's id of the app behind an inbox, where its options name one.
create or replace function app_of(p_options jsonb) returns bigint language sql immutable parallel safe as $$
    select case when p_options ->> 'app_id' ~ '^[0-9]{1,18}$' then (p_options ->> 'app_id')::bigint end
$$;
