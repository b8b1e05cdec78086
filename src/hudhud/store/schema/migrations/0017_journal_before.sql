-- Rows of the journal lie on the disk almost in the order of their acceptance, so a few bytes for
-- each stretch of the table find a span of time (`hudhud journal`), and intake pays next to nothing.
create index journal_accepted on journal using brin (accepted_at) with (pages_per_range = 16, autosummarize = on);
