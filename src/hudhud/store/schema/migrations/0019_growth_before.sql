-- Growth: tables that never end. Why none is cut into partitions, with figures: decision 0014.

-- Autovacuum comes after a share of a table has changed. A fifth of ten million messages is two
-- million dead rows at once; a fiftieth is a short visit every few minutes of full load.
alter table message set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05,
    autovacuum_analyze_scale_factor = 0.02);
alter table conversation set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
alter table outbox set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05,
    autovacuum_analyze_scale_factor = 0.02);
alter table gate set (autovacuum_vacuum_scale_factor = 0.05);

-- What is only added to is frozen in small pieces too, and not all at once years later.
alter table journal set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
alter table delivery_status set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
alter table batch set (autovacuum_vacuum_insert_scale_factor = 0.05);
alter table message_key_0 set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05);
alter table message_key_1 set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05);
alter table message_key_2 set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05);
alter table message_key_3 set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05);

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
