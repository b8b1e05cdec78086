-- Who has two names of one kind (two phones, since they were merged) is answered under the one that
-- they wrote under last. Null: their names do not vary, and nothing is asked or written for it.
alter table conversation add column written_as text[] collate "C";
