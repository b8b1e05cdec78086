-- permits: how many sends a gate lets through at this moment (GCRA). One every `p_every_s`, and at
-- most `p_burst` at once; `p_free_at` is when the evenly spaced next one would leave.
create or replace function permits(
    p_free_at timestamptz, p_clock timestamptz, p_every_s double precision, p_burst integer)
returns integer language sql immutable parallel safe as $$
    select greatest(0, p_burst - ceil(
        extract(epoch from greatest(p_free_at, p_clock) - p_clock)::double precision / p_every_s - 0.001))::integer
$$;
