-- Who is at work on a file: what a dead worker held is freed at once (ops/burial.py).
alter table media add column holder text collate "C";
create index media_holder on media (holder) where holder is not null;
-- A voice note on its way to words. `attempts`, `spared` and `next_at` begin anew for it once the
-- file is stored.
alter table media add column hearing text collate "C" check (hearing in ('queued', 'hearing', 'heard', 'failed'));
create index media_hearing on media (next_at) where hearing in ('queued', 'hearing');
-- Files that retention took out of sight and not yet out of the storage.
create index media_dropped on media (id) where state = 'dropped' and stored_key is not null;
