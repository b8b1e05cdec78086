-- Growth: tables that never end. Why none is cut into partitions, with figures: decision 0014.

-- Autovacuum comes after a share of a table has changed. A fifth of ten million messages is two
-- million dead rows at once; a fiftieth is a short visit every few minutes of full load. What is only
-- added to is frozen in small pieces too, and not all at once years later. In the large tables
-- it rests five times as long as usual: at full speed it trebled the p99 of intake (decision 0014).
do $$
declare t text;
begin
    foreach t in array array['message', 'journal', 'delivery_status', 'outbox', 'batch',
        'message_key_0', 'message_key_1', 'message_key_2', 'message_key_3']
    loop
        execute format('alter table %I set (autovacuum_vacuum_scale_factor = 0.02,
            autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05,
            autovacuum_vacuum_cost_delay = 10)', t);
    end loop;
end $$;
-- The hot ones are small: soon and quickly.
alter table conversation set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
alter table gate set (autovacuum_vacuum_scale_factor = 0.05);

-- How far `drop_old` has come in each table, by id. It belongs to the installation.
create table drop_mark (
    kind text collate "C" primary key check (kind in ('journal', 'delivery_status', 'message_key')),
    passed_id bigint not null default 0
);
insert into drop_mark (kind) values ('journal'), ('delivery_status'), ('message_key');

-- Up to which conversation the sweep has looked for messages that nothing points to (law 1).
create table sweep_mark (
    single boolean primary key default true check (single),
    looked_to bigint not null default 0
);
insert into sweep_mark default values;

-- When an inbox was last active is counted with its messages: to ask its conversations meant to
-- read those of its whole merchant.
alter table message_count add column last_at timestamptz;
update message_count c set last_at = (select max(k.last_at) from conversation k where k.inbox_id = c.inbox_id);
