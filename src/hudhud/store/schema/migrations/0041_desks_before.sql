-- Desks, hand-overs, hours and bookings (S7, D1's team without its line, issue 6 part 12).

-- Where people take over: a team with members. `usual` takes what is given to no other. A desk that
-- has `slot_minutes` can be booked: so many contacts (`slot_places`) at one time.
create table desk (
    id bigint generated always as identity primary key,
    merchant_id bigint not null references merchant,
    code text collate "C" not null,
    name_ar text not null,
    name_en text not null default '',
    active boolean not null default true,
    usual boolean not null default false,
    slot_minutes integer check (slot_minutes between 5 and 1440),
    slot_places integer not null default 1 check (slot_places between 1 and 1000),
    created_at timestamptz not null default now(),
    unique (merchant_id, code)
);
create unique index desk_usual on desk (merchant_id) where usual;

create table desk_member (
    desk_id bigint not null references desk,
    operator_id bigint not null references operator,
    merchant_id bigint not null,
    primary key (desk_id, operator_id)
);
create index desk_member_operator on desk_member (operator_id);

-- Each time that a conversation went to people: to which desk, why, and what they should know.
create table hand_over (
    id bigint generated always as identity primary key,
    merchant_id bigint not null,
    conversation_id bigint not null,
    desk_id bigint,
    reason text,
    summary jsonb,
    at timestamptz not null default now(),
    ended_at timestamptz
);
create index hand_over_conversation on hand_over (conversation_id, id);

-- `person_at`: when the person who holds it last did something; empty while nobody came.
alter table conversation add column desk_id bigint, add column person_at timestamptz;

alter table inbox
    add column escalation_enabled boolean not null default true,
    add column escalation_threshold double precision not null default 0.3
        check (escalation_threshold between 0 and 1),
    add column escalation_keywords text[] not null default '{موظف,بشري,agent,human}',
    add column escalation_desks jsonb not null default '{}',
    add column hand_back_minutes integer check (hand_back_minutes between 1 and 10080),
    add column welcome jsonb not null default '{}';

-- When the merchant, or one desk, is open: weeks, Ramadan's week, holidays, in one plan.
create table opening_hours (
    id bigint generated always as identity primary key,
    merchant_id bigint not null references merchant,
    desk_id bigint references desk,
    plan jsonb not null,
    changed_at timestamptz not null default now()
);
create unique index opening_hours_whose on opening_hours (merchant_id, coalesce(desk_id, 0));

-- How dates are said, and by how many days the moon is seen later here than Umm al-Qura reckons.
alter table merchant
    add column dates text collate "C" not null default 'gregorian'
        check (dates in ('gregorian', 'hijri', 'both')),
    add column hijri_days integer not null default 0 check (hijri_days between -2 and 2);

create table booking (
    id bigint generated always as identity primary key,
    merchant_id bigint not null references merchant,
    desk_id bigint not null references desk,
    contact_id bigint,
    conversation_id bigint,
    place integer not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null check (ends_at > starts_at),
    name text not null default '',
    note text not null default '',
    state text collate "C" not null default 'booked' check (state in ('booked', 'cancelled')),
    created_at timestamptz not null default now(),
    cancelled_at timestamptz
);
create unique index booking_place on booking (desk_id, starts_at, place) where state = 'booked';
create index booking_desk on booking (desk_id, ends_at) where state = 'booked';
create index booking_contact on booking (contact_id);
create index booking_conversation on booking (conversation_id);

do $$
declare t text;
begin
    foreach t in array array['desk', 'desk_member', 'hand_over', 'opening_hours', 'booking']
    loop
        execute format('alter table %I enable row level security', t);
        execute format('create policy by_merchant on %I using (array[merchant_id] <@ (select merchants()))', t);
    end loop;
end $$;
