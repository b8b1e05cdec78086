-- Merchants take turns (trap 20): whoever asks what is due reads the head of each merchant's own
-- queue, however long the queue of another one is.
create index conversation_turn on conversation (merchant_id, due_at) where due_at is not null;
-- Conversations whose last holder died are few, and are asked for apart from the others (trap 17).
create index conversation_suspect on conversation (due_at) where crashes > 0;

-- Absorb (Q5): an inbox may want one answer for what came before and during the answer. A batch is
-- made again at most once: the flag stands in the conversation while it is open, then in its row.
alter table inbox add column absorb boolean not null default false;
alter table conversation add column absorbed boolean not null default false;
alter table batch add column absorbed boolean not null default false;
