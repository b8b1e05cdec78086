-- taken_places: when a desk of this transaction's merchants is booked, and nothing of by whom: a
-- contact's own turn counts with it, and sees no row of another (S1).
create or replace function taken_places(p_desk bigint, p_from timestamptz, p_until timestamptz)
returns table (place integer, starts_at timestamptz, ends_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    select b.place, b.starts_at, b.ends_at from booking b
    where b.desk_id = p_desk and b.state = 'booked' and b.starts_at < p_until and b.ends_at > p_from
      and array[b.merchant_id] <@ (select merchants())
$$;
